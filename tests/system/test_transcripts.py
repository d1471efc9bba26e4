# SPDX-License-Identifier: Apache-2.0
"""Every worked system, run twice with counted instructions: the same bytes both times, and line by
line what its expected.txt says."""
import pathlib

import pytest
from boot import ROOT, boot
from transcript import mismatch

FOLDERS = sorted(path.parent for path in (ROOT / "partitions").glob("*/Makefile"))
NAMES = [folder.name for folder in FOLDERS]


@pytest.mark.parametrize("name", NAMES)
def test_transcript_is_repeatable_and_expected(name):
    path = pathlib.Path(ROOT / "partitions" / name / "expected.txt")
    assert path.exists(), f"partitions/{name} has no expected.txt"
    first = boot(name)
    again = boot(name)
    assert first.text == again.text
    assert not mismatch(path.read_text().splitlines(), first.lines)
