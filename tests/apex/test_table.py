# SPDX-License-Identifier: Apache-2.0
"""The conformity table of documentation/apex.md: every service of the headers has a row, every code of
a row is asserted in the row's tests, and no test asserts a code that its row leaves out."""
import re
import subprocess

from boot import ROOT, build_folder

ROW = re.compile(r"^\| ([A-Z_]+) \| ([A-Z_, ]+|none) \| (test_apex_[\w., ]+) \|$", re.M)
HEADERS = sorted((ROOT / "user/apex/include/apex").glob("*.h"))


def test_headers_compile_alone(tmp_path):
    """By the standard's names, in any order, as C89 and as C11, without a warning."""
    include = build_folder("x86") / "include"
    flags = ["-m32", "-Dx86", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-nostdinc", "-ffreestanding"]
    flags += [f"-I{include}", f"-I{include}/apex", "-include", "prtos_inc/config.h"]
    for path in HEADERS:
        source = tmp_path / "one.c"
        source.write_text(f'#include "{path.name}"\n#include "{path.name}"\n')
        for standard in ("gnu89", "c11"):
            subprocess.run(["gcc", f"-std={standard}", *flags, source], check=True)


def rows() -> dict:
    found = ROW.findall((ROOT / "documentation/apex.md").read_text())
    return {service: (set() if codes == "none" else set(codes.split(", ")), tests.split(", "))
            for service, codes, tests in found}  # fmt: skip


def asserted(service: str, paths) -> set:
    text = "".join(path.read_text() for path in paths)
    codes = set(re.findall(rf"\bIS\(\s*([A-Z_]+),\s*{service}\b", text))
    return codes | ({"NO_ERROR"} if re.search(rf"\bOK\(\s*{service}\b", text) else set())


def test_every_service_has_a_row():
    services = [name for path in HEADERS for name in re.findall(r"^extern void (\w+)\(", path.read_text(), re.M)]
    assert len(services) == 72
    assert sorted(services) == sorted(rows())


def test_every_code_is_asserted():
    tests = sorted((ROOT / "tests/unit").glob("test_apex_*.c"))
    for service, (codes, names) in rows().items():
        named = [ROOT / "tests/unit" / name for name in names]
        assert all(service in path.read_text() for path in named)
        assert codes - asserted(service, named) == set(), service
        assert asserted(service, tests) - codes == set(), service
