# SPDX-License-Identifier: Apache-2.0
"""Where tools, libraries, platforms and templates are: in the source tree, or in an installation
(<prefix>/bin, share/prtos; this package is lib/prtos). The same cut as user/bail/common/config.mk."""
import os
import pathlib
import re

from prtos.terminal import Refused

PACKAGE = pathlib.Path(__file__).resolve().parent
IN_TREE = (PACKAGE.parent.parent / "core" / "abi").is_dir()
ROOT = PACKAGE.parent.parent  # top of the tree, or the prefix
TEMPLATES = PACKAGE / "templates"

SHARE = ROOT / "share" / "prtos"  # of an installation

if IN_TREE:
    BIN = ROOT / "user" / "bin"
    BAIL = ROOT / "user" / "bail"
    PLATFORMS = ROOT / "config" / "platforms"
else:
    BIN = ROOT / "bin"
    BAIL = SHARE / "bail"
    PLATFORMS = SHARE / "config" / "platforms"


def build(arch: str = "x86") -> pathlib.Path:
    """Folder of the core, the libraries and the guests' headers (the tree's may be named by
    PRTOS_BUILD)."""
    if not IN_TREE:
        return SHARE / arch
    return ROOT / os.environ.get("PRTOS_BUILD", f"build/{arch}")


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
