# SPDX-License-Identifier: Apache-2.0
"""A long time, mostly asleep, with resets, plan switches and health events: no slot drifts, nothing that
is counted or numbered is lost."""
import pytest
from boot import boot, both
from guests import build, failures


def soak(seconds, limit, arch):
    folder = build("tests/system/soak", f"soak-{seconds}", f"-DSECONDS={seconds}u", arch=arch)
    assert failures(boot(folder, timeout=limit), {1: 24}) == []


@both
def test_a_minute(arch):
    soak(60, 60, arch)


@both
@pytest.mark.long
def test_an_hour(arch):
    soak(3600, 1200, arch)
