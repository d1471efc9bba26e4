#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""House rules that no compiler checks: licence line, length of files and functions, nesting, no #if
on an architecture outside its folders, no blanks at line ends, no tabs in C, no machine's paths."""
import ast
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import tree  # noqa: E402

FILE_LINES, FUNCTION_LINES, NESTING = 400, 60, 5
COLUMNS = {".c": 100, ".h": 100, ".S": 100, ".py": 120}
C_KINDS = {".c", ".h", ".S"}
SOURCE_KINDS = C_KINDS | {".py", ".mk", ".sh", ".toml", ".j2", ".lds", ".xsd"}
SPDX = "SPDX-License-Identifier: Apache-2.0"
# Built on QEMU's plugin interface, which is under that licence; not a part of any product.
SPDX_OTHERS = {"tests/bench/plugin/": "SPDX-License-Identifier: GPL-2.0-or-later"}
ARCH_HOMES = re.compile(
    r"core/arch/|core/abi/(x86|aarch64|amd64|riscv64)/|config/"
    r"|user/[^/]+/(.*/)?(arch|x86|aarch64|amd64|riscv64)/"
)
ARCH_IF = re.compile(
    r"^\s*#\s*(if|elif|ifdef|ifndef)\b.*\b(__i386__|__x86_64__|__aarch64__|__arm__|__riscv\w*|i386"
    r"|x86|x86_64|amd64|aarch64|riscv64|loongarch64|CONFIG_(x86|AMD64|AARCH64|ARCH)\w*)\b"
)
KEYWORD = re.compile(r"^( *)(?:\} *)?(if|for|while|switch|do|else)\b")
MACHINE_PATH = re.compile(r"(?<![\w.$)}])/(home|root|work)/\w")


def is_source(path: pathlib.Path, first: str) -> bool:
    return path.suffix in SOURCE_KINDS or path.name == "Makefile" or first.startswith("#!")


def check_text(path: pathlib.Path, lines: list):
    """Rules for every source file."""
    licence = next((text for home, text in SPDX_OTHERS.items() if str(path).startswith(home)), SPDX)
    if not any(licence in line for line in lines[:2]):
        yield 1, f"no line `{licence}` at the top"
    generated = any("written by scripts/" in line for line in lines[:5])
    if len(lines) >= FILE_LINES and path.suffix in C_KINDS | {".py"} and not generated:
        yield len(lines), f"{len(lines)} lines; a file has under {FILE_LINES}"
    columns = 1 << 30 if generated else COLUMNS.get(path.suffix, 1 << 30)
    for number, line in enumerate(lines, 1):
        if line != line.rstrip():
            yield number, "blanks at the end of the line"
        if MACHINE_PATH.search(line):
            yield number, "a path of one machine"
        if path.suffix in C_KINDS and "\t" in line:
            yield number, "a tab"
        if len(line) > columns:
            yield number, f"{len(line)} columns, over {columns}"


def check_c(path: pathlib.Path, lines: list):
    """Rules for C. A function is what stands between `{` and `}` at the first column."""
    opened = 0
    for number, line in enumerate(lines, 1):
        if ARCH_IF.match(line) and not ARCH_HOMES.match(str(path)):
            yield number, "#if on an architecture outside its folder"
        if line == "{":
            opened = number
        elif line == "}" and opened:
            if number - opened + 1 > FUNCTION_LINES:
                yield opened, f"function of {number - opened + 1} lines; under {FUNCTION_LINES}"
            opened = 0
        keyword = KEYWORD.match(line) if opened else None
        if keyword and len(keyword[1]) // 4 >= NESTING:
            yield number, f"nesting of {len(keyword[1]) // 4}; under {NESTING}"


def check_python(path: pathlib.Path, lines: list):
    try:
        module = ast.parse("\n".join(lines))
    except SyntaxError as error:
        yield error.lineno or 1, f"syntax: {error.msg}"
        return
    for node in ast.walk(module):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield node.lineno, f"{node.name}: {length} lines; under {FUNCTION_LINES}"


def check(root: pathlib.Path, files: list) -> list:
    problems = []
    for path in files:
        try:
            lines = (root / path).read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # data
        first = lines[0] if lines else ""
        if not is_source(path, first):
            continue
        found = list(check_text(path, lines))
        if path.suffix in (".c", ".h"):
            found += check_c(path, lines)
        elif path.suffix == ".py" or first.startswith("#!/usr/bin/python3"):
            found += check_python(path, lines)
        problems += [f"{path}:{number}: {text}" for number, text in found]
    return problems


if __name__ == "__main__":
    sys.exit(tree.report(check(tree.ROOT, tree.project_files()), "style"))
