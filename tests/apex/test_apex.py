# SPDX-License-Identifier: Apache-2.0
"""APEX inside partitions of the real hypervisor."""
import re

from boot import ROOT, boot, both
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


COST = re.compile(r"^\| ([A-Z_]+(?:, [\w ]+)?) \| (\d+) \| (\d+) \|$", re.M)


@both
def test_costs(arch):
    """The table of costs in documentation/apex.md: no service takes more, or less than three quarters."""
    table = {row[0]: int(row[1 if arch == "x86" else 2])
             for row in COST.findall((ROOT / "documentation/apex.md").read_text())}  # fmt: skip
    result = boot(build("tests/apex/costs", arch=arch), cpu=CPU[arch], timeout=60)
    found = {what: int(most) for most, what in re.findall(r"^= (\d+) (.*)$", result.text, re.M)}
    assert found.pop("wrong") == 0
    assert found.keys() == table.keys()
    assert [(what, most) for what, most in found.items() if not 0.75 * table[what] <= most <= table[what]] == []
