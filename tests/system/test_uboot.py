# SPDX-License-Identifier: Apache-2.0
"""The arm64 image by U-Boot's booti instead of QEMU's -kernel: the same lines. U-Boot has the image
from QEMU (qfw), and what to do from an environment that lies in the board's flash."""
import pathlib
import struct
import zlib

import pytest
from boot import ARCHS, boot

UBOOT = pathlib.Path("/usr/lib/u-boot/qemu_arm64/u-boot.bin")
ENVIRONMENT = 0x4000000  # in the board's second flash
ENVIRONMENT_SIZE = 0x40000
BOOT = ["qfw load 0x44000000 0x48000000", "booti 0x44000000 - ${fdtcontroladdr}"]

# What a loader may leave behind: SPIs, PPIs and SGIs enabled, pending and active with the
# controller on, a counter's interrupt armed, memory of the core and of partitions not zero.
GICD, GICR_SGI = 0x08000000, 0x080B0000
DIRT = [
    *(f"mw.l {at + reg:#x} 0xffffffff {words}"
      for at, words in ((GICD + 4, 3), (GICR_SGI, 1)) for reg in (0x80, 0x100, 0x200, 0x300)),
    f"mw.l {GICD:#x} 0x37",
    "mw.q 0x40100000 0xdeadbeefdeadbeef 0x80000",
    "mw.q 0x46000000 0xdeadbeefdeadbeef 0x40000",
]

pytestmark = pytest.mark.skipif("aarch64" not in ARCHS, reason="U-Boot starts AArch64 only")


def environment(commands: list, path: pathlib.Path) -> str:
    text = f"bootdelay=-2\0bootcmd={'; '.join(commands)}\0\0".encode()
    data = text.ljust(ENVIRONMENT_SIZE - 4, b"\0")
    path.write_bytes(struct.pack("<I", zlib.crc32(data)) + data)
    return f"loader,file={path},addr={ENVIRONMENT:#x},force-raw=on"


@pytest.mark.parametrize("commands", [BOOT, DIRT + BOOT], ids=["clean", "dirty"])
@pytest.mark.parametrize("name", ["hello", "smp"])
def test_booti(name, commands, tmp_path):
    if not UBOOT.exists():
        pytest.skip("no U-Boot: apt-get install u-boot-qemu")
    device = environment(commands, tmp_path / "environment")
    words = ["-bios", str(UBOOT), "-device", device]
    lines = boot(name, arch="aarch64", extra=words, timeout=20).lines
    loader = lines.index("Starting kernel ...") + 2
    assert any(line.startswith("U-Boot ") for line in lines[:loader])
    assert lines[loader:] == boot(name, arch="aarch64").lines
