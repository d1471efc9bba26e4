# SPDX-License-Identifier: Apache-2.0
"""Hardware interrupts as a partition sees them: its own lines only."""
from boot import boot, both
from guests import build, failures

PORTS = """        <IoPorts>
          <Range base="0x40" noPorts="4"/>
        </IoPorts>
        <Interrupts lines="0"/>
"""
AREA = '        <Area start="0x6200000" size="1MB"/>\n'
REGISTERS = """        <Area start="0x9010000" size="4KB" flags="device"/>
        <Area start="0x9030000" size="4KB" flags="device"/>
"""


def board_devices(arch):
    """The devices of the third partition are the board's; the system file has those of the PC."""

    def edit(xml):
        if arch == "x86":
            return xml
        assert PORTS in xml and AREA in xml
        xml = xml.replace(PORTS, '        <Interrupts lines="2 7"/>\n')
        return xml.replace(AREA, AREA + REGISTERS)

    return edit


@both
def test_lines(arch):
    folder = build("tests/system/lines", edit=board_devices(arch), arch=arch)
    # The clock of `virt` would be the host's.
    result = boot(folder, arch=arch, timeout=30, extra=["-rtc", "clock=vm"])
    assert failures(result, {0: 23, 1: 3, 2: 11}) == []
