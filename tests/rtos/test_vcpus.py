# SPDX-License-Identifier: Apache-2.0
"""A kernel on each of two vCPUs of a partition, which take turns on one CPU or run at once on two."""
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
    flags = "" if icount else "-DTOOK_MAX=~0u"
    folder = build("tests/rtos/vcpus", f"vcpus-two-{icount}", flags, edit=on_two_cpus, arch=arch)
    result = boot(folder, icount=icount, smp=2, cpu=CPU[arch], timeout=120)
    assert failures(result, LEAST) == []
