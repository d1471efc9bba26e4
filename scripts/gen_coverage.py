#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes documentation/abi/coverage.md (x86) and coverage-aarch64.md: each result of each call, by
core/abi, and the checks that show it, by a run of tests/system/conform. A result that nothing shows is
an error. ARCHS=<names>: only these.

Usage: gen_coverage.py     (`make coverage` calls it)
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import gen  # noqa: E402

sys.path.insert(0, str(gen.ROOT / "tests" / "lib"))
from boot import ARCHS, boot  # noqa: E402
from guests import build, shown  # noqa: E402

ABI = gen.ROOT / "documentation/abi"
COVERAGE = {"x86": ABI / "coverage.md", "aarch64": ABI / "coverage-aarch64.md"}
TITLES = {"x86": "x86", "aarch64": "AArch64"}
OPERATIONS = {"read": 11, "write": 12, "seek": 13, "ctrl": 14}
# Results of calls that do not come back: the test that sees what became of the caller.
ELSEWHERE = {
    ("halt_system", "OK"): ("tests/system/test_conform.py", "test_codes_and_effects"),
    ("reset_system", "OK"): ("tests/system/test_restart.py", "test_restarts"),
    ("iret", "OK"): ("tests/hostile/test_attacks.py", "test_attacks"),
}


def run(arch: str) -> dict:
    """{(call, result): checks}; a count is the result 0."""
    found: dict = {}
    result = boot(build("tests/system/conform", arch=arch), arch=arch, timeout=60)
    for (call, value), names in shown(result).items():
        found.setdefault((call, min(value, 0)), []).extend(names)
    return found


class Table:
    """Finds what shows a result."""

    def __init__(self, abi: dict, found: dict):
        self.value = {code["name"]: code["value"] for code in abi["errors"]["code"]}
        self.found = found
        self.holes: list = []

    def cell(self, call: str, result: str, elsewhere=None) -> str:
        """`call`: its number, with class and command behind it for objects."""
        value = self.value.get(result, 0)
        names = {
            name
            for (key, code), checks in self.found.items()
            if code == value and (key == call or key.startswith(call + "."))
            for name in checks
        }
        if names:
            return ", ".join(f"`{name}`" for name in sorted(names)[:2])
        if elsewhere:
            path, test = elsewhere
            if test in (gen.ROOT / path).read_text():
                return f"{path} `{test}`"
        self.holes.append(f"{call} {result}")
        return ""

    def call_rows(self, calls: list, arch: str) -> list:
        rows = []
        for call in calls:
            results = ["OK", *call.get("codes", [])]
            if call.get("state") == "later" or arch not in call.get("arch", [arch]):
                results = ["UNKNOWN_HYPERCALL"]
            for result in results:
                cell = self.shown_of_call(call, result)
                rows.append({"nr": call["nr"], "name": call["name"], "result": result, "shown": cell})
        return rows

    def shown_of_call(self, call: dict, result: str) -> str:
        return self.cell(str(call["nr"]), result, ELSEWHERE.get((call["name"], result)))

    def object_rows(self, classes: list) -> list:
        rows = []

        def add(one: dict, name: str, key: str, results: list):
            for result in results:
                row = {"class": one["name"], "name": name, "result": result}
                rows.append({**row, "shown": self.cell(key, result)})

        for one in classes:
            for name, nr in OPERATIONS.items():
                key = f"{nr}.{one['nr']}"
                if name not in one["ops"]:
                    add(one, name, key, ["OP_NOT_ALLOWED"])
                elif name != "ctrl":
                    add(one, name, key, ["OK", *one["codes"][name]])
            for command in one.get("command", []):
                key = f"14.{one['nr']}.{command['nr']}"
                add(one, one["prefix"] + command["name"], key, ["OK", *command["codes"]])
        return rows


def render(arch: str) -> tuple:
    """The text, and the results that nothing shows."""
    abi = gen.load_abi()
    table = Table(abi, run(arch))
    calls = table.call_rows(abi["hypercalls"]["call"], arch)
    objects = table.object_rows(abi["objects"]["class"])
    title = TITLES[arch]
    return gen.render("coverage.md.j2", arch=title, calls=calls, objects=objects), table.holes


def main() -> int:
    if len(sys.argv) > 1:
        print(__doc__)
        return 0 if sys.argv[1:] == ["--help"] else 1
    for arch in ARCHS:
        text, holes = render(arch)
        if holes:
            print(f"No check shows on {arch}: " + "; ".join(holes) + ".", file=sys.stderr)
            return 2
        gen.write(COVERAGE[arch], text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
