# SPDX-License-Identifier: Apache-2.0
"""A page becomes a table while two more processors write to it, change it, map it and use it, and a
system partition copies into it: whenever the call has said OK, no entry is there that no table may
have. Counted and in real time, where the processors truly run at once."""
import pytest
from boot import boot
from guests import build, failures


@pytest.mark.parametrize("icount", [True, False])
def test_races_over_a_page_table(icount):
    result = boot(build("tests/hostile/typing"), icount=icount, smp=4, timeout=120)
    assert failures(result, {0: 2, 1: 9}) == []
