# SPDX-License-Identifier: Apache-2.0
"""The boards that QEMU emulates for us, by architecture, and which of them a bootable file is for."""
import dataclasses
import pathlib


@dataclasses.dataclass(frozen=True)
class Board:
    """What QEMU is told for a platform. `rc`: its exit codes at a normal halt and after a panic."""

    arch: str
    platform: str
    program: str
    package: str
    words: tuple
    cpu: str
    memory: int  # MB
    rc: tuple
    records: bool  # has a second UART for them


BOARDS = {
    # The core writes 0x10 or 0x11 to the exit device; QEMU then exits with (v << 1) | 1.
    "x86": Board(
        "x86", "pc", "qemu-system-i386", "qemu-system-x86", ("-M", "pc"),
        cpu="qemu32", memory=512, rc=(0x10 << 1 | 1, 0x11 << 1 | 1), records=True,
    ),
    # The core powers off, or resets after a panic; -no-reboot ends QEMU by both.
    "aarch64": Board(
        "aarch64", "virt", "qemu-system-aarch64", "qemu-system-arm",
        ("-M", "virt,gic-version=3,virtualization=on"),
        cpu="cortex-a72", memory=2048, rc=(0, 0), records=False,
    ),
}  # fmt: skip
ARM64_IMAGE = b"ARM\x64"  # at 56: the header that rswbuild's images for AArch64 begin with


def board_of(image: pathlib.Path) -> Board:
    """The board that a bootable file is for: virt for an arm64 image, all else is for the PC."""
    try:
        with open(image, "rb") as file:
            head = file.read(60)
    except OSError:
        head = b""
    return BOARDS["aarch64" if head[56:] == ARM64_IMAGE else "x86"]
