# SPDX-License-Identifier: Apache-2.0
"""prtospack: containers taken apart by a reader of our own, files, ids and
arguments that are refused."""
import hashlib
import random
import re
import struct

import pytest

import images
from images import Container, good, refused, run
from systems import System


@pytest.fixture
def system(tmp_path):
    return System(tmp_path).all()


def test_build(system):
    data, result = system.build()
    box = Container(data)
    assert result.err == f"{hashlib.sha256(data).hexdigest()} box\n"
    assert result.out.splitlines() == [
        f"> {n} ... ok" for n in ("conf.pef", "core.pef", "p0.pef", "p1.pef")
    ]
    assert box.entries == [(images.NO_FILE, 0, (1,)), (0, 2, ()), (1, 3, ())]
    for name, content in box.files:
        assert content == system.path(name).read_bytes()
    assert [f[0] for f in box.files] == ["core.pef", "conf.pef", "p0.pef", "p1.pef"]
    again, _ = system.build(output="again")
    assert again == data


def test_partitions_come_in_order_and_may_miss(system):
    data, _ = system.build("1:p1.pef", "0:p0.pef")
    assert Container(data).entries == [(images.NO_FILE, 0, (1,)), (0, 3, ()), (1, 2, ())]
    data, _ = system.build("1:p1.pef")
    assert Container(data).entries == [(images.NO_FILE, 0, (1,)), (1, 2, ())]


def test_files_used_again(system):
    system.file("c.pef", b"custom" * 20)
    for n in (0, 1):
        start = system.areas[n][0][0]
        system.partition(n, customs=[(start + 0x8000, 0x100), (start + 0x9000, 0)])
    data, result = system.build("0:p0.pef:c.pef:#3", "1:p1.pef:#3:#3")
    assert Container(data).entries == [(images.NO_FILE, 0, (1,)), (0, 2, (3, 3)), (1, 4, (3, 3))]
    assert "warning" not in result.err
    system.refused(["#5", "5 are named", "[file-number]"], "0:p0.pef:c.pef:#3", "1:p1.pef:#5")


def test_offsets(system):
    data, _ = system.build()
    places = Container(data).offsets
    words = f"core.pef@{places[0]:x}:conf.pef@0x{places[1]:X}"
    assert system.build(f"0:p0.pef@{places[2]:#x}", "1:p1.pef", core=words)[0] == data
    for wrong in (0, places[2] + 16, places[2] + 1, 0x1000):
        system.refused(
            ["p0.pef", f"offset {wrong:#x}", f"{places[2]:#x}", "[file-offset]"],
            f"0:p0.pef@{wrong:x}",
            1,
        )
    system.refused("not a hexadecimal number", "0:p0.pef@1g", code=1)


def test_list(system):
    data, _ = system.build()
    result = good("prtospack", "list", "box", cwd=system.folder)
    assert result.err.splitlines()[-1] == f"Digest: {hashlib.sha256(data).hexdigest()} box  Ok"
    rows = re.findall(
        r'<(\w+) file="(\d)" name="([^"]*)" offset="(\S+)" size="(\d+)" sha256="(\w+)"/>',
        result.err,
    )
    box = Container(data)
    assert [r[0] for r in rows] == ["Image", "Configuration", "Image", "Image"]
    for (_, number, name, offset, size, digest), (wanted, content), place in zip(
        rows, box.files, box.offsets
    ):
        assert (name, int(offset, 16), int(size)) == (wanted, place, len(content))
        assert digest == hashlib.sha256(content).hexdigest()
    assert "<Hypervisor>" in result.err and '<Partition id="1">' in result.err


