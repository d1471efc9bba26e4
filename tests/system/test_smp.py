# SPDX-License-Identifier: Apache-2.0
"""Partitions of several vCPUs, on one processor and on four, counted and in real time."""
import re

import pytest
from boot import ROOT, boot, both
from guests import build, failures
from transcript import mismatch

COUNTS = re.compile(r"P0 (slots|ipvis|many|heard|victim|switches|resets)\b")


def expected_lines(name):
    return (ROOT / "partitions" / name / "expected.txt").read_text().splitlines()


def on_one_cpu(_xml):
    return (ROOT / "partitions" / "smp" / "one_cpu.xml").read_text()


@both
def test_one_program_on_one_and_on_four_cpus(arch):
    """The same lines but for the number of processors."""
    one = boot(build("partitions/smp", "smp-one", edit=on_one_cpu, arch=arch), smp=1)
    assert not mismatch(expected_lines("smp")[1:], one.lines[1:])
    assert " on 1 CPU at " in one.lines[0]


@both
def test_four_cpus_in_real_time(arch):
    """What does not depend on who is how fast: work, identity, one clock for all, the end."""
    lines = boot("smp", icount=False, timeout=60, arch=arch).lines
    certain = [line for line in expected_lines("smp") if "found" in line or "answer -" in line]
    assert [line for line in lines if "found" in line or "answer -" in line] == certain
    assert lines[-3:] == expected_lines("smp")[-3:]


@both
@pytest.mark.parametrize("smp", [1, 3])
def test_too_few_processors_for_four(smp, arch):
    result = boot("smp", smp=smp, halted=False, arch=arch)
    assert result.panicked
    assert f"The configuration needs 4 CPUs, this machine has {smp}." in result.lines
    assert not [line for line in result.lines if line.startswith("[P0]")]


@both
def test_calls_reach_other_cpus_at_once(arch):
    """All in one slot of a minute, counted: a member that is stopped makes no more turns than its way
    out of the guest takes."""
    result = boot(build("tests/system/reach", arch=arch), smp=4, timeout=60)
    assert failures(result, {0: 150}) == []


@both
def test_calls_reach_other_cpus_in_real_time(arch):
    """The same, but nobody can say how far a member comes until it is told."""
    result = boot(build("tests/system/reach", arch=arch), smp=4, icount=False, timeout=120)
    assert [line for line in failures(result, {0: 150}) if ".drift:" not in line] == []


def stress(icount, frames, arch):
    """All-to-all channels between four processors under plan switches, resets and IPVIs: every message
    is accounted for."""
    name, flags = f"stress-{frames}", f"-DFRAMES={frames}u"
    folder = build("tests/system/stress", name, flags=flags, arch=arch)
    result = boot(folder, smp=4, icount=icount, timeout=60 + frames / 10)
    wrong = failures(result, {0: 60})
    if not icount:  # how many slots a busy host lets each one have, nobody can say
        wrong = [line for line in wrong if not COUNTS.match(line)]
    assert wrong == []


@both
@pytest.mark.parametrize("icount", [True, False])
def test_stress(icount, arch):
    stress(icount, 300, arch)


@both
@pytest.mark.long
@pytest.mark.parametrize("icount", [True, False])
def test_stress_long(icount, arch):
    stress(icount, 10000, arch)
