#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs test tiers, sums them up and closes with the line `N passed, N failed`.

The tier `unit` runs the cmocka programs of a folder, any other one pytest over tests/<tier>/. Each
writes JUnit files into the output folder; the sums are taken from those. Called by make.
Exit codes: 0 all passed, 1 wrong usage, 2 something failed or nothing ran.
"""
import argparse
import concurrent.futures
import pathlib
import shlex
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
UNIT_LIMIT = 300


class Sums:
    """Counts of test cases; an error counts as failed."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def add_case(self, case: xml.Element) -> None:
        kinds = {child.tag for child in case}
        if kinds & {"failure", "error"}:
            self.failed += 1
        elif "skipped" in kinds:
            self.skipped += 1
        else:
            self.passed += 1

    def add_file(self, path: pathlib.Path) -> bool:
        """False if the file is absent, torn or holds no case."""
        try:
            cases = list(xml.parse(path).iter("testcase"))
        except (OSError, xml.ParseError):
            return False
        for case in cases:
            self.add_case(case)
        return bool(cases)


def run_unit(program: pathlib.Path, out: pathlib.Path) -> tuple:
    """One cmocka program: (its sums, what to show if it failed)."""
    report = out / f"{program.name}.xml"
    report.unlink(missing_ok=True)
    env = {"CMOCKA_MESSAGE_OUTPUT": "xml", "CMOCKA_XML_FILE": str(report), "PATH": "/usr/bin:/bin"}
    sums = Sums()
    try:
        done = subprocess.run(
            [program], env=env, cwd=ROOT, capture_output=True, text=True, timeout=UNIT_LIMIT
        )
        code, output = done.returncode, done.stdout + done.stderr
    except subprocess.TimeoutExpired:
        code, output = -1, f"stopped after {UNIT_LIMIT} s"
    complete = sums.add_file(report)
    if code != 0 and not sums.failed:
        sums.failed += 1  # a sanitizer or a signal ended it
    if code == 0 and not complete:
        sums.failed += 1
        output += "no test case ran"
    if not sums.failed:
        return sums, ""
    text = report.read_text() if report.exists() else ""
    return sums, f"{program.name}: exit code {code}\n{output}\n{text}\nto repeat: {program}"


def run_units(folder: pathlib.Path, out: pathlib.Path, jobs: int, sums: Sums) -> None:
    names = sorted(path.stem for path in (ROOT / "tests" / "unit").glob("test_*.c"))
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        results = pool.map(lambda name: run_unit(folder / name, out), names)
        for name, (part, message) in zip(names, results):
            print(f"  unit {name}: {part.passed} passed, {part.failed} failed", flush=True)
            if message:
                print(message)
            sums.passed += part.passed
            sums.failed += part.failed
            sums.skipped += part.skipped


def run_pytest(tiers: list, out: pathlib.Path, options, sums: Sums) -> None:
    report = out / "pytest.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", str(options.jobs), "--dist=load"]
    command += [f"--junitxml={report}", "-o", f"cache_dir={out / 'cache'}", "--durations=5", "-ra"]
    # The last -m counts: `make test-long` gives its own.
    command += ["-m", "not long"] + shlex.split(options.pytest) + [f"tests/{tier}" for tier in tiers]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    before = sums.failed
    complete = sums.add_file(report)
    if not complete or (code not in (0, 1) and sums.failed == before):
        print(f"pytest ended with exit code {code}: {shlex.join(command)}")
        sums.failed += 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--unit", type=pathlib.Path, default="build/host/unit")
    parser.add_argument("--out", type=pathlib.Path, default="build/test")
    parser.add_argument("--pytest", default="", help="more words for pytest")
    parser.add_argument("tiers", nargs="+")
    options = parser.parse_args()
    began = time.monotonic()
    out = (ROOT / options.out).absolute()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    sums = Sums()
    if "unit" in options.tiers:
        run_units((ROOT / options.unit).absolute(), out, options.jobs, sums)
    others = [tier for tier in options.tiers if tier != "unit"]
    if others:
        run_pytest(others, out, options, sums)
    seconds = time.monotonic() - began
    print(f"tiers: {' '.join(options.tiers)}; {seconds:.0f} s; JUnit files: {options.out}")
    if sums.skipped:
        print(f"{sums.skipped} skipped (CI=true makes that a failure)")
    print(f"{sums.passed} passed, {sums.failed} failed", flush=True)
    return 2 if sums.failed or not sums.passed else 0


if __name__ == "__main__":
    sys.exit(main())
