#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Measures what PRTOS costs, in counted instructions under QEMU, prints a table and writes the figures,
documentation/performance-<arch>.csv, with the page and the curves that are made from them. Run by
`make bench`, which builds what is measured.

Exit codes: 0 everything was measured (over its goal or not), 1 wrong usage, 2 something could not be.
"""
import argparse
import collections
import os
import pathlib
import shutil
import subprocess
import sys
import time

import curves
import events
import figures
import growth
import hypercalls
import lab
import methods
import report
import rtos
import sizes
import table
import ways

ROOT = pathlib.Path(__file__).resolve().parents[2]
GROUPS = {
    "calls": figures.measure_calls,
    "ports": figures.measure_ports,
    "hypercalls": hypercalls.measure_hypercalls,
    "switch": figures.measure_switch,
    "timer": figures.measure_timer,
    "events": events.measure_events,
    "slots": figures.measure_slots,
    "boot": figures.measure_boot,
    "growth": growth.measure_growth,
    "rtos": rtos.measure_rtos,
    "ways": ways.measure_ways,
    "stack": sizes.measure_stacks,
    "size": sizes.measure_sizes,
}


class Parser(argparse.ArgumentParser):
    def error(self, message: str):
        self.print_usage(sys.stderr)
        self.exit(1, f"bench: {message}\n")


def parse() -> argparse.Namespace:
    parser = Parser(
        prog="bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--build", type=pathlib.Path, help="build folder (build/x86); without it nothing is measured")
    parser.add_argument("--documents", type=pathlib.Path, help="write the figures, the page and the curves there")
    parser.add_argument("--only", action="append", choices=list(GROUPS), metavar="GROUP",
                        help="only this group; the other figures stay as they are")  # fmt: skip
    parser.add_argument("--build-time", action="store_true", help="also time a build from clean")
    return parser.parse_args()


def write_profile(bench: figures.Bench, folder: pathlib.Path, figure) -> None:
    """Where the instructions of a figure over its goal go."""
    name, program, begin, end = figure.profile
    system = bench.system(name)
    address = system.programs[program].address
    if begin == "timer":
        start = lab.run(system).timer_entry
        if start is None:
            return
        stop = address[end] if end else None
    else:
        start, stop = (address[f"bench_at_{point}"] for point in (begin, end))
    run = lab.run(system, bench.probe(windows=[(start, stop)], limit=0, partial=True))
    lines = [f"{hits:10.1f}  {function}" for hits, function in run.profile()]
    path = folder / f"profile-{figure.key}.txt"
    head = f"# {figure.text}: instructions by function, mean of {run.windows} times\n"
    path.write_text(head + "\n".join(lines) + "\n")
    print(f"\n{figure.text}: {figure.value}, goal {figure.goal} ({os.path.relpath(path)})")
    print("\n".join(lines[:14]))


def write_profiles(bench: figures.Bench, folder: pathlib.Path, found: list) -> None:
    """One for each path, of the first figure that is over."""
    done = set()
    for figure in found:
        if figure.verdict == "OVER" and figure.profile and figure.profile not in done:
            done.add(figure.profile)
            write_profile(bench, folder, figure)


def build_seconds() -> float:
    """Everything, in a folder of its own."""
    folder = ROOT / "build" / "time"
    shutil.rmtree(folder, ignore_errors=True)
    clean = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    began = time.monotonic()
    command = ["make", "DEPS=no", "O=build/time/x86", "H=build/time/host", "all"]
    subprocess.run(command, cwd=ROOT, env=clean, check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - began
    shutil.rmtree(folder, ignore_errors=True)
    return seconds


def bench_of(build: pathlib.Path) -> figures.Bench:
    plugin = build / "bench" / "count.so"
    return figures.Bench(build, plugin if plugin.exists() else None)


def facts_of(bench: figures.Bench) -> dict:
    board = lab.qemu.BOARDS[bench.arch]
    command = [board.program, "--version"]
    version = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]
    machine = f"{lab.LAYOUTS[bench.arch].cpu}, {board.memory} MB"
    return {"emulator": version, "machine": machine, **sizes.facts(bench)}


def measure(bench: figures.Bench, names: list) -> dict:
    """{group: figures}"""
    return {name: GROUPS[name](bench) for name in names}


def rows_of(groups: dict) -> dict:
    """What was measured of each group."""
    return {
        name: [table.row_of(name, figure) for figure in found if not figure.missing]
        for name, found in groups.items()
    }


def write_documents(folder: pathlib.Path, written: dict) -> None:
    """What changed, all at once."""
    for name, text in written.items():
        path = folder / name
        if not path.exists() or path.read_text() != text:
            path.write_text(text)


def documents(tables: dict) -> dict:
    """{file: text}: everything that is made from the figures."""
    drawn = {f"performance-{curve.name}.svg": curves.draw(curve, tables) for curve in methods.CURVES}
    return {"performance.md": report.page(tables), **drawn}


def update(folder: pathlib.Path, bench: figures.Bench, groups: dict, only: list | None) -> None:
    tables = report.read_tables(folder)
    facts = facts_of(bench)
    if only and not tables[bench.arch].same_tools(facts):
        raise lab.Unmeasured("another compiler or QEMU made the other figures: measure all, without --only")
    old = tables[bench.arch] if only else table.Table({}, [])
    new = table.updated(old, facts, rows_of(groups), list(methods.METHODS))
    worse = [line for line in table.compare(tables[bench.arch].rows, new.rows) if " became " in line]
    print("\n" + "\n".join(worse or ["bench: no figure became worse"]))
    tables[bench.arch] = new
    write_documents(folder, {f"performance-{bench.arch}.csv": table.written(new), **documents(tables)})


def run(options: argparse.Namespace) -> int:
    bench = bench_of(options.build.resolve())
    if not bench.plugin:
        print("bench: no plugin: what only it can count is missing", file=sys.stderr)
    groups = {}
    for name in options.only or GROUPS:
        groups |= measure(bench, [name])
        if name in groups:
            report.print_table(methods.METHODS[name][0], groups[name])
    found = [figure for group in groups.values() for figure in group]
    if bench.plugin:
        write_profiles(bench, bench.build / "bench", found)
    if options.build_time:
        print(f"\nmake from clean: {build_seconds():.0f} s of wall time (for information; aim 60)")
    code = summary(found)
    if options.documents and not code:
        update(options.documents, bench, groups, options.only)
    return code


def main() -> int:
    options = parse()
    try:
        if options.build:
            return run(options)
        write_documents(options.documents, documents(report.read_tables(options.documents)))
        return 0
    except (lab.Unmeasured, lab.qemu.Refused, OSError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2


def summary(found: list) -> int:
    count = collections.Counter(figure.verdict for figure in found)
    words = [f"{count[word]} {word}" for word in ("ok", "OVER", "absent", "skipped", "MISSING")]
    print("\nbench: " + ", ".join(words))
    return 2 if count["MISSING"] else 0


if __name__ == "__main__":
    sys.exit(main())
