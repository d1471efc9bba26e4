# SPDX-License-Identifier: Apache-2.0
"""Who has which memory: the items of a system (regions, the hypervisor's area, partitions' areas,
memory blocks, reserved pages), what is free between them, and the geometry of the picture. Pure
functions; templates/pictures.j2 draws."""
import dataclasses
import math

from prtos import metrics, palette
from prtos.units import address_text, labels_of, range_text, size_about

KINDS = {"hypervisor": 0, "area": 1, "block": 2, "reserved": 3}
PAGE = 4096

WIDTH, STRIP, BLOCK = 380, 12, 74
LEFT, GAP, FONT = 4, 22, 12
ROW, GROWTH, BREAK = (
    22,
    2.4,
    26,
)  # of the picture's rows: height, more for each doubling, between regions
TITLE = 22
LINE = 16  # of a part of the hypervisor's area


@dataclasses.dataclass
class Item:
    """Memory that somebody has. `users`: (partition id, area) of each owner of an area."""

    kind: str
    start: int
    size: int
    label: str
    users: list
    where: dict | None
    inside: list = dataclasses.field(default_factory=list)  # (name, size) in order

    @property
    def end(self) -> int:
        return self.start + self.size

    @property
    def owners(self) -> list:
        return list(dict.fromkeys(partition for partition, _ in self.users))


@dataclasses.dataclass
class Gap:
    """A free piece of a region."""

    start: int
    size: int


def areas_of(model: dict) -> list:
    """Areas of partitions; those of the same range are one item with several owners."""
    found = {}
    for partition in model["partitions"]:
        for area in partition["areas"]:
            users = found.setdefault((area["start"], area["size"]), [])
            users.append((partition["id"], area))
    labels = labels_of(model)
    items = []
    for (start, size), users in found.items():
        names = list(dict.fromkeys(area["name"] for _, area in users if area["name"]))
        owners = list(dict.fromkeys(labels[number] for number, _ in users))
        label = (f"{', '.join(names)}: " if names else "") + ", ".join(owners)
        items.append(Item("area", start, size, label, users, users[0][1]["where"]))
    return items


def items_of(model: dict) -> list:
    """All of them by start address."""
    own = model["hypervisor"]
    items = [Item("hypervisor", own["start"], own["size"], "hypervisor", [], own["where"])]
    items += areas_of(model)
    for device in model["devices"]:
        if device["type"] == "memory-block":
            label = f"{device['name']} (memory block)"
            place = device["where"]
            items.append(Item("block", device["start"], device["size"], label, [], place))
    for page in model["reserved"]:
        items.append(Item("reserved", page["start"], page["size"], page["what"], [], None))
    return sorted(items, key=lambda item: (item.start, item.size, KINDS[item.kind]))


def free_between(items: list, start: int, end: int) -> list:
    """(start, end) of what no item has, for items by start address."""
    found, at = [], start
    for item in items:
        if item.end <= at or item.start >= end:
            continue
        if item.start > at:
            found.append((at, item.start))
        at = item.end
    return found + ([(at, end)] if at < end else [])


def gaps_of(model: dict, items: list) -> list:
    """The free pieces of all regions by address."""
    gaps = []
    for region in sorted(model["regions"], key=lambda each: each["start"]):
        end = region["start"] + region["size"]
        pieces = free_between(items, region["start"], end)
        gaps += [Gap(first, last - first) for first, last in pieces]
    return gaps


@dataclasses.dataclass
class Cell:
    """A range with the same users throughout; no items: free."""

    start: int
    end: int
    items: tuple  # indexes into the list of items


def cells_between(items: list, start: int, end: int) -> list:
    """Cuts start .. end where an item begins or ends. Only shared areas lie over each other."""
    inside = [n for n, item in enumerate(items) if item.start < end and item.end > start]
    cuts = {start, end}
    for n in inside:
        cuts |= {max(items[n].start, start), min(items[n].end, end)}
    cuts = sorted(cuts)
    cells, active, waiting = [], [], 0
    for first, last in zip(cuts, cuts[1:]):
        while waiting < len(inside) and items[inside[waiting]].start <= first:
            active.append(inside[waiting])
            waiting += 1
        active = [n for n in active if items[n].end > first]
        cells.append(Cell(first, last, tuple(active)))
    return cells


