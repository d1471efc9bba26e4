# SPDX-License-Identifier: Apache-2.0
"""Runs prtoscparser for the tests of this folder, and reads what it says."""
import os
import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PARSER = ROOT / os.environ.get("PRTOS_TOOLS", "build/host/bin") / "prtoscparser"
MESSAGE = re.compile(r"(\S+:\d+): (error|warning|note): (.*) \[([a-z-]+)\]")
VALUE = re.compile(r"'[^']*'|\"[^\"]*\"|\b0x[0-9a-f]+\b|\b\d[\w.]*|\b[A-Z]{2,}[A-Z0-9_]*\b")


def run(*words, cwd=None):
    return subprocess.run([PARSER, *words], cwd=cwd, capture_output=True, text=True, timeout=20)


def arch_words(xml: pathlib.Path) -> list:
    """Options for a fixture: from NAME.args beside it, else by its name. Run in its folder."""
    if xml.with_suffix(".args").exists():
        return xml.with_suffix(".args").read_text().split()
    return ["-a", "aarch64"] if xml.name.startswith("aarch64") else []


def messages(errors: str) -> list:
    """Each line of stderr as 'FILE:LINE severity rule values...'; another form of line fails."""
    found = []
    for line in errors.splitlines():
        match = MESSAGE.fullmatch(line)
        assert match, f"not a message: {line}"
        place, severity, text, rule = match.groups()
        found.append(" ".join([place, severity, rule, *VALUE.findall(text)]))
    return found


def expected(xml: pathlib.Path) -> list:
    return xml.with_suffix(".expect").read_text().splitlines()


def compile_good(name: str, folder: pathlib.Path) -> bytes:
    """The image of good/NAME.xml, also left in folder/out."""
    xml = HERE / "good" / f"{name}.xml"
    done = run(*arch_words(xml), "-o", folder / "out", xml)
    assert done.returncode == 0, done.stderr
    return (folder / "out").read_bytes()
