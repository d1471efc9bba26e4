# SPDX-License-Identifier: Apache-2.0
"""The core's size, from the very file that is measured. bench.py calls it."""
import hashlib
import pathlib
import re
import subprocess

from figures import Figure

CODE = (".text", ".rodata", ".prtos_hdr", ".build_info")
DATA = (".boot_record", ".data", ".bss", ".root")


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


def stack_depth(core: pathlib.Path) -> Figure:
    """As the build found it in the compiler's call graphs; the goal is half of the stack."""
    depth = core.parent / "core" / "release" / "stack.txt"
    offsets = core.parent / "core" / "release" / "asm_offsets.h"
    stack = int(re.search(r"CPU_STACK_BYTES (\d+)", offsets.read_text())[1])
    figure = Figure("core_stack", f"core: deepest stack, of {stack} bytes", [], stack // 2, "bytes")
    figure.samples = [int(depth.read_text().split()[0])]
    return figure


def measure(core: pathlib.Path) -> tuple:
    """(figures, rows of the table of the core's sizes)."""
    size = sections(core)
    code = sum(size.get(name, 0) for name in CODE)
    data = sum(size.get(name, 0) for name in DATA)
    figures = [
        Figure("core_code", "core: code and constants", [code], 64 * 1024, "bytes"),
        Figure("core_data", "core: data that is written", [data], 16 * 1024, "bytes"),
        stack_depth(core),
    ]
    rows = [(name, size[name]) for name in CODE + DATA if name in size]
    rows += [(f"of it: {name}", count) for count, name in boot_areas(core)]
    rows += [(f"of it: {name}", count) for count, name in largest(core, "bBdD", 4)]
    return figures, rows


def identity(path: pathlib.Path) -> str:
    data = path.read_bytes()
    return f"{hashlib.sha256(data).hexdigest()[:16]}, {len(data)} bytes"


def compiler(core: pathlib.Path) -> str:
    """As the build wrote it into the core."""
    found = re.search(rb"compiler=([^\n]*)", core.read_bytes())
    return found[1].decode() if found else "unknown"
