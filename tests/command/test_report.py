# SPDX-License-Identifier: Apache-2.0
"""prtos report: the figures are right (counted here in another way), pictures to scale and
readable, everything there once, nothing fetched, nothing taken for markup."""
import pathlib
import re
import resource

import model_samples as samples
import picture_reader as reader
import pytest
from prtos import channel_graph, cmd_report, memory_map, palette
from prtos import report_tables as tables
from prtos.units import labels_of
from test_plot import contrast

SAMPLES = ["small", "many", "big", "nasty", "empty"]
PAGE = 4096


def report(model: dict, built=None):
    return reader.page(cmd_report.page(model, built))


def section(root, name: str):
    return next(e for e in reader.named(root, "section") if e.get("id") == name)


def pictures(root) -> list:
    return [svg for svg in reader.named(root, "svg") if svg.get("role") == "img"]


@pytest.mark.parametrize("name", SAMPLES)
def test_pictures_are_readable(name):
    for svg in pictures(report(getattr(samples, name)())):
        reader.judge_picture(svg)


@pytest.mark.parametrize("name", SAMPLES)
def test_page_fetches_and_runs_nothing(name):
    assert reader.references(cmd_report.page(getattr(samples, name)(), None)) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_usage_is_counted_right(name):
    model = getattr(samples, name)()
    root = report(model)
    drawn = [e for e in reader.named(root, "table", "usage")]
    numbers = sorted({plan["id"] for cpu in model["processors"] for plan in cpu["plans"]})
    assert [int(e.get("data-plan")) for e in drawn] == numbers
    for number, element in zip(numbers, drawn):
        plans = [
            plan for cpu in model["processors"] for plan in cpu["plans"] if plan["id"] == number
        ]
        rows = {row[0]: row[1:] for row in reader.table(root_of(element), "usage")}
        spent = {}
        for column, plan in enumerate(plans):
            for slot in plan["slots"]:
                key = (labels_of(model)[slot["partition"]], column)
                spent[key] = spent.get(key, 0) + slot["end"] - slot["start"]
        frames = [plan["frame"] for plan in plans]
        for label, cells in rows.items():
            times = [spent.get((label, n), 0) for n in range(len(plans))]
            busy = [sum(t for (_, c), t in spent.items() if c == n) for n in range(len(plans))]
            times = {"used": busy, "idle": [f - b for f, b in zip(frames, busy)]}.get(label, times)
            pairs = list(zip(times, frames)) + (
                [(sum(times), sum(frames))] if len(plans) > 1 else []
            )
            blank = label not in ("used", "idle")
            assert cells == [text for pair in pairs for text in time_and_share(*pair, blank)]
        assert set(rows) == {label for label, _ in spent} | {"used", "idle"}


def root_of(element):
    """So that a table alone can be read as the first of something."""
    parent = type(element)("div")
    parent.append(element)
    return parent


def time_and_share(time: int, frame: int, blank: bool) -> list:
    if blank and not time:
        return ["", ""]
    text = f"{time / 1000:g} ms" if time >= 1000 or not time else f"{time} us"
    return [text, f"{100 * time / frame:.1f} %" if frame else "-"]


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
    """Shared areas that lie over each other in part, two regions, a reserved page inside of one."""
    model = samples.small()
    model["partitions"][0]["areas"].append(samples.area(0x7000000, 3 * PAGE, "a", ["shared"]))
    model["partitions"][1]["areas"].append(samples.area(0x7001000, 4 * PAGE, "b", ["shared"]))
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
    layout = memory_map.layout(model)
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


def test_parts_of_the_hypervisors_area_add_up():
    model = samples.small()
    for container in (None, 5000):
        parts = tables.memory_parts(model, container)
        assert sum(size for _, size in parts) == model["hypervisor"]["size"]
    assert parts[-2:] == [("container", 8192), ("free", 4 * samples.MB - 208896 - 8192)]


