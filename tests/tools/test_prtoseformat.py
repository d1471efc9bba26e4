# SPDX-License-Identifier: Apache-2.0
"""prtoseformat: what it writes, taken apart by a reader of our own, and what it refuses."""
import hashlib
import os
import random
import struct
import subprocess

import pytest

import images
from images import FILE, HYPERVISOR, PARTITION, PT_NOTE, Pef, Segment, good, refused, run


def build(folder, elf, *options, name="p"):
    (folder / name).write_bytes(elf if isinstance(elf, bytes) else elf.bytes())
    result = good("prtoseformat", "build", *options, folder / name, "-o", folder / "out.pef")
    data = (folder / "out.pef").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    assert result.err == f"{digest} {folder / 'out.pef'}\n"
    return Pef(data)


@pytest.mark.parametrize("options", [[], ["-c"]])
@pytest.mark.parametrize("bits", [32, 64])
def test_partition(tmp_path, options, bits):
    elf = images.partition(0x6000000, customs=[(0x6004000, 0x100), (0x6005000, 0)], bits=bits)
    pef = build(tmp_path, elf, *options)
    assert (pef.kind, pef.arch) == (PARTITION, images.X86 if bits == 32 else images.AARCH64)
    assert (pef.abi, pef.api) == (0x10000, 0x10000)
    assert (pef.page_table, pef.page_table_size) == (0x6010000, 8 * 4096)
    assert (pef.entry, pef.image_header) == (elf.entry, 0x6000000)
    assert pef.customs == [(0x6004000, 0x100), (0x6005000, 0)]
    assert pef.payload == bytes(16)
    for found, wanted in zip(pef.segments, elf.segments, strict=True):
        assert (found["phys"], found["virt"]) == (wanted.address, wanted.address)
        assert found["data"] == wanted.data
        assert found["flags"] == len(options)
        assert found["mem_size"] == (0x20000 if wanted.mem_size > 0 else len(wanted.data))
        assert (
            found["stored"] < len(wanted.data) if options else found["stored"] == len(wanted.data)
        )


@pytest.mark.parametrize("bits", [32, 64])
def test_hypervisor_keeps_memory_without_bytes(tmp_path, bits):
    elf = images.core(bits=bits)
    elf.segments.append(Segment(0x1100000, b"", 0x5000, 0xFC100000))
    pef = build(tmp_path, elf, "-c")
    assert (pef.kind, pef.image_header) == (HYPERVISOR, 0xFC002000)
    assert [s["phys"] for s in pef.segments] == [0x1000000, 0x1002000, 0x1100000]
    assert [s["virt"] for s in pef.segments] == [0xFC000000, 0xFC002000, 0xFC100000]
    assert (pef.segments[2]["size"], pef.segments[2]["mem_size"]) == (0, 0x5000)
    assert pef.customs == [(0, 0)]


def test_partition_drops_what_is_not_loaded(tmp_path):
    more = [Segment(0x7000000, b"", 0x1000), Segment(0x7100000, b"note", kind=PT_NOTE)]
    assert len(build(tmp_path, images.partition(extra=more)).segments) == 2


def test_what_compresses_badly_is_stored(tmp_path):
    noise = random.Random(1).randbytes(3000)
    elf = images.partition(extra=[Segment(0x6040000, noise)])
    pef = build(tmp_path, elf, "-c")
    assert [s["flags"] for s in pef.segments] == [1, 1, 0]
    assert pef.segments[2]["data"] == noise


@pytest.mark.parametrize("content", [b"", b"x", b"some text " * 99])
@pytest.mark.parametrize("options", [[], ["-c"]])
def test_any_file_as_customisation_file(tmp_path, content, options):
    pef = build(tmp_path, content, "-m", *options)
    assert (pef.kind, pef.arch, pef.n_customs, pef.entry) == (FILE, 0, 0, 0)
    (segment,) = pef.segments
    assert (segment["phys"], segment["virt"]) == (0, 0)
    assert segment["data"] == content


def test_payload(tmp_path):
    (tmp_path / "payload").write_bytes(bytes(range(40)))
    pef = build(tmp_path, images.partition(), "-p", tmp_path / "payload")
    assert pef.payload == bytes(range(16))
    (tmp_path / "payload").write_bytes(bytes(15))
    refused(
        "prtoseformat",
        "build",
        "-p",
        tmp_path / "payload",
        tmp_path / "p",
        "-o",
        tmp_path / "q",
        says=["payload: 15 bytes", "16"],
    )
    assert not (tmp_path / "q").exists()


def test_default_output_and_same_bytes_again(tmp_path):
    (tmp_path / "p").write_bytes(images.partition().bytes())
    good("prtoseformat", "build", "-c", "p", cwd=tmp_path)
    first = (tmp_path / "a.out").read_bytes()
    good("prtoseformat", "build", "p", "-c", cwd=tmp_path)
    assert (tmp_path / "a.out").read_bytes() == first
    assert sorted(os.listdir(tmp_path)) == ["a.out", "p"]


