# SPDX-License-Identifier: Apache-2.0
"""tests/lib/transcript.py: wrong, missing, surplus lines are found; patterns match whole lines."""
import pytest
from transcript import mismatch


@pytest.mark.parametrize(
    "expected, found",
    [
        (["a", "b"], ["a", "b"]),
        ([], []),
        (["a", r"~ \d+ us", "b"], ["a", "17 us", "b"]),
        (["~ a.*"], ["abc"]),
        (["a.c"], ["a.c"]),
    ],
)
def test_same(expected, found):
    assert mismatch(expected, found) == ""


@pytest.mark.parametrize(
    "expected, found, where",
    [
        (["a", "b"], ["a", "c"], "line 2"),
        (["a.c"], ["abc"], "line 1"),
        ([r"~ \d+"], ["17 us"], "line 1"),
        (["a", "b"], ["a"], "1 lines missing, first: b"),
        (["a"], ["a", "b"], "1 lines too many, first: b"),
        (["a"], ["a "], "line 1"),
    ],
)
def test_different(expected, found, where):
    assert where in mismatch(expected, found)
