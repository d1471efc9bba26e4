# SPDX-License-Identifier: Apache-2.0
"""The same system on other ways into the machine: GRUB's CD image, another processor, real time."""
import shutil

import pytest
from boot import ROOT, boot, both
from transcript import mismatch

EXPECTED = ROOT / "partitions" / "hello" / "expected.txt"


def expected_lines():
    return EXPECTED.read_text().splitlines()


def test_cd_image():
    if not shutil.which("grub-mkrescue"):
        pytest.skip("no grub-mkrescue: apt-get install grub-pc-bin grub-common xorriso mtools")
    lines = boot("hello", iso=True).lines
    starts = [number for number, line in enumerate(lines) if line.startswith("PRTOS ")]
    assert len(starts) == 1
    assert not mismatch(expected_lines(), lines[starts[0] :])


@both
def test_processor_with_every_feature(arch):
    assert not mismatch(expected_lines(), boot("hello", cpu="max", arch=arch).lines)


@both
@pytest.mark.parametrize("shift", [3, 7])
def test_slower_processor(shift, arch):
    """One instruction is 8 or 128 ns: the figures that are printed are milliseconds of the plan."""
    extra = ["-icount", f"shift={shift},sleep=off"]
    first = boot("hello", icount=False, extra=extra, arch=arch)
    assert first.lines[-1] == expected_lines()[-1]
    assert boot("hello", icount=False, extra=extra, arch=arch).text == first.text


@both
def test_real_time(arch):
    """Nothing counted. A busy host may cost a slot, hence a line; the course stays."""
    lines = boot("hello", icount=False, arch=arch).lines
    expected = expected_lines()
    assert not mismatch(expected[:1], lines[:1])
    assert lines[-2:] == expected[-2:]
