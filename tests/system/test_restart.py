# SPDX-License-Identifier: Apache-2.0
"""Warm and cold restarts of the whole system, from the kernel loader and from a CD image, and what a
damaged or foreign container makes of a boot: said in words, nothing half started."""
import pathlib
import re
import shutil
import struct
from functools import partial

import pytest
from boot import ARCHS, boot, both, build_folder, system_folder
from guests import agrees, build, checks, crc32c, make_iso, pack

BARE_CORES = {"x86": "prtos_core", "aarch64": "prtos_core.bin"}
IMAGE_SIZE = 16  # in the header of an arm64 image
ARCH_NUMBERS = {"x86": 1, "aarch64": 2}  # enum conf_arch of core/conf/layout.h


def judge(result, runs=4):
    lines = checks(result)
    assert [line for line in lines if not agrees(line[2], line[3])] == []
    names = {line[1] for line in lines}
    assert {f"run{n}.system.resets" for n in range(runs)} <= names
    assert result.text.count("PRTOS 1.0.0, system restart") == runs


@both
def test_restarts(arch):
    judge(boot(build("tests/system/restart", arch=arch), timeout=20))


def test_restarts_from_cd():
    folder = build("tests/system/restart")
    make_iso(folder)
    judge(boot(folder, iso=True, timeout=30))


class Container:
    """The container in a bootable file, to be damaged there: core/conf/image.h."""

    def __init__(self, arch: str):
        folder = system_folder("hello", arch)
        self.foreign = next(ARCH_NUMBERS[other] for other in ARCH_NUMBERS if other != arch)
        container = (folder / "container.bin").read_bytes()
        self.bytes = bytearray((folder / "resident_sw").read_bytes())
        self.start = self.bytes.find(container[:64])
        assert self.start > 0 and self.bytes.count(container[:64]) == 1
        self.n_entries = self.words(16, 1)[0]
        self.files_offset = self.words(32, 1)[0]

    def words(self, at: int, count: int) -> tuple:
        return struct.unpack_from(f"<{count}I", self.bytes, self.start + at)

    def put(self, at: int, *words) -> None:
        struct.pack_into(f"<{len(words)}I", self.bytes, self.start + at, *words)

    def entry(self, number: int) -> tuple:
        """partition, file, n_customs, customs"""
        return self.words(40 + number * 24, 6)

    def file_place(self, number: int) -> int:
        return 40 + self.n_entries * 24 + number * 24

    def file(self, number: int) -> tuple:
        """offset, size, extent, crc"""
        return self.words(self.file_place(number), 4)

    def part(self, at: int, size: int) -> bytes:
        return bytes(self.bytes[self.start + at : self.start + at + size])

    def mend_pef(self, number: int) -> None:
        """Makes the sums of a file right again, its own and the container's."""
        at, size, extent, _ = self.file(number)
        pef = self.part(at, size)
        self.put(at + 8, crc32c(pef[:8] + bytes(4) + pef[12:]))
        self.put(self.file_place(number) + 12, crc32c(self.part(at, extent)))
        self.mend_tables()

    def mend_tables(self) -> None:
        tables = self.part(0, self.files_offset)
        self.put(8, crc32c(tables[:8] + bytes(4) + tables[12:]))

    def boot(self, tmp_path, **fields):
        path = tmp_path / "resident_sw"
        path.write_bytes(self.bytes)
        return boot(path, timeout=20, **fields)


@pytest.fixture(name="hello", params=ARCHS)
def fixture_hello(request):
    return Container(request.param)


def image_of(container, partition):
    """Number of the partition's file in the container."""
    for number in range(1, container.n_entries):
        if container.entry(number)[0] == partition:
            return container.entry(number)[1]
    raise AssertionError("no such partition")


def refused(container_boot, *words):
    """The core says why, with these words, ends in its way, and nothing of the system has run."""
    result = container_boot(halted=False)
    assert result.panicked
    assert not [line for line in result.lines if line.startswith("[P")]
    assert all(word in result.text for word in words), result.text


def lives_without(result, partition, *words):
    """One partition does not start, and the core says so; the other one runs."""
    told = [line for line in result.lines if re.match(rf"P{partition} \S+ does not start", line)]
    assert len(told) == 1 and all(word in told[0] for word in words), result.text
    assert not [line for line in result.lines if line.startswith(f"[P{partition}")]
    assert [line for line in result.lines if line.startswith(f"[P{1 - partition}")]


@pytest.mark.parametrize("partition", [0, 1])
@pytest.mark.parametrize("where", ["header", "first byte", "last byte"])
def test_damaged_image(hello, tmp_path, partition, where):
    at, size, _, _ = hello.file(image_of(hello, partition))
    place = {"header": at + 16, "first byte": at + 112, "last byte": at + size - 1}[where]
    hello.bytes[hello.start + place] ^= 0x40
    lives_without(hello.boot(tmp_path), partition, "damaged")


