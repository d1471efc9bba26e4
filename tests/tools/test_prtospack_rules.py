# SPDX-License-Identifier: Apache-2.0
"""prtospack: the rules about memory, each broken by the least that breaks it, with the ranges or
numbers that the message names."""
import random
import re

import pytest

import images
from systems import AREA, System


@pytest.fixture
def system(tmp_path):
    return System(tmp_path).all()


def test_segments_lie_in_one_area(system):
    system.partition(0, start=0x60FF000)
    system.refused(
        [
            "p0.pef",
            "partition 0 (part0)",
            "[0x6100000, 0x6120000)",
            "[0x6000000, 0x6100000)",
            "[segment-area]",
        ],
        0,
    )
    system.partition(0, mem_size=0xFF000)
    system.build(0)
    system.partition(0, mem_size=0xFF001)
    system.refused(["[0x6001000, 0x6100001)", "[segment-area]"], 0)
    system.refused(
        ["segment 1", "[0x6100000, 0x6200000)", "partition 1 (part1)", "[segment-overlap]"], 0
    )
    system.partition(0, start=0x1000000)
    system.refused(["[0x1000000,", "[segment-area]"], 0)


def test_two_areas_are_not_one(tmp_path):
    system = System(tmp_path, [[(0x6000000, 0x10000, ""), (0x6010000, 0x10000, "")]])
    system.partition(0, mem_size=0x10000)
    system.refused(["[0x6001000, 0x6011000)", "[0x6000000, 0x6010000), [0x6010000, 0x6020000)"], 0)


def test_another_partitions_memory(tmp_path):
    shared = (0x6200000, 0x10000, "shared")
    system = System(
        tmp_path, [[(0x6000000, AREA, ""), shared], [(0x6100000, AREA, ""), shared]]
    ).all()
    extra = [images.Segment(0x6200000, b"into both")]
    system.partition(0, extra=extra)
    system.refused(
        [
            "p0.pef",
            "segment 2",
            "[0x6200000, 0x6200009)",
            "[0x6200000, 0x6210000)",
            "partition 1 (part1)",
            "[segment-overlap]",
        ]
    )


def test_segment_mapped_elsewhere(tmp_path):
    system = System(tmp_path, [[(0x6000000, AREA, "", 0x8000000)]])
    system.partition(0, table_room=0x8010000)
    _, result = system.build()
    assert "warning" in result.err and "0x6001000" in result.err and "0x8001000" in result.err


def pages(areas):
    """One directory and a table for each window of 4 MB, counted page by page."""
    windows = {0xFBFC0000 >> 22}
    for start, size, flags, *mapped in areas:
        at = mapped[0] if mapped else start
        windows |= {p >> 22 for p in range(at, at + size, 4096) if "unmapped" not in flags}
    return 1 + len(windows)


TABLES = {
    "one area": [(0x6000000, AREA, "")],
    "across a window": [(0x63C0000, AREA, "")],
    "up to a window": [(0x6300000, AREA, "")],
    "large": [(0x6000000, 33 * AREA, "")],
    "unmapped": [(0x6000000, AREA, ""), (0x8000000, 8 * AREA, "unmapped")],
    "mapped together": [(0x6000000, AREA, ""), (0x8000000, AREA, "", 0x6200000)],
    "mapped apart": [(0x6000000, AREA, ""), (0x6200000, AREA, "", 0x8000000)],
    "beside the control tables": [(0x6000000, AREA, ""), (0x8000000, AREA, "", 0xFBC00000)],
}


@pytest.mark.parametrize("name", TABLES)
def test_page_table_small(tmp_path, name):
    needed = pages(TABLES[name])
    system = System(tmp_path, [TABLES[name]])
    system.partition(0, tables=needed)
    system.build()
    for room in (0, needed - 1):
        system.partition(0, tables=room)
        system.refused(
            [
                "p0.pef",
                "partition 0 (part0)",
                f"{room} pages",
                f"{needed} pages",
                "[page-table-small]",
            ]
        )


def test_page_table_place(tmp_path):
    system = System(
        tmp_path,
        [
            [
                (0x6000000, AREA, ""),
                (0x6200000, 0x10000, "read-only"),
                (0x6300000, 0x10000, "shared"),
                (0x6400000, 0x10000, "unmapped"),
            ]
        ],
    )
    for room, says in (
        (0x6010004, "0x6010004"),
        (0x60FC000, ["[0x60fc000, 0x6104000)", "[0x6000000, 0x6100000)"]),
        (0x6200000, "read-only"),
        (0x6300000, "shared"),
        (0x6400000, "unmapped"),
        (0x5000000, "[0x5000000, 0x5008000)"),
        (0xFFFFF000 - 0x8000, "no area"),
    ):
        system.partition(0, table_room=room)
        system.refused([*([says] if isinstance(says, str) else says), "[page-table-area]"], 0)
    system.partition(0, table_room=0x60F8000)
    system.build()


