# SPDX-License-Identifier: Apache-2.0
"""prtos plot: the picture is to scale, whole, readable, the same each time, and safe with any
name."""
import itertools
import re
import subprocess

import model_samples as samples
import picture_reader as reader
import pytest
from prtos import cmd_plot, gantt, metrics, palette, paths, schedule
from prtos.terminal import Refused
from prtos.units import labels_of

PRTOS = samples.ROOT / "user" / "bin" / "prtos"
FLAGSHIP = samples.ROOT / "partitions" / "flagship" / "prtos_cf.xml"
SAMPLES = ["small", "many", "big", "nasty", "empty"]


def plot(model: dict, plans=None, cpus=None, width=None) -> str:
    return cmd_plot.picture(model, plans, cpus, width)


def lanes_of(root) -> list:
    """(plan's group, lane's group) in order."""
    return [
        (group, lane)
        for group in reader.named(root, "g", "plan")
        for lane in reader.named(group, "g", "lane")
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_slots_and_idle_time_are_to_scale(name):
    model = getattr(samples, name)()
    root = reader.page(plot(model))
    room = reader.number(root, "width") - 2 * gantt.MARGIN
    plans = schedule.plans_of(model)
    expected = [(lane, plan.frame) for plan in plans for lane in plan.lanes]
    for (lane, frame), (_, drawn) in zip(expected, lanes_of(root), strict=True):
        wanted = {
            (slot["start"], slot["end"], palette.fill(slot["partition"])) for slot in lane.slots
        }
        at = 0
        for slot in lane.slots + [{"start": frame, "end": frame}]:
            if slot["start"] > at:
                wanted.add((at, slot["start"], None))
            at = slot["end"]
        assert len(reader.named(drawn, "rect")) == len(wanted)
        for box in reader.named(drawn, "rect"):
            left = (reader.number(box, "x") - gantt.MARGIN) / room * frame
            right = left + reader.number(box, "width") / room * frame
            slack = frame / room * 0.02
            near = [w for w in wanted if abs(w[0] - left) < slack and abs(w[1] - right) < slack]
            assert len(near) == 1 and near[0][2] == box.get("fill")
            wanted.discard(near[0])
        assert not wanted


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("width", [None, 320, 1600])
def test_labels_are_apart_and_inside(name, width):
    root = reader.page(plot(getattr(samples, name)(), width=width))
    reader.judge_picture(root)
    for group in reader.named(root, "g", "used") + reader.named(root, "g", "gap"):
        box = reader.rect(reader.named(group, "rect")[0])
        assert all(box.holds(text) for text in reader.texts(group))


def test_labels_fall_back_to_numbers():
    texts = [box.text for box in reader.texts(reader.page(plot(samples.small(), width=320)))]
    assert "boss" in texts and "5 ms" in texts
    lines = [gantt.slot_lines("navigation", 3, ":1", "12 ms", room) for room in (120, 60, 34, 10)]
    assert lines == [["navigation:1", "12 ms"], ["P3:1", "12 ms"], ["3:1"], []]


def test_every_partition_is_in_the_legend_once():
    root = reader.page(plot(samples.big()))
    legend = reader.named(root, "g", "legend")[0]
    found = [box.text for box in reader.texts(legend)]
    assert found == [f"{number} {label}" for number, label in labels_of(samples.big()).items()]
    fills = [e.get("fill") for e in reader.named(legend, "rect")]
    assert fills == [palette.fill(number) for number in range(64)]


def test_names_are_text_not_markup():
    text = plot(samples.nasty())
    found = {box.text for box in reader.texts(reader.page(text))}
    assert set(samples.NASTY) <= found
    assert "<script" not in text and reader.references(text) == []


def test_vcpu_is_told_where_there_are_several():
    model = samples.small()
    model["partitions"][1]["vcpus"].append({"id": 1, "processor": 0})
    model["processors"][0]["plans"][0]["slots"][1]["vcpu"] = 1
    found = [box.text for box in reader.texts(reader.page(plot(model)))]
    assert "worker:1" in found and "boss" in found


def test_plan_and_cpu_choose():
    model = samples.many()
    root = reader.page(plot(model, plans=[1], cpus=[2, 0]))
    assert [lane.get("data-cpu") for _, lane in lanes_of(root)] == ["0", "2"]
    assert "plan 1 'safe'" in [box.text for box in reader.texts(root)]
    legend = reader.texts(reader.named(root, "g", "legend")[0])
    assert [int(box.text.split()[0]) for box in legend] == [0, 2, 4, 6, 8, 10]
    for wrong in ({"plans": [2]}, {"cpus": [4]}):
        with pytest.raises(Refused):
            plot(model, **wrong)


@pytest.mark.parametrize("frame", [1, 7, 999, 20000, 20001, 33333, 1000000, 4294000000])
@pytest.mark.parametrize("room", [304, 1064, 4304])
def test_ticks_are_in_place_and_apart(frame, room):
    ticks = gantt.ticks_of(frame, 8, room)
    assert (ticks[0].x, ticks[-1].x) == (8, 8 + room)
    assert 2 <= len(ticks) <= room / gantt.TICK_ROOM + 2
    gaps = [b.x - a.x for a, b in zip(ticks, ticks[1:])]
    assert min(gaps) >= gantt.TICK_ROOM - 0.01
    assert len({round(gap, 6) for gap in gaps[:-1]}) <= 1


def test_widths_of_text_are_never_below_those_of_a_wide_font():
    for code in range(32, 127):
        assert metrics.width(chr(code), 13) >= reader.text_width(chr(code), 13, False)
    assert metrics.width("é", 13) == metrics.width("e", 13)
    assert metrics.fitted("navigation", 13, 50).endswith("…")
    assert metrics.width(metrics.fitted("navigation", 13, 50), 13) <= 50


# Machado, Oliveira, Fernandes 2009: full protanopia, deuteranopia, tritanopia; and normal sight.
SIGHTS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> list:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def contrast(one: str, other: str) -> float:
    """WCAG 2."""
    light = [sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(x))) for x in (one, other)]
    return (max(light) + 0.05) / (min(light) + 0.05)


