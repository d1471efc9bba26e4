# SPDX-License-Identifier: Apache-2.0
"""Registers, FPU, control table, memory map and clock page at each start of a partition: after boot, and
after a warm and a cold reset in a life that overwrote its control table."""
from boot import boot
from guests import build, failures


def test_boot_state():
    result = boot(build("tests/system/start"), timeout=20)
    assert failures(result, {0: 156, 1: 159}) == []
