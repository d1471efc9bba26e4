#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Measures what PRTOS costs, in counted instructions under QEMU, prints a table and writes
the document that is asked for. Run by `make bench`, which builds what is measured.

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

import figures
import lab
import report
import rtos
import sizes
import ways

ROOT = pathlib.Path(__file__).resolve().parents[2]
GROUPS = {
    "calls": figures.measure_calls,
    "switch": figures.measure_switch,
    "timer": figures.measure_timer,
    "slots": figures.measure_slots,
    "boot": figures.measure_boot,
    "rtos": rtos.measure_rtos,
}


class Parser(argparse.ArgumentParser):
    def error(self, message: str):
        self.print_usage(sys.stderr)
        self.exit(1, f"bench: {message}\n")


def parse() -> argparse.Namespace:
    parser = Parser(
        prog="bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--build", type=pathlib.Path, required=True, help="build folder (build/x86)")
    parser.add_argument("--document", type=pathlib.Path, help="write this file")
    parser.add_argument("--only", action="append", choices=[*GROUPS, "ways", "size"], metavar="GROUP",
                        help="only this group; the document is not written")  # fmt: skip
    parser.add_argument("--build-time", action="store_true", help="also time a build from clean")
    return parser.parse_args()


def write_ways(folder: pathlib.Path, found: list) -> None:
    """All of them with their trails; the worst on the terminal."""
    lines = ["# Longest pieces with interrupts off, by what was called: function@instructions since"]
    for way in found:
        lines += [f"\n{way.length} {way.name} in {way.system}"]
        lines += [f"  {offset:6} {function}" for offset, function in way.trail]
    path = folder / "stretches.txt"
    path.write_text("\n".join(lines) + "\n")
    print(f"\nLongest pieces with interrupts off (their trails: {os.path.relpath(path)})")
    for way in found[:12]:
        print(f"  {way.length:6}  {way.name} in {way.system}")


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


def qemu_version(board: lab.qemu.Board) -> str:
    command = [board.program, "--version"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]


# How the words of an architecture differ in the document.
WORDS = {
    "x86": {"counter": "its time stamp counter", "reading": "`rdtsc`", "make": ""},
    "aarch64": {
        "counter": "its counter, which has 1 GHz here",
        "reading": "reads of `CNTVCT_EL0`",
        "make": " ARCH=aarch64",
    },
}


def facts_of(bench: figures.Bench) -> list:
    build = bench.build
    core = build / "prtos_core"
    board = lab.qemu.BOARDS[bench.arch]
    return [
        ("emulator", qemu_version(board)),
        ("its processor", f"{lab.LAYOUTS[bench.arch].cpu}, 1 CPU, {board.memory} MB"),
        ("compiler", sizes.compiler(core)),
        ("core", f"`prtos_core.bin`, SHA-256 {sizes.identity(build / 'prtos_core.bin')}"),
    ]


def measure(bench: figures.Bench, only: list | None) -> dict:
    groups = {}
    for name, take in GROUPS.items():
        if (only and name not in only) or (name == "slots" and bench.arch != "x86"):
            continue
        groups[name] = take(bench)
        report.print_table(report.METHODS[name][0], groups[name])
    return groups


def measure_ways(bench: figures.Bench, groups: dict) -> list:
    groups["ways"], found = ways.measure(bench)
    report.print_table(report.METHODS["ways"][0], groups["ways"])
    if found:
        write_ways(bench.build / "bench", found)
    return found


def main() -> int:
    options = parse()
    build = options.build.resolve()
    plugin = build / "bench" / "count.so"
    bench = figures.Bench(build, plugin if plugin.exists() else None)
    if not bench.plugin:
        print("bench: no plugin: what only it can count is missing", file=sys.stderr)
    try:
        groups, found_ways = measure(bench, options.only), []
        if not options.only or "ways" in options.only:
            found_ways = measure_ways(bench, groups)
        core, rows = sizes.measure(build / "prtos_core")
        if not options.only or "size" in options.only:
            groups["size"] = core
            report.print_table(report.METHODS["size"][0], core)
        found = [figure for group in groups.values() for figure in group]
        if bench.plugin:
            write_profiles(bench, build / "bench", found)
        if options.build_time:
            print(f"\nmake from clean: {build_seconds():.0f} s of wall time (for information; aim 60)")
        if options.document and not options.only:
            words = {"empty": figures.empty_cost(bench), "code": " ".join(sizes.CODE),
                     "data": " ".join(sizes.DATA), "ways": ways.markdown(found_ways),
                     "arch": bench.arch, **WORDS[bench.arch]}  # fmt: skip
            report.write_document(options.document, groups, facts_of(bench), rows, words)
    except (lab.Unmeasured, lab.qemu.Refused, OSError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    return summary(found)


def summary(found: list) -> int:
    count = collections.Counter(figure.verdict for figure in found)
    words = [f"{count[word]} {word}" for word in ("ok", "OVER", "absent", "skipped", "MISSING")]
    print("\nbench: " + ", ".join(words))
    return 2 if count["MISSING"] else 0


if __name__ == "__main__":
    sys.exit(main())
