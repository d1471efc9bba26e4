# SPDX-License-Identifier: Apache-2.0
"""Curves of the figures as SVG: one panel for each architecture, nothing but text that a diff can show.
The same rows give the same file."""
import math

from methods import ARCHS

WIDTH, HEIGHT = 420, 260  # of a panel
LEFT, RIGHT, TOP, BOTTOM = 52, 22, 34, 40
APART = 36  # of two numbers below the axis
COLOURS = ("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22")
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- Written by `make bench`; what is changed by hand is lost. -->
"""


def lines_of(curve, rows: list) -> dict:
    """{what is measured: [(number, worst value)]} of the rows of a curve."""
    lines: dict = {}
    for row in rows:
        name, _, rest = row.key.partition(":")
        if name == curve.name:
            number, _, _ = rest.partition(":")
            text = row.text.rsplit(", ", 1)[0]
            lines.setdefault(text, []).append((int(number), row.highest))
    return {text: sorted(points) for text, points in lines.items()}


def ticks(low: float, high: float, flat: bool) -> list:
    """Round numbers from 0 to at least `high`; for a steep curve powers of ten around both."""
    if not flat:
        first, last = math.floor(math.log10(max(low, 1))), math.ceil(math.log10(max(high, 10)))
        return [10**power for power in range(first, last + 1)]
    step = 10 ** math.floor(math.log10(max(high, 1)))
    step = next(s for s in (step / 5, step / 2, step, step * 2) if high / s <= 6)
    return [round(i * step) for i in range(math.ceil(high / step) + 1)]


class Scale:
    """Numbers to places: the axis of numbers is logarithmic, that of instructions for steep curves."""

    def __init__(self, lines: dict, left: int, flat: bool):
        points = [point for one in lines.values() for point in one]
        self.numbers = sorted({number for number, _ in points})
        values = [value for _, value in points]
        self.ticks = ticks(min(values), max(values), flat)
        self.left, self.flat = left, flat
        self.span = math.log(self.numbers[-1] / self.numbers[0]) or 1.0

    def x(self, number: int) -> str:
        share = math.log(number / self.numbers[0]) / self.span
        return f"{self.left + LEFT + share * (WIDTH - LEFT - RIGHT):.1f}"

    def y(self, value: float) -> str:
        share = value / self.ticks[-1]
        if not self.flat:
            share = math.log(max(value, 1) / self.ticks[0]) / math.log(self.ticks[-1] / self.ticks[0])
        return f"{TOP + (1 - share) * (HEIGHT - TOP - BOTTOM):.1f}"


def panel(curve, title: str, lines: dict, left: int) -> list:
    scale = Scale(lines, left, curve.flat)
    low, high = scale.x(scale.numbers[0]), scale.x(scale.numbers[-1])
    out = [f'<text x="{low}" y="20" font-weight="bold">{title}</text>']
    for tick in scale.ticks:
        y = scale.y(tick)
        out.append(f'<line x1="{low}" y1="{y}" x2="{high}" y2="{y}" stroke="#ddd"/>')
        out.append(f'<text x="{float(low) - 6:.1f}" y="{float(y) + 4:.1f}" text-anchor="end">{tick}</text>')
    shown: list = []
    for number in scale.numbers:
        if not shown or float(scale.x(number)) - float(scale.x(shown[-1])) >= APART:
            out.append(f'<text x="{scale.x(number)}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{number}</text>')
            shown.append(number)
    middle = (float(low) + float(high)) / 2
    out.append(f'<text x="{middle:.1f}" y="{HEIGHT - BOTTOM + 32}" text-anchor="middle">{curve.axis}</text>')
    for colour, points in zip(COLOURS, lines.values()):
        places = " ".join(f"{scale.x(n)},{scale.y(v)}" for n, v in points)
        out.append(f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        out += [f'<circle cx="{scale.x(n)}" cy="{scale.y(v)}" r="2" fill="{colour}"/>' for n, v in points]
    return out


def draw(curve, tables: dict) -> str:
    """The text of the file."""
    panels = [(ARCHS[arch], lines_of(curve, tables[arch].group(curve.group))) for arch in ARCHS]
    panels = [(title, lines) for title, lines in panels if lines]
    names = list(dict.fromkeys(name for _, lines in panels for name in lines))
    width, height = WIDTH * max(len(panels), 1), HEIGHT + 16 * len(names) + 8
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
           'font-family="sans-serif" font-size="11">']  # fmt: skip
    out += [f"<title>{curve.title}, instructions</title>", '<rect width="100%" height="100%" fill="white"/>']
    for number, (title, lines) in enumerate(panels):
        ordered = {name: lines.get(name, []) for name in names}
        out += panel(curve, f"{title}: instructions", ordered, number * WIDTH)
    for number, name in enumerate(names):
        y = HEIGHT + 16 * number
        out.append(f'<rect x="{LEFT}" y="{y}" width="10" height="10" fill="{COLOURS[number % len(COLOURS)]}"/>')
        out.append(f'<text x="{LEFT + 16}" y="{y + 9}">{name}</text>')
    return HEAD + "\n".join(out) + "\n</svg>\n"
