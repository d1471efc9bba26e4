# SPDX-License-Identifier: Apache-2.0
"""The FPU's state belongs to the partition that uses it; on x86 a partition without the flag has none."""
import pytest
from boot import ARCHS, boot
from guests import build, failures

CPUS = {"x86": ["qemu32", "max"], "aarch64": ["cortex-a53", "max"]}
LEAST = {"x86": {0: 3, 1: 9, 2: 3, 3: 2}, "aarch64": {0: 3, 1: 3, 2: 4, 3: 2}}  # checks


@pytest.mark.parametrize("arch, cpu", [(arch, cpu) for arch in ARCHS for cpu in CPUS[arch]])
def test_fpu(arch, cpu):
    result = boot(build("tests/system/fpu", arch=arch), arch=arch, cpu=cpu, timeout=20)
    assert failures(result, LEAST[arch]) == []
