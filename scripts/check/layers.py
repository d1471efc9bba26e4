#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Who may include whom: holds every #include of C and assembly files against the table of rooms.

A file's room follows from its path, an include's from where the file stands that it finds: in the
includer's own folder, or on the include paths. What finds no file of the tree is generated (listed
below), a header of the compiler, or of the host's libraries.
"""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import tree  # noqa: E402

# First match wins. {isa} stands for one folder name.
ROOMS = (
    ("core/abi/", "abi"),
    ("core/lib/", "lib"),
    ("core/conf/", "conf"),
    ("core/kernel/", "kernel"),
    ("core/objects/", "objects"),
    ("core/include/hv/", "hv"),
    ("core/drivers/", "drivers"),
    ("core/debug/", "kernel"),
    ("core/release/", "kernel"),
    ("user/libprtos/", "libprtos"),
    ("user/bail/", "bail"),
    ("user/rtos/host/port.c", "unit"),  # for the host
    ("user/rtos/", "rtos"),
    ("user/apex/", "apex"),
    ("user/tools/", "tools"),
    ("partitions/", "partitions"),
    ("tests/unit/", "unit"),
    ("tests/fuzz/", "unit"),
    ("tests/bench/plugin/", "unit"),  # for the host
    ("tests/bench/offsets/", "unit"),  # of the core
    ("tests/", "guest-tests"),
)
ARCH = re.compile(r"core/arch/([^/]+)/")

MAY_INCLUDE = {
    "abi": {"abi"},
    "lib": {"lib", "abi"},
    "conf": {"conf", "lib", "abi"},
    "hv": {"hv", "hv-arch", "conf", "lib", "abi"},
    "kernel": {"kernel", "hv", "conf", "lib", "abi", "generated"},
    "objects": {"hv", "conf", "lib", "abi"},
    "arch": {"arch", "hv-arch", "hv", "conf", "lib", "abi", "generated"},
    "drivers": {"drivers", "hv", "hv-arch", "lib"},
    "libprtos": {"libprtos", "abi"},
    "bail": {"bail", "libprtos", "abi"},
    "rtos": {"rtos", "bail", "libprtos", "abi"},
    "apex": {"apex", "rtos", "libprtos", "abi"},
    "tools": {"tools", "conf", "lib", "abi", "generated", "host"},
    "partitions": {"partitions", "apex", "rtos", "bail", "libprtos", "abi"},
    "guest-tests": {"guest-tests", "apex", "rtos", "bail", "libprtos", "abi"},
    "unit": set(),  # empty: anything
}
# Headers of core/arch/<isa>/hv/ that are the architecture's half of include/hv: free for whoever
# may include hv. Others there (port input and output) are for hv, drivers and the architecture.
HV_TWINS = {"arch_types.h"}
# Of the compiler; the freestanding half of the tree takes nothing else in <>.
COMPILER = {"stdarg.h", "stddef.h", "stdint.h", "stdbool.h", "stdatomic.h", "stdalign.h", "cpuid.h"}
GENERATED = {"asm_offsets.h", "hypercall_table.h", "core_health_names.h"}
# Generated headers that guests see.
ABI_PREFIXES = ("prtos_inc/", "oracle_calls.h", "register_rows.h")
# A guest's folder; what its architectures have of their own is in folders below it.
GUEST = re.compile(r"(?:partitions/[^/]+|tests/[^/]+/[^/]+)/")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def room_of(path: str) -> tuple:
    """(room, architecture or "")."""
    arch = ARCH.match(path)
    if arch:
        return ("hv-arch" if "/hv/" in path else "arch"), arch[1]
    for prefix, room in ROOMS:
        if path.startswith(prefix):
            return room, ""
    return "", ""


def search_paths(path: str) -> list:
    """Folders in which an include of `path` may find a file, the nearest first."""
    folder = path.rsplit("/", 1)[0] + "/"
    if path.startswith("core/"):
        arch = ARCH.match(path)
        isa = arch[1] if arch else "*"
        common = [folder, "core/", "core/include/", "core/abi/include/"]
        return common + [f"core/arch/{isa}/", f"core/abi/{isa}/"]
    if path.startswith("user/tools/"):
        return [folder, "user/tools/common/", "core/"]
    own = GUEST.match(path)
    guest = [own[0], own[0] + "*/"] if own else []
    if path.startswith("tests/"):
        guest += ["tests/bench/common/", "tests/system/guest/", "tests/system/guest/*/"]
    guest += ["user/libprtos/include/", "user/bail/include/", "core/abi/include/"]
    guest += ["user/apex/include/", "user/apex/include/apex/", "user/apex/src/"]
    guest += ["user/rtos/include/", "user/rtos/src/"]
    guest += ["user/libprtos/*/", "user/bail/*/", "user/libprtos/*/include/"]
    guest += ["user/rtos/[!h]*/"]  # an architecture's, not the host's
    return [folder] + guest + ["user/bail/*/include/", "core/abi/*/"]


def find(name: str, path: str, root: pathlib.Path) -> str:
    """The file that an include names, relative to the tree; empty if there is none."""
    for folder in search_paths(path):
        if "*" in folder:
            for hit in sorted(root.glob(folder + name)):
                return str(hit.relative_to(root))
        elif (root / folder / name).is_file():
            return str((root / folder / name).resolve().relative_to(root))
    return ""


def target_room(name: str, path: str, root: pathlib.Path) -> tuple:
    """(room of what is included, its architecture, its path)."""
    hit = find(name, path, root)
    if hit:
        room, arch = room_of(hit)
        if room == "hv-arch" and pathlib.Path(hit).name in HV_TWINS:
            return "hv", "", hit
        return room, arch, hit
    if name.startswith(ABI_PREFIXES):
        return "abi", "", name
    if name in GENERATED:
        return "generated", "", name
    return ("compiler" if name in COMPILER else "host"), "", name


def judge(path: str, name: str, root: pathlib.Path) -> str:
    """Why `path` must not include `name`; empty if it may."""
    room, arch = room_of(path)
    allowed = MAY_INCLUDE.get("arch" if room == "hv-arch" else room, set())
    if not allowed:
        return ""
    target, target_arch, hit = target_room(name, path, root)
    if target == "compiler":
        return ""
    if arch and target_arch and arch != target_arch:
        return f"{arch} includes {name} of {target_arch}"
    if room == "objects" and target == "objects":
        same = pathlib.Path(hit).stem == pathlib.Path(path).stem
        return "" if same else f"an object includes another one's {name}"
    if target in allowed:
        return ""
    return f"{room} must not include {name} ({target}); it may: {', '.join(sorted(allowed))}"


def check(root: pathlib.Path, files: list) -> list:
    problems = []
    for path in files:
        if path.suffix not in (".c", ".h", ".S") or not room_of(str(path))[0]:
            continue
        text = (root / path).read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            match = INCLUDE.match(line)
            why = judge(str(path), match[2], root) if match else ""
            if why:
                problems.append(f"{path}:{number}: {why}")
    return problems


if __name__ == "__main__":
    sys.exit(tree.report(check(tree.ROOT, tree.project_files()), "layers"))
