# SPDX-License-Identifier: Apache-2.0
"""One attempt after another by a partition to get out of its room: each must end in one of the ways
that the lists of tests/hostile/attacks give it, and the partition in the next slot must not notice."""
import re

import pytest
from boot import ARCHS, boot, build_folder
from guests import build, checks, failures
from ram import ram

CPUS = {"x86": ["qemu32"], "aarch64": ["cortex-a53", "max"]}
HEADER, CODE_END = 64, 0xF000  # of the core's file: what rswbuild fills in, less than its constants
LEAST = {"x86": 500, "aarch64": 585}  # checks


CORE = {"x86": 0x1000000, "aarch64": 0x100000}  # where it is loaded, by the configuration


def core_changes(memory, arch) -> list:
    """Words of the core's code and constants in memory that are not as they were built."""
    built = (build_folder(arch) / "prtos_core.bin").read_bytes()
    found = memory.read(CORE[arch], CODE_END)
    return [n for n in range(HEADER, CODE_END, 4) if built[n : n + 4] != found[n : n + 4]]


@pytest.mark.parametrize("arch, cpu", [(arch, cpu) for arch in ARCHS for cpu in CPUS[arch]])
def test_attacks(arch, cpu):
    folder = build("tests/hostile/attacks", arch=arch)
    with ram(folder, arch) as memory:
        result = boot(folder, arch=arch, cpu=cpu, timeout=60, extra=memory.words)
        changed = core_changes(memory, arch)
    assert failures(result, {2: LEAST[arch]}) == []
    assert {line[0] for line in checks(result)} == {2}
    # What a processor has more than others is written into the code at boot, a word at each place.
    assert len(changed) <= (64 if cpu == "max" else 0), [hex(place) for place in changed[:20]]


@pytest.mark.skipif("aarch64" not in ARCHS, reason="circles of AArch64")
def test_circles():
    """Of a partition whose exceptions cannot be fetched: the others have their slots, in real time, of
    which a slot has twenty times as much."""

    def edit(xml):
        xml = re.sub(r'"(\d+)us"', lambda us: f'"{int(us[1]) * 20}us"', xml)
        return xml.replace('majorFrame="1ms"', 'majorFrame="20ms"')

    folder = build("tests/hostile/attacks", "circles", "-DREAL_TIME", edit, arch="aarch64")
    result = boot(folder, arch="aarch64", icount=False, timeout=60)
    assert failures(result, {2: 17}) == []
