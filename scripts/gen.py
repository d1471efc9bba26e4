#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Renders a Jinja2 template from the ABI description in core/abi/*.toml.

Usage: gen.py --arch x86 TEMPLATE OUTPUT     (OUTPUT "-" prints)

Each core/abi/NAME.toml is visible to the template as NAME; arch is the architecture. The file is
written only if it changed, so that make does not rebuild what depends on it.
"""
import argparse
import pathlib
import sys
import tomllib

import jinja2

ROOT = pathlib.Path(__file__).resolve().parent.parent


def load_abi() -> dict:
    """Every description of core/abi as {stem: content}."""
    abi = {}
    for path in sorted((ROOT / "core" / "abi").glob("*.toml")):
        with path.open("rb") as file:
            abi[path.stem] = tomllib.load(file)
    return abi


def render(template: str, **values) -> str:
    """The text of a template of scripts/templates."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOT / "scripts" / "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(**values)


def write(output: pathlib.Path, text: str):
    """Makes the file hold the text; a file that does is left alone."""
    output.parent.mkdir(parents=True, exist_ok=True)
    if not output.exists() or output.read_text() != text:
        output.write_text(text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--arch", default="x86")
    parser.add_argument("template")
    parser.add_argument("output")
    options = parser.parse_args()
    name = pathlib.Path(options.template).name
    text = render(name, arch=options.arch, **load_abi())
    if options.output == "-":
        sys.stdout.write(text)
    else:
        write(pathlib.Path(options.output), text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
