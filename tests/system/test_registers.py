# SPDX-License-Identifier: Apache-2.0
"""System registers of AArch64: what one partition writes no other sees, what is denied is denied,
what a fault leaves is whole."""
import pytest
from boot import ARCHS, boot
from guests import build, failures

pytestmark = pytest.mark.skipif("aarch64" not in ARCHS, reason="registers of AArch64")


@pytest.mark.parametrize("cpu", ["cortex-a53", "cortex-a72", "max"])
def test_registers(cpu):
    newer = cpu == "max"
    flags = "-DNEWER_CPU" if newer else ""
    folder = build("tests/system/registers", f"registers-{newer}", flags, arch="aarch64")
    result = boot(folder, arch="aarch64", cpu=cpu, timeout=30)
    least = 74 if newer else 42
    assert failures(result, {0: least, 1: least, 2: 77, 3: 3}) == []
