# SPDX-License-Identifier: Apache-2.0
"""Exceptions that are given to the partition, with the processor's frames, and `int n` for all n."""
from boot import boot
from guests import build, failures


def test_traps():
    result = boot(build("tests/hostile/traps"), timeout=20)
    assert failures(result, {0: 80}) == []
