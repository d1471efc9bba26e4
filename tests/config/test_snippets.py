# SPDX-License-Identifier: Apache-2.0
"""Every piece of XML in the documents is a configuration that prtoscparser accepts.

A block ```xml is a whole file, without a warning either. A block ```xml part is one element, or a
start tag alone: put into the example system in the place of one of its name, that must be accepted.
A block ```xml platform is a piece of one of the platforms that are built in."""
import pathlib
import re
import sys
import xml.etree.ElementTree as etree

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from parser_tool import ROOT, run  # noqa: E402

sys.path.insert(0, str(ROOT / "scripts"))
import gen_reference  # noqa: E402
import xsd  # noqa: E402

sys.path.insert(0, str(ROOT / "scripts/check"))
import tree  # noqa: E402

SPACE = xsd.Schema().tree.get("targetNamespace")
BLOCK = re.compile(r"^( *)```xml([^\n]*)\n(.*?)^ *```$", re.M | re.S)
etree.register_namespace("", SPACE)
PAGES = [path for path in tree.project_files(ROOT) if path.suffix == ".md"]


def blocks() -> list:
    found = []
    for page in PAGES:
        text = (ROOT / page).read_text()
        for match in BLOCK.finditer(text):
            line = 1 + text[: match.start()].count("\n")
            kind = re.sub(r"file=\S+", "", match[2]).strip()  # tests/sdk writes it to a file
            found.append(pytest.param(kind, match[3], id=f"{page}:{line}"))
    return found


def places(piece: str) -> list:
    """The example system with the piece in it, once for each place that it can have."""
    text = gen_reference.EXAMPLE.read_text()
    name = re.match(r"\s*<(\w+)", piece)[1]
    if f"</{name}>" not in piece and not piece.rstrip().endswith("/>"):
        return [re.sub(rf"<{name}\b[^>]*>", lambda _: piece.strip(), text, count=1)]
    element = etree.fromstring(f'<x xmlns="{SPACE}">{piece}</x>')
    assert len(element) == 1, "one element, or write several blocks"
    found = []
    for at in range(text.count(f"<{name}")):
        root = etree.fromstring(text.encode())
        spots = [(parent, child) for parent in root.iter() for child in parent
                 if child.tag == element[0].tag]
        if at < len(spots):
            parent, child = spots[at]
            parent[list(parent).index(child)] = element[0]
            found.append(etree.tostring(root, encoding="unicode"))
    return found


def accepts(text: str, folder: pathlib.Path) -> str:
    """Nothing, or why prtoscparser does not."""
    (folder / "x.xml").write_text(text)
    done = run("-n", "x.xml", cwd=folder)
    return done.stderr if done.returncode else ""


def is_silent(text: str, folder: pathlib.Path) -> str:
    """Nothing, or what prtoscparser says."""
    return accepts(text, folder) or run("-n", "x.xml", cwd=folder).stderr


@pytest.mark.parametrize("kind, block", blocks())
def test_block_is_a_valid_configuration(kind, block, tmp_path):
    kind = "" if kind.startswith("file=") else kind  # a name for the tests of the manual
    assert kind in ("", "part", "platform"), f"```xml {kind} is not known"
    if kind == "platform":
        lines = "".join(line.strip() for line in block.splitlines())
        whole = (path.read_text().splitlines() for path in gen_reference.PLATFORMS)
        assert any(lines in "".join(line.strip() for line in text) for text in whole)
        return
    if kind == "":
        assert is_silent(block, tmp_path) == ""
        return
    errors = [accepts(text, tmp_path) for text in places(block)]
    assert "" in errors, "\n".join(errors)


def test_blocks_are_found():
    assert len(blocks()) > 25


@pytest.mark.parametrize("piece", [
    '<Slot id="0" start="0ms" duration="25ms" partitionId="0"/>', '<Slot id="0" start="0"/>',
    '<Region type="ram" start="0x0" size="1MB"/>', '<SystemDescription version="1.0.0">',
])
def test_wrong_part_is_refused(piece, tmp_path):
    assert all(accepts(text, tmp_path) for text in places(piece))
