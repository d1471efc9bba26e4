# SPDX-License-Identifier: Apache-2.0
"""The real-time kernel inside partitions of the real hypervisor."""
import re

import pytest
from boot import boot, both
from guests import build, failures

# A count of the clock is an instruction.
CPU = {"x86": "", "aarch64": "cortex-a72,cntfrq=1000000000"}


@both
def test_cut_at_every_instruction(arch):
    """The slot's end falls on each instruction of an operation in turn: the outcome is the same."""
    result = boot(build("tests/rtos/sweep", arch=arch), cpu=CPU[arch], timeout=120)
    rows = re.findall(r"^= (\S+) (\d+) (\d+) (\d+) (\d+) (\d+)$", result.text, re.M)
    assert [row[0] for row in rows] == ["sem", "sem-switch", "mutex", "queue", "timeout"]
    for name, length, rounds, cuts, stretches, wrong in ([r[0], *map(int, r[1:])] for r in rows):
        assert wrong == 0, name
        # In one row, without a hole, as many as the operation has instructions (and reading the clock).
        assert stretches == 1, name
        assert length <= cuts < rounds, name


@both
@pytest.mark.parametrize("library", ["", "-meter"])
def test_conform(library, arch):
    """Everything with real switches, twice: the second life of the partition follows a warm reset."""
    flags = "-DMETER" if library else ""
    folder = build("tests/rtos/conform", f"conform{library}", flags, arch=arch,
                   make_words=[f"RTOS_LIB=-lrtos{library}"])  # fmt: skip
    result = boot(folder, cpu=CPU[arch], timeout=120)
    assert failures(result, {0: 186}) == []


@both
@pytest.mark.long
def test_conform_long(arch):
    """A million messages each way, 10 MB through the ring."""
    flags = "-DMESSAGES=1000000 -DSTREAM=10000000 -DROUNDS=200000"
    result = boot(build("tests/rtos/conform", "conform-long", flags, arch=arch), cpu=CPU[arch], timeout=600)
    assert failures(result, {0: 186}) == []
