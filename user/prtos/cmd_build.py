# SPDX-License-Identifier: Apache-2.0
"""prtos build: a project's bootable file, by its Makefile."""
import os
import pathlib
import time

from prtos import project
from prtos.terminal import Refused

NAME = "build"
HELP = "build a project to a bootable file"
DESCRIPTION = """Builds the project in FOLDER: a system file, sources and a Makefile after the
pattern of `prtos new`. What takes longer than a second is shown. If a step
fails, its message comes first."""


def add_arguments(parser) -> None:
    parser.add_argument("folder", metavar="FOLDER", nargs="?", default=".", help="the project (.)")
    add_build_arguments(parser)


def add_build_arguments(parser) -> None:
    parser.add_argument(
        "-p", "--platform", metavar="NAME", help="the board, for what the system file leaves out"
    )


def run(options) -> int:
    began = time.monotonic()
    image = project.build(pathlib.Path(options.folder), options)
    if not image.is_file():
        raise Refused(f"{image}: was not built; `all` in the project's Makefile has to make it")
    size = image.stat().st_size
    print(f"{os.path.relpath(image)}: {size // 1024} KB, in {time.monotonic() - began:.1f} s")
    return 0
