# SPDX-License-Identifier: Apache-2.0
"""A kernel on each of two vCPUs of a partition, which take turns on one CPU or run at once on two."""
import re

import pytest
from boot import boot, both
from guests import build, failures

CPU = {"x86": "", "aarch64": "cortex-a72,cntfrq=1000000000"}
LEAST = {0: 60}
OWN_SLOT = '            <Slot id="1" start="200us" duration="200us" partitionId="0" vCpuId="1"/>\n'
OTHER = """      <Processor id="1">
        <CyclicPlanTable>
          <Plan id="0" majorFrame="500us">
            <Slot id="0" start="100us" duration="200us" partitionId="0" vCpuId="1"/>
          </Plan>
        </CyclicPlanTable>
      </Processor>
    </ProcessorTable>
"""


def on_two_cpus(xml: str) -> str:
    """The other vCPU's slot goes to a CPU of its own; they overlap by half."""
    assert OWN_SLOT in xml
    return xml.replace(OWN_SLOT, "").replace("    </ProcessorTable>\n", OTHER)


@both
def test_taking_turns(arch):
    result = boot(build("tests/rtos/vcpus", arch=arch), cpu=CPU[arch], timeout=60)
    assert failures(result, LEAST) == []


@both
@pytest.mark.parametrize("icount", [True, False])
def test_at_once(arch, icount):
    flags = "" if icount else "-DTOOK_MAX=~0u -DCOUNTED_MIN=0"
    folder = build("tests/rtos/vcpus", f"vcpus-two-{icount}", flags, edit=on_two_cpus, arch=arch)
    result = boot(folder, icount=icount, smp=2, cpu=CPU[arch], timeout=120)
    assert failures(result, LEAST) == []


def taking_turns(xml: str) -> str:
    """Two vCPUs of the first partition, 60 us each."""
    xml = xml.replace('majorFrame="80us"', 'majorFrame="120us"')
    xml = xml.replace('duration="20us" partitionId="1"', 'duration="60us" partitionId="0" vCpuId="1"')
    xml = xml.replace('name="sweep" flags="system"', 'name="sweep" flags="system" noVCpus="2"')
    xml = re.sub(r' *<Partition id="1".*?</Partition>\n', "", xml, flags=re.S)
    ipvi = '  <Channels>\n    <Ipvi id="7" sourceId="0" destinationId="0"/>\n  </Channels>\n'
    return xml.replace("</SystemDescription>", f"{ipvi}</SystemDescription>")


@both
def test_cut_at_every_instruction(arch):
    """A slot's end falls on each instruction of a call on the other vCPU's object: where it is made,
    where it is served, where its thread comes home."""
    folder = build("tests/rtos/sweep", "sweep-vcpus", "-DGAP=60000", edit=taking_turns, arch=arch,
                   make_words=["VCPUS=y"])  # fmt: skip
    result = boot(folder, cpu=CPU[arch], timeout=120)
    rows = re.findall(r"^= (\S+) (\d+) (\d+) (\d+) (\d+) (\d+)$", result.text, re.M)
    assert [row[0] for row in rows] == ["call", "home", "serve"]
    for name, length, rounds, cuts, stretches, wrong in ([r[0], *map(int, r[1:])] for r in rows):
        assert wrong == 0, name
        assert stretches == 1, name
        # With the phase of the time the hypervisor's calls in it take an instruction more or less.
        assert length - 2 <= cuts < rounds, name
