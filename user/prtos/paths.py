# SPDX-License-Identifier: Apache-2.0
"""Where tools, libraries and templates are: in the source tree, or in an installation
(<prefix>/bin, lib/prtos, share/prtos). The same cut as user/bail/common/config.mk."""
import os
import pathlib
import re

from prtos.terminal import Refused

PACKAGE = pathlib.Path(__file__).resolve().parent
ROOT = PACKAGE.parent.parent  # top of the tree, or the prefix
IN_TREE = (ROOT / "core" / "abi").is_dir()
TEMPLATES = PACKAGE / "templates"
BIN = ROOT / "user" / "bin" if IN_TREE else ROOT / "bin"
BAIL = ROOT / "user" / "bail" if IN_TREE else ROOT / "share" / "prtos" / "bail"


def build(arch: str = "x86") -> pathlib.Path:
    """Folder of core, headers and libraries. PRTOS_BUILD may name another one of the tree: that of
    x86, the others' stand beside it."""
    if not IN_TREE:
        return ROOT / "share" / "prtos" / arch
    folder = ROOT / os.environ.get("PRTOS_BUILD", "build/x86")
    return folder.with_name(folder.name.replace("x86", arch))


def tool(name: str) -> pathlib.Path:
    """A program of PRTOS."""
    path = BIN / name
    if not path.is_file():
        more = f"run `make` in {ROOT} first" if IN_TREE else "the installation is not whole"
        raise Refused(f"{path} is missing: {more}")
    return path


def version() -> str:
    """PRTOS_VERSION of the headers that partitions see, as n.n.n."""
    include = ROOT / "core" / "abi" / "include" if IN_TREE else build() / "include"
    try:
        text = (include / "prtos_inc" / "version.h").read_text()
        number = int(re.search(r"^#define PRTOS_VERSION (0x[0-9a-fA-F]+)$", text, re.M)[1], 16)
    except (OSError, TypeError):
        return "of unknown version"
    return f"{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
