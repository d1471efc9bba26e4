# SPDX-License-Identifier: Apache-2.0
"""Random calls: no panic, and the partition in the next slot says word for word what it says when
nobody attacks it. FUZZ_CALLS=1000000 makes more of them, FUZZ_SEED=n others."""
import os
import re

from boot import boot, both
from guests import build, failures

CALLS = int(os.environ.get("FUZZ_CALLS", "100000"))
SEED = int(os.environ.get("FUZZ_SEED", "20260116"))


def victim_lines(result):
    return [line for line in result.lines if line.startswith("[P1] ")]


@both
def test_fuzz(arch):
    quiet = boot(build("tests/hostile/fuzz", "fuzz-quiet", "-DCALLS=0", arch=arch), timeout=30)
    flags = f"-DCALLS={CALLS} -DSEED={SEED}"
    folder = build("tests/hostile/fuzz", "fuzz", flags, arch=arch)
    result = boot(folder, timeout=30 + CALLS / 1000)
    assert len(victim_lines(quiet)) == 20
    assert victim_lines(result) == victim_lines(quiet)
    assert failures(result, {2: 8}) == []
    told = re.search(r"calls (\d+) resets (\d+)", result.text)
    assert int(told[1]) >= CALLS
    counts = {int(n): int(count) for n, count in re.findall(r"code -(\d): (\d+)", result.text)}
    # The generator reaches what it is for: every code that this version gives.
    assert all(counts[n] > CALLS / 100 for n in (0, 2, 3, 4, 7)), counts
    assert counts[1] and counts[5], counts
