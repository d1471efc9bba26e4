# SPDX-License-Identifier: Apache-2.0
"""The committed figures: measured again and compared, complete, and what the page shows. What takes long is
marked so; what is quick runs in `make test`."""
import sys

import boot
import pytest

sys.path.insert(0, str(boot.ROOT / "tests" / "bench"))
import bench  # noqa: E402
import growth  # noqa: E402
import methods  # noqa: E402
import report  # noqa: E402
import table  # noqa: E402

DOCUMENTS = boot.ROOT / "documentation"
LONG = ("slots", "ways", "growth")
HINT = "if it is meant: make bench{arch} BENCH_ARGS='--only {group}', then commit documentation/performance*"


def group_marks():
    for name in bench.GROUPS:
        yield pytest.param(name, marks=[pytest.mark.long] if name in LONG else [])


def refuse(arch: str, group: str, lines: list) -> None:
    """Fails with the lines, if there are any, and with what to do."""
    hint = HINT.format(arch=" ARCH=aarch64" if arch == "aarch64" else "", group=group)
    if lines:
        pytest.fail("\n".join([f"{arch}: median / 99.9 % / worst", *lines, hint]), pytrace=False)


def judged(rows: list, group: str, old: dict, new: dict) -> list:
    """Without what another second compiler made."""
    if group == "size" and old.get("second compiler") != new["second compiler"]:
        return [row for row in rows if not row.key.startswith("llvm_")]
    return rows


@boot.both
@pytest.mark.parametrize("group", group_marks())
def test_no_figure_became_worse(group, arch, capsys):
    one = bench.bench_of(boot.build_folder(arch))
    committed, facts = report.read_tables(DOCUMENTS)[arch], bench.facts_of(one)
    groups = bench.measure(one, [group])
    skipped = [f"{figure.key}: {figure.missing}" for figure in groups.get(group, []) if figure.verdict == "MISSING"]
    old = judged(committed.group(group), group, committed.facts, facts)
    new = judged(bench.rows_of(groups).get(group, []), group, committed.facts, facts)
    lines = table.compare(old, new)
    if not committed.same_tools(facts):
        with capsys.disabled():
            print("\n" + "\n".join([f"{arch} {group}: other tools than {committed.facts}, for information:", *lines]))
        return
    refuse(arch, group, lines + skipped)


def test_page_and_curves_are_those_of_the_committed_figures():
    stale = [
        name
        for name, text in bench.documents(report.read_tables(DOCUMENTS)).items()
        if not (DOCUMENTS / name).exists() or (DOCUMENTS / name).read_text() != text
    ]
    assert not stale, f"{stale}: make bench-page writes them"


STEADY = 6  # instructions; what a loop over what grows would cost is many times that


@boot.both
def test_hot_paths_do_not_grow_with_the_system(arch):
    lines: dict = {}
    for row in report.read_tables(DOCUMENTS)[arch].group("growth"):
        axis, number, path = row.key.split(":")
        lines.setdefault((axis, path), {})[int(number)] = row
    assert {axis: max(map(len, (v for k, v in lines.items() if k[0] == axis))) for axis, _ in lines} == {
        axis: len(numbers) for axis, numbers in growth.AXES.items()
    }
    grown = [
        f"{key}: {[(number, row.lowest, row.highest) for number, row in sorted(line.items())]}"
        for key, line in lines.items()
        if max(row.highest for row in line.values()) - min(row.lowest for row in line.values()) > STEADY
    ]
    assert not grown, "\n".join(["", *grown])


@boot.both
def test_the_largest_systems_cost_what_the_file_says(arch):
    """The curves' last points in each run of the tests; all of them are measured by the long tests."""
    one = bench.bench_of(boot.build_folder(arch))
    committed, facts = report.read_tables(DOCUMENTS)[arch], bench.facts_of(one)
    new = bench.rows_of({"growth": growth.measure_growth(one, ends=True)})["growth"]
    old = [row for row in committed.group("growth") if row.key in {one.key for one in new}]
    assert len(new) == len(growth.AXES) * len(growth.PATHS)
    refuse(arch, "growth", table.compare(old, new) if committed.same_tools(facts) else [])


@boot.both
def test_every_group_is_on_the_page(arch):
    assert set(bench.GROUPS) == set(methods.METHODS)
    assert {row.group for row in report.read_tables(DOCUMENTS)[arch].rows} <= set(bench.GROUPS)


@boot.both
def test_every_call_that_is_described_has_its_figures(arch):
    """Also with another compiler, where no figure is judged."""
    keys = {row.key for row in report.read_tables(DOCUMENTS)[arch].rows if row.group == "hypercalls"}
    wanted = set()
    for call in bench.hypercalls.described("hypercalls")["call"]:
        if arch in call.get("arch", [arch]) and call["name"] != "reset_system":
            wanted |= {f"{call['name']}:valid"} if not call["name"].endswith("_object") else set()
    assert wanted and not wanted - keys
