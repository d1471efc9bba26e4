# SPDX-License-Identifier: Apache-2.0
"""Pointers of a guest of AArch64, with its own translation off and on: nothing is read or written
but what it reaches itself by the same address."""
import pytest
from boot import ARCHS, boot
from guests import build, failures

pytestmark = pytest.mark.skipif("aarch64" not in ARCHS, reason="translation of AArch64")


@pytest.mark.parametrize("cpu", ["cortex-a53", "cortex-a72", "max"])
def test_pointers(cpu):
    result = boot(build("tests/system/stage1", arch="aarch64"), arch="aarch64", cpu=cpu, timeout=20)
    assert failures(result, {0: 47}) == []
    assert "[P0] a line by another address" in result.lines
