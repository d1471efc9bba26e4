# SPDX-License-Identifier: Apache-2.0
"""The emulated PC: its command line, running it to its end, looking at its screen.

Used by scripts/qemu (people, bench) and tests/lib/boot.py (tests). It starts one process for each
run and ends only that one.
"""
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
import tempfile
import time

# The core writes 0x10 to the exit device at a normal halt; QEMU then exits with (v << 1) | 1.
RC_HALTED = 0x10 << 1 | 1
VGA_TEXT = 0xB8000
VGA_COLUMNS, VGA_LINES = 80, 25


class MachineError(Exception):
    """The run cannot be started: a file or a program is missing."""


@dataclasses.dataclass
class Machine:
    """What to boot and on what; see scripts/qemu --help for the meanings."""

    image: pathlib.Path
    iso: bool = False
    icount: bool = False
    memory: int = 512
    smp: int = 1
    cpu: str = "qemu32"
    gdb: bool = False
    vga: bool = False
    extra: list = dataclasses.field(default_factory=list)

    def command(self, qmp: str = "") -> list:
        """The command line; `qmp`: path of a control socket."""
        line = ["qemu-system-i386", "-accel", "tcg", "-M", "pc", "-m", str(self.memory)]
        line += ["-smp", str(self.smp), "-cpu", self.cpu, "-nodefaults", "-no-user-config"]
        line += ["-display", "none", "-serial", "stdio", "-no-reboot"]
        if self.vga:
            # Without the exit device the core powers off; the stopped machine keeps its memory.
            line += ["-vga", "std", "-no-shutdown"]
        else:
            line += ["-device", "isa-debug-exit,iobase=0xf4,iosize=4"]
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
    """How a run ended. `rc` is QEMU's exit code, None if it was stopped at the time limit."""

    text: str
    errors: str
    rc: int | None
    seconds: float
    command: str

    @property
    def halted(self) -> bool:
        """The core itself ended the run in the normal way."""
        return self.rc == RC_HALTED

    @property
    def lines(self) -> list:
        return self.text.splitlines()


def system_arguments(folder: pathlib.Path) -> list:
    """The words of the system's qemu.args, lines beginning with # apart."""
    path = folder / "qemu.args"
    if not path.exists():
        return []
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    return shlex.split(" ".join(lines))


def find_image(target: pathlib.Path, iso: bool) -> pathlib.Path:
    """`target` is a file to boot, or the folder of a built system."""
    image = target / ("resident_sw.iso" if iso else "resident_sw") if target.is_dir() else target
    if not image.is_file():
        raise MachineError(f"{image}: no such file; `make` builds the systems")
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
                raise MachineError(f"qemu.args: {item} needs a plain value") from error
        else:
            rest.append(item)
    return fields, rest


def start(command: list) -> subprocess.Popen:
    if not shutil.which(command[0]):
        raise MachineError(f"{command[0]} is missing: apt-get install qemu-system-x86")
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
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


def run(machine: Machine, timeout: float | None, sink=None) -> Result:
    """Runs to the end or the limit. `sink(bytes)` gets the serial output as it comes."""
    command = machine.command()
    began = time.monotonic()
    process = start(command)
    streams = {process.stdout.fileno(): bytearray(), process.stderr.fileno(): bytearray()}
    out = process.stdout.fileno()
    open_ones = set(streams)
    expired = False
    try:
        while open_ones:
            left = None if timeout is None else began + timeout - time.monotonic()
            if left is not None and left <= 0:
                expired = True
                break
            for descriptor in select.select(list(open_ones), [], [], left)[0]:
                data = os.read(descriptor, 65536)
                if not data:
                    open_ones.discard(descriptor)
                streams[descriptor] += data
                if data and descriptor == out and sink:
                    sink(data)
        if not expired:
            process.wait()
    finally:
        stop(process)
        process.stdout.close()
        process.stderr.close()
    text, errors = (bytes(data).decode("utf-8", "replace") for data in streams.values())
    return Result(
        text.replace("\r\n", "\n"),
        errors,
        None if expired else process.returncode,
        time.monotonic() - began,
        shlex.join(command),
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
                raise MachineError(f"QEMU: {answer['error']['desc']}")
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