def channel_lines(model: dict, root) -> list:
    """(kind, x of the source, xs of the destinations) as drawn."""
    found = []
    for group in reader.named(root, "g", "channel"):
        dots = [reader.number(e, "cx") for e in reader.named(group, "circle")]
        arrows = [
            e.get("d") for e in reader.named(group, "path") if e.get("class").startswith("end-")
        ]
        found.append(
            (group.get("data-kind"), dots, [float(re.match(r"M([\d.]+)", d)[1]) for d in arrows])
        )
    return found


@pytest.mark.parametrize("model", [samples.small(), samples.many(), samples.big(), samples.nasty()])
def test_channel_picture_joins_the_right_lines(model):
    root = section(report(model), "communication")
    lines = {}
    for column in channel_graph.layout(model).columns:
        lines[column.partition] = round(column.x, 2)
    labels = [labels_of(model)[number] for number in lines]
    drawn = [reader.words(e) for e in reader.named(root, "g", "column")]
    assert drawn == [re.sub(r"\s+", " ", label) for label in labels]
    wanted = [
        (
            c["type"],
            [lines[c["source"]["partition"]]],
            [lines[d["partition"]] for d in c["destinations"]],
        )
        for c in model["channels"]
    ]
    wanted += [
        ("ipvi", [lines[i["source"]]], [lines[d] for d in i["destinations"]])
        for i in model["ipvis"]
    ]
    loose = [p["id"] for p in model["partitions"] for port in p["ports"] if port["channel"] is None]
    wanted += [("none", [lines[number] for number in loose], [])] if loose else []
    assert channel_lines(model, root) == wanted


def test_ends_in_one_partition_do_not_hide_each_other():
    model = samples.small()
    channel = model["channels"][0]
    channel["destinations"] += [
        {"partition": 0, "port": "back"},
        {"partition": 1, "port": "second"},
    ]
    row = channel_graph.layout(model).rows[0]
    assert len({(end.x, end.y) for end in row.ends}) == 4
    assert all(row.y < end.y < row.y + row.height for end in row.ends)
    for svg in pictures(report(model)):
        reader.judge_picture(svg)


def test_facts_of_channels():
    sampling = samples.channel(0, "sampling", (0, "a"), [(1, "a")])
    facts = [
        channel_graph.channel_facts(sampling | {"valid_period": t}) for t in (1500, 0, "infinite")
    ]
    assert facts == ["24 B, valid 1.5 ms", "24 B, never valid", "24 B, always valid"]
    assert channel_graph.channel_facts(samples.channel(0, "queuing", (0, "a"), [])) == "8 x 24 B"


def test_privileges_and_devices():
    root = report(samples.small())
    rows = reader.table(root, "privileges")
    assert rows[0][:8] == ["0", "boss", "system", "0", "com", "-", "5, 6", "0x60-0x64"]
    assert [row[-1] for row in rows] == ["system.xml:40", "system.xml:41"]
    devices = reader.table(root, "devices")
    assert devices[0][3] == "console of the hypervisor, console of boss, console of worker"
    assert devices[1][2:] == ["64 KB at 0x2300000", "health log of the hypervisor", "system.xml:29"]


def test_health_says_first_what_the_file_says():
    root = report(samples.small())
    assert reader.table(root, "stated") == [
        ["X86_PAGE_FAULT", "worker", "PARTITION_WARM_RESET", "yes"]
    ]
    assert (
        len([e for e in reader.named(root, "details") if reader.named(e, "table", "defaults")]) == 1
    )
    defaults = reader.table(root, "defaults")
    assert ["X86_PAGE_FAULT", "boss", "PARTITION_HALT", "no"] in defaults
    assert ["FATAL_ERROR", "boss, worker", "PARTITION_HALT", "no"] in defaults
    assert len(defaults) == 2 * len(samples.EVENTS)


