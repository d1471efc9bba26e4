# SPDX-License-Identifier: Apache-2.0
"""Every worked system, run twice with counted instructions: the same bytes both times, and line by
line what its expected.txt says; once more as the second compiler builds it."""
import shutil

import pytest
from boot import LLVM_BUILD, ROOT, boot
from transcript import mismatch

NAMES = sorted(path.parent.name for path in (ROOT / "partitions").glob("*/Makefile"))


def expected_lines(name):
    path = ROOT / "partitions" / name / "expected.txt"
    assert path.exists(), f"partitions/{name} has no expected.txt"
    return path.read_text().splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_transcript_is_repeatable_and_expected(name):
    expected = expected_lines(name)
    first = boot(name)
    again = boot(name)
    assert first.text == again.text
    assert not mismatch(expected, first.lines)


@pytest.mark.parametrize("name", NAMES)
def test_transcript_by_clang(name):
    if not shutil.which("clang"):
        pytest.skip("no clang: apt-get install clang")
    result = boot(LLVM_BUILD / "partitions" / name)
    assert not mismatch(expected_lines(name), result.lines)
