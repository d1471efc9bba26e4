# SPDX-License-Identifier: Apache-2.0
"""The manual pages: one for each tool, without warnings of groff, with the same options as --help, in both
directions. The pages are those of the installation, the words of their sources mark what is an option."""
import re
import subprocess

import pytest
from boot import ROOT

import sdk

SOURCES = ROOT / "documentation" / "man"
TOOLS = sorted(path.name[:-6] for path in SOURCES.glob("*.1.scd"))
OPTION = r"--?[A-Za-z][\w-]*"


def help_options(prefix, *words) -> set:
    """Options that --help names, as words of their own and not in quoted commands."""
    text = sdk.run([prefix / "bin" / words[0], *words[1:], "--help"])
    text = re.sub(r"`[^`]*`|^example: .*", "", text, flags=re.M)
    return set(re.findall(rf"(?<![^\s[|,])({OPTION})", text))


def page_options(text: str) -> set:
    """Words set in bold that look like options."""
    return set(re.findall(rf"\*({OPTION})\*", text))


def sections(text: str) -> dict:
    parts = re.split(r"^# (.*)\n", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def prtos_commands(prefix) -> list:
    text = sdk.run([prefix / "bin/prtos", "--help"])
    return re.findall(r"^    (\w+)  ", text, re.M)


def test_every_program_has_a_page(prefix):
    assert TOOLS == sorted(path.name for path in (prefix / "bin").iterdir())
    pages = {str(path.relative_to(SOURCES))[:-4] for path in SOURCES.iterdir()}
    installed = {path.name for path in (prefix / "share/man").rglob("*.[1-8]")}
    assert installed == pages and "prtos-system.xml.5" in pages


@pytest.mark.parametrize("name", [name for name in TOOLS if name != "prtos"])
def test_options(prefix, name):
    page = page_options((SOURCES / f"{name}.1.scd").read_text())
    assert page == help_options(prefix, name) and {"--help", "--version"} <= page


def test_options_of_prtos(prefix):
    """Section by section: each command's own and shared options stand in its section."""
    page = sections((SOURCES / "prtos.1.scd").read_text())
    commands = prtos_commands(prefix)
    assert "check" in commands
    assert [name for name in page if name.startswith("PRTOS ")] == [
        f"PRTOS {name.upper()}" for name in commands
    ]
    help_itself = {"-h", "--help"}
    for name in commands:
        wanted = help_options(prefix, "prtos", name) - help_itself
        assert page_options(page[f"PRTOS {name.upper()}"]) == wanted, name
    assert page_options(page["SYNOPSIS"]) == help_options(prefix, "prtos")


def test_pages_render_without_warnings(prefix):
    pages = sorted((prefix / "share/man").rglob("*.[1-8]"))
    for page in pages:
        done = subprocess.run(
            ["groff", "-man", "-t", "-Tutf8", "-ww", "-rLL=80n", "-P-cbou", page],
            capture_output=True,
            text=True,
        )
        assert (done.returncode, done.stderr) == (0, ""), page
        assert f"{page.stem} - " in done.stdout and "@" not in done.stdout.splitlines()[-1]
        version = sdk.run([prefix / "bin/xpath", "--version"]).split()[1]
        assert done.stdout.splitlines()[-1].startswith(f"PRTOS {version} ")


def test_without_scdoc(tmp_path):
    """The pages are left out, which is said, and the rest is there."""
    hidden = "/nonexistent"
    said = sdk.make_tree("install", "PREFIX=/p", f"DESTDIR={tmp_path}", f"SCDOC={hidden}")
    assert "install: scdoc is missing (scripts/deps sdk): the manual pages are left out" in said
    assert not (tmp_path / "p/share/man").exists()
    assert (tmp_path / "p/bin/prtos").exists()
    said = sdk.make_tree("-B", "man", f"SCDOC={hidden}", code=2)
    assert "scdoc is missing" in said
