# SPDX-License-Identifier: Apache-2.0
"""For the tests of the image tools: hand-made ELF files, and readers of PEF and container that
share nothing with the tools (formats from core/conf/image.h, CRC bit by bit, LZSS with its
ring)."""
import dataclasses
import os
import pathlib
import re
import struct
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TOOLS = ROOT / os.environ.get("PRTOS_TOOLS", "build/host/bin")

X86, AARCH64 = 1, 2
EM_386, EM_X86_64, EM_AARCH64 = 3, 62, 183
PT_LOAD, PT_NOTE = 1, 4
HYPERVISOR, PARTITION, FILE = 1, 2, 3
NO_FILE = 0xFFFFFFFF
MAGIC = {HYPERVISOR: 0x24584D68, PARTITION: 0x24584D69}
SECTION = {HYPERVISOR: ".prtos_hdr", PARTITION: ".prtos_image_hdr"}


def run(tool, *arguments, cwd=None, env=None):
    """Runs a tool; a signal is a fault of the tool."""
    program = TOOLS / tool if (TOOLS / tool).exists() else ROOT / "user/bin" / tool
    result = subprocess.run(
        [program, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        timeout=60,
        env={**os.environ, **(env or {})},
    )
    result.out = result.stdout.decode()
    result.err = result.stderr.decode()
    assert result.returncode in (0, 1, 2), (arguments, result.returncode, result.err)
    return result


def good(tool, *arguments, **how):
    result = run(tool, *arguments, **how)
    assert result.returncode == 0, result.err
    return result


def refused(tool, *arguments, says, code=2, **how):
    """The tool refuses and says each of the texts `says` in one line. The test's own folder does
    not count: the name of the test is in it."""
    result = run(tool, *arguments, **how)
    assert result.returncode == code, (result.returncode, result.err, result.out)
    words = [says] if isinstance(says, str) else says
    lines = [re.sub(r"/\S*/test_[^/\s]+/", "", line) for line in result.err.splitlines()]
    assert any(all(w in line for w in words) for line in lines), (words, result.err)
    assert result.err.startswith(f"{tool}: "), result.err
    return result


def image_header(
    kind=PARTITION,
    bits=32,
    page_table=0,
    page_table_size=0,
    customs=(),
    count=None,
    start=None,
    end=None,
    abi=0x10000,
    api=0x10000,
):
    """The structure of guest-abi section 2."""
    word = "I" if bits == 32 else "Q"
    parts = [struct.pack("<III", MAGIC[kind] if start is None else start, abi, api)]
    if kind == PARTITION:
        parts.append(struct.pack("<" + 2 * word, page_table, page_table_size))
    parts.append(struct.pack("<I", len(customs) if count is None else count))
    for place in (list(customs) + 3 * [(0, 0)])[:3]:
        parts.append(struct.pack("<" + 2 * word, *place))
    parts.append(struct.pack("<I", MAGIC[kind] if end is None else end))
    return b"".join(parts)


@dataclasses.dataclass
class Segment:
    address: int
    data: bytes
    mem_size: int = -1
    virt: int = -1
    kind: int = PT_LOAD


@dataclasses.dataclass
class Section:
    name: str
    data: bytes
    address: int = 0
    kind: int = 1  # SHT_PROGBITS


@dataclasses.dataclass
class Elf:
    """An ELF file: `bytes()` lays it out as header, program headers, contents, section headers."""

    segments: list
    sections: list
    entry: int
    bits: int = 32
    machine: int = EM_386
    kind: int = 2  # ET_EXEC

    def bytes(self, patch=()):
        wide = self.bits == 64
        ehdr, phdr, shdr = (64, 56, 64) if wide else (52, 32, 40)
        body = bytearray(ehdr + phdr * len(self.segments))
        places = []
        for part in self.segments + self.sections:
            body += bytes(-len(body) % 16)
            places.append(len(body))
            body += part.data
        names = b"\0" + b"".join(s.name.encode() + b"\0" for s in self.sections) + b".shstrtab\0"
        names_at = len(body)
        body += names + bytes(-(len(body) + len(names)) % 16)
        table = len(body)
        body += bytes(shdr)
        at = 1
        rows = [
            (s.name, s.kind, s.address, p, len(s.data))
            for s, p in zip(self.sections, places[len(self.segments) :])
        ]
        for name, kind, address, place, size in rows + [(".shstrtab", 3, 0, names_at, len(names))]:
            form = "<IIQQQQIIQQ" if wide else "<IIIIIIIIII"
            body += struct.pack(form, at, kind, 2, address, place, size, 0, 0, 4, 0)
            at += len(name) + 1
        ident = b"\x7fELF" + bytes([2 if wide else 1, 1, 1]) + bytes(9)
        body[:ehdr] = ident + struct.pack(
            "<HHIQQQIHHHHHH" if wide else "<HHIIIIIHHHHHH",
            self.kind,
            self.machine,
            1,
            self.entry,
            ehdr if self.segments else 0,
            table,
            0,
            ehdr,
            phdr,
            len(self.segments),
            shdr,
            len(rows) + 2,
            len(rows) + 1,
        )
        for i, (s, place) in enumerate(zip(self.segments, places)):
            virt = s.address if s.virt < 0 else s.virt
            mem = len(s.data) if s.mem_size < 0 else s.mem_size
            words = (
                (s.kind, 7, place, virt, s.address, len(s.data), mem, 4096)
                if wide
                else (s.kind, place, virt, s.address, len(s.data), mem, 7, 4096)
            )
            struct.pack_into("<IIQQQQQQ" if wide else "<IIIIIIII", body, ehdr + i * phdr, *words)
        for offset, data in patch:
            body[offset : offset + len(data)] = data
        return bytes(body)


def code(size, seed=1):
    """Bytes that compress about as code does, the same each time."""
    out = bytearray()
    state = seed
    while len(out) < size:
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        if state >> 16 & 3 and len(out) > 64:
            back = 4 + (state >> 8) % 60
            out += out[-back : -back + 4 + state % 5 or None][:9]
        else:
            out.append(state >> 16 & 0xFF)
    return bytes(out[:size])


def partition(
    start=0x6000000,
    tables=8,
    table_room=None,
    customs=(),
    count=None,
    size=3000,
    mem_size=0x20000,
    abi=0x10000,
    extra=(),
    bits=32,
    seed=1,
    sections=None,
    **elf,
):
    """A partition: header structure and code at `start`, data behind, page tables in its bss."""
    room = start + 0x10000 if table_room is None else table_room
    header = image_header(
        PARTITION, bits, room if tables else 0, tables * 4096, customs, count, abi=abi
    )
    first = header + code(size, seed)
    segments = [Segment(start, first), Segment(start + 0x1000, code(700, seed + 1), mem_size)]
    sections = [Section(SECTION[PARTITION], header, start)] if sections is None else sections
    elf.setdefault("machine", EM_386 if bits == 32 else EM_AARCH64)
    return Elf(segments + list(extra), sections, start + len(header), bits, **elf)


RECORD = struct.pack("<IIQQ", 0x6F6F4250, 0x64636552, 0, 0)
# Linux, Documentation/arm64/booting.rst: 1 MB behind a multiple of 2 MB; rswbuild fills in the size.
ARM64 = struct.pack("<II6QII", 0x14000010, 0, 0x100000, 0, 2, 0, 0, 0, 0x644D5241, 0)
MULTIBOOT = struct.pack("<III", 0x1BADB002, 3, (-0x1BADB002 - 3) & 0xFFFFFFFF)


def core(
    base=0x1000000,
    virt=0xFC000000,
    record=RECORD,
    multiboot=MULTIBOOT,
    bss=0x8000,
    arm64=ARM64,
    bits=32,
    customs=((0, 0),),
    machine=None,
):
    """A core: multiboot (32 bits) or arm64 image header first, a boot record, bss; linked high,
    loaded at `base`."""
    if bits == 64:
        multiboot = arm64
    first = multiboot + bytes(-len(multiboot) % 16) + code(5000, 9)
    first += bytes(-len(first) % 8) + record
    header = image_header(HYPERVISOR, bits, customs=customs)
    segments = [
        Segment(base, first, virt=virt),
        Segment(base + 0x2000, header + code(900, 5), bss, virt + 0x2000),
    ]
    return Elf(
        segments,
        [Section(SECTION[HYPERVISOR], header, virt + 0x2000)],
        virt + (0x10 if bits == 32 else 0),
        bits,
        machine or (EM_386 if bits == 32 else EM_AARCH64),
    )


def crc32c(data):
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
    return value ^ 0xFFFFFFFF


def lzss(stream, size):
    """The stream of tools.md section 3; all of it must be used up."""
    ring, write, out, at = bytearray(b" " * 4096), 4078, bytearray(), 0
    while len(out) < size:
        flags = stream[at]
        at += 1
        for bit in range(8):
            if len(out) == size:
                break
            if flags >> bit & 1:
                piece = stream[at : at + 1]
                at += 1
            else:
                place = stream[at] | (stream[at + 1] & 0xF0) << 4
                length = (stream[at + 1] & 15) + 3
                at += 2
                piece = None
            for k in range(1 if piece else length):
                byte = piece[0] if piece else ring[(place + k) % 4096]
                out.append(byte)
                ring[write] = byte
                write = (write + 1) % 4096
    assert at == len(stream) and len(out) == size
    return bytes(out)


PEF_FIELDS = (
    "magic format crc size kind arch abi api n_segments n_customs entry page_table "
    "page_table_size image_header payload"
).split()
SEGMENT_FIELDS = "phys virt size mem_size offset stored flags reserved".split()


class Pef:
    """A PEF file taken apart; each segment has its expanded bytes in `data`."""

    def __init__(self, data):
        self.__dict__.update(zip(PEF_FIELDS, struct.unpack_from("<10I4Q16s", data)))
        assert self.magic == 0x24584546 and self.format == 2 and self.size == len(data)
        assert self.crc == crc32c(data[:8] + bytes(4) + data[12:])
        self.segments, self.customs = [], []
        for i in range(self.n_segments):
            row = dict(zip(SEGMENT_FIELDS, struct.unpack_from("<4Q4I", data, 88 + 48 * i)))
            stored = data[row["offset"] : row["offset"] + row["stored"]]
            row["data"] = lzss(stored, row["size"]) if row["flags"] else stored
            self.segments.append(row)
        for i in range(self.n_customs):
            self.customs.append(struct.unpack_from("<2Q", data, 88 + 48 * self.n_segments + 16 * i))


class Container:
    """A container taken apart: entries (partition, file, customs), files (name, bytes)."""

    def __init__(self, data):
        (
            self.magic,
            self.format,
            self.crc,
            self.size,
            self.n_entries,
            self.n_files,
            self.names,
            self.names_size,
            self.files_offset,
            _,
        ) = struct.unpack_from("<10I", data)
        assert self.magic == 0x24584354 and self.format == 2 and self.size == len(data)
        assert self.crc == crc32c(data[:8] + bytes(4) + data[12 : self.files_offset])
        self.entries, self.files, self.offsets = [], [], []
        for i in range(self.n_entries):
            who, file, count, *customs = struct.unpack_from("<6I", data, 40 + 24 * i)
            assert customs[count:] == [NO_FILE] * (3 - count)
            self.entries.append((who, file, tuple(customs[:count])))
        table = 40 + 24 * self.n_entries
        end = self.files_offset
        for i in range(self.n_files):
            offset, size, extent, crc, name, _ = struct.unpack_from("<6I", data, table + 24 * i)
            assert offset == end and extent == size + -size % 16
            assert crc == crc32c(data[offset : offset + extent])
            name = data[self.names + name :].split(b"\0")[0].decode()
            self.files.append((name, data[offset : offset + size]))
            self.offsets.append(offset)
            end = offset + extent
        assert end == self.size
