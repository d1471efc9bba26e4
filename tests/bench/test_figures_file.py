# SPDX-License-Identifier: Apache-2.0
"""The table of committed figures: what comes back from the file, and what counts as worse."""
import dataclasses

import figures
import pytest
import table

FACTS = {"emulator": "QEMU 7", "compiler": "gcc 12", "machine": "qemu32"}


def row(values, goal=None, key="k", group="calls"):
    return table.row_of(group, figures.Figure(key, "a text, with a comma", list(values), goal))


def test_statistics_are_samples_by_nearest_rank():
    one = row(range(1, 2001))
    assert (one.n, one.lowest, one.median, one.p999, one.highest) == (2000, 1, 1000, 1998, 2000)
    assert row([7]).p999 == 7


def test_what_is_written_is_read(tmp_path):
    whole = table.Table(FACTS, [row([1, 2], goal=9), row([3], key="l", group="boot")])
    path = tmp_path / "figures.csv"
    path.write_text(table.written(whole))
    assert table.read(path) == whole
    assert table.read(tmp_path / "absent") == table.Table({}, [])


@pytest.mark.parametrize(
    "old, new, worse",
    [
        (1000, 1020, False), (1000, 1021, True), (1000, 900, False),
        (30, 31, False), (30, 32, True), (0, 1, False), (0, 2, True),
    ],
)  # fmt: skip
def test_worse_is_two_percent_and_more_than_one(old, new, worse):
    assert bool(table.compare([row([old])], [row([new])])) == worse


@pytest.mark.parametrize("statistic", ["median", "p999", "highest"])
def test_each_statistic_is_judged(statistic):
    before = row([100] * 2000)
    after = dataclasses.replace(before, **{statistic: 103})
    lines = table.compare([before], [after])
    assert len(lines) == 1 and "100 / 100 / 100 became" in lines[0] and "103" in lines[0]


def test_a_goal_that_is_no_longer_kept_is_worse():
    assert table.compare([row([229], goal=230)], [row([231], goal=230)])
    assert not table.compare([row([231], goal=230)], [row([232], goal=230)])


def test_what_is_sampled_is_judged_by_its_goal_alone():
    before, after, over = (dataclasses.replace(row([n], goal=1500), note=table.SAMPLED) for n in (500, 900, 1501))
    assert not table.compare([before], [after]) and table.compare([before], [over])


def test_rows_that_only_one_side_has_are_told():
    assert table.compare([row([1])], [row([1], key="l")]) == [
        "calls l: not in the table, now 1 / 1 / 1",
        "calls k: was not measured",
    ]


def test_tools_are_the_emulator_and_the_compiler():
    whole = table.Table(FACTS, [])
    assert whole.same_tools({**FACTS, "machine": "other"})
    assert not whole.same_tools({**FACTS, "compiler": "gcc 13"})
    assert not table.Table({}, []).same_tools(FACTS)


def test_one_group_is_updated_in_its_place():
    whole = table.Table({}, [row([1]), row([2], group="boot"), row([3], group="size")])
    new = table.updated(whole, FACTS, {"boot": [row([9], group="boot")]}, ["calls", "boot", "size"])
    assert [one.highest for one in new.rows] == [1, 9, 3] and new.facts == FACTS
