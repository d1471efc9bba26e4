# SPDX-License-Identifier: Apache-2.0
"""What people read: the table on the terminal, and documentation/performance.md from the committed tables
of both architectures. bench.py calls it; it measures nothing."""
import table
from methods import ARCHS, CURVES, HEAD, METHODS


def shown(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def cells(figure) -> tuple:
    goal = "" if figure.goal is None else shown(figure.goal)
    value = "" if figure.missing else shown(figure.value)
    return figure.text, value, goal, figure.unit, figure.verdict, figure.missing or figure.spread


def print_table(title: str, figures: list) -> None:
    rows = [("figure", "worst", "goal", "", "", "min / median / 99.9 %")]
    rows += [cells(figure) for figure in figures]
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    print(f"\n{title}")
    for row in rows:
        print(
            f"  {row[0]:{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}} "
            f"{row[3]:{widths[3]}} {row[4]:{widths[4]}}  {row[5]}".rstrip()
        )


def worst(row) -> str:
    """With its unit, bold over its goal."""
    text = shown(row.highest) + ("" if row.unit == "instr." else f" {row.unit}")
    return f"**{text}**" if row.over else text


def spread(row) -> str:
    """Nothing is said of one sample, little of many equal ones."""
    if row.n == 1:
        return ""
    values = (row.lowest, row.median, row.p999)
    text = "all" if row.lowest == row.highest else " / ".join(map(str, values))
    return f"{text}  n={row.n}"


def columns(row) -> str:
    if row is None:
        return " | | "
    goal = "" if row.goal is None else shown(row.goal)
    note = f" {row.note}" if row.note else ""
    return f" {worst(row)} | {goal} | {spread(row)}{note} "


def group_table(name: str, tables: dict) -> str:
    """The figures of a group, side by side; one that an architecture has not is empty there."""
    found = {arch: {row.key: row for row in tables[arch].group(name)} for arch in ARCHS}
    archs = [arch for arch in ARCHS if found[arch]]
    if not archs:
        return "Not measured yet.\n"
    texts = {key: row.text for arch in reversed(archs) for key, row in found[arch].items()}
    order = list(dict.fromkeys(key for arch in archs for key in found[arch]))
    head = "| figure |" + "".join(f" {ARCHS[arch]}: worst | goal | min / median / 99.9 % |" for arch in archs)
    lines = [head, "| --- |" + " ---: | ---: | --- |" * len(archs)]
    for key in order:
        row = "|".join(columns(found[arch].get(key)) for arch in archs)
        lines.append(f"| {texts[key]} |{row}|".replace("  |", " |"))
    return "\n".join(lines) + "\n"


def curve_table(group: str, tables: dict) -> str:
    """Each line of the curves of a group: least and largest worst value over all its points."""
    found: dict = {}
    for arch in ARCHS:
        for row in tables[arch].group(group):
            name = row.key.partition(":")[0]
            line = found.setdefault((row.text.rsplit(", ", 1)[0], name), {})
            line.setdefault(arch, []).append(row.highest)
    axes = [curve for curve in CURVES if curve.group == group]
    lines = ["| figure | over | " + " | ".join(ARCHS.values()) + " |", "| --- | --- |" + " ---: |" * len(ARCHS)]
    for curve in axes:
        for (text, name), values in found.items():
            if name == curve.name:
                spans = [span(values[arch]) if arch in values else "" for arch in ARCHS]
                lines.append(f"| {text} | {curve.axis} | " + " | ".join(spans) + " |")
    return "\n".join(lines) + "\n"


def span(values: list) -> str:
    low, high = min(values), max(values)
    return shown(low) if low == high else f"{shown(low)} to {shown(high)}"


def facts_table(tables: dict) -> str:
    names = list(dict.fromkeys(name for one in tables.values() for name in one.facts))
    lines = ["| measured with | " + " | ".join(ARCHS.values()) + " |", "| --- |" + " --- |" * len(ARCHS)]
    for name in names:
        lines.append(f"| {name} | " + " | ".join(tables[arch].facts.get(name, "") for arch in ARCHS) + " |")
    return "\n".join(lines) + "\n"


def page(tables: dict) -> str:
    """`tables`: architecture: table.Table."""
    text = HEAD + facts_table(tables)
    for name, (title, method) in METHODS.items():
        command = f"make bench BENCH_ARGS='--only {name}'"
        text += f"\n## {title}\n\n    {command}\n\n{method}\n\n"
        curves = [curve for curve in CURVES if curve.group == name]
        text += "".join(f"![{one.title}](performance-{one.name}.svg)\n" for one in curves)
        text += "\n" if curves else ""
        text += (curve_table if any(one.flat for one in curves) else group_table)(name, tables)
    return text


def read_tables(folder) -> dict:
    return {arch: table.read(folder / f"performance-{arch}.csv") for arch in ARCHS}
