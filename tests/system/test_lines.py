# SPDX-License-Identifier: Apache-2.0
"""Hardware interrupts as a partition sees them: its own lines only."""
from boot import boot
from guests import build, failures


def test_lines():
    result = boot(build("tests/system/lines"), timeout=20)
    assert failures(result, {0: 23, 1: 3, 2: 11}) == []
