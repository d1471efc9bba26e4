# SPDX-License-Identifier: Apache-2.0
"""Guests of AArch64 that use the interrupt controller, the virtual timer and PSCI themselves."""
import pytest
from boot import ARCHS, boot
from guests import build, failures

pytestmark = pytest.mark.skipif("aarch64" not in ARCHS, reason="devices of AArch64")


@pytest.mark.parametrize("icount", [True, False])
@pytest.mark.parametrize("cpu", ["cortex-a53", "max"])
def test_vgic(cpu, icount):
    folder = build("tests/system/vgic", arch="aarch64")
    result = boot(folder, arch="aarch64", cpu=cpu, smp=2, icount=icount, timeout=30)
    assert failures(result, {0: 15, 1: 2}) == []
