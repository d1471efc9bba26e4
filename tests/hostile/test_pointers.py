# SPDX-License-Identifier: Apache-2.0
"""Every pointer argument of every call at every kind of wrong place: the code, and no effect."""
import pytest
from boot import ARCHS, boot
from guests import build, failures


LEAST = {"x86": 1700, "aarch64": 2670}  # checks


@pytest.fixture(name="wrong", scope="module", params=ARCHS)
def fixture_wrong(request):
    """One run, judged in three parts."""
    result = boot(build("tests/hostile/pointers", arch=request.param), timeout=20)
    return failures(result, {0: LEAST[request.param], 1: 4})


def test_codes(wrong):
    apart = (".changed:", "hear-nothing.")
    assert [line for line in wrong if not any(word in line for word in apart)] == []


def test_buffer_counts_even_if_nothing_is_read(wrong):
    assert [line for line in wrong if "hear-nothing." in line] == []


def test_refused_answer_is_not_half_written(wrong):
    assert [line for line in wrong if ".changed:" in line] == []
