# SPDX-License-Identifier: Apache-2.0
"""What an attacker does is not seen by others: the system of tests/isolation/pair runs with a
sleeping attacker and with a hostile one, and the traces of the two observers are compared byte for
byte. On one CPU times are compared too; where the observers, the attacker and its keeper each have a CPU,
all but times: under -icount the time is the sum over the CPUs.

The faults below are made in copies of the core: each must turn the comparison red."""
import functools
import os
import re

import pytest
from boot import ARCHS, both
from guests import build
from mutant import core, packed
from runs import difference, run, untimely

FRAMES = 200
SEEDS = [int(word) for word in os.environ.get("SEEDS", "1 2 3").split()]
PROGRAMS = {0: "attacker.pef", 1: "first.pef", 2: "second.pef", 3: "keeper.pef"}
ONE_PLAN = """            <Slot id="0" start="0us" duration="100us" partitionId="0"/>
            <Slot id="1" start="103us" duration="47us" partitionId="1"/>
            <Slot id="2" start="150us" duration="50us" partitionId="2"/>
            <Slot id="3" start="200us" duration="80us" partitionId="0"/>
            <Slot id="4" start="283us" duration="47us" partitionId="1"/>
            <Slot id="5" start="330us" duration="50us" partitionId="2"/>
            <Slot id="6" start="380us" duration="20us" partitionId="3"/>
          </Plan>
        </CyclicPlanTable>
      </Processor>
"""
THREE_PLANS = """            <Slot id="0" start="0us" duration="300us" partitionId="1"/>
            <Slot id="1" start="300us" duration="300us" partitionId="2"/>
          </Plan>
        </CyclicPlanTable>
      </Processor>
      <Processor id="1">
        <CyclicPlanTable>
          <Plan id="0" majorFrame="600us">
            <Slot id="0" start="0us" duration="600us" partitionId="0"/>
          </Plan>
        </CyclicPlanTable>
      </Processor>
      <Processor id="2">
        <CyclicPlanTable>
          <Plan id="0" majorFrame="600us">
            <Slot id="0" start="0us" duration="600us" partitionId="3"/>
          </Plan>
        </CyclicPlanTable>
      </Processor>
"""


PLAN = [int(start) * 1000 for start in re.findall(r'start="(\d+)us"', ONE_PLAN)]
FRAME = 400000  # ns
LISTENER = '      <Destination partitionId="2" portName="news"/>\n'


def on_more_cpus(xml):
    """The attacker listens to the first observer too, as a declared channel: who writes to it sees in
    the time of the write whether it has read."""
    assert xml.count(ONE_PLAN) == 1
    xml = xml.replace('majorFrame="400us"', 'majorFrame="600us"').replace(ONE_PLAN, THREE_PLANS)
    assert xml.count(LISTENER) == 1
    return xml.replace(LISTENER, LISTENER + LISTENER.replace('"2"', '"0"'))


def without_gaps(xml):
    """The attacker's slots end where the observers' begin."""
    for old, new in (("0us\" duration=\"100us", "0us\" duration=\"103us"),
                     ("200us\" duration=\"80us", "200us\" duration=\"83us")):  # fmt: skip
        assert xml.count(old) == 1
        xml = xml.replace(old, new)
    return xml


@functools.lru_cache(maxsize=4)
def quiet(folder, arch, frames, smp=1):
    alone = run(folder, arch, 0, frames, smp)
    assert alone.lives == 0 and not any(alone.done.values())
    return alone


def compare(folder, arch, seed, frames, smp=1):
    """(the run, what is wrong with it)"""
    loud = run(folder, arch, seed, frames, smp)
    wrong = difference(quiet(folder, arch, frames, smp), loud, times=smp == 1)
    return loud, wrong or (untimely(loud, PLAN, FRAME) if smp == 1 else "")


@both
@pytest.mark.parametrize("seed", SEEDS)
def test_on_one_cpu(arch, seed):
    loud, wrong = compare(build("tests/isolation/pair", arch=arch), arch, seed, FRAMES)
    assert not wrong
    assert loud.lives >= 2 and sum(loud.done.values()) >= FRAMES


