# SPDX-License-Identifier: Apache-2.0
"""What stops the core itself: an NMI, a stack that has run over, a machine with too little memory.
Said in words, and the run ends in the way that the configuration names; nothing hangs."""
import contextlib
import re
import socket
import subprocess
import time

from prtos import machine as qemu
import pytest
from boot import BUILD, RUNS, boot, make_machine
from guests import build, failures, variant

RC_PANIC = 0x11 << 1 | 1
PROGRAMS = {0: "waiter.pef"}
CPU_TO_GUARD = 0x1000  # struct cpu lies on its stack page, the guard page below that
ESP, EIP = 4, 8  # numbers of the debugger's registers
WARM = """<HealthMonitor>
      <Event name="PRTOS_HM_EV_X86_NMI_INTERRUPT" action="PRTOS_HM_AC_HYPERVISOR_WARM_RESET" log="yes"/>
    </HealthMonitor>
  </PRTOSHypervisor>"""


def system(name, warm=False):
    base = build("tests/system/emergency")

    def edit(xml):
        xml = xml.replace('name="busy"', f'name="{name}"')
        return xml.replace("</PRTOSHypervisor>", WARM) if warm else xml

    return variant(base, f"{name}-warm" if warm else name, edit, PROGRAMS)


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

    def __init__(self, path):
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
        words = self.ask("g")
        return int.from_bytes(bytes.fromhex(words[number * 8 : number * 8 + 8]), "little")

    def put(self, number, value):
        words, at = self.ask("g"), number * 8
        value = value.to_bytes(4, "little").hex()
        assert self.ask("G" + words[:at] + value + words[at + 8 :]) == "OK"


def core_symbol(name):
    command = ["nm", str(BUILD / "prtos_core")]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return next(int(line.split()[0], 16) for line in lines if line.split()[-1] == name)


def test_stack_runs_over(tmp_path):
    """At the begin of a decision, when the stack is empty, it is made full."""
    path = tmp_path / "gdb"
    words = ["-chardev", f"socket,id=gdb,path={path},server=on,wait=off", "-gdb", "chardev:gdb"]
    place = core_symbol("sched_resume")
    full = []

    def overflow():
        debugger = Debugger(path)
        assert debugger.ask(f"Z0,{place:x},1") == "OK"
        debugger.run_to_stop()
        assert debugger.register(EIP) == place
        full.append(debugger.register(ESP) - CPU_TO_GUARD)
        assert debugger.ask(f"z0,{place:x},1") == "OK"
        debugger.put(ESP, full[0])
        debugger.send("D")

    result = run_until_ready(system("busy"), words, overflow, icount=False)
    lines = told(result, "Double fault")
    assert len(lines) == 1
    assert 0 <= full[0] - int(lines[0][-9:-1], 16) < 256
    assert result.halted
    assert result.lines[-1] == "System halted."


def test_too_little_memory():
    result = boot("hello", memory=32, halted=False, timeout=20)
    assert result.rc == RC_PANIC
    assert not [line for line in result.lines if line.startswith("[P")]
    end = re.search(r"The areas end at 0x(\w+), this machine's memory at 0x(\w+)\.", result.text)
    assert int(end[1], 16) == 0x6200000
    assert 31 << 20 <= int(end[2], 16) <= 32 << 20
