# SPDX-License-Identifier: Apache-2.0
"""The emulated boards: their command lines, running one to its end, looking at its screen.

Used by prtos run, scripts/qemu (people, bench) and tests/lib/boot.py (tests). It starts one process
for each run and ends only that one.
"""
import argparse
import dataclasses
import json
import os
import pathlib
import select
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from prtos.boards import BOARDS, Board, board_of
from prtos.terminal import Refused

VGA_TEXT = 0xB8000
VGA_COLUMNS, VGA_LINES = 80, 25
RECORDS_WORD = "records=1"  # on the command line of a core: records on the second UART

QMP_BEGIN = b'{"execute": "qmp_capabilities"}\n'
QMP_GO = b'{"execute": "cont"}\n'

EXIT = """exit status: 0 the system halted normally, 1 wrong usage, 2 nothing to boot or no
QEMU, 3 the run ended in another way, 4 time limit, 130 Ctrl-C"""


@dataclasses.dataclass
class Machine:
    """What to boot and on what; see add_arguments() for the meanings."""

    image: pathlib.Path
    iso: bool = False
    icount: bool = False
    memory: int = 0  # 0: the board's
    smp: int = 1
    cpu: str = ""  # none: the board's
    gdb: bool = False
    vga: bool = False
    extra: list = dataclasses.field(default_factory=list)

    @property
    def board(self) -> Board:
        return board_of(self.image)

    def command(self, qmp: str = "", records: int | None = None, ends: int | None = None) -> list:
        """The command line; `qmp`: path of a control socket; `records`: an inherited descriptor to
        which the records go; `ends`: one that tells of the machine's end. A CD image must have the
        word for records itself."""
        board = self.board
        line = [board.program, "-accel", "tcg", *board.words]
        line += ["-m", str(self.memory or board.memory), "-smp", str(self.smp)]
        line += ["-cpu", self.cpu or board.cpu, "-nodefaults", "-no-user-config"]
        line += ["-display", "none", "-serial", "stdio", "-no-reboot"]
        if self.vga:
            # Without the exit device the core powers off; the stopped machine keeps its memory.
            line += ["-vga", "std", "-no-shutdown"]
        elif board.platform == "pc":
            line += ["-device", "isa-debug-exit,iobase=0xf4,iosize=4"]
        if ends is not None:
            # It stands until it is told to go: no end comes before somebody listens.
            line += ["-chardev", f"socket,id=ends,fd={ends}", "-mon", "chardev=ends,mode=control"]
            line += [] if self.gdb else ["-S"]
        if records is not None:
            line += ["-serial", f"file:/dev/fd/{records}"]
            line += [] if self.iso else ["-append", RECORDS_WORD]
        if self.icount:
            line += ["-icount", "shift=0,sleep=off"]
        if qmp:
            line += ["-qmp", f"unix:{qmp},server=on,wait=off"]
        if self.gdb:
            line += ["-s", "-S"]
        line += ["-boot", "d", "-cdrom"] if self.iso else ["-kernel"]
        line += [str(self.image)]
        return line + self.extra


@dataclasses.dataclass
class Result:
    """How a run ended. `rc` is QEMU's exit code, None if it was stopped at the time limit. The core
    itself ended it: `halted` in the normal way, `panicked` as it could not go on."""

    text: str
    errors: str
    rc: int | None
    seconds: float
    command: str
    halted: bool
    panicked: bool

    @property
    def lines(self) -> list:
        return self.text.splitlines()


def seconds(text: str) -> float:
    """A time limit: a number, not negative, not endless."""
    value = float(text)
    if not 0 <= value < float("inf"):
        raise ValueError
    return value


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The machine's options, the same for all that boot something."""
    parser.add_argument(
        "--icount",
        action=argparse.BooleanOptionalAction,
        help="count instructions: one is 1 ns, every run is the same",
    )
    parser.add_argument("--smp", type=int, metavar="N", help="processors (1; prtos run: as needed)")
    parser.add_argument("--cpu", metavar="MODEL", help="processor model (pc: qemu32, virt: cortex-a72)")
    parser.add_argument("--memory", type=int, metavar="MB", help="memory (pc: 512, virt: 2048)")
    parser.add_argument("--gdb", action="store_true", help="wait for gdb on port 1234")
    parser.add_argument("--timeout", type=seconds, metavar="S", help="stop after S seconds (never)")
    parser.add_argument(
        "--qemu",
        type=shlex.split,
        default=[],
        metavar="WORDS",
        help="more words for QEMU, as one argument",
    )


