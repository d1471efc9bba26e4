# SPDX-License-Identifier: Apache-2.0
"""rswbuild: the bootable file, taken apart, and what it refuses; prtosbuildinfo beside it."""
import hashlib
import os
import shutil
import struct
import subprocess

import pytest

import images
from images import good, refused, run
from systems import System


@pytest.fixture
def system(tmp_path):
    system = System(tmp_path).all()
    system.build()
    return system


def loads(data):
    """(address, memory size, bytes) of each PT_LOAD, entry point; all fields of a sound file."""
    assert data[:7] == b"\x7fELF\x01\x01\x01"
    (
        kind,
        machine,
        _,
        entry,
        phoff,
        shoff,
        _,
        ehsize,
        phentsize,
        phnum,
        _,
        shnum,
        _,
    ) = struct.unpack_from("<HHIIIIIHHHHHH", data, 16)
    assert (kind, machine, ehsize, phentsize, shoff, shnum) == (2, 3, 52, 32, 0, 0)
    parts = []
    for i in range(phnum):
        kind, offset, virt, phys, size, mem, _, align = struct.unpack_from(
            "<8I", data, phoff + 32 * i
        )
        assert (
            kind == 1
            and virt == phys
            and offset + size <= len(data)
            and offset % align == phys % align
        )
        assert mem >= size
        parts.append((phys, mem, data[offset : offset + size]))
    return parts, entry


def pools_of(system):
    return struct.unpack_from("<Q", system.path("system.conf").read_bytes(), 48)[0]


def page(size):
    return size + -size % 4096


def test_bootable_file(system):
    result = good("rswbuild", "box", "rsw", cwd=system.folder)
    data, box = system.path("rsw").read_bytes(), system.path("box").read_bytes()
    parts, entry = loads(data)
    elf = images.core()
    conf = system.path("system.conf").read_bytes()
    assert entry == 0x1000010  # 0xfc000010, linked high
    start = 0x1000000 + 0xA000 + page(len(conf)) + page(pools_of(system))
    assert parts[-1] == (start, len(box), box)
    record = struct.pack("<IIQQ", 0x6F6F4250, 0x64636552, start, len(box))
    assert parts[0] == (
        0x1000000,
        len(elf.segments[0].data),
        elf.segments[0].data.replace(images.RECORD, record),
    )
    assert parts[1] == (0x1002000, 0x8000, elf.segments[1].data)
    assert 0 <= data.find(images.MULTIBOOT) <= 8192 - 12 and data.find(images.MULTIBOOT) % 4 == 0
    assert os.access(system.path("rsw"), os.X_OK)
    for name in ("box", "rsw", "core.pef", "p1.pef"):
        assert hashlib.sha256(system.path(name).read_bytes()).hexdigest() in result.out
    assert '"tiny" 1.2.3 for x86' in result.out and f"{start:#x}, {len(box)} bytes" in result.out


def test_accepted_by_the_boot_loader(system):
    good("rswbuild", "box", "rsw", cwd=system.folder)
    if not shutil.which("grub-file"):
        pytest.skip("needs grub-file: apt-get install grub-common")
    assert subprocess.run(["grub-file", "--is-x86-multiboot", system.path("rsw")]).returncode == 0


def test_same_bytes_again_and_date(system):
    first = good("rswbuild", "box", "rsw", cwd=system.folder, env={"SOURCE_DATE_EPOCH": "86400"})
    data = system.path("rsw").read_bytes()
    second = good(
        "rswbuild",
        "box",
        "rsw",
        cwd=system.folder,
        env={"SOURCE_DATE_EPOCH": "86400", "PRTOS_PATH": "/none"},
    )
    assert system.path("rsw").read_bytes() == data and first.out == second.out
    assert "1970-01-02 00:00:00 UTC" in first.out
    other = good("rswbuild", "box", "rsw", cwd=system.folder, env={"SOURCE_DATE_EPOCH": "0"})
    assert system.path("rsw").read_bytes() == data and other.out != first.out


def test_aarch64(tmp_path):
    """Areas are counted from the start of RAM, 0x40000000; the file is memory from the core on."""
    system = System(tmp_path, arch="aarch64").all()
    box, _ = system.build()
    result = good("rswbuild", "box", "rsw", cwd=system.folder)
    data = system.path("rsw").read_bytes()
    conf = system.path("system.conf").read_bytes()
    start = 0xA000 + page(len(conf)) + page(pools_of(system))
    record = struct.pack("<IIQQ", 0x6F6F4250, 0x64636552, 0x40100000 + start, len(box))
    elf = images.core(bits=64, base=0x40100000, virt=0x40100000)
    first = elf.segments[0].data.replace(images.RECORD, record)
    first = first[:16] + struct.pack("<Q", start + len(box)) + first[24:]
    parts = {0: first, 0x2000: elf.segments[1].data, start: box}
    expected = bytearray(start + len(box))
    for at, part in parts.items():
        expected[at : at + len(part)] = part
    assert data == expected
    assert "entry point    0x40100000" in result.out and "for aarch64" in result.out


def test_aarch64_refused(tmp_path):
    system = System(tmp_path, arch="aarch64").all()
    system.core(images.core(bits=64, base=0x100000))
    system.refused(["core.pef", "0x100000", "[0x40100000, 0x40200000)", "[segment-area]"])
    place = {"bits": 64, "base": 0x40100000, "virt": 0x40100000}
    for header in (bytes(64), images.ARM64[:8] + bytes(8) + images.ARM64[16:]):
        system.core(images.core(arm64=header, **place))
        system.build()
        says = ["box", "arm64 image header"]
        refused("rswbuild", "box", "rsw", cwd=system.folder, says=says)


