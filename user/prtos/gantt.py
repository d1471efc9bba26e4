# SPDX-License-Identifier: Apache-2.0
"""Geometry of a plan's picture: one lane for each processor over the major frame. Pure functions
from a schedule.Plan to boxes and texts; templates/pictures.j2 draws them."""
import dataclasses

from prtos import metrics, palette
from prtos.units import share_text, time_text

WIDTH, WIDEST = 1080, 4320
LANE, LANE_TITLE, AXIS, TITLE, MARGIN = 46, 24, 30, 30, 8
FONT, SMALL = 13, 11
TICK_ROOM = 84  # of one tick's label
NARROW = 360  # of a telephone
READABLE = 26  # wide enough for a partition's number


@dataclasses.dataclass
class Box:
    """A slot, or idle time (`fill` empty). `lines` are what fits into it."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    lines: list
    title: str


@dataclasses.dataclass
class Strip:
    processor: int
    y: float  # of the boxes
    title: str
    boxes: list


@dataclasses.dataclass
class Tick:
    x: float
    text: str
    anchor: str


@dataclasses.dataclass
class Picture:
    width: float
    height: float
    title: str
    strips: list
    ticks: list
    axis: float  # y of the time axis
    left: float
    right: float


def tick_step(frame: int, room: float) -> int:
    """1, 2 or 5 times a power of ten, so that the labels of the ticks have room."""
    step, factors = 1, (2, 2.5, 2)
    for turn in range(40):
        if frame / step * TICK_ROOM <= room:
            break
        step = int(step * factors[turn % 3])
    return step


def ticks_of(frame: int, left: float, room: float) -> list:
    """From 0 to the end of the frame, which always has one."""
    if not frame:
        return [Tick(left, "0 ms", "start")]
    step = tick_step(frame, room)
    times = [t for t in range(0, frame, step) if (frame - t) / frame * room >= TICK_ROOM]
    times += [frame] if times else [0, frame]
    anchors = {0: "start", frame: "end"}
    return [Tick(left + t / frame * room, time_text(t), anchors.get(t, "middle")) for t in times]


def slot_lines(label: str, number: int, vcpu: str, duration: str, room: float) -> list:
    """The best description that fits: name and time, name, number."""
    room -= 6
    for first in (label + vcpu, f"P{number}{vcpu}", f"{number}{vcpu}"):
        if metrics.width(first, FONT) <= room:
            return [first] + ([duration] if metrics.width(duration, SMALL) <= room else [])
    return []


def lane_boxes(lane, labels: dict, several: set, y: float, at) -> list:
    """Slots and idle time in order of time; `at` turns a time into x."""
    boxes = []
    for slot in lane.slots:
        start, end, number = slot["start"], slot["end"], slot["partition"]
        label = labels[number]
        vcpu = f":{slot['vcpu']}" if number in several else ""
        wide = at(end) - at(start)
        duration = time_text(end - start)
        title = f"slot {slot['id']}: {label}, vCPU {slot['vcpu']}, "
        title += f"{time_text(start)} .. {time_text(end)} ({duration})"
        lines = slot_lines(label, number, vcpu, duration, wide)
        boxes.append(Box(at(start), y, wide, LANE, palette.fill(number), lines, title))
    for start, end in lane.gaps:
        wide, duration = at(end) - at(start), time_text(end - start)
        lines = ["idle", duration] if metrics.width(duration, SMALL) <= wide - 6 else []
        title = f"idle: {time_text(start)} .. {time_text(end)} ({duration})"
        boxes.append(Box(at(start), y, wide, LANE, "", lines, title))
    return sorted(boxes, key=lambda box: box.x)


def lane_title(lane, room: float) -> str:
    share = share_text(lane.busy, lane.frame)
    text = f"CPU {lane.processor}: used {time_text(lane.busy)} of {time_text(lane.frame)} "
    text += f"({share}), idle {time_text(lane.idle)}"
    return text if metrics.width(text, FONT) <= room else f"CPU {lane.processor}: {share} used"


def needed_width(plan) -> float:
    """With which half of the slots can show a number; 0 without slots."""
    times = sorted(slot["end"] - slot["start"] for lane in plan.lanes for slot in lane.slots)
    return READABLE * plan.frame / times[len(times) // 2] + 2 * MARGIN if times else 0


def wanted_width(plan) -> int:
    return int(min(max(WIDTH, needed_width(plan)), WIDEST))


def narrow_width(plan) -> int | None:
    """For narrow screens, if the plan can be read there."""
    return NARROW if needed_width(plan) <= NARROW else None


def layout(plan, labels: dict, several: set, width: float, title: str = "") -> Picture:
    """`labels`: names by partition id; `several`: partitions with more than one vCPU."""
    left, right = MARGIN, width - MARGIN
    room = right - left
    frame = plan.frame
    y = TITLE if title else 0
    title = metrics.fitted(title, FONT, room)
    strips = []
    for lane in plan.lanes:

        def at(time: int) -> float:
            return left + (time / frame * room if frame else 0)

        y += LANE_TITLE
        boxes = lane_boxes(lane, labels, several, y, at)
        strips.append(Strip(lane.processor, y, lane_title(lane, room), boxes))
        y += LANE + 4
    return Picture(width, y + AXIS, title, strips, ticks_of(frame, left, room), y, left, right)


@dataclasses.dataclass
class Entry:
    """Of the legend."""

    x: float
    y: float
    fill: str
    text: str


def legend(partitions: list, labels: dict, width: float) -> tuple:
    """(entries, height): a swatch and a name for each partition, in lines."""
    swatch, gap, line = 20, 18, 24
    texts = [f"{number} {labels[number]}" for number in partitions]
    widths = [swatch + metrics.width(text, FONT) for text in texts]
    places = metrics.wrapped(widths, width - 2 * MARGIN, gap)
    entries = [
        Entry(MARGIN + x, row * line, palette.fill(number), text)
        for number, text, (x, row) in zip(partitions, texts, places)
    ]
    return entries, (places[-1][1] + 1) * line if places else 0
