# SPDX-License-Identifier: Apache-2.0
"""documentation/sdk.md, done as it says: its files are written, its commands run in one shell from the top
of the source tree, what it shows must be printed, and what was built is booted."""
import pytest
from boot import ROOT, boot
from page import Page
from transcript import mismatch

import sdk

PAGE = Page(ROOT / "documentation" / "sdk.md")
HELLO = ["partition 0, from outside the tree", "partition 1, from outside the tree"]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """(home folder, {number of block: what it printed})."""
    home = tmp_path_factory.mktemp("home")
    environment = {**sdk.TREE, "HOME": str(home), "PYTHONPYCACHEPREFIX": f"{home}.pycache"}
    with sdk.locked():
        said = sdk.run(["bash", "-c", PAGE.script()], cwd=ROOT, env=environment)
    return home, PAGE.printed(said)


def test_blocks_are_understood():
    assert PAGE.whole()
    assert PAGE.kinds == {"sh", "text"}


@pytest.mark.parametrize("number", PAGE.shown)
def test_shown_output(page, number):
    assert PAGE.missing(number, page[1]) == []


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
    assert PAGE.broken_anchors() == []
