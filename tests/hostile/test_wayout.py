# SPDX-License-Identifier: Apache-2.0
"""A partition whose return from a call faults because it took its own segment away. The fault is its
own, wherever its DS points, and if it is ignored for ever the others keep their slots."""
import subprocess

import pytest
from boot import BUILD, boot
from guests import build, failures, variant

PROGRAMS = {0: "attacker.pef", 1: "victim.pef", 2: "monitor.pef"}


def core_symbols() -> dict:
    command = ["nm", str(BUILD / "prtos_core")]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    words = [line.split() for line in told.splitlines()]
    return {word[2]: int(word[0], 16) for word in words if len(word) == 3}


def system(way, action):
    """The attacker knows where the core has its table of faults and their answers."""
    core = core_symbols()
    flags = f"-DFIXUP_BEGIN={core['fixup_begin']:#x}u -DRESTORE_IRET={core['restore_iret']:#x}u"
    base = build("tests/hostile/wayout", flags=flags)

    def edit(xml):
        xml = xml.replace('name="null"', f'name="{way}"')
        if action == "IGNORE":
            xml = xml.replace('PARTITION_HALT" log="yes"', 'IGNORE" log="no"')
            xml = xml.replace('name="halted"', 'name="ignored"')
        return xml

    return variant(base, f"{way}-{action}".lower(), edit, PROGRAMS)


@pytest.mark.parametrize("action", ["PARTITION_HALT", "IGNORE"])
@pytest.mark.parametrize("way", ["based", "null", "absent", "stack"])
def test_way_out(way, action):
    assert failures(boot(system(way, action), timeout=20), {2: 13}) == []
