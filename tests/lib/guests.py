# SPDX-License-Identifier: Apache-2.0
"""Builds the systems of the tests, out of tree, and reads what their programs checked.

    folder = build("tests/system/conform")             # build/x86/tests/system/conform
    folder = build("tests/system/conform", arch=arch)  # the same for another architecture
    folder = variant(folder, "halt", edit)             # the same programs under another XML
    failures(result, {0: 200, 1: 150})                 # wrong lines, and partitions that fell short

Two workers of pytest may want the same system: a lock lets one build and the other wait.
"""
import fcntl
import functools
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import tomllib

from boot import ROOT, build_folder

GUEST = ROOT / "tests" / "system" / "guest"
BIN = ROOT / "user" / "bin"
CHECK = re.compile(r"^\[P(\d+)\] # (\S+) (\S+) (\S+)( @[0-9.]+)?$")
END = re.compile(r"^\[P(\d+)\] = (\d+)$")


def run(command, **fields) -> str:
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, check=False, **fields
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def stamp_of(paths, text: str) -> str:
    digest = hashlib.sha256(text.encode())
    for path in sorted(paths):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def built(folder: pathlib.Path, stamp: str, make) -> pathlib.Path:
    """Calls make() with an empty folder unless it holds a build with this stamp."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{folder}.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        mark = folder / "stamp"
        if not mark.exists() or mark.read_text() != stamp:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make()
            mark.write_text(stamp)
    return folder


def later_calls(arch: str) -> list:
    """Numbers that the core does not answer in this version, by the table of calls."""
    table = tomllib.loads((ROOT / "core" / "abi" / "hypercalls.toml").read_text())["call"]
    return [
        row["nr"]
        for row in table
        if row.get("state") == "later" or arch not in row.get("arch", [arch])
    ]


def link_guest(arch: str) -> None:
    """Systems include "../../system/guest/check.h", in the tree and where they are built."""
    link = build_folder(arch) / "tests" / "system" / "guest"
    link.parent.mkdir(parents=True, exist_ok=True)
    try:
        link.symlink_to(GUEST)
    except FileExistsError:
        pass


def build(source: str, name: str = "", flags: str = "", edit=None, arch="x86") -> pathlib.Path:
    """The system of a folder. `flags` go to the compiler, `edit(xml)` changes its XML."""
    folder = ROOT / source
    base = build_folder(arch)
    target = base / source
    if name:
        target = target.with_name(name)
    inputs = [path for path in [*folder.rglob("*"), *GUEST.iterdir()] if path.is_file()]
    inputs += [base / "prtos_core.pef", *base.glob("lib/*.a")]
    inputs += [BIN / "rswbuild", BIN / "prtospack", BIN / "prtoscparser"]
    xml = next(path for path in (folder / f"prtos_cf.{arch}.xml", folder / "prtos_cf.xml")
               if path.exists())  # fmt: skip
    text = edit(xml.read_text()) if edit else xml.read_text()

    def make():
        shutil.copytree(folder, target, dirs_exist_ok=True)
        (target / xml.name).write_text(text)
        link_guest(arch)
        numbers = ",".join(str(nr) for nr in later_calls(arch))
        environment = {**os.environ, "MAKEFLAGS": "", "PRTOS_PATH": str(ROOT)}
        run(
            ["make", "-s", "-C", target, f"ARCH={arch}", f"BAIL_PATH={ROOT}/user/bail"]
            + [f"PRTOS_BUILD={base}", f"GUEST_PATH={GUEST}"]
            + [f"GUEST_CFLAGS={flags} -DLATER_CALLS={numbers}", "all"],
            env=environment,
        )

    return built(target, stamp_of(inputs, flags + text + str(later_calls(arch))), make)


def tool(name: str, *words, cwd: pathlib.Path) -> str:
    environment = {**os.environ, "PRTOS_PATH": str(ROOT)}
    return run([BIN / name, *words], cwd=cwd, env=environment)


def pack(folder: pathlib.Path, programs: dict) -> None:
    """Joins core, configuration and {id: pef} to container.bin, then to resident_sw."""
    core = next(path for path in folder.parents if (path / "prtos_core.pef").exists())
    words = ["build", "-h", f"{core}/prtos_core.pef:prtos_cf.pef.prtos_conf"]
    for number, pef in programs.items():
        words += ["-p", f"{number}:{pef}"]
    tool("prtospack", *words, "container.bin", cwd=folder)
    tool("rswbuild", "container.bin", "resident_sw", cwd=folder)


def make_iso(folder: pathlib.Path) -> None:
    tool("grub_iso", "-t", "0", "resident_sw.iso", "resident_sw", cwd=folder)


def variant(base: pathlib.Path, name: str, edit, programs: dict, arch="x86") -> pathlib.Path:
    """The programs of a built system under a changed XML, without compiling anything."""
    target = base.with_name(f"{base.name}-{name}")
    text = edit((base / "prtos_cf.xml").read_text())

    def make():
        for pef in set(programs.values()):
            shutil.copy(base / pef, target / pef)
        (target / "prtos_cf.xml").write_text(text)
        conf = "prtos_cf.bin.prtos_conf"
        tool("prtoscparser", "-a", arch, "-o", conf, "prtos_cf.xml", cwd=target)
        tool("prtoseformat", "build", "-m", "-o", "prtos_cf.pef.prtos_conf", conf, cwd=target)
        pack(target, programs)

    stamp = (base / "stamp").read_text() + text + str(programs)
    return built(target, hashlib.sha256(stamp.encode()).hexdigest(), make)


@functools.lru_cache(maxsize=1)
def crc32c_table() -> list:
    table = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


def crc32c(data: bytes) -> int:
    """RFC 3720, appendix B.4."""
    table, value = crc32c_table(), 0xFFFFFFFF
    for byte in data:
        value = value >> 8 ^ table[(value ^ byte) & 0xFF]
    return value ^ 0xFFFFFFFF


def agrees(expected: str, got: str) -> bool:
    """`expected` is a word, a range low..high, words with | between them, or any."""
    if ".." in expected:
        low, high = expected.split("..")
        return int(low) <= int(got) <= int(high)
    if expected == "any":
        return got not in ("wrong", "not-begun")
    return got in expected.split("|")


def checks(result) -> list:
    """(partition, name, expected, got) of each check line."""
    found = [CHECK.match(line) for line in result.lines]
    return [(int(m[1]), m[2], m[3], m[4]) for m in found if m]


def shown(result) -> dict:
    """{(call, result): names}: the checks that show a result of a call, as `@14.7.0` names it."""
    found: dict = {}
    for match in filter(None, map(CHECK.match, result.lines)):
        if match[5] and agrees(match[3], match[4]):
            found.setdefault((match[5][2:], int(match[4])), set()).add(match[2])
    return found


def failures(result, least: dict) -> list:
    """What is wrong with the checks: lines that disagree, a partition of `least` that made fewer
    checks than it must, or that did not reach its end."""
    lines = checks(result)
    wrong = [f"P{p} {n}: expected {e}, got {g}" for p, n, e, g in lines if not agrees(e, g)]
    ends: dict = {}
    for match in filter(None, map(END.match, result.lines)):  # one for each life
        ends[int(match[1])] = ends.get(int(match[1]), 0) + int(match[2])
    for number, minimum in least.items():
        count = sum(line[0] == number for line in lines)
        if ends.get(number) != count:
            wrong.append(f"P{number}: {count} checks seen, its end says {ends.get(number)}")
        if count < minimum:
            wrong.append(f"P{number}: {count} checks, at least {minimum} were meant")
    return wrong
