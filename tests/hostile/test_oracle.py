# SPDX-License-Identifier: Apache-2.0
"""Random calls of an ordinary and a system partition: each result is the one that a model of the
contract computes, and what others say is byte for byte what they say beside sleeping callers.
ORACLE_SEED=n begins elsewhere."""
import os
import re

import pytest
from boot import boot, both
from guests import build, failures

SEED = int(os.environ.get("ORACLE_SEED", "20261121"))
OTHERS = ("[P2] ", "[P3] ")


def run(name: str, calls: int, seed: int, reports: int, limit: float, arch: str):
    flags = f"-DCALLS={calls} -DSEED={seed}u -DREPORTS={reports}u"
    return boot(build("tests/hostile/oracle", name, flags, arch=arch), timeout=limit)


def others(result) -> list:
    return [line for line in result.lines if line.startswith(OTHERS)]


def judge(name: str, calls: int, seed: int, limit: float, arch: str):
    reports = calls // 1100  # so that the others work as long as calls are made
    quiet = run(f"{name}-quiet", 0, seed, reports, 60, arch)
    result = run(name, calls, seed, reports, limit, arch)
    assert failures(result, {5: 6}) == []
    assert len(others(quiet)) == 2 * reports
    assert others(result) == others(quiet)
    for caller in range(2):
        codes = re.findall(rf"caller {caller} code -(\d): (\d+)", result.text)
        counts = {int(code): int(count) for code, count in codes}
        # The generator reaches every code that this version gives.
        assert all(counts[code] > calls / 1000 for code in (0, 1, 2, 3, 4, 5, 7, 8)), counts


@both
def test_oracle(arch):
    judge("oracle", 12000, SEED, 30, arch)


@both
@pytest.mark.long
@pytest.mark.parametrize("turn", range(3))
def test_oracle_long(turn, arch):
    """A million calls of the two callers together, for each of three seeds."""
    judge(f"oracle-long{turn}", 500000, SEED + 1000 * turn, 900, arch)