def test_customs(system):
    system.partition(0, customs=[(0x6008000, 120), (0x60FFFF0, 0)])
    system.file("small.pef", b"s" * 16)
    large = system.file("large.pef", b"l" * 121)
    _, result = system.build("0:p0.pef:small.pef:small.pef")
    assert "warning" not in result.err
    system.refused(
        [
            large.name,
            "partition 0 (part0)",
            "121 bytes",
            "room for 120",
            "0x6008000",
            "[custom-size]",
        ],
        "0:p0.pef:large.pef:small.pef",
    )
    system.refused(
        [large.name, "[0x60ffff0, 0x6100069)", "[0x6000000, 0x6100000)", "[custom-area]"],
        "0:p0.pef:small.pef:large.pef",
    )
    system.refused(
        ["p1.pef", "not a customisation file", "[file-kind]"], "0:p0.pef:p1.pef:small.pef"
    )
    for words, given in (
        ("0:p0.pef:small.pef", 1),
        ("0:p0.pef:small.pef:small.pef:small.pef", 3),
        ("0:p0.pef", 0),
    ):
        _, result = system.build(words)
        assert (
            f"warning: p0.pef: {given} customisation files given, the image declares 2"
            in result.err
        )


def test_custom_in_an_unmapped_area(tmp_path):
    """Its place is an address that the partition sees: the core looks there, and so does prtospack."""
    areas = [(0x6000000, AREA, ""), (0x6200000, AREA, "unmapped")]
    system = System(tmp_path, areas=[areas])
    system.partition(0, customs=[(0x6200000, 0)])
    system.file("small.pef", b"s" * 16)
    system.refused(["small.pef", "[0x6200000, 0x6200010)", "[custom-area]"], "0:p0.pef:small.pef")


def test_versions(system):
    system.partition(0, abi=0x10001)
    _, result = system.build()
    assert "warning: p0.pef: made for ABI 0x010001" in result.err and "[version]" in result.err


def test_core_place(system):
    system.core(images.core(base=0x1001000))
    system.refused(["core.pef", "0x1001000", "0x1000000", "[core-start]"])
    system.core(images.core(base=0x2000000))
    system.refused(["[0x2000000,", "[0x1000000, 0x1100000)", "[segment-area]"])
    system.core(images.core(customs=[]))
    assert (
        "warning: core.pef: 1 customisation files given, the image declares 0"
        in system.build()[1].err
    )


def test_core_budget(system):
    system.core(images.core(bss=0x400000))
    text = system.refused(["conf.pef", "[core-budget]"]).err
    need, budget = map(
        int, re.search(r"needs (\d+) KB of memory, its budget is (\d+) KB", text).groups()
    )
    assert need == 4096 + 8 > budget


def test_hypervisor_area_small(tmp_path):
    system = System(tmp_path).all()
    noise = random.Random(1).randbytes(880 * 1024)
    for n, start in enumerate((0x6000000, 0x6100000)):
        system.partition(n, extra=[images.Segment(start + 0x21000, noise)])
    text = system.refused(["conf.pef", "1024 KB", "[hypervisor-area-small]"]).err
    row = re.search(
        r"(\d+) KB are needed: core (\d+), configuration (\d+), pools (\d+), container (\d+) KB; "
        r'.*size="(\d+)KB"',
        text,
    )
    need, *parts, advice = map(int, row.groups())
    assert need == sum(parts) == advice and parts[0] == 40 and parts[1] == 4 and parts[3] >= 1760
    system.conf(f"{need}KB")
    data, _ = system.build()
    assert (len(data) + 4095) // 4096 * 4 == parts[3]
    system.conf(f"{need - 4}KB")
    system.refused(["[hypervisor-area-small]", f"{need} KB are needed"])


def test_all_faults_in_one_run(system):
    system.partition(0, start=0x6100000, tables=1)
    system.partition(1, tables=2)
    text = system.refused("[segment-area]").err
    assert (
        text.count("[page-table-small]") == 2
        and "[page-table-area]" in text
        and "[segment-overlap]" in text
    )
