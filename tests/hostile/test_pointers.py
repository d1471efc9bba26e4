# SPDX-License-Identifier: Apache-2.0
"""Every pointer argument of every call at every kind of wrong place: the code, and no effect."""
from boot import boot
from guests import build, failures


def test_pointers():
    result = boot(build("tests/hostile/pointers"), timeout=20)
    assert failures(result, {0: 700, 1: 4}) == []
