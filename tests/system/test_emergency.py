# SPDX-License-Identifier: Apache-2.0
"""What stops the core itself: an NMI (x86), a stack that has run over, a machine with too little memory.
Said in words, and the run ends in the way that the configuration names; nothing hangs."""
import contextlib
import re
import socket
import subprocess
import time

from prtos import machine as qemu
import pytest
from boot import ARCHS, RUNS, boot, both, build_folder, make_machine
from guests import build, failures, variant

PROGRAMS = {0: "waiter.pef"}
CPU_TO_GUARD = 0x1000  # struct cpu lies on its stack page, the guard page below that
# Numbers of the debugger's registers, and their bytes.
SP = {"x86": 4, "aarch64": 31}
PC = {"x86": 8, "aarch64": 32}
BYTES = {"x86": 4, "aarch64": 8}
EVENT = {"x86": "X86_NMI_INTERRUPT", "aarch64": "FATAL_ERROR"}
WARM = """<HealthMonitor>
      <Event name="PRTOS_HM_EV_{}" action="PRTOS_HM_AC_HYPERVISOR_WARM_RESET" log="yes"/>
    </HealthMonitor>
  </PRTOSHypervisor>"""


def system(name, warm=False, arch="x86"):
    base = build("tests/system/emergency", arch=arch)

    def edit(xml):
        xml = xml.replace('name="busy"', f'name="{name}"')
        return xml.replace("</PRTOSHypervisor>", WARM.format(EVENT[arch])) if warm else xml

    return variant(base, f"{name}-warm" if warm else name, edit, PROGRAMS, arch)


def run_until_ready(folder, words, act, **fields):
    """Boots, calls act() once when the partition is ready, and runs on to the end."""
    seen = bytearray()

    def sink(data):
        before = b"[P0] ready" in seen
        seen.extend(data)
        if b"[P0] ready" in seen and not before:
            act()

    result = qemu.run(make_machine(folder, extra=words, **fields), 20, sink)
    RUNS.append(result)
    return result


def run_with_nmi(folder, tmp_path, **fields):
    path = tmp_path / "qmp"
    words = ["-qmp", f"unix:{path},server=on,wait=off"]

    def act():
        control = qemu.Control(str(path), 10)
        with contextlib.suppress(OSError, ValueError):  # it may end before it answers
            control.ask("inject-nmi")

    return run_until_ready(folder, words, act, **fields)


def told(result, words):
    """Lines of the core's word about it."""
    place = r" on CPU 0 at 0x[0-9A-Fa-f]{8}, stack 0x[0-9A-Fa-f]{8}\."
    return [line for line in result.lines if re.fullmatch(words + place, line)]


@pytest.mark.parametrize("name", ["busy", "idle"])
@pytest.mark.parametrize("icount", [True, False])
def test_nmi(tmp_path, name, icount):
    result = run_with_nmi(system(name), tmp_path, icount=icount)
    assert len(told(result, "Non-maskable interrupt")) == 1
    assert result.halted
    assert result.lines[-1] == "System halted."


@pytest.mark.parametrize("name", ["busy", "idle"])
def test_nmi_restarts(tmp_path, name):
    result = run_with_nmi(system(name, warm=True), tmp_path, icount=False)
    assert len(told(result, "Non-maskable interrupt")) == 1
    assert result.halted
    assert result.text.count("PRTOS 1.0.0, system emergency") == 2
    assert failures(result, {0: 6}) == []


