# SPDX-License-Identifier: Apache-2.0
"""What all tools do alike: --help and --version on stdout with 0, wrong usage 1, refused input 2, the
latter two with a message on stderr that begins with the tool's name. One row for each tool."""
import re
import subprocess

import pytest

from images import ROOT

BIN = ROOT / "user" / "bin"
FOLDERS = {"qemu": ROOT / "scripts"}  # not with the others
# Name: (wrong usage, refused input); `{xml}` is a file that is there, `{none}` one that is not.
TOOLS = {
    "grub_iso": (
        [[], ["a.iso"], ["-t", "x", "a.iso", "k"], ["-a", "a{{b", "a.iso", "k"]],
        [["a.iso", "{none}"]],
    ),
    "prtosbuildinfo": ([[], ["a", "b"]], [["{none}"], ["{xml}"]]),
    "prtos": (
        [[], ["make"], ["check"], ["diff", "a"], ["new"], ["run", "a", "b"]],
        [["check", "{none}"], ["check", "{xml}"], ["report", "{xml}"], ["diff", "{xml}", "{none}"]]
        + [["build", "{none}"], ["build", "."], ["run", "{none}"], ["new", "a.xml"]],
    ),
    "prtoscparser": ([[], ["a", "b"], ["-o"]], [["{none}"], ["{xml}"]]),
    "prtoseformat": ([[], ["make"], ["build"], ["read"]], [["build", "{none}"], ["read", "{xml}"]]),
    "prtospack": (
        [[], ["make"], ["build"], ["list"], ["check"]],
        [["list", "{none}"], ["list", "{xml}"], ["check", "{none}"]],
    ),
    "qemu": ([[], ["a", "b"], ["--smp", "x", "a"]], [["{none}"], ["."]]),
    "rswbuild": ([[], ["a"]], [["{none}", "out"], ["{xml}", "out"]]),
    "xpath": ([[], ["-f", "a"], ["//a"]], [["-f", "{none}", "//a"], ["-f", "{xml}", "///"]]),
    "xpathstart": ([[], ["0"], ["x", "{xml}"]], [["0", "{none}"], ["0", "{xml}"]]),
}
WRONG_FOR_ALL = [["--no-such-option"], ["-%"]]


def call(name, *words, cwd=None):
    program = FOLDERS.get(name, BIN) / name
    return subprocess.run([program, *words], capture_output=True, text=True, timeout=60, cwd=cwd)


def version():
    text = (ROOT / "core/abi/include/prtos_inc/version.h").read_text()
    number = int(re.search(r"^#define PRTOS_VERSION (0x\w+)$", text, re.M)[1], 16)
    return f"{number >> 16}.{number >> 8 & 255}.{number & 255}"


def calls(column):
    return [
        pytest.param(name, words, id=" ".join([name, *words]))
        for name, row in TOOLS.items()
        for words in row[column] + (WRONG_FOR_ALL if column == 0 else [])
    ]


def test_every_tool_has_a_row():
    sources = {path.parent.name for path in (ROOT / "user/tools").glob("*/main.c")}
    there = {path.name for path in BIN.iterdir() if path.is_file() and path.suffix != ".new"}
    assert set(TOOLS) == there | sources | set(FOLDERS)


@pytest.mark.parametrize("name", TOOLS)
def test_help(name):
    done = call(name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: {name} ")


@pytest.mark.parametrize("name", TOOLS)
def test_version(name):
    done = call(name, "--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{name} {version()}\n", "")


@pytest.mark.parametrize("name, words", calls(0))
def test_wrong_usage(name, words, tmp_path):
    done = call(name, *[word.format(xml="a.xml", none="b") for word in words], cwd=tmp_path)
    assert done.returncode == 1 and done.stdout == ""
    lines = done.stderr.splitlines()
    # argparse names the subcommand too.
    assert any(re.match(rf"{name}( [a-z]+)?: \S", line) for line in lines), done.stderr
    assert any(line.startswith(f"usage: {name} ") for line in lines), done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name, words", calls(1))
def test_refused(name, words, tmp_path):
    (tmp_path / "a.xml").write_text("<a/>\n")
    done = call(name, *[word.format(xml="a.xml", none="b") for word in words], cwd=tmp_path)
    assert done.returncode == 2 and done.stdout == ""
    assert re.match(rf"{name}: \S|(a\.xml|b):\d+: error: ", done.stderr), done.stderr
    assert "usage:" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.xml"]


def test_subcommands_know_help_and_version():
    for name, commands in (("prtoseformat", "build read"), ("prtospack", "build check list")):
        for command in commands.split():
            assert call(name, command, "--help").stdout == call(name, "--help").stdout
            assert call(name, command, "--version").stdout == f"{name} {version()}\n"
