# SPDX-License-Identifier: Apache-2.0
"""I/O ports: a partition reaches all of its own and none besides, whoever had the CPU before. The
owner of QEMU's exit port ends the run by it."""
from boot import boot
from guests import build, failures


def test_ports():
    result = boot(build("tests/system/ioports"), timeout=60, halted=False)
    assert failures(result, {0: 16, 1: 10, 2: 9}) == []
    assert result.rc == 0x21 << 1 | 1