def test_image_of_another_architecture(hello, tmp_path):
    number = image_of(hello, 0)
    hello.put(hello.file(number)[0] + 20, hello.foreign)
    hello.mend_pef(number)
    lives_without(hello.boot(tmp_path), 0)


@pytest.mark.parametrize("field", [24, 28])
def test_image_of_another_version(hello, tmp_path, field):
    number = image_of(hello, 0)
    hello.put(hello.file(number)[0] + field, 0x010100)
    hello.mend_pef(number)
    lives_without(hello.boot(tmp_path), 0, "version")


def test_image_too_large(hello, tmp_path):
    """The last segment wants 1 MB more than it had, which is the size of the whole area."""
    number = image_of(hello, 0)
    at = hello.file(number)[0]
    segment = at + 88 + 48 * (hello.words(at + 32, 1)[0] - 1)
    hello.put(segment + 24, hello.words(segment + 24, 1)[0] + 0x100000)
    hello.mend_pef(number)
    lives_without(hello.boot(tmp_path), 0, "fit")


def test_image_of_another_partition(hello, tmp_path):
    """P0's entry names P1's file: its addresses are not P0's."""
    hello.put(40 + 1 * 24 + 4, image_of(hello, 1))
    hello.mend_tables()
    result = hello.boot(tmp_path)
    assert not [line for line in result.lines if line.startswith("[P0]")]


def test_damaged_tables(hello, tmp_path):
    hello.bytes[hello.start + 44] ^= 1
    refused(partial(hello.boot, tmp_path), "container", "not usable")


def test_wrong_signature(hello, tmp_path):
    hello.put(0, 0x24584355)
    refused(partial(hello.boot, tmp_path), "container")


def configuration(container) -> int:
    return container.entry(0)[3]


@pytest.mark.parametrize("place", [1, 3], ids=["core", "configuration"])
def test_damaged_file_of_the_hypervisor(hello, tmp_path, place):
    at, size, _, _ = hello.file(hello.entry(0)[place])
    hello.bytes[hello.start + at + size - 9] ^= 1
    refused(partial(hello.boot, tmp_path), "not usable", "checksum of a file")


@pytest.mark.parametrize(
    "field, value, word",
    [(4, 2, "version"), (16, None, "architecture"), (0, 1, "not a configuration")],
)
def test_configuration_of_another_kind(hello, tmp_path, field, value, word):
    """The lie is deeper than the sums: they are right again."""
    number = configuration(hello)
    at = hello.file(number)[0]
    offset, stored, flags = hello.words(at + 88 + 32, 3)
    assert flags == 0, "stored as it is, so that it can be changed"
    hello.put(at + offset + field, value or hello.foreign)
    conf = hello.part(at + offset, stored)
    size = struct.unpack_from("<I", conf, 12)[0]
    hello.put(at + offset + 8, crc32c(conf[:8] + bytes(4) + conf[12:size]))
    hello.mend_pef(number)
    refused(partial(hello.boot, tmp_path), "configuration is not usable", word)


def test_configuration_that_lies(hello, tmp_path):
    """An index beyond its table, under right sums."""
    number = configuration(hello)
    at = hello.file(number)[0]
    offset = hello.words(at + 88 + 32, 1)[0]
    hello.put(at + offset + 56, 0x1000)  # low word of pool_size
    conf = hello.part(at + offset, hello.words(at + offset + 12, 1)[0])
    hello.put(at + offset + 8, crc32c(conf[:8] + bytes(4) + conf[12:]))
    hello.mend_pef(number)
    refused(partial(hello.boot, tmp_path), "configuration is not usable")


@both
def test_no_container(tmp_path, arch):
    """The bare core: no rswbuild."""
    path = tmp_path / "core"
    core = bytearray((build_folder(arch) / BARE_CORES[arch]).read_bytes())
    if arch == "aarch64":
        struct.pack_into("<Q", core, IMAGE_SIZE, len(core))  # no loader takes it without
    path.write_bytes(core)
    refused(partial(boot, path, timeout=20), "No container")


def test_damaged_image_from_cd(tmp_path):
    hello = Container("x86")
    at, _, _, _ = hello.file(image_of(hello, 0))
    hello.bytes[hello.start + at + 120] ^= 1
    (tmp_path / "resident_sw").write_bytes(hello.bytes)
    make_iso(tmp_path)
    lives_without(boot(tmp_path, iso=True, timeout=30), 0, "damaged")


@both
def test_partition_without_image(arch):
    """Packed without P0: it is said, the other one runs."""
    folder = system_folder("hello", arch)
    target = build_folder(arch) / "tests" / "system" / "hello-lonely"
    target.mkdir(parents=True, exist_ok=True)
    for name in ("partition1.pef", "prtos_cf.pef.prtos_conf"):
        shutil.copy(folder / name, target / name)
    pack(target, {1: "partition1.pef"})
    lives_without(boot(target, timeout=20), 0, "no image")
