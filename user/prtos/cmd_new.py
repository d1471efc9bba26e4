# SPDX-License-Identifier: Apache-2.0
"""prtos new: a working project of two partitions to start from, rendered from templates/new/."""
import pathlib
import re
import shlex

from prtos import boards, paths
from prtos.terminal import Refused

NAME = "new"
HELP = "make a project to start from"
DESCRIPTION = """Makes the folder NAME with a working system of two partitions that exchange
messages: system file, two C programs, Makefile, README. It may stand anywhere."""
GOOD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,15}")  # CONF_NAME_MAX of core/conf/layout.h
PLATFORMS = tuple(board.platform for board in boards.BOARDS.values())
FOLDER = paths.TEMPLATES / "new"
TARGETS = {"gitignore": ".gitignore"}


def add_arguments(parser) -> None:
    parser.add_argument("name", metavar="NAME", help="of the folder and of the system")
    parser.add_argument("--dir", metavar="FOLDER", default=".", help="where the folder is made (.)")
    parser.add_argument(
        "--platform", choices=PLATFORMS, default=PLATFORMS[0], help="the board (pc)"
    )


def render(**values) -> dict:
    """The project's files: {name: text}."""
    from prtos import render as templates  # the other commands need no Jinja2

    environment = templates.plain(FOLDER)
    return {
        TARGETS.get(path.stem, path.stem): environment.get_template(path.name).render(
            prtos_path=paths.ROOT, **values
        )
        for path in sorted(FOLDER.glob("*.j2"))
    }


def run(options) -> int:
    if not GOOD_NAME.fullmatch(options.name):
        raise Refused(
            f"{options.name}: a name is a letter, then up to 15 letters, digits, `_` or `-`"
        )
    parent = pathlib.Path(options.dir)
    if not parent.is_dir():
        raise Refused(f"{parent}: no such folder")
    folder = parent / options.name
    files = render(name=options.name, platform=options.platform)
    try:
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
    except FileExistsError as error:
        raise Refused(f"{folder}: exists already; nothing was changed") from error
    except OSError as error:
        raise Refused(f"{folder}: cannot be written: {error.strerror}") from error
    print(f"{folder}: made {', '.join(sorted(files))}")
    print(f"next: prtos run {shlex.quote(str(folder))}")
    return 0