def make(image: pathlib.Path, options: argparse.Namespace, words: list, **fields) -> Machine:
    """The machine for `image`; `words` are the system's own (system_arguments()), options given by
    the person win over those, and those over `fields`."""
    given, extra = split_machine_words(words)
    fields |= given
    for name in ("smp", "cpu", "memory", "icount"):
        if getattr(options, name) is not None:
            fields[name] = getattr(options, name)
    return Machine(image, gdb=options.gdb, extra=extra + options.qemu, **fields)


def end_status(result: Result, timeout: float | None, name: str) -> int:
    """The exit status for a run, as EXIT has it; says on stderr why it is not 0."""
    sys.stderr.write(result.errors)
    if result.halted:
        return 0
    if result.rc is None:
        print(f"{name}: stopped at the limit of {timeout:g} s", file=sys.stderr)
        return 4
    if result.rc & 1 and result.rc > 1:
        code = result.rc >> 1
        print(f"{name}: the core ended with code {code:#x}, not with 0x10", file=sys.stderr)
    elif result.panicked:
        print(f"{name}: the core ended in a panic, see its last line", file=sys.stderr)
    else:
        print(f"{name}: QEMU ended with exit code {result.rc}", file=sys.stderr)
    return 3


def system_arguments(folder: pathlib.Path) -> list:
    """The words of the system's qemu.args, lines beginning with # apart."""
    path = folder / "qemu.args"
    if not path.exists():
        return []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return shlex.split(" ".join(line for line in lines if not line.startswith("#")))
    except ValueError as error:
        raise Refused(f"{path}: {error}") from error


def find_image(target: pathlib.Path, iso: bool) -> pathlib.Path:
    """`target` is a file to boot, or the folder of a built system."""
    image = target / ("resident_sw.iso" if iso else "resident_sw") if target.is_dir() else target
    if not image.is_file():
        raise Refused(f"{image}: no such file; `make` builds the systems")
    return image


def split_machine_words(words: list) -> tuple:
    """Takes -smp, -cpu, -m and -icount out of `words`: ({field: value}, the other words)."""
    names = {"-smp": ("smp", int), "-cpu": ("cpu", str), "-m": ("memory", int)}
    names["-icount"] = ("icount", lambda value: value == "shift=0,sleep=off")
    fields, rest = {}, []
    word = iter(words)
    for item in word:
        if item in names:
            name, kind = names[item]
            try:
                fields[name] = kind(next(word))
            except (StopIteration, ValueError) as error:
                raise Refused(f"qemu.args: {item} needs a plain value") from error
        else:
            rest.append(item)
    return fields, rest


def start(command: list, inherit: tuple = ()) -> subprocess.Popen:
    if not shutil.which(command[0]):
        package = next(board.package for board in BOARDS.values() if board.program == command[0])
        raise Refused(f"{command[0]} is missing: apt-get install {package}")
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        pass_fds=inherit,
    )


def stop(process: subprocess.Popen) -> None:
    """Ends QEMU: asked first, killed two seconds later."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Streams:
    """What comes out of a run, by descriptor: the end of it is kept, at least KEPT bytes, and a sink
    gets all of it as it comes."""

    KEPT = 16 << 20

    def __init__(self, sinks: dict):
        self.sinks = sinks
        self.kept = {descriptor: bytearray() for descriptor in sinks}
        self.open = list(sinks)

    def read(self, descriptor: int) -> None:
        try:
            data = os.read(descriptor, 65536)
        except ConnectionResetError:  # it ended before it had read all that was said to it
            data = b""
        if not data:
            self.open.remove(descriptor)
            return
        self.kept[descriptor] += data
        if len(self.kept[descriptor]) > 2 * self.KEPT:
            del self.kept[descriptor][: -self.KEPT]
        # What the machine wrote before this elsewhere is seen before this.
        for first in self.open[: self.open.index(descriptor)]:
            if select.select([first], [], [], 0)[0]:
                self.read(first)
        if self.sinks[descriptor]:
            self.sinks[descriptor](data)

    def read_all(self, end: float | None) -> bool:
        """Until all are closed; False: `end` came first."""
        while self.open:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                return False
            ready = select.select(self.open, [], [], left)[0]
            for descriptor in ready:
                if descriptor in self.open and select.select([descriptor], [], [], 0)[0]:
                    self.read(descriptor)
        return True


def endings(board: Board, rc: int | None, said: bytes) -> tuple:
    """(halted, panicked); `said`: the machine's own last words."""
    words = (b"", b"") if board.platform == "pc" else (b'"guest-shutdown"', b'"guest-reset"')
    return tuple(rc == code and word in said for code, word in zip(board.rc, words))