@dataclasses.dataclass
class Row:
    """A cell as drawn. `fills`: one stripe for each owner. `strip`: (y, height) in the region's
    true scale, or None outside of regions."""

    y: float
    height: float
    kind: str
    fills: list
    address: str
    text: str
    title: str
    strip: tuple | None
    inside: list  # lines for what is in it


@dataclasses.dataclass
class Part:
    """A region, or what lies outside of all of them."""

    y: float
    height: float
    title: str
    rows: list
    region: bool


@dataclasses.dataclass
class Picture:
    width: float
    height: float
    parts: list


def row_height(size: int) -> float:
    """Grows with the logarithm: a page and a gigabyte both stay readable."""
    return ROW + GROWTH * max(0.0, math.log2(max(size, 1) / PAGE))


def cell_row(items: list, cell: Cell, y: float) -> Row:
    chosen = [items[n] for n in cell.items]
    size = cell.end - cell.start
    kind = chosen[0].kind if chosen else "free"
    fills = [palette.fill(number) for item in chosen for number in item.owners]
    label = " + ".join(item.label for item in chosen) or "free"
    room = WIDTH - LEFT - STRIP - GAP - BLOCK - 8
    address, about = address_text(cell.start), size_about(size)
    head = f"{address}  {about}  "
    text = metrics.fitted(label, FONT, room - metrics.width(head, FONT))
    title = f"{label}: {range_text(cell.start, size)} ({about})"
    fills = list(dict.fromkeys(fills))
    inside = [f"{size_about(n)}  {name}" for item in chosen for name, n in item.inside]
    height = row_height(size) if not inside else ROW + LINE * len(inside)
    return Row(y, height, kind, fills, address, f"{about}  {text}", title, None, inside)


def part_of(items: list, cells: list, y: float, title: str, region: tuple | None) -> Part:
    """Rows of these cells from `y` down; `region` (start, end) gets the strip in true scale."""
    rows, at = [], y + TITLE
    for cell in cells:
        rows.append(cell_row(items, cell, at))
        at += rows[-1].height
    height = at - y - TITLE
    if region:
        scale = height / (region[1] - region[0])
        for cell, row in zip(cells, rows):
            row.strip = (
                y + TITLE + (cell.start - region[0]) * scale,
                (cell.end - cell.start) * scale,
            )
    return Part(y + TITLE, height, title, rows, region is not None)


def outside(items: list, regions: list) -> list:
    """Cells of items in no region: reserved pages and devices."""
    cells = []
    for n, item in enumerate(items):
        end = item.start + item.size
        if not any(r["start"] < end and r["start"] + r["size"] > item.start for r in regions):
            cells.append(Cell(item.start, end, (n,)))
    return cells


def layout(model: dict, inside: list) -> Picture:
    """`inside`: (name, size) of the parts of the hypervisor's area, in order."""
    items = items_of(model)
    next(item for item in items if item.kind == "hypervisor").inside = inside
    regions = sorted(model["regions"], key=lambda each: each["start"])
    parts, y = [], 0.0
    for region in regions:
        start, end = region["start"], region["start"] + region["size"]
        title = f"{region['type'].upper()} {range_text(start, region['size'])}"
        title += f", {size_about(region['size'])}"
        parts.append(part_of(items, cells_between(items, start, end), y, title, (start, end)))
        y = parts[-1].y + parts[-1].height + BREAK
    cells = outside(items, regions)
    if cells:
        parts.append(part_of(items, cells, y, "outside of the regions", None))
        y = parts[-1].y + parts[-1].height + BREAK
    return Picture(WIDTH, max(y - BREAK, 0) + 2, parts)