def test_owners_of_a_health_row_are_told_short():
    labels = [f"p{n}" for n in range(9)]
    assert tables.everyone(labels, labels) == "all 9 partitions"
    assert tables.everyone(labels[1:], labels) == "all partitions but p0"
    assert tables.everyone(labels[:2], labels) == "p0, p1"


def test_warnings_have_places():
    warnings = next(e for e in report(samples.small()).iter() if e.get("id") == "warnings")
    entry = reader.words(reader.named(warnings, "li")[0])
    assert entry == "'lost' is in no channel port-unconnected system.xml:60"
    none = next(e for e in report(samples.many()).iter() if e.get("id") == "warnings")
    assert reader.words(none) == "The compiler has no warning."


def test_places_keep_folders_only_where_names_repeat():
    model = samples.changed(
        samples.small(), lambda m: m.update(files=["a/x.xml", "b/x.xml", "c/y.xml"])
    )
    texts = [tables.place_text(model, samples.at(3, n)) for n in range(3)]
    assert texts == ["a/x.xml:3", "b/x.xml:3", "y.xml:3"]


def test_names_are_text_not_markup():
    text = cmd_report.page(samples.nasty(), None)
    root = reader.page(text)
    assert [row[1] for row in reader.table(root, "privileges")] == samples.NASTY + ["partition 4"]
    assert reader.words(reader.named(root, "h1")[0]) == "<i>&"
    for markup in ("<script", "<x>", "<c>", "<u>", "onload="):
        assert markup not in text


def test_partition_that_never_runs_is_told():
    root = section(report(samples.empty()), "schedule")
    assert "Never running, since no plan has a slot for them: partition 0." in reader.words(root)


def test_every_slot_and_place_is_in_the_table():
    model = samples.many()
    rows = [
        row
        for e in reader.named(report(model), "table", "slots")
        for row in reader.table(root_of(e), "slots")
    ]
    slots = [slot for cpu in model["processors"] for plan in cpu["plans"] for slot in plan["slots"]]
    assert len(rows) == len(slots)
    assert rows[25][:6] == ["1", "1", "1 ms", "1.7 ms", "700 us", "logger"]
    assert rows[25][7] == "system.xml:21"


def variables(css: str) -> list:
    """The light and the dark set of colours."""
    found = re.findall(r":root \{([^}]*)\}", css)
    return [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", each)) for each in found]


def test_text_has_contrast_in_both_schemes():
    css = (pathlib.Path(cmd_report.__file__).parent / "templates" / "report.css").read_text()
    light, dark = variables(css)
    for colours in (light, light | dark):
        for text in ("ink", "dim", "link", "warn", "good"):
            assert contrast(colours[text], colours["page"]) >= 4.5
        assert contrast(colours["ink"], colours["warn-page"]) >= 4.5
        assert contrast(colours["dim"], colours["warn-page"]) >= 4.5
    assert len(dark) == len(light)


def test_picture_text_has_contrast_in_both_schemes():
    css = (pathlib.Path(cmd_report.__file__).parent / "templates" / "pictures.css").read_text()
    for part in css.split("@media"):
        colours = dict(re.findall(r"\.pic (text|\.\w+) \{[^}]*fill: (#[0-9a-f]{6})", part))
        for background in (".paper", ".band", ".idle"):
            for text in ("text", ".dim"):
                assert contrast(colours[text], colours[background]) >= 4.5


def test_same_input_gives_same_bytes(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    first = cmd_report.page(samples.many(), None)
    assert (
        first == cmd_report.page(samples.many(), None)
        and "202" not in reader.words(reader.page(first))[-40:]
    )
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert "1970-01-02" in cmd_report.page(samples.many(), None)


def test_big_system_takes_little_time():
    """64 partitions, 1000 slots, 500 channels; processor time, which other work does not lengthen
    much."""
    model = samples.big()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    cmd_report.page(model, None)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 2