class Debugger:
    """The part of gdb's remote protocol that moves a stack pointer."""

    def __init__(self, path, arch):
        self.bytes = BYTES[arch]
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(10)
        self.got = b""
        end = time.monotonic() + 10
        while True:
            try:
                self.socket.connect(str(path))
                return
            except OSError:
                assert time.monotonic() < end, "no debugger's socket"
                time.sleep(0.02)

    def send(self, text):
        self.socket.sendall(f"${text}#{sum(text.encode()) & 0xFF:02x}".encode())

    def answer(self):
        while not (packet := re.search(rb"\$([^#]*)#..", self.got)):
            more = self.socket.recv(4096)
            assert more, "the debugger's socket was closed"
            self.got += more
        self.got = self.got[packet.end() :]
        self.socket.sendall(b"+")
        return packet[1].decode()

    def ask(self, text):
        """The stop at the connection is told without a question."""
        self.send(text)
        while (told := self.answer())[:1] in ("S", "T"):
            pass
        return told

    def run_to_stop(self):
        self.send("c")
        assert self.answer()[:1] in ("S", "T")

    def register(self, number):
        words, size = self.ask("g"), 2 * self.bytes
        return int.from_bytes(bytes.fromhex(words[number * size : (number + 1) * size]), "little")

    def put(self, number, value):
        words, at = self.ask("g"), number * 2 * self.bytes
        value = value.to_bytes(self.bytes, "little").hex()
        assert self.ask("G" + words[:at] + value + words[at + len(value) :]) == "OK"


def core_symbol(name, arch):
    command = ["nm", str(build_folder(arch) / "prtos_core")]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return next(int(line.split()[0], 16) for line in lines if line.split()[-1] == name)


def told_of_overflow(result, arch):
    """Where the stack pointer was, in the core's one line about it."""
    if arch == "x86":
        lines = told(result, "Double fault")
        return [int(line[-9:-1], 16) for line in lines]
    # ESR: a data abort of EL2 itself, at an address that is not mapped.
    word = r"Exception in the core at 0x[0-9A-Fa-f]+ \(ESR 0x0*96\w{6}, address (0x[0-9A-Fa-f]+)\)\."
    lines = [re.fullmatch(word, line) for line in result.lines]
    return [int(line[1], 16) for line in lines if line]


def run_over(tmp_path, arch, folder):
    """At the begin of a decision, when the stack is empty, it is made full; where it was then."""
    path = tmp_path / "gdb"
    words = ["-chardev", f"socket,id=gdb,path={path},server=on,wait=off", "-gdb", "chardev:gdb"]
    place = core_symbol("sched_resume", arch)
    full = []

    def overflow():
        debugger = Debugger(path, arch)
        assert debugger.ask(f"Z0,{place:x},1") == "OK"
        debugger.run_to_stop()
        assert debugger.register(PC[arch]) == place
        full.append(debugger.register(SP[arch]) - CPU_TO_GUARD)
        assert debugger.ask(f"z0,{place:x},1") == "OK"
        debugger.put(SP[arch], full[0])
        debugger.send("D")

    result = run_until_ready(folder, words, overflow, icount=False)
    places = told_of_overflow(result, arch)
    assert len(places) == 1
    assert 0 <= full[0] - places[0] < 256
    assert result.halted
    return result


@both
def test_stack_runs_over(tmp_path, arch):
    result = run_over(tmp_path, arch, system("busy", arch=arch))
    assert result.lines[-1] == "System halted."


@pytest.mark.skipif("aarch64" not in ARCHS, reason="the way of AArch64 to restart from an emergency")
def test_stack_runs_over_restarts(tmp_path):
    result = run_over(tmp_path, "aarch64", system("busy", warm=True, arch="aarch64"))
    assert result.text.count("PRTOS 1.0.0, system emergency") == 2
    assert failures(result, {0: 6}) == []


@both
def test_too_little_memory(arch):
    size = {"x86": 32, "aarch64": 64}[arch]
    result = boot("hello", memory=size, halted=False, timeout=20, arch=arch)
    assert result.panicked
    assert not [line for line in result.lines if line.startswith("[P")]
    end = re.search(r"The areas end at 0x(\w+), this machine's memory at 0x(\w+)\.", result.text)
    assert int(end[1], 16) == 0x6200000
    assert size - 1 << 20 <= int(end[2], 16) <= size << 20
