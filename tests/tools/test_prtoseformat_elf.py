# SPDX-License-Identifier: Apache-2.0
"""prtoseformat: ELF files that are none, or not ours: refused with both values, nothing written."""

import os

import pytest

import images
from images import EM_X86_64, HYPERVISOR, PARTITION, PT_NOTE, SECTION
from images import Elf, Section, Segment, image_header, refused


def build_refused(folder, elf, says, *options):
    source = folder / "bad"
    source.write_bytes(elf if isinstance(elf, bytes) else elf.bytes())
    refused(
        "prtoseformat",
        "build",
        *options,
        source,
        "-o",
        folder / "out.pef",
        says=[source.name, *([says] if isinstance(says, str) else says)],
    )
    assert sorted(os.listdir(folder)) == ["bad"]


HEADER = image_header()
OTHER = [Section(SECTION[PARTITION], HEADER)]
BAD_ELF = {
    "empty": (b"", "not an ELF"),
    "text": (b"#!/bin/sh\necho hello\n", "not an ELF"),
    "only ident": (images.partition().bytes()[:16], "malformed ELF header"),
    "cut header": (images.partition().bytes()[:51], ["malformed ELF header", "51 bytes"]),
    "cut 64": (images.partition(bits=64).bytes()[:63], ["malformed ELF header", "63 bytes"]),
    "class": (images.partition().bytes([(4, b"\3")]), "unknown class 3"),
    "endian": (images.partition().bytes([(5, b"\2")]), "little endian"),
    "version": (images.partition().bytes([(6, b"\0")]), "version 0"),
    "version2": (images.partition().bytes([(20, b"\2")]), "version 2"),
    "ehsize": (images.partition().bytes([(40, b"\x33\0")]), ["size 51", "expected 52"]),
    "phentsize": (images.partition().bytes([(42, b"\x21\0")]), ["33 bytes", "expected 32"]),
    "shentsize": (images.partition().bytes([(46, b"\x27\0")]), ["39 bytes", "expected 40"]),
    "phoff": (
        images.partition().bytes([(28, b"\xff\xff\xff\x7f")]),
        ["program headers", "0x7fffffff"],
    ),
    "phoff in header": (
        images.partition().bytes([(28, b"\x10\0\0\0")]),
        ["program headers", "0x10"],
    ),
    "phnum": (images.partition().bytes([(44, b"\xff\xff")]), ["program headers", "0x1fffe0"]),
    "shoff": (
        images.partition().bytes([(32, b"\xf0\xff\xff\xff")]),
        ["section headers", "0xfffffff0"],
    ),
    "shnum": (images.partition().bytes([(48, b"\xff\xff")]), ["section headers", "0x27ffd8"]),
    "overlapping tables": (images.partition().bytes([(32, b"\x40\0\0\0")]), "overlap"),
    "names": (images.partition().bytes([(50, b"\x03\0")]), "section 3 of 3"),
    "relocatable": (images.partition(kind=1), "type 1"),
    "shared": (images.partition(kind=3), "type 3"),
    "machine": (images.partition(machine=40), "wrong machine 40"),
    "amd64": (images.partition(bits=64, machine=EM_X86_64), "wrong machine 62"),
    "class of x86": (images.partition(bits=64, machine=images.EM_386), "wrong ELF class: 64 bit"),
    "class of aarch64": (images.partition(machine=images.EM_AARCH64), "wrong ELF class: 32 bit"),
    "no section": (images.partition(sections=[]), ".prtos_image_hdr"),
    "no sections at all": (images.partition().bytes([(48, b"\0\0")]), ".prtos_image_hdr"),
    "two sections": (images.partition(sections=2 * OTHER), "2 sections"),
    "both sections": (
        images.partition(sections=OTHER + [Section(SECTION[HYPERVISOR], HEADER)]),
        "exactly one",
    ),
    "short section": (
        images.partition(sections=[Section(SECTION[PARTITION], HEADER[:-4])]),
        ["48 bytes", "52"],
    ),
    "long section": (
        images.partition(sections=[Section(SECTION[PARTITION], HEADER + b"1234")]),
        ["56 bytes", "52"],
    ),
    "64 bit section": (
        images.partition(sections=[Section(SECTION[PARTITION], image_header(bits=64))]),
        ["84 bytes", "52"],
    ),
    "no bits": (
        images.partition(sections=[Section(SECTION[PARTITION], HEADER, kind=8)]),
        "not in the file",
    ),
    "start magic": (
        images.partition(sections=[Section(SECTION[PARTITION], image_header(start=7))]),
        "0x00000007",
    ),
    "end magic": (
        images.partition(sections=[Section(SECTION[PARTITION], image_header(end=9))]),
        "0x00000009",
    ),
    "core magic": (
        images.partition(
            sections=[Section(SECTION[HYPERVISOR], image_header(HYPERVISOR, start=1))]
        ),
        "0x00000001",
    ),
    "customs": (images.partition(count=4), "4 customisation files"),
    "file size": (
        images.partition().bytes([(52 + 16, b"\0\0\1\0"), (52 + 20, b"\0\0\1\0")]),
        "beyond the end",
    ),
    "offset": (images.partition().bytes([(52 + 4, b"\xf8\xff\xff\xff")]), "beyond the end"),
    "memory size": (images.partition(mem_size=699), ["0x2bc", "0x2bb"]),
    "wraps": (
        images.partition(extra=[Segment(0xFFFFFF00, b"x" * 256, 0x101)]),
        ["0xffffff00", "wraps"],
    ),
    "overlap": (images.partition(extra=[Segment(0x6001FFF, b"x")]), ["0x6001fff", "overlap"]),
    "virtual overlap": (
        images.partition(extra=[Segment(0x7000000, b"x", virt=0x6000000)]),
        "overlap",
    ),
    "nothing": (
        Elf([Segment(0x6000000, HEADER, kind=PT_NOTE)], OTHER, 0x6000000),
        "nothing to load",
    ),
    "many": (
        images.partition(extra=[Segment(0x6100000 + 4096 * i, b"x") for i in range(15)]),
        "more than 16",
    ),
    "entry": (Elf([Segment(0x6000000, HEADER)], OTHER, 0x6000034), "0x6000034"),
}


@pytest.mark.parametrize("name", BAD_ELF)
def test_refused(tmp_path, name):
    build_refused(tmp_path, *BAD_ELF[name])
