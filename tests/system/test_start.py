# SPDX-License-Identifier: Apache-2.0
"""Registers, FPU, control table, memory map and clock page at each start of a partition: after boot, and
after a warm and a cold reset in a life that overwrote its control table."""
from boot import boot, both
from guests import build, failures

LEAST = {"x86": {0: 156, 1: 159}, "aarch64": {0: 168, 1: 159}}  # checks


@both
def test_boot_state(arch):
    result = boot(build("tests/system/start", arch=arch), arch=arch, timeout=20)
    assert failures(result, LEAST[arch]) == []
