# SPDX-License-Identifier: Apache-2.0
"""One attempt after another by a partition to get out of its room: each must end in one of the ways
that the lists of tests/hostile/attacks give it, and the partition in the next slot must not notice."""
import re

import pytest
from boot import ARCHS, boot
from guests import build, checks, failures

CPUS = {"x86": ["qemu32"], "aarch64": ["cortex-a53", "max"]}
LEAST = {"x86": 500, "aarch64": 585}  # checks


@pytest.mark.parametrize("arch, cpu", [(arch, cpu) for arch in ARCHS for cpu in CPUS[arch]])
def test_attacks(arch, cpu):
    result = boot(build("tests/hostile/attacks", arch=arch), arch=arch, cpu=cpu, timeout=60)
    assert failures(result, {2: LEAST[arch]}) == []
    assert {line[0] for line in checks(result)} == {2}


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