def test_a_linked_program(tmp_path):
    (tmp_path / "p.c").write_text(
        """
        struct header { unsigned magic, abi, api, table, size, n, custom[6], end; };
        struct header prtos_image_hdr __attribute__((section(".prtos_image_hdr"))) =
            {0x24584d69, 0x10000, 0x10000, 0x6010000, 0x8000, 0, {0}, 0x24584d69};
        int value[100] = {1, 2, 3}; char room[5000];
        void start(void) { for (;;) room[0]++; }"""
    )
    (tmp_path / "p.lds").write_text(
        """ENTRY(start) SECTIONS {
        .text 0x6000000 : { *(.text*) } .prtos_image_hdr : { *(.prtos_image_hdr) }
        .data ALIGN(4096) : { *(.data) } .bss : { *(.bss) }
        /DISCARD/ : { *(.note*) *(.comment) *(.eh_frame*) } }"""
    )
    subprocess.run(
        "gcc -m32 -ffreestanding -fno-pic -no-pie -nostdlib -static -w -Wl,-T,p.lds,"
        "--build-id=none,-z,noexecstack,--no-warn-rwx-segments -o p p.c",
        shell=True,
        check=True,
        cwd=tmp_path,
    )
    pef = build(tmp_path, (tmp_path / "p").read_bytes(), "-c")
    assert pef.entry == 0x6000000 and pef.page_table == 0x6010000
    assert pef.segments[0]["phys"] == 0x6000000
    assert pef.segments[1]["data"][:12] == struct.pack("<III", 1, 2, 3)
    assert pef.segments[1]["mem_size"] >= 5400


def test_unreadable_and_unwritable(tmp_path):
    refused(
        "prtoseformat",
        "build",
        tmp_path / "none",
        "-o",
        tmp_path / "x",
        says=["none", "No such file"],
    )
    refused("prtoseformat", "build", tmp_path, "-o", tmp_path / "x", says="Is a directory")
    (tmp_path / "p").write_bytes(images.partition().bytes())
    refused(
        "prtoseformat",
        "build",
        tmp_path / "p",
        "-o",
        tmp_path / "no/where",
        says=["no/where", "No such file"],
    )
    refused("prtoseformat", "build", tmp_path / "p", "-o", "/dev/full", says="No space left")
    (tmp_path / "dir").mkdir()
    refused(
        "prtoseformat",
        "build",
        tmp_path / "p",
        "-o",
        tmp_path / "dir",
        says="dir: cannot be written",
    )
    assert sorted(os.listdir(tmp_path)) == ["dir", "p"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["make"],
        ["build"],
        ["build", "-x", "p"],
        ["build", "a", "b"],
        ["build", "p", "-o"],
        ["read"],
        ["read", "-c", "p"],
        ["build", "--wrong", "p"],
        ["-m", "p"],
    ],
)
def test_wrong_usage(tmp_path, arguments):
    result = run("prtoseformat", *arguments, cwd=tmp_path)
    assert result.returncode == 1 and "usage: prtoseformat build" in result.err and not result.out
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["read", "--help"]])
def test_help(arguments):
    result = good("prtoseformat", *arguments)
    assert "usage: prtoseformat build" in result.out and not result.err


def test_read(tmp_path):
    build(tmp_path, images.partition(customs=[(0x6004000, 0x100)]), "-c")
    out = tmp_path / "out.pef"
    header = good("prtoseformat", "read", "-h", out).err
    for text in (
        "kind: partition",
        "architecture: x86",
        "entry point: 0x6000034",
        "page tables: 0x6010000",
        "ABI: 1.0.0",
        hashlib.sha256(out.read_bytes()).hexdigest(),
    ):
        assert text in header
    segments = good("prtoseformat", "read", "-s", out).err
    assert (
        "physical: 0x6001000" in segments
        and "in memory: 131072" in segments
        and "entry" not in segments
    )
    customs = good("prtoseformat", "read", "-m", out).err
    assert "start: 0x6004000  size: 256" in customs and "physical" not in customs
    assert good("prtoseformat", "read", out).err == header + segments + customs


def test_read_refuses(tmp_path):
    build(tmp_path, images.partition(), "-c")
    data = (tmp_path / "out.pef").read_bytes()
    bad = tmp_path / "bad"
    spoil = random.Random(3)
    for bit in [spoil.randrange(len(data) * 8) for _ in range(150)]:
        copy = bytearray(data)
        copy[bit // 8] ^= 1 << bit % 8
        bad.write_bytes(copy)
        refused("prtoseformat", "read", bad, says="PEF:")
    for content, says in (
        (data[:-8], "size"),
        (data + bytes(8), "size"),
        (b"", "shorter"),
        (b"\0" + data[1:], "signature"),
    ):
        bad.write_bytes(content)
        refused("prtoseformat", "read", bad, says=["bad", says])


def seal(data):
    data = bytearray(data)
    struct.pack_into("<I", data, 8, images.crc32c(data[:8] + bytes(4) + data[12:]))
    return bytes(data)


def test_read_refuses_streams_of_another_length(tmp_path):
    build(tmp_path, b"abcdefgh" * 40, "-m", "-c")
    data = bytearray((tmp_path / "out.pef").read_bytes())
    for size, says in ((321, "expands to 0x140"), (1 << 31, "at most"), (319, "compressed bytes")):
        struct.pack_into("<2Q", data, 88 + 16, size, size)
        (tmp_path / "bad").write_bytes(seal(data))
        refused("prtoseformat", "read", tmp_path / "bad", says=says)
