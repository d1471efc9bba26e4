# SPDX-License-Identifier: Apache-2.0
"""documentation/first-system.md, done as it says."""
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest
from page import Page
from projects import ENV, LIMIT, ROOT

PAGE = Page(ROOT / "documentation" / "first-system.md")


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """(the project, {number of block: what it printed})."""
    home = tmp_path_factory.mktemp("home")
    done = subprocess.run(
        ["bash", "-c", PAGE.script()],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=LIMIT,
        cwd=ROOT,
        env={**ENV, "HOME": str(home), "DEPS": "no"},
    )
    assert done.returncode == 0, done.stdout
    return home / "rover", PAGE.printed(done.stdout)


def test_blocks_are_understood():
    assert PAGE.whole()
    assert PAGE.kinds == {"sh", "text", "diff"}
    assert PAGE.broken_anchors() == []


@pytest.mark.parametrize("number", PAGE.shown)
def test_shown_output(page, number):
    assert PAGE.missing(number, page[1]) == []


def test_pictures_are_made(page):
    assert ElementTree.parse(page[0] / "schedule.svg").getroot().tag.endswith("}svg")
    report = (page[0] / "rover.html").read_text()
    assert "thermostat" in report and "SHA-256" in report


def test_the_new_partition_runs(page):
    last = max(page[1], key=lambda number: "P2 logger" in page[1][number] and number)
    lines = [line for line in page[1][last].splitlines() if line.startswith("P2 logger")]
    assert lines[0].endswith("between 22 and 22 degrees")
    assert lines[-1].endswith("between 18 and 24 degrees")
    assert len(lines) == 12
