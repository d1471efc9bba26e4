# SPDX-License-Identifier: Apache-2.0
"""prtos report, the memory map: every range once, to scale where it says so, gaps counted page by
page."""
import re

import model_samples as samples
import picture_reader as reader
import pytest
from prtos import memory_map, palette
from prtos import report_tables as tables
from prtos.units import labels_of
from test_report import pictures, report, section

PAGE = 4096


def free_pages(model: dict) -> set:
    """Page numbers of the regions that nobody has, page by page."""

    def pages(start: int, size: int) -> set:
        return set(range(start // PAGE, (start + size) // PAGE))

    free = set().union(*(pages(r["start"], r["size"]) for r in model["regions"]))
    free -= pages(model["hypervisor"]["start"], model["hypervisor"]["size"])
    for partition in model["partitions"]:
        for area in partition["areas"]:
            free -= pages(area["start"], area["size"])
    for each in model["reserved"] + [d for d in model["devices"] if d["type"] == "memory-block"]:
        free -= pages(each["start"], each["size"])
    return free


def overlapping() -> dict:
    """Shared areas that lie over each other, two regions, a reserved page inside of one."""
    model = samples.small()
    model["partitions"][0]["areas"].append(samples.area(0x7000000, 3 * PAGE, "a", ["shared"]))
    model["partitions"][1]["areas"].append(samples.area(0x7001000, 4 * PAGE, "b", ["shared"]))
    model["partitions"][0]["areas"].append(samples.area(0x7800000, 9 * PAGE, "c", ["shared"]))
    model["partitions"][1]["areas"].append(samples.area(0x7801000, PAGE, "d", ["shared"]))
    model["regions"] = [
        {"type": "rom", "start": 0x80000000, "size": 64 * PAGE, "where": samples.at(6)},
        {"type": "ram", "start": 0, "size": 128 * samples.MB, "where": samples.at(5)},
    ]
    model["reserved"][0] = {"start": 0x80004000, "size": PAGE, "what": "flash"}
    return model


@pytest.mark.parametrize("model", [samples.small(), samples.many(), samples.empty(), overlapping()])
def test_free_memory_is_counted_right(model):
    rows = reader.table(report(model), "memory")
    free = [row for row in rows if row[3] == "free" and row[0]]
    found = [
        n for row in free for n in range(int(row[0], 16) // PAGE, (int(row[1], 16) + 1) // PAGE)
    ]
    assert len(found) == len(set(found)) and set(found) == free_pages(model)
    starts = [int(row[0], 16) for row in rows if row[0]]
    assert starts == sorted(starts)


@pytest.mark.parametrize("model", [samples.small(), samples.big(), samples.nasty(), overlapping()])
def test_memory_picture_has_every_range_once(model):
    layout = memory_map.layout(model, [])
    regions = sorted(model["regions"], key=lambda each: each["start"])
    for part, region in zip([p for p in layout.parts if p.region], regions, strict=True):
        at, y, scale = region["start"], part.y, part.height / region["size"]
        for row in part.rows:
            first, last = (int(x, 16) for x in re.findall(r"0x[0-9a-f]+", row.title)[-2:])
            assert (first, row.y) == (at, pytest.approx(y))
            assert row.strip == pytest.approx(
                (part.y + (first - region["start"]) * scale, (last + 1 - first) * scale)
            )
            at, y = last + 1, y + row.height
        assert (at, y) == (region["start"] + region["size"], pytest.approx(part.y + part.height))
    titles = [e.text for e in reader.named(section(report(model), "memory"), "title")]
    for page in model["reserved"]:
        assert sum(title.startswith(f"{page['what']}: ") for title in titles) == 1
    if model["channels"] and model["system"]["name"] == "many":
        for number, label in labels_of(model).items():
            assert sum(title.startswith(f"{label}: ") for title in titles) == 1


def test_shared_area_stands_once_with_all_owners():
    root = report(samples.small())
    rows = [row for row in reader.table(root, "memory") if row[0] == "0x06300000"]
    whose = "boss, worker (read-only, seen at 0x9000000): mail shared"
    assert rows == [["0x06300000", "0x0630ffff", "64 KB", whose, "system.xml:55system.xml:56"]]
    cells = [e for e in reader.named(root, "g", "cell") if "mail" in reader.words(e)]
    assert len(cells) == 1
    fills = [e.get("fill") for e in reader.named(cells[0], "rect") if e.get("fill")]
    assert fills == [palette.fill(0), palette.fill(1)]


def test_part_of_two_shared_areas_is_a_cell_of_both():
    items = memory_map.items_of(overlapping())
    cells = memory_map.cells_between(items, 0x7000000, 0x7005000)
    found = [(c.start, c.end, [items[n].users[0][1]["name"] for n in c.items]) for c in cells]
    pages = [(0x7000000, 0x7001000), (0x7001000, 0x7003000), (0x7003000, 0x7005000)]
    assert found == [(*ends, names) for ends, names in zip(pages, (["a"], ["a", "b"], ["b"]))]


def test_label_of_an_area_of_many_owners_is_cut():
    model = samples.many()
    for partition in model["partitions"]:
        partition["areas"].append(samples.area(0x8000000, PAGE, "everyone", ["shared"]))
    svg = pictures(section(report(model), "memory"))[0]
    reader.judge_picture(svg)
    cut = [box.text for box in reader.texts(svg) if "everyone: navi" in box.text]
    assert len(cut) == 1 and cut[0].endswith("…")


def test_parts_of_the_hypervisors_area_add_up():
    model = samples.small()
    for container in (None, 5000):
        parts = tables.memory_parts(model, container)
        assert sum(size for _, size in parts) == model["hypervisor"]["size"]
    assert parts[-2:] == [("container", 8192), ("free", 4 * samples.MB - 208896 - 8192)]
