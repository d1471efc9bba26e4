# SPDX-License-Identifier: Apache-2.0
"""The FPU's state belongs to the partition that may use it; another one has none."""
import pytest
from boot import boot
from guests import build, failures


@pytest.mark.parametrize("cpu", ["qemu32", "max"])
def test_fpu(cpu):
    result = boot(build("tests/system/fpu"), cpu=cpu, timeout=20)
    assert failures(result, {0: 3, 1: 9, 2: 3, 3: 2}) == []
