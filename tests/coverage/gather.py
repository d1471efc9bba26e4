#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Which instructions of the shipped core the tests execute: runs a part of the tests with a plugin in
each QEMU that boots that very core, merges what they saw and writes documentation/coverage.md.

What is not executed has its reason in reasons.toml, by file and function; a reason for what is
executed, and code without a reason, are told at the end. Called by `make object-coverage`.
Exit codes: 0 goals met and reasons current, 1 wrong usage, 2 not.
"""
import argparse
import collections
import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
TESTS = """tests/system/test_conform.py tests/system/test_audit.py tests/system/test_emergency.py
tests/system/test_fpu.py tests/system/test_health.py tests/system/test_ioports.py
tests/system/test_lines.py tests/system/test_machines.py tests/system/test_registers.py
tests/system/test_restart.py tests/system/test_smp.py tests/system/test_stage1.py
tests/system/test_start.py tests/system/test_transcripts.py tests/system/test_vgic.py
tests/system/test_soak.py tests/system/test_boot.py tests/hostile tests/bail tests/isolation
tests/command/test_records.py""".split()
TOOLS = {"x86": "", "aarch64": "aarch64-linux-gnu-"}
GOALS = {"decode and checks": 100.0, "the core": 95.0}
CHECKS = re.compile(r"core/conf/verify|hypercall_table|core/kernel/(calls_|guestmem)|core/arch/\w+/calls")
INSTRUCTION = re.compile(r"^ *([0-9a-f]+):\t")
FUNCTION = re.compile(r"^([0-9a-f]+) <([^>]+)>:$")
LINE = re.compile(r"^(?:\S*/)?((?:core|build)/\S+):(\d+)")


@dataclasses.dataclass
class Code:
    """An instruction: where it comes from, whether it was executed."""

    address: int
    file: str
    function: str
    line: int
    hit: bool = False


def listing(core: pathlib.Path, arch: str) -> list:
    """All instructions of a core by its debug information."""
    command = [TOOLS[arch] + "objdump", "-d", "-l", "--no-show-raw-insn", "-j", ".text", str(core)]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    code, function, file, line = [], "", "", 0
    for row in text.splitlines():
        if match := FUNCTION.match(row):
            function, file, line = match[2], "", 0
        elif match := LINE.match(row.removeprefix(f"{ROOT}/").removeprefix("./")):
            file, line = match[1], int(match[2])
        elif (match := INSTRUCTION.match(row)) and "\t.word" not in row and "(bad)" not in row:
            if re.search(r"\t(nop|xchg +%ax,%ax|udf)\b", row) and "nopl   (%eax)" not in row:
                continue  # fills up to a boundary
            code.append(Code(int(match[1], 16), file, function, line))
    return code


def run_tests(arch: str, build: pathlib.Path, plugin: pathlib.Path, out: pathlib.Path, jobs: int, words: list):
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    environment = {
        **os.environ, "PRTOS_BUILD": str(build), "ARCH": "x86", "ARCHS": arch,
        "PRTOS_COVERAGE": f"{plugin}:{out}", "PYTHONPYCACHEPREFIX": str(ROOT / "build/pycache"),
    }  # fmt: skip
    command = [sys.executable, "-m", "pytest", "-q", "-n", str(jobs), "--dist=load"]
    command += ["-p", "no:cacheprovider", "-m", "not long", "-k", "not fault", *TESTS, *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    print(f"  {arch}: {done.stdout.splitlines()[-1]}", flush=True)


def merged(out: pathlib.Path) -> set:
    seen = set()
    for path in out.iterdir():
        seen |= {int(word, 16) for word in path.read_text().split()}
    return seen


def reasons(arch: str) -> list:
    table = tomllib.loads((pathlib.Path(__file__).parent / "reasons.toml").read_text()).get("reason", [])
    return [row for row in table if row.get("arch", arch) == arch]


def share(code: list) -> str:
    hit = sum(each.hit for each in code)
    return f"{100 * hit / len(code):.1f}" if code else "100.0"


def table_of_files(code: list) -> list:
    files = collections.defaultdict(list)
    for each in code:
        files[each.file or "assembler"].append(each)
    rows = ["| file | instructions | executed, % |", "| --- | ---: | ---: |"]
    for name, part in sorted(files.items()):
        rows.append(f"| `{name}` | {len(part)} | {share(part)} |")
    return rows


def missing(code: list, arch: str) -> tuple:
    """(rows of what was not executed, functions without a reason, reasons without need)."""
    places = collections.defaultdict(list)
    for each in code:
        if not each.hit:
            places[each.function].append(each)
    rows = ["| function | instructions | lines | reason |", "| --- | ---: | --- | --- |"]
    bare, used = [], set()
    for function, part in sorted(places.items()):
        lines = sorted({f"{pathlib.PurePath(each.file).name}:{each.line}" for each in part if each.file})
        found = [row for row in reasons(arch) if re.fullmatch(row["function"], function)]
        used |= {row["function"] for row in found}
        text = found[0]["reason"] if found else "no test reaches it"
        if not found:
            bare.append(function)
        rows.append(f"| `{function}` | {len(part)} | {', '.join(lines)} | {text} |")
    idle = [row["function"] for row in reasons(arch) if row["function"] not in used]
    return rows, bare, idle


def measure(arch: str, build: pathlib.Path, out: pathlib.Path) -> tuple:
    code = listing(build / "prtos_core", arch)
    seen = merged(out)
    low, high = min(each.address for each in code), max(each.address for each in code)
    if arch == "x86":  # before its page tables are in force the core runs where it was loaded
        seen |= {address - 0x1000000 + low for address in seen if address < low}
    for each in code:
        each.hit = each.address in seen
    unknown = sum(low <= address <= high for address in seen) - sum(each.hit for each in code)
    groups = {"decode and checks": [each for each in code if CHECKS.search(each.file)], "the core": code}
    rows, bare, idle = missing(code, arch)
    page = [f"## {'x86' if arch == 'x86' else 'AArch64'}", ""]
    page += ["| part | instructions | executed, % | goal, % |", "| --- | ---: | ---: | ---: |"]
    for name, part in groups.items():
        page.append(f"| {name} | {len(part)} | {share(part)} | {GOALS[name]:.0f} |")
    page += ["", *table_of_files(code), "", "Not executed:", "", *rows, ""]
    reached = all(float(share(part)) >= GOALS[name] for name, part in groups.items())
    shares = ", ".join(f"{name} {share(part)} %" for name, part in groups.items())
    print(f"  {arch}: {shares}; {len(bare)} functions without a reason, {unknown} addresses unknown")
    for name in idle:
        print(f"  {arch}: all of {name} is executed, its reason can go")
    return page, reached and not idle


HEAD = """<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- Written by `make object-coverage`; what is changed by hand is lost. -->
# Object code that the tests execute

Instructions of the core as it is shipped, release build of gcc, seen by a plugin of QEMU in the
boots of the tests in `tests/coverage/gather.py`. *Decode and checks* are the generated decoder,
the handlers of calls, the access to guests' memory and the verification of configurations. Lines
are those of the debug information; what stands under *not executed* has its reason from
`tests/coverage/reasons.toml`.

    make object-coverage
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True, help="build folder (build/x86)")
    parser.add_argument("--plugin", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder for what the runs saw")
    parser.add_argument("--document", type=pathlib.Path, required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help="run nothing, take what is there")
    parser.add_argument("--archs", default="x86 aarch64")
    options = parser.parse_args()
    page, good = [HEAD], True
    for arch in options.archs.split():
        out = (options.out / arch).absolute()
        if not options.keep:
            run_tests(arch, options.build, options.plugin.absolute(), out, options.jobs, [])
        part, reached = measure(arch, options.build.with_name(arch), out)
        page += part
        good &= reached
    options.document.write_text("\n".join(page))
    return 0 if good else 2


if __name__ == "__main__":
    sys.exit(main())
