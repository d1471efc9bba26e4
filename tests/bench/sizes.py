# SPDX-License-Identifier: Apache-2.0
"""The core's footprint by the options of the build, and its deepest stacks, from the very files that the
build made. bench.py calls measure_sizes() and measure_stacks()."""
import pathlib
import re
import subprocess

from figures import Bench, Figure

CODE = (".text", ".rodata", ".prtos_hdr", ".build_info")
PARTS = {
    "text": ("text", (".text",)),
    "rodata": ("constants", (".rodata", ".prtos_hdr", ".build_info")),
    "code": ("code and constants", CODE),
    "data": ("data", (".boot_record", ".data")),
    "bss": ("bss", (".bss", ".root")),
    "written": ("all that is written", (".boot_record", ".data", ".bss", ".root")),
}
GOALS = {"release_code": 64 * 1024, "release_written": 16 * 1024}
# Option: (what the folder's name ends with, what is said of it)
VARIANTS = {"release": ("", "release"), "debug": ("-debug", "`DEBUG=1`"), "llvm": ("-llvm", "`LLVM=1`")}


def sections(core: pathlib.Path) -> dict:
    """Bytes of each section that is loaded."""
    listing = subprocess.run(["size", "-A", core], check=True, capture_output=True, text=True).stdout
    rows = [line.split() for line in listing.splitlines()]
    return {r[0]: int(r[1]) for r in rows if len(r) == 3 and r[0].startswith(".")}


def largest(core: pathlib.Path, kinds: str, number: int) -> list:
    """(bytes, symbol) of the largest ones."""
    listing = subprocess.run(["nm", "-S", core], check=True, capture_output=True, text=True).stdout
    rows = [line.split() for line in listing.splitlines()]
    found = [(int(r[1], 16), r[3]) for r in rows if len(r) == 4 and r[2] in kinds]
    return sorted(found, key=lambda one: (-one[0], one[1]))[:number]


def boot_areas(core: pathlib.Path) -> list:
    """The root page table and the boot stack have no sizes of their own."""
    listing = subprocess.run(["nm", core], check=True, capture_output=True, text=True).stdout
    address = {r[2]: int(r[0], 16) for r in map(str.split, listing.splitlines()) if len(r) == 3}
    if "hv_root" not in address:
        return []
    root, top = address["hv_root"], address["boot_stack_top"]
    return [(4096, "hv_root (page directory)"), (top - root - 4096, "boot stack")]


def core_of(bench: Bench, variant: str) -> pathlib.Path:
    build = bench.build
    return build.with_name(build.name + VARIANTS[variant][0]) / "prtos_core"


def depths(core: pathlib.Path, variant: str) -> dict:
    """{function that is entered from outside: deepest stack}, as the build found it; clang writes no call graphs."""
    path = core.parent / "core" / variant / "stack.txt"
    found: dict = {}
    for size, entry, *_ in map(str.split, path.read_text().splitlines() if path.exists() else []):
        found[entry] = max(int(size), found.get(entry, 0))  # two static functions may share a name
    return found


def measure_sizes(bench: Bench) -> list:
    figures = []
    for variant, (_, said) in VARIANTS.items():
        core = core_of(bench, variant)
        size = sections(core) if core.exists() else {}
        for part, (text, names) in PARTS.items():
            key = f"{variant}_{part}"
            figure = Figure(key, f"{said}: {text}", [], GOALS.get(key), "bytes")
            if size:
                figure.samples = [sum(size.get(name, 0) for name in names)]
            else:
                figure.missing = f"skipped: {core} was not built"
            figures.append(figure)
        depth = depths(core, variant)
        if depth:
            figures.append(Figure(f"{variant}_stack", f"{said}: deepest stack", [max(depth.values())], None, "bytes"))
    core = core_of(bench, "release")
    for count, name in boot_areas(core) + largest(core, "bBdD", 4):
        figures.append(Figure(f"of_{name.split()[0]}", f"largest data: {name}", [count], None, "bytes"))
    return figures


def measure_stacks(bench: Bench) -> list:
    """By the way into the core; the goal is half of the stack."""
    offsets = bench.build / "core" / "release" / "asm_offsets.h"
    stack = int(re.search(r"CPU_STACK_BYTES (\d+)", offsets.read_text())[1])
    depth = depths(core_of(bench, "release"), "release")
    figures = [Figure("deepest", f"the deepest of all, of {stack} bytes", [max(depth.values())], stack // 2, "bytes")]
    for entry in sorted(depth, key=lambda name: (-depth[name], name)):
        figures.append(Figure(entry, f"`{entry}`", [depth[entry]], stack // 2, "bytes"))
    return figures


def compiler(core: pathlib.Path) -> str:
    """As the build wrote it into the core."""
    found = re.search(rb"compiler=([^\n]*)", core.read_bytes()) if core.exists() else None
    return found[1].decode() if found else "none"


def facts(bench: Bench) -> dict:
    return {"compiler": compiler(core_of(bench, "release")), "second compiler": compiler(core_of(bench, "llvm"))}