def lab(rgb: list) -> tuple:
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [
        max(sum(w * c for w, c in zip(row, rgb)), 0) / n for row, n in zip(rows, (0.9505, 1, 1.089))
    ]
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("sight", SIGHTS)
def test_colours_stay_apart(sight):
    seen = [
        lab([sum(w * c for w, c in zip(row, linear(x))) for row in SIGHTS[sight]])
        for x in palette.COLOURS
    ]
    distances = [
        sum((u - v) ** 2 for u, v in zip(a, b)) ** 0.5 for a, b in itertools.combinations(seen, 2)
    ]
    assert min(distances) > 12
    assert len({palette.fill(number) for number in range(64)}) == 64


def test_labels_have_contrast():
    style = (paths.TEMPLATES / "pictures.css").read_text()
    inks = re.findall(r"\.on \{ fill: (#[0-9a-f]{6});", style)
    assert inks and all(
        contrast(colour, ink) >= 4.5 for colour in palette.COLOURS for ink in inks
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_hatches_are_defined(name):
    root = reader.page(plot(getattr(samples, name)()))
    used = {e.get("fill")[5:-1] for e in root.iter() if (e.get("fill") or "").startswith("url(#")}
    defined = [e.get("id") for e in reader.named(root, "pattern")]
    assert used == set(defined) and len(defined) == len(used)


def run(*words, cwd):
    return subprocess.run([PRTOS, "plot", *words], cwd=cwd, capture_output=True, timeout=300)


def test_command_writes_the_same_bytes(tmp_path):
    first = run(FLAGSHIP, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    again = run(FLAGSHIP, "-o", "-", cwd=tmp_path)
    written = (tmp_path / "schedule.svg").read_bytes()
    assert written == again.stdout and written.startswith(b"<?xml")
    titles = reader.named(reader.page(written.decode()), "title")
    assert sum(title.text.startswith("slot ") for title in titles) == 4
    assert [path.name for path in tmp_path.iterdir()] == ["schedule.svg"]


@pytest.mark.parametrize(
    "words, code",
    [
        ([], 1),
        ([FLAGSHIP, "--width", "10"], 1),
        ([FLAGSHIP, "--plan", "x"], 1),
        ([FLAGSHIP, "--plan", "7"], 2),
        ([FLAGSHIP, "--cpu", "1"], 2),
        (["absent.xml"], 2),
        ([FLAGSHIP, "-o", "absent/x.svg"], 2),
        (["--help"], 0),
    ],
)
def test_exit_codes(words, code, tmp_path):
    done = run(*words, cwd=tmp_path)
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False)
    assert list(tmp_path.iterdir()) == []
