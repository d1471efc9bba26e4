# SPDX-License-Identifier: Apache-2.0
"""A partition that cannot be returned to: on x86 as it took its own segment away, on AArch64 as its
next instruction faults again. The fault is its own (on x86 wherever its DS points), and if it is
ignored for ever the others keep their slots."""
import subprocess

import pytest
from boot import ARCHS, BUILD, boot
from guests import build, failures, variant

PROGRAMS = {0: "attacker.pef", 1: "victim.pef", 2: "monitor.pef"}
WAYS = {"x86": ["based", "null", "absent", "stack"], "aarch64": ["data", "fetch", "call", "deliver"]}


def core_symbols() -> dict:
    command = ["nm", str(BUILD / "prtos_core")]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    words = [line.split() for line in told.splitlines()]
    return {word[2]: int(word[0], 16) for word in words if len(word) == 3}


def flags_of(arch):
    """On x86 the attacker knows where the core has its table of faults and their answers."""
    if arch != "x86":
        return ""
    core = core_symbols()
    return f"-DFIXUP_BEGIN={core['fixup_begin']:#x}u -DRESTORE_IRET={core['restore_iret']:#x}u"


def system(arch, way, action):
    base = build("tests/hostile/wayout", flags=flags_of(arch), arch=arch)

    def edit(xml):
        xml = xml.replace('name="null"', f'name="{way}"')
        if action == "IGNORE":
            xml = xml.replace('PARTITION_HALT" log="yes"', 'IGNORE" log="no"')
            xml = xml.replace('name="halted"', 'name="ignored"')
        return xml

    return variant(base, f"{way}-{action}".lower(), edit, PROGRAMS, arch)


# That nothing can be delivered is a fatal error, which is not to be ignored.
CASES = [(arch, way, action) for arch in ARCHS for way in WAYS[arch]
         for action in ("PARTITION_HALT", "IGNORE") if (way, action) != ("deliver", "IGNORE")]  # fmt: skip


@pytest.mark.parametrize("arch, way, action", CASES)
def test_way_out(arch, way, action):
    assert failures(boot(system(arch, way, action), arch=arch, timeout=20), {2: 13}) == []