def run(machine: Machine, timeout: float | None, sink=None, records=None) -> Result:
    """Runs to the end or the limit. `sink(bytes)` gets the serial output as it comes,
    `records(bytes)` the records, which are asked for only then and where the board can give them; of
    the two, records come first."""
    board = machine.board
    inner, outer = os.pipe() if records and board.records else (None, None)
    # On a board whose exit code tells nothing the machine is asked how it ended.
    near, far = (None, None) if board.platform == "pc" else socket.socketpair()
    began = time.monotonic()
    try:
        ends = far.fileno() if far else None
        if near:
            near.sendall(QMP_BEGIN + (b"" if machine.gdb else QMP_GO))
        command = machine.command(records=outer, ends=ends)
        process = start(command, tuple(each for each in (outer, ends) if each is not None))
    finally:
        if outer is not None:
            os.close(outer)
        if far:
            far.close()
    out, errors = process.stdout.fileno(), process.stderr.fileno()
    sinks = {inner: records} if inner is not None else {}
    sinks |= {out: sink, errors: None} | ({near.fileno(): None} if near else {})
    streams = Streams(sinks)
    try:
        expired = not streams.read_all(None if timeout is None else began + timeout)
        if not expired:
            process.wait()
    finally:
        stop(process)
        process.stdout.close()
        process.stderr.close()
        said = bytes(streams.kept[near.fileno()]) if near else b""
        if near:
            near.close()
        if inner is not None:
            os.close(inner)
    text, errors = (streams.kept[each].decode("utf-8", "replace") for each in (out, errors))
    rc = None if expired else process.returncode
    return Result(
        text.replace("\r\n", "\n"),
        errors,
        rc,
        time.monotonic() - began,
        shlex.join(machine.command()),
        *endings(board, rc, said),
    )


class Control:
    """QEMU's control socket (QMP)."""

    def __init__(self, path: str, limit: float):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(limit)
        end = time.monotonic() + limit
        while True:
            try:
                self.socket.connect(path)
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)
        self.file = self.socket.makefile("rw")
        self.file.readline()
        self.ask("qmp_capabilities")

    def ask(self, name: str, **arguments):
        """Makes a request and returns its answer; events in between are dropped."""
        self.file.write(json.dumps({"execute": name, "arguments": arguments}) + "\n")
        self.file.flush()
        while True:
            answer = json.loads(self.file.readline())
            if "error" in answer:
                raise Refused(f"QEMU: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]

    def memory(self, address: int, size: int, folder: str) -> bytes:
        """Physical memory."""
        path = os.path.join(folder, "memory")
        self.ask("pmemsave", val=address, size=size, filename=path)
        return pathlib.Path(path).read_bytes()

    def screen(self, folder: str) -> list:
        """The 25 lines of the text screen, blanks at the end cut off."""
        cells = self.memory(VGA_TEXT, VGA_COLUMNS * VGA_LINES * 2, folder)[::2]
        text = cells.decode("cp437").replace("\0", " ")
        width = VGA_COLUMNS
        return [text[i : i + width].rstrip() for i in range(0, width * VGA_LINES, width)]


def run_screen(machine: Machine, timeout: float, until=None) -> list:
    """Boots with a VGA card and returns its text once the machine has stopped by itself, or once
    `until(lines)` is true, or at the limit."""
    machine = dataclasses.replace(machine, vga=True)
    with tempfile.TemporaryDirectory(prefix="prtos-") as folder:
        path = os.path.join(folder, "qmp")
        process = start(machine.command(path))
        try:
            control = Control(path, 10)
            end = time.monotonic() + timeout
            while True:
                running = control.ask("query-status")["running"]
                lines = control.screen(folder)
                if not running or (until and until(lines)) or time.monotonic() > end:
                    return lines
                time.sleep(0.05)
        finally:
            stop(process)
            process.stdout.close()
            process.stderr.close()
