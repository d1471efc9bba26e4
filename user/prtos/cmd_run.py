# SPDX-License-Identifier: Apache-2.0
"""prtos run: builds a project and boots it under QEMU, each line with its partition in front."""
import argparse
import os
import pathlib
import shlex
import sys
import tempfile

from prtos import cmd_build, machine, paths, project, records
from prtos.terminal import Progress, Refused

NAME = "run"
HELP = "build a project and boot it under QEMU"
DESCRIPTION = """Builds the project in FOLDER and boots it, or boots FILE, a bootable file, until
the system ends. Each line of a console is shown with its partition in front. A
project's qemu.args may hold its own `-smp`, `-cpu`, `-m` and `-icount`;
options given here win."""
EXIT = machine.EXIT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "target", metavar="FOLDER|FILE", nargs="?", default=".", help="what to boot (.)"
    )
    cmd_build.add_build_arguments(parser)
    parser.add_argument("--iso", action="store_true", help="boot from a CD image, through GRUB")
    machine.add_arguments(parser)


def make_iso(image: pathlib.Path, iso: pathlib.Path) -> None:
    """A CD image that boots `image` at once and asks for records."""
    progress = Progress()
    progress.step("making the CD image")
    command = [paths.tool("grub_iso"), "-t", "0", "-a", machine.RECORDS_WORD, iso, image]
    code, said = project.watch([str(word) for word in command], iso.parent, progress)
    if code:
        project.write(said)
        raise Refused("making the CD image failed, see above")


def boot(setup: machine.Machine, timeout: float | None) -> int:
    screen = records.screen()
    if setup.gdb:
        core = shlex.quote(os.path.relpath(paths.build(setup.board.arch) / "prtos_core"))
        print(f"waiting for gdb: gdb -ex 'target remote :1234' {core}", file=sys.stderr)
    try:
        result = machine.run(setup, timeout, screen.console, screen.records)
    finally:
        screen.close()
    return machine.end_status(result, timeout, "prtos run")


def run(options) -> int:
    target = pathlib.Path(options.target)
    words, image, fields = [], target, {}
    if target.is_dir():
        image = project.build(target, options)
        words = machine.system_arguments(target)
        fields["smp"] = project.processors(target, options)
    image = machine.find_image(image, False)
    board = machine.board_of(image)
    if options.iso and board.platform != "pc":
        raise Refused(f"{image}: is for {board.platform}, which has no CD image: leave out --iso")
    if not options.iso:
        return boot(machine.make(image, options, words, **fields), options.timeout)
    with tempfile.TemporaryDirectory(prefix="prtos-") as folder:
        iso = pathlib.Path(folder) / "system.iso"
        make_iso(image.resolve(), iso)
        return boot(machine.make(iso, options, words, iso=True, **fields), options.timeout)