def test_list_refuses_each_spoilt_bit(system):
    data, _ = system.build()
    spoil = random.Random(5)
    bad = system.path("bad")
    for bit in [spoil.randrange(len(data) * 8) for _ in range(100)] + list(range(0, 8 * 300, 97)):
        copy = bytearray(data)
        copy[bit // 8] ^= 1 << bit % 8
        bad.write_bytes(copy)
        refused("prtospack", "list", bad, says=["bad", "container:"])
    for cut in (0, 39, 40, 200, len(data) - 16):
        bad.write_bytes(data[:cut])
        refused("prtospack", "list", bad, says="container:")


def test_check(system):
    result = good(
        "prtospack",
        "check",
        "conf.pef",
        "-h",
        "core.pef",
        "-p",
        "0:p0.pef",
        "-p",
        "1:p1.pef",
        cwd=system.folder,
    )
    assert result.out.splitlines() == [
        f"> {n} ... ok" for n in ("conf.pef", "core.pef", "p0.pef", "p1.pef")
    ]
    assert good(
        "prtospack", "check", "conf.pef", "-p", "1:p1.pef", cwd=system.folder
    ).out.splitlines() == ["> conf.pef ... ok", "> p1.pef ... ok"]
    result = run(
        "prtospack", "check", "conf.pef", "-p", "0:p1.pef", "-p", "1:p1.pef", cwd=system.folder
    )
    assert result.returncode == 2 and "[segment-area]" in result.err
    assert result.out.splitlines() == ["> conf.pef ... ok", "> p1.pef ... ok"]


def test_check_with_the_words_of_build(system):
    """Makefiles give both the same arguments: the core's configuration is named twice then."""
    system.file("c.pef", b"custom" * 20)
    system.partition(0, customs=[(0x6008000, 0x100)])
    words = system.words("0:p0.pef:c.pef", "1:p1.pef:#3")
    result = good("prtospack", "check", "conf.pef", *words, cwd=system.folder)
    assert "core.pef" not in result.err
    assert result.out.splitlines() == [
        f"> {n} ... ok" for n in ("conf.pef", "core.pef", "p0.pef", "p1.pef")
    ]
    good("prtospack", "check", "conf.pef", *system.words(core="core.pef:c.pef"), cwd=system.folder)
    system.conf("2MB")
    system.path("conf.pef").rename(system.path("other.pef"))
    system.conf("1MB")
    refused(
        "prtospack",
        "check",
        "other.pef",
        *system.words(),
        cwd=system.folder,
        says=["other.pef", "conf.pef", "[conf-once]"],
    )
    refused(
        "prtospack",
        "check",
        "conf.pef",
        *system.words("0:p0.pef:#6"),
        cwd=system.folder,
        says=["#6", "3 are named", "[file-number]"],
    )
    assert (
        run(
            "prtospack", "check", "conf.pef", "-h", "core.pef:c.pef:#1:#1", cwd=system.folder
        ).returncode
        == 1
    )


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["pack"],
        ["build"],
        ["build", "box"],
        ["build", "-h", "core.pef:conf.pef"],
        ["check"],
        ["check", "-p", "0:p"],
        ["check", "conf.pef", "conf.pef"],
        ["build", "-h", "core.pef:conf.pef", "-p", "p0.pef", "box"],
        ["build", "-x", "box"],
        ["list"],
        ["list", "a", "b"],
        ["build", "-h", "core.pef:conf.pef", "-p", "x:p0.pef", "box"],
        ["build", "-h", "core.pef:conf.pef", "a", "b"],
        ["build", "-h", "core.pef:conf.pef", "-p", "0:", "box"],
        ["build", "-p", "0:p0.pef", "box"],
        ["build", "-h", "core.pef:conf.pef", "-p", "0:p0.pef:#0:#0:#0:#0", "box"],
    ],
)
def test_wrong_usage(system, words):
    result = run("prtospack", *words, cwd=system.folder)
    assert result.returncode == 1 and "usage: prtospack build" in result.err
    assert not system.path("box").exists()


@pytest.mark.parametrize(
    "words", [["--help"], ["build", "--help"], ["check", "--help"], ["list", "--help"]]
)
def test_help(words):
    assert "usage: prtospack build" in good("prtospack", *words).out


def test_files_that_are_none(system):
    system.refused(["none.pef", "No such file"], "0:none.pef")
    system.refused(["system.xml", "PEF:"], "0:system.xml")
    system.refused(["conf.pef", "not a partition", "[file-kind]"], "0:conf.pef")
    system.refused(["core.pef", "not a partition"], "0:core.pef")
    system.refused(["p0.pef", "not a hypervisor"], 0, core="p0.pef:conf.pef")
    system.refused(["core.pef", "not a configuration"], 0, core="core.pef:core.pef")
    system.refused(["core.pef", "[conf-once]"], 0, core="core.pef")
    system.file("text.pef", b"not a configuration, but long enough to be one " * 20)
    system.refused(["text.pef", "not a configuration"], 0, core="core.pef:text.pef")
    conf = bytearray(system.path("system.conf").read_bytes())
    conf[20] ^= 1
    system.file("spoilt.pef", bytes(conf))
    system.refused(["spoilt.pef", "not a sound configuration"], 0, core="core.pef:spoilt.pef")


def test_configuration_of_an_unknown_architecture(system):
    conf = bytearray(system.path("system.conf").read_bytes())
    struct.pack_into("<I", conf, 16, 9)
    system.file("conf.pef", bytes(conf))
    system.refused(["conf.pef", "unknown architecture 9"], 0)


def test_files_of_the_core(system):
    system.refused(
        ["p1.pef", "hypervisor: a partition, not a customisation file", "[file-kind]"],
        0,
        core="core.pef:conf.pef:p1.pef",
    )


def test_partition_ids(system):
    system.refused(["p0.pef", "partition 2", "0 to 1", "[partition-id]"], "2:p0.pef")
    system.refused(["64", "[partition-id]"], "64:p0.pef")
    system.refused(["partition 0 is given twice"], "0:p0.pef", "0:p0.pef")
    refused(
        "prtospack",
        "build",
        *system.words(),
        "-h",
        "core.pef:conf.pef",
        "box",
        says="given twice",
        cwd=system.folder,
    )


def test_architecture(system):
    system.partition(0, bits=64)
    system.refused(["p0.pef", "aarch64", "x86", "[architecture]"], 0)
