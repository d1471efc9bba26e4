# SPDX-License-Identifier: Apache-2.0
"""Reads SVG pictures and HTML reports with the standard library: shapes and texts with their
boxes."""
import dataclasses
import re
import xml.etree.ElementTree as xml

SVG = "{http://www.w3.org/2000/svg}"
# Advance widths of DejaVu Sans, U+0020 to U+007E, of 2048: the widest of the usual fonts.
DEJAVU = [
    651, 821, 942, 1716, 1303, 1946, 1597, 563, 799, 799, 1024, 1716, 651, 739, 651, 690, 1303,
    1303, 1303, 1303, 1303, 1303, 1303, 1303, 1303, 1303, 690, 690, 1716, 1716, 1716, 1087, 2048,
    1401, 1405, 1430, 1577, 1294, 1178, 1587, 1540, 604, 604, 1343, 1141, 1767, 1532, 1612, 1235,
    1612, 1423, 1300, 1251, 1499, 1401, 2025, 1403, 1251, 1403, 799, 690, 799, 1716, 1024, 1024,
    1255, 1300, 1126, 1300, 1260, 721, 1300, 1298, 569, 569, 1186, 569, 1995, 1298, 1253, 1300,
    1300, 842, 1067, 803, 1298, 1212, 1675, 1212, 1212, 1075, 1303, 690, 1303, 1716,
]  # fmt: skip

BOLD = 1.14  # of DejaVu Sans Bold, at most


@dataclasses.dataclass
class Box:
    left: float
    top: float
    right: float
    bottom: float
    text: str = ""

    def meets(self, other) -> bool:
        across = self.left < other.right - 0.01 and other.left < self.right - 0.01
        return across and self.top < other.bottom - 0.01 and other.top < self.bottom - 0.01

    def holds(self, other) -> bool:
        across = self.left - 0.02 <= other.left and other.right <= self.right + 0.02
        return across and self.top - 0.02 <= other.top and other.bottom <= self.bottom + 0.02


def page(text: str) -> xml.Element:
    """The root of a report or an SVG; fails if it is not well-formed."""
    return xml.fromstring(text.removeprefix("<!DOCTYPE html>\n"))


def named(root: xml.Element, name: str, css: str = "") -> list:
    """Elements of that local name, HTML or SVG, with that class."""
    wanted = (name, SVG + name)
    return [
        e for e in root.iter() if e.tag in wanted and (not css or css in e.get("class", "").split())
    ]


def words(element: xml.Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def text_width(text: str, size: float, mono: bool) -> float:
    if mono:
        return len(text) * 0.602 * size
    units = (DEJAVU[ord(c) - 32] if 32 <= ord(c) < 127 else 2048 for c in text)
    return sum(units) / 2048 * size


def number(element: xml.Element, name: str) -> float:
    return float(element.get(name, "0"))


def shifted(root: xml.Element, dy: float = 0):
    """(element, dy) of a picture, groups that are moved down taken into account."""
    match = re.fullmatch(r"translate\(0 ([\d.]+)\)", root.get("transform", "translate(0 0)"))
    dy += float(match[1])
    yield root, dy
    for child in root:
        yield from shifted(child, dy)


def texts(root: xml.Element) -> list:
    """Boxes of all texts of a picture."""
    boxes = []
    for e, dy in shifted(root):
        if e.tag not in ("text", SVG + "text"):
            continue
        css = e.get("class", "").split()
        size = 11 if "small" in css else 13
        width = text_width(e.text, size, "mono" in css) * (BOLD if "strong" in css else 1)
        x, y = number(e, "x"), number(e, "y") + dy
        left = x - width * {"middle": 0.5, "end": 1}.get(e.get("text-anchor"), 0)
        boxes.append(Box(left, y - 0.76 * size, left + width, y + 0.24 * size, e.text))
    return boxes


def rect(e: xml.Element, dy: float = 0) -> Box:
    x, y = number(e, "x"), number(e, "y") + dy
    return Box(x, y, x + number(e, "width"), y + number(e, "height"))


def overlaps(boxes: list) -> list:
    """Pairs of texts of boxes that lie over each other."""
    found, boxes = [], sorted(boxes, key=lambda box: box.top)
    for n, box in enumerate(boxes):
        for other in boxes[n + 1 :]:
            if other.top >= box.bottom:
                break
            if box.meets(other):
                found.append((box.text, other.text))
    return found


def judge_picture(svg: xml.Element) -> None:
    """No text over another one, none outside of the picture."""
    whole = Box(0, 0, number(svg, "width"), number(svg, "height"))
    boxes = texts(svg)
    assert overlaps(boxes) == []
    assert [box.text for box in boxes if not whole.holds(box)] == []


def references(text: str) -> list:
    """What the page would fetch, or run."""
    found = re.findall(
        r"""(?:href|src)\s*=\s*["'](?!#)[^"']*|url\((?!#)[^)]*|@import.*|<script\b""", text
    )
    return found + re.findall(r"https?://(?!www\.w3\.org/)\S*", text)


def table(root: xml.Element, css: str) -> list:
    """Rows of the first table of that class, without its head."""
    body = named(named(root, "table", css)[0], "tbody")[0]
    return [[words(cell) for cell in row] for row in body]