@both
@pytest.mark.parametrize("seed", SEEDS[:1])
def test_on_more_cpus(arch, seed):
    folder = build("tests/isolation/pair", "pair-more", edit=on_more_cpus, arch=arch)
    loud, wrong = compare(folder, arch, seed, FRAMES, smp=3)
    assert not wrong
    assert loud.lives >= 2 and sum(loud.done.values()) >= FRAMES


def long_run(loud):
    """Every kind of attack was made, and the attacker lived and died."""
    assert all(count >= 20 for count in loud.done.values()), loud.done
    assert loud.lives >= 20 and loud.restarted >= 5 and loud.resumed


@both
@pytest.mark.long
def test_long_on_one_cpu(arch):
    loud, wrong = compare(build("tests/isolation/pair", arch=arch), arch, 20261121, 10000)
    assert not wrong
    long_run(loud)


@both
@pytest.mark.long
def test_long_on_more_cpus(arch):
    folder = build("tests/isolation/pair", "pair-more", edit=on_more_cpus, arch=arch)
    loud, wrong = compare(folder, arch, 20261122, 2000, smp=3)
    assert not wrong
    long_run(loud)


FAULTS = {
    # A long call of the attacker keeps interrupts out until it is done.
    "long-call": [("core/kernel/sched.c", """                vcpu->cont.step(vcpu);
""", """                do
                    vcpu->cont.step(vcpu);
                while (vcpu->work & VCPU_WORK_CONT);
"""), ("core/kernel/vcpu.c", """        arch_breathe();
        vcpu->cont.step(vcpu);
    } while ((vcpu->work & VCPU_WORK_CONT) && !vcpu->cpu->resched);
""", """        vcpu->cont.step(vcpu);
    } while (vcpu->work & VCPU_WORK_CONT);
""")],
    "early": [("core/kernel/sched.c", """    arch_await(cpu->span_count);
    clock_look(cpu, cpu->span_count);
""", "")],
    "idle-work": [("core/kernel/sched.c", "#define IDLE_PIECE 1500u", "#define IDLE_PIECE 0u")],
    # At the start of a slot everybody's text is drained.
    "text": [("core/kernel/sched.c", "console_pending & cpu->slot->console_bits",
              "console_pending")],
    # One register is that of whoever used the unit last.
    "fpu-x86": [("core/arch/x86/guest.c", '"fnclex\\n\\temms\\n\\tfildl %1\\n\\tfxrstor %0"',
                 '"subl $16, %%esp; movups %%xmm7, (%%esp); fnclex; emms; fildl %1; fxrstor %0;"'
                 '"movups (%%esp), %%xmm7; addl $16, %%esp"')],
    "fpu-aarch64": [("core/arch/aarch64/guest.c", """        isb();
        fpu_load(&vcpu->arch.fpu);
""", "")],
}  # fmt: skip


def faults(arch):
    other = {"x86": "aarch64", "aarch64": "x86"}[arch]
    return [name for name in FAULTS if not name.endswith(other)]


def fault_cases():
    """Two of them each time, all in the long tests."""
    for arch in ARCHS:
        for name in faults(arch):
            often = name == "early" or name.startswith("fpu")
            yield pytest.param(arch, name, marks=[] if often else pytest.mark.long)


@pytest.mark.parametrize("arch, name", fault_cases())
def test_a_fault_is_seen(arch, name):
    faulty = core(arch, FAULTS[name])
    folder = packed(build("tests/isolation/pair", arch=arch), faulty, name, PROGRAMS)
    assert any(compare(folder, arch, seed, FRAMES)[1] for seed in range(1, 9))


@both
def test_an_attacker_next_door_is_seen(arch):
    """What the gaps are for."""
    folder = build("tests/isolation/pair", "pair-next", edit=without_gaps, arch=arch)
    assert any(compare(folder, arch, seed, FRAMES)[1] for seed in SEEDS)
