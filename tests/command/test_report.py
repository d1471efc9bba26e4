# SPDX-License-Identifier: Apache-2.0
"""prtos report: the figures are right (counted here in another way), pictures to scale and
readable, everything there once, nothing fetched, nothing taken for markup."""
import pathlib
import re
import resource

import model_samples as samples
import picture_reader as reader
import pytest
from prtos import channel_graph, cmd_report, units
from prtos import report_tables as tables
from prtos.units import labels_of
from test_plot import contrast

SAMPLES = ["small", "many", "big", "nasty", "empty"]


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


def test_narrow_screens_get_a_picture_of_a_short_plan():
    """And a long one stays as it is, to be scrolled."""
    widths = [
        [svg.get("width") for svg in pictures(section(report(model), "schedule"))]
        for model in (samples.small(), samples.many())
    ]
    assert widths == [["1080", "360"] * 2, ["1080", "1080"]]


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


def test_long_names_have_room():
    model = samples.many()
    for partition in model["partitions"]:
        partition["name"] = partition["name"].ljust(16, "W")
        for port in partition["ports"]:
            port["name"] = port["name"].ljust(30, "m")
    for channel in model["channels"]:
        for end in (channel["source"], *channel["destinations"]):
            end["port"] = end["port"].ljust(30, "m")
    svg = pictures(section(report(model), "communication"))[0]
    reader.judge_picture(svg)
    heads = [reader.rect(reader.named(e, "rect")[0]) for e in reader.named(svg, "g", "column")]
    assert all(a.right < b.left for a, b in zip(heads, heads[1:]))


def test_facts_of_channels():
    sampling = samples.channel(0, "sampling", (0, "a"), [(1, "a")])
    facts = [
        channel_graph.channel_facts(sampling | {"valid_period": t}) for t in (1500, 0, "infinite")
    ]
    assert facts == ["24 B, valid 1.5 ms", "24 B, never valid", "24 B, always valid"]
    assert channel_graph.channel_facts(samples.channel(0, "queuing", (0, "a"), [])) == "8 x 24 B"


def test_table_of_channels():
    assert reader.table(report(samples.small()), "channels") == [
        ["0", "queuing", "8 x 64 B", "boss.cmd", "worker.cmd", "system.xml:80"],
        ["0", "IPVI", "extended interrupt 24", "boss", "worker", "system.xml:90"],
        ["", "sampling source", "in no channel", "worker.lost", "system.xml:60"],
    ]


def test_values_are_not_rounded():
    times = [units.time_text(t) for t in (0, 1, 999, 1000, 1001, 1100000, 2000000, 4294967295)]
    assert times == ["0 ms", "1 us", "999 us", "1 ms", "1.001 ms", "1100 ms", "2 s", "4294967.295 ms"]
    sizes = [units.size_text(s) for s in (0, 1023, 1024, 1025, 3 << 20, (3 << 20) + 1024, 1 << 32)]
    assert sizes == ["0 B", "1023 B", "1 KB", "1025 B", "3 MB", "3073 KB", "4 GB"]
    assert [units.size_about(s) for s in (1023, 1536, 12345678)] == ["1023 B", "1.5 KB", "11.77 MB"]


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
    for markup in ("<script", "<x>", "<c>", "<u>", "<n>"):
        assert markup not in text
    text.encode()  # no surrogate is left
    assert reader.table(root, "privileges")[0][-1] == 'a&b"<c>\ufffd\ufffd.xml:40'


def test_notes_of_the_compiler_are_told():
    notes = next(e for e in report(samples.nasty()).iter() if e.get("id") == "notes")
    assert reader.words(notes) == "a line that no UART has <n> platform pc"
    assert not [e for e in report(samples.small()).iter() if e.get("id") == "notes"]


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
