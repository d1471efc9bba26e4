# SPDX-License-Identifier: Apache-2.0
"""documentation/sdk.md, done as it says: its files are written, its commands run in one shell from the top
of the source tree, what it shows must be printed, and what was built is booted."""
import re

import pytest
from boot import ROOT, boot
from transcript import mismatch

import sdk

PAGE = (ROOT / "documentation" / "sdk.md").read_text()
BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.M | re.S)
BLOCKS = BLOCK.findall(PAGE)
HELLO = ["partition 0, from outside the tree", "partition 1, from outside the tree"]


def script() -> str:
    """The page as a shell script, a mark in front of what each block prints."""
    lines = ["set -e"]
    for number, (kind, name, text) in enumerate(BLOCKS):
        if name:
            lines += [f"cat > {name} <<'END-OF-FILE'", text + "END-OF-FILE"]
        elif kind == "sh":
            lines += [f"echo '@@ {number}'", text]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """(home folder, {number of block: what it printed})."""
    home = tmp_path_factory.mktemp("home")
    environment = {**sdk.TREE, "HOME": str(home), "PYTHONPYCACHEPREFIX": f"{home}.pycache"}
    with sdk.locked():
        said = sdk.run(["bash", "-c", script()], cwd=ROOT, env=environment)
    parts = re.split(r"^@@ (\d+)\n", said, flags=re.M)[1:]
    return home, dict(zip(map(int, parts[::2]), parts[1::2]))


def test_blocks_are_understood():
    """Nothing on the page is left out by the pattern above."""
    assert len(BLOCKS) == PAGE.count("\n```") / 2
    assert {kind for kind, name, _ in BLOCKS if not name} == {"sh", "text"}


@pytest.mark.parametrize("number", [n for n, block in enumerate(BLOCKS) if block[0] == "text"])
def test_shown_output(page, number):
    said = page[1][number - 1].splitlines()
    for line in BLOCKS[number][2].splitlines():
        assert line in said, f"not printed: {line}"


@pytest.mark.parametrize("folder", [".", "by-hand", "cmake-build/outside"])
def test_systems_run(page, folder):
    lines = boot(page[0] / "project" / folder / "resident_sw").lines
    assert lines[-3:] == [*HELLO, "System halted."]


def test_example_runs(page):
    folder = page[0] / "ports"
    wrong = mismatch((folder / "expected.txt").read_text().splitlines(), boot(folder).lines)
    assert not wrong, wrong


def test_source_tree_is_not_used(page):
    """No file that was built, no list of what a file was made from, names the source tree."""
    home = page[0]
    made = sdk.files(home)
    assert "project/hello.d" in made and "project/cmake-build/outside/resident_sw" in made
    assert sdk.mentions(home, ROOT) == []


def test_contents():
    headings = {
        re.sub(r"[^\w -]", "", line[3:].lower()).replace(" ", "-")
        for line in PAGE.splitlines()
        if line.startswith("## ")
    }
    for anchor in re.findall(r"\]\(#([^)]*)\)", PAGE):
        assert anchor in headings, anchor