def container_of(files, entries):
    """A sound container with any files in any place."""
    names = b"".join(name.encode() + b"\0" for name, _ in files)
    tables = 40 + 24 * len(entries) + 24 * len(files)
    offset = tables + len(names) + -(tables + len(names)) % 16
    table, body, name_at = b"", b"", 0
    for name, data in files:
        padded = data + bytes(-len(data) % 16)
        row = (offset + len(body), len(data), len(padded), images.crc32c(padded), name_at, 0)
        table += struct.pack("<6I", *row)
        body += padded
        name_at += len(name) + 1
    head = struct.pack("<II", 0x24584354, 2)
    rest = (offset + len(body), len(entries), len(files), tables, len(names), offset, 0)
    rest = struct.pack("<7I", *rest) + b"".join(struct.pack("<6I", *e) for e in entries)
    rest = (rest + table + names).ljust(offset - 12, b"\0")
    crc = struct.pack("<I", images.crc32c(head + bytes(4) + rest))
    return head + crc + rest + body


def test_another_first_file(system):
    """What prtospack never writes, but the container's own checks cannot see."""
    files = [(n, system.path(n).read_bytes()) for n in ("core.pef", "conf.pef", "p0.pef")]
    none = images.NO_FILE

    def box(image, configuration):
        entry = (none, image, 1, configuration, none, none)
        system.path("box").write_bytes(container_of(files, [entry]))

    box(0, 1)
    good("rswbuild", "box", "rsw", cwd=system.folder)
    box(2, 1)
    rsw_refused(system, ["file 2 (p0.pef)", "a partition, where a hypervisor belongs"])
    box(0, 2)
    rsw_refused(system, ["file 2 (p0.pef)", "a partition, where a customisation file belongs"])
    refused("prtospack", "list", "box", cwd=system.folder, says="a customisation file belongs")
    box(0, 0)
    rsw_refused(system, ["file 0 (core.pef)", "a hypervisor, where a customisation file belongs"])


def rsw_refused(system, says):
    system.path("rsw").unlink(missing_ok=True)
    refused("rswbuild", "box", "rsw", cwd=system.folder, says=says)
    assert not system.path("rsw").exists()


@pytest.mark.parametrize(
    "record, count",
    [(b"", 0), (2 * images.RECORD, 2), (b"\1" + 2 * images.RECORD, 2)],
    ids=["none", "two", "two beside"],
)
def test_boot_record_exactly_once(system, record, count):
    system.core(images.core(record=record))
    system.build()
    rsw_refused(system, f"{count} boot records")


def test_boot_record_aligned(system):
    system.core(images.core(record=bytes(4) + images.RECORD))
    system.build()
    rsw_refused(system, "multiple of 8")


MULTIBOOT_FAULTS = {
    "none": b"",
    "sum": struct.pack("<IIII", 0x1BADB002, 3, 0, 0),
    "late": bytes(8192) + images.MULTIBOOT + bytes(4),
    "unaligned": b"\0" + images.MULTIBOOT + bytes(3),
}


@pytest.mark.parametrize("name", MULTIBOOT_FAULTS)
def test_multiboot_header_where_it_is_looked_for(system, name):
    first = images.Segment(0x1000000, MULTIBOOT_FAULTS[name] + images.RECORD, virt=0xFC000000)
    system.core(images.Elf([first], images.core().sections, 0xFC000000))
    system.build()
    rsw_refused(system, "multiboot header")


def test_spoilt_container(system):
    data = system.path("box").read_bytes()
    for at in (0, 12, 60, len(data) // 2, len(data) - 40):
        copy = bytearray(data)
        copy[at] ^= 0x10
        system.path("box").write_bytes(copy)
        rsw_refused(system, ["box", "container:"])
    system.path("box").write_bytes(data[:-16])
    rsw_refused(system, "size")
    system.path("box").unlink()
    rsw_refused(system, ["box", "No such file"])


@pytest.mark.parametrize("words", [[], ["box"], ["box", "rsw", "more"], ["-x", "box", "rsw"]])
def test_wrong_usage(system, words):
    result = run("rswbuild", *words, cwd=system.folder)
    assert result.returncode == 1 and "usage: rswbuild <container> <output>" in result.err
    assert not system.path("rsw").exists()


def test_help():
    assert "usage: rswbuild" in good("rswbuild", "--help").out
    assert "usage: prtosbuildinfo" in good("prtosbuildinfo", "--help").out


@pytest.mark.parametrize("bits", [32, 64])
def test_build_info(tmp_path, bits):
    elf = images.core(bits=bits)
    elf.sections.append(
        images.Section(".build_info", b"compiler=gcc 12\0CONFIG_X=1\n\narch=x86\0\0")
    )
    (tmp_path / "core").write_bytes(elf.bytes())
    assert (
        good("prtosbuildinfo", tmp_path / "core").out == "compiler=gcc 12\nCONFIG_X=1\n\narch=x86\n"
    )


def test_build_info_refused(tmp_path):
    elf = images.core()
    (tmp_path / "core").write_bytes(elf.bytes())
    refused("prtosbuildinfo", tmp_path / "core", says=["core", "0 sections .build_info"])
    (tmp_path / "core").write_bytes(b"hello")
    refused("prtosbuildinfo", tmp_path / "core", says="not an ELF")
    for words in ([], ["a", "b"]):
        result = run("prtosbuildinfo", *words)
        assert result.returncode == 1 and "usage: prtosbuildinfo" in result.err
