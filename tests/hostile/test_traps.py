# SPDX-License-Identifier: Apache-2.0
"""Exceptions that are given to the partition, with the processor's frames, and the instructions that
call somebody for all n: `int n` of x86, `hvc #n` and others of AArch64."""
from boot import boot, both
from guests import build, failures

LEAST = {"x86": 80, "aarch64": 110}  # checks


@both
def test_traps(arch):
    result = boot(build("tests/hostile/traps", arch=arch), arch=arch, timeout=30)
    assert failures(result, {0: LEAST[arch]}) == []
