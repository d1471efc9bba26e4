# SPDX-License-Identifier: Apache-2.0
"""Geometry of the channels' picture. Every partition is a vertical line, every channel a row that
joins the lines of its ends: nothing crosses a label, whatever the system. Pure functions;
templates/pictures.j2 draws."""
import dataclasses

from prtos import metrics, palette
from prtos.units import labels_of, size_text, time_text

FONT, SMALL = 13, 11
GUTTER_MOST, PAD, COLUMN_LEAST = 230, 22, 92
HEAD, ROW, STEP, MARGIN = 40, 46, 20, 6
LINE = 18  # of a row's line below its top


@dataclasses.dataclass
class End:
    """One end of a channel: where it meets its partition's line."""

    partition: int
    port: str
    source: bool
    x: float = 0
    y: float = 0
    pointing: int = 1  # to the right; -1: to the left


@dataclasses.dataclass
class Row:
    kind: str  # sampling, queuing, ipvi, none
    title: str
    facts: str
    ends: list
    y: float = 0
    height: float = ROW
    line: tuple | None = None  # (x1, x2) at y + LINE


@dataclasses.dataclass
class Column:
    partition: int
    label: str
    fill: str
    x: float  # of its line
    left: float
    width: float


@dataclasses.dataclass
class Picture:
    width: float
    height: float
    gutter: float
    columns: list
    rows: list


def channel_facts(channel: dict) -> str:
    """24 B, valid 20 ms; 64 B, 8 messages."""
    size = size_text(channel["message_size"])
    if channel["type"] == "queuing":
        return f"{channel['messages']} x {size}"
    period = channel["valid_period"]
    if period == "infinite":
        return f"{size}, always valid"
    return f"{size}, valid {time_text(period)}" if period else f"{size}, never valid"


def rows_of(model: dict) -> list:
    """Channels, then IPVIs, then the ports in no channel."""
    rows = []
    for channel in model["channels"]:
        ends = [End(channel["source"]["partition"], channel["source"]["port"], True)]
        ends += [End(each["partition"], each["port"], False) for each in channel["destinations"]]
        title = f"{channel['id']} {channel['type']}"
        rows.append(Row(channel["type"], title, channel_facts(channel), ends))
    for ipvi in model["ipvis"]:
        ends = [End(ipvi["source"], "", True)]
        ends += [End(each, "", False) for each in ipvi["destinations"]]
        rows.append(Row("ipvi", f"IPVI {ipvi['id']}", f"interrupt {24 + ipvi['id']}", ends))
    loose = [
        End(partition["id"], port["name"], port["direction"] == "source")
        for partition in model["partitions"]
        for port in partition["ports"]
        if port["channel"] is None
    ]
    return rows + ([Row("none", "in no channel", "", loose)] if loose else [])


def columns_of(model: dict, rows: list) -> tuple:
    """(columns, gutter, width): those partitions that talk, each as wide as its longest port
    name."""
    labels = labels_of(model)
    wide = {}
    for end in (end for row in rows for end in row.ends):
        needed = metrics.width(end.port, SMALL) + PAD + 10
        wide[end.partition] = max(wide.get(end.partition, COLUMN_LEAST), needed)
    texts = [metrics.width(row.title, FONT) for row in rows]
    texts += [metrics.width(row.facts, SMALL) for row in rows]
    gutter = min(max(texts, default=0) + 16, GUTTER_MOST)
    columns, left = [], MARGIN + gutter
    for number in sorted(wide):
        width = max(wide[number], metrics.width(labels[number], FONT) + 24)
        fill = palette.fill(number)
        columns.append(Column(number, labels[number], fill, left + PAD, left, width))
        left += width
    return columns, gutter, left + MARGIN


def place_ends(row: Row, lines: dict) -> None:
    """Ends of one partition stand below each other; the first is on the row's line."""
    used = {}
    for end in row.ends:
        depth = used.get(end.partition, 0)
        used[end.partition] = depth + 1
        end.x = lines[end.partition]
        end.y = row.y + LINE + depth * STEP
    row.height = ROW + STEP * (max(used.values(), default=1) - 1)
    if row.kind == "none":
        return
    source = row.ends[0].x
    for end in row.ends:
        end.pointing = -1 if end.x < source else 1
    spread = [end.x for end in row.ends]
    row.line = (min(spread), max(spread))


def layout(model: dict) -> Picture:
    rows = rows_of(model)
    columns, gutter, width = columns_of(model, rows)
    lines = {column.partition: column.x for column in columns}
    y = HEAD
    for row in rows:
        row.y = y
        place_ends(row, lines)
        y += row.height
    return Picture(width, y + MARGIN, gutter, columns, rows)
