# SPDX-License-Identifier: Apache-2.0
"""APEX inside partitions of the real hypervisor."""
from boot import boot, both
from guests import build, checks, failures

# A count of the clock is an instruction.
CPU = {"x86": "", "aarch64": "cortex-a72,cntfrq=1000000000"}


@both
def test_lives(arch):
    """Waits, ports, errors, restarts with their start conditions, schedules."""
    result = boot(build("tests/apex/lives", arch=arch), cpu=CPU[arch], timeout=120)
    assert failures(result, {0: 187}) == []
    conditions = [name for _, name, _, _ in checks(result) if name.startswith(("warm-by", "cold-by"))]
    assert conditions == ["warm-by-itself", "warm-by-monitor", "warm-by-monitor", "cold-by-itself"]
