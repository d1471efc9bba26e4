# SPDX-License-Identifier: Apache-2.0
"""The committed figures, documentation/performance-<arch>.csv: read, written, compared with figures
that were measured now. The page and the curves are made from it; nothing here measures.

A line `# what: value` of the head for each fact about the measurement, then one row for each figure.
"""
import csv
import dataclasses
import io
import math
import pathlib

COLUMNS = ("group", "key", "figure", "unit", "n", "min", "median", "p99.9", "max", "goal", "note")
# With the same values of these a figure may not become worse; another compiler counts differently.
DECIDING = ("emulator", "compiler")
STATISTICS = ("median", "p999", "highest")
SLACK = 1.02
COUNT = 1  # two readings of a converted clock differ by so much
# A figure with this note catches something at work at places that any change moves: only its goal is judged.
SAMPLED = "sampled"


@dataclasses.dataclass(frozen=True)
class Row:
    """One figure."""

    group: str
    key: str
    text: str
    unit: str
    n: int
    lowest: int
    median: int
    p999: int
    highest: int
    goal: int | None
    note: str = ""

    @property
    def over(self) -> bool:
        return self.goal is not None and self.highest > self.goal


@dataclasses.dataclass
class Table:
    facts: dict  # what: value
    rows: list

    def group(self, name: str) -> list:
        return [row for row in self.rows if row.group == name]

    def same_tools(self, facts: dict) -> bool:
        return all(self.facts.get(name) == facts.get(name) for name in DECIDING)


def rank(samples: list, share: float) -> int:
    """Nearest rank: the least sample that so large a share does not exceed."""
    return sorted(samples)[max(math.ceil(share * len(samples)), 1) - 1]


def row_of(group: str, figure) -> Row:
    """Of a figure with samples (figures.Figure)."""
    samples = figure.samples
    return Row(
        group, figure.key, figure.text, figure.unit, len(samples), min(samples), rank(samples, 0.5),
        rank(samples, 0.999), max(samples), figure.goal, figure.note,
    )  # fmt: skip


def written(table: Table) -> str:
    out = io.StringIO()
    for name, value in table.facts.items():
        out.write(f"# {name}: {value}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in table.rows:
        fields = dataclasses.astuple(row)
        writer.writerow(["" if field is None else field for field in fields])
    return out.getvalue()


def read(path: pathlib.Path) -> Table:
    """An absent file holds nothing."""
    if not path.exists():
        return Table({}, [])
    lines = path.read_text().splitlines()
    facts = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    rows = []
    for fields in list(csv.reader(line for line in lines if not line.startswith("# ")))[1:]:
        numbers = [int(field) for field in fields[4:9]]
        goal = int(fields[9]) if fields[9] else None
        rows.append(Row(*fields[:4], *numbers, goal, fields[10]))
    return Table(facts, rows)


def worse(old: Row, new: Row) -> bool:
    """By more than 2 % in what half, 99.9 % or all of the samples keep, or now over its goal."""
    for name in () if new.note == SAMPLED else STATISTICS:
        before, now = getattr(old, name), getattr(new, name)
        if now > before * SLACK and now - before > COUNT:
            return True
    return new.over and not old.over


def shown(row: Row) -> str:
    return f"{row.median} / {row.p999} / {row.highest}"


def compare(old: list, new: list) -> list:
    """A line for each figure that is worse or that only one of both has."""
    before = {(row.group, row.key): row for row in old}
    after = {(row.group, row.key): row for row in new}
    lines = []
    for key, row in after.items():
        if key not in before:
            lines.append(f"{row.group} {row.key}: not in the table, now {shown(row)}")
        elif worse(before[key], row):
            goal = "" if row.goal is None else f", goal {row.goal}"
            lines.append(
                f"{row.group} {row.key}: {shown(before[key])} became {shown(row)} {row.unit}{goal} ({row.text})"
            )
    lines += [f"{row.group} {row.key}: was not measured" for key, row in before.items() if key not in after]
    return lines


def updated(table: Table, facts: dict, groups: dict, order: list) -> Table:
    """With the rows of these groups (name: rows) instead of those it has."""
    kept = [row for row in table.rows if row.group not in groups]
    rows = kept + [row for found in groups.values() for row in found]
    return Table(facts, sorted(rows, key=lambda row: order.index(row.group)))
