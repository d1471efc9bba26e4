# SPDX-License-Identifier: Apache-2.0
"""README and manual: every command in them can be given, and the output that the README shows is
the flagship's. The links of all documents lead somewhere."""
import os
import re
import shlex
import subprocess

import pytest
from boot import ROOT

PAGES = ("README.md", "documentation/manual.md")
DOCUMENTS = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("documentation/**/*.md"))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
LINK = re.compile(r"\]\(([^)#]+)\)")


def blocks(page, kind):
    return [text for name, text in BLOCK.findall((ROOT / page).read_text()) if name == kind]


def commands():
    """Commands of all `sh` blocks; `mine` is the reader's own system and does not exist here."""
    lines = [line for page in PAGES for text in blocks(page, "sh") for line in text.splitlines()]
    words = [shlex.split(line, comments=True) for line in lines]
    return sorted({tuple(word) for word in words if word and "mine" not in " ".join(word)})


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_command_exists(words):
    words = [word for word in words if word != "sudo"]
    if words[0] == "make":
        drop = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")
        env = {name: value for name, value in os.environ.items() if name not in drop}
        done = subprocess.run(
            ["make", "-n", *words[1:]], capture_output=True, text=True, cwd=ROOT, env=env
        )
        # With -n a make inside a make may find its folder missing; a wrong name stops at once.
        assert "No rule to make" not in done.stderr and "Stop." not in done.stderr, done.stderr
        return
    assert os.access(ROOT / words[0], os.X_OK), f"{words[0]} cannot be run"
    options = [word for word in words[1:] if word.startswith("-")]
    if options:
        done = subprocess.run([ROOT / words[0], "--help"], capture_output=True, text=True)
        assert done.returncode == 0
        assert [o for o in options if o not in done.stdout + done.stderr] == []


@pytest.mark.parametrize("page", ["README.md", "CAVEATS.md", *DOCUMENTS])
def test_links(page):
    links = [link for link in LINK.findall((ROOT / page).read_text()) if "://" not in link]
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


def test_readme_shows_what_the_flagship_prints():
    """Each line of the output block, in order; `...` stands for lines left out."""
    expected = (ROOT / "partitions/flagship/expected.txt").read_text().splitlines()
    (shown,) = blocks("README.md", "text")
    at = 0
    for line in shown.splitlines():
        if line == "...":
            continue
        match = [
            number
            for number, want in enumerate(expected[at:], at)
            if (re.fullmatch(want[2:], line) if want.startswith("~ ") else want == line)
        ]
        assert match, f"not printed (any more): {line}"
        at = match[0] + 1
