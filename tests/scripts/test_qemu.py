# SPDX-License-Identifier: Apache-2.0
"""scripts/qemu and tests/lib/boot.py, with a small multiboot program instead of the hypervisor."""
import os
import pathlib
import pty
import signal
import subprocess
import sys
import time

import pytest
from boot import ROOT, boot, boot_screen

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import kernel  # noqa: E402

QEMU = ROOT / "scripts" / "qemu"


def qemu(*words):
    return subprocess.run([QEMU, *words], capture_output=True, text=True, timeout=60)


def test_dry_run_gives_the_documented_line(tmp_path):
    image = kernel.build(tmp_path)
    line = qemu("--dry-run", image).stdout.split()
    assert line == (
        "qemu-system-i386 -accel tcg -M pc -m 512 -smp 1 -cpu qemu32 -nodefaults -no-user-config "
        "-display none -serial stdio -no-reboot -device isa-debug-exit,iobase=0xf4,iosize=4 "
        f"-kernel {image}"
    ).split()


def test_options_reach_the_line(tmp_path):
    image = kernel.build(tmp_path)
    words = "--icount --smp 4 --cpu max --memory 64 --gdb".split()
    line = qemu("--dry-run", *words, "--qemu=-d int", image).stdout.replace("\n", " ")
    for part in ("-icount shift=0,sleep=off", "-smp 4", "-cpu max", "-m 64", "-s -S", "-d int"):
        assert f" {part} " in line


def test_arguments_of_a_system_and_of_the_caller(tmp_path):
    kernel.build(tmp_path)
    (tmp_path / "qemu.args").write_text("# two\n-smp 2 -cpu max\n-d int\n")
    line = qemu("--dry-run", tmp_path).stdout
    assert "-smp 2 " in line and "-cpu max " in line and "-d int\n" in line
    line = qemu("--dry-run", "--smp", "3", tmp_path).stdout
    assert "-smp 3 " in line and "-smp 2" not in line and "-cpu max " in line
    (tmp_path / "qemu.args").write_text("-icount shift=0,sleep=off\n")
    assert qemu("--dry-run", "--icount", tmp_path).stdout.count("-icount") == 1
    assert qemu("--dry-run", tmp_path).stdout.count("-icount") == 1
    assert "-icount" not in qemu("--dry-run", "--no-icount", tmp_path).stdout
    (tmp_path / "qemu.args").write_text("-smp two\n")
    done = qemu("--dry-run", tmp_path)
    assert done.returncode == 2 and "-smp" in done.stderr


@pytest.mark.parametrize("code, status", [(0x10, 0), (0x11, 3), (0, 3), (1, 3)])
def test_exit_status(tmp_path, code, status):
    done = qemu(kernel.build(tmp_path, "x", code))
    assert (done.returncode, done.stdout) == (status, "x")
    assert bool(done.stderr) == bool(status)


def test_wrong_usage_and_nothing_to_boot(tmp_path):
    assert qemu("--help").returncode == 0
    assert qemu().returncode == 1
    assert qemu("--nix", tmp_path).returncode == 1
    done = qemu(tmp_path)
    assert done.returncode == 2 and str(tmp_path / "resident_sw") in done.stderr


def test_time_limit_keeps_what_was_printed(tmp_path):
    began = time.monotonic()
    done = qemu("--timeout", "1", kernel.build(tmp_path, "stays", kernel.STAYS))
    assert (done.returncode, done.stdout) == (4, "stays")
    assert time.monotonic() - began < 10


def test_interrupt_ends_qemu_too(tmp_path):
    image = kernel.build(tmp_path, "stays\\n", kernel.STAYS)
    with subprocess.Popen([QEMU, image], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"stays\n"
        children = f"/proc/{process.pid}/task/{process.pid}/children"
        child = int(pathlib.Path(children).read_text().split()[0])
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert not pathlib.Path(f"/proc/{child}").exists()


def test_colours_on_a_terminal_only(tmp_path):
    image = kernel.build(tmp_path, "[P0] a\\n[P1:2] b\\nrest")
    assert qemu(image).stdout == "[P0] a\n[P1:2] b\nrest"
    ours, theirs = pty.openpty()
    with subprocess.Popen([QEMU, image], stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        data = b""
        try:
            while part := os.read(ours, 4096):
                data += part
        except OSError:
            pass  # the other side is closed
        assert process.wait(10) == 0
    os.close(ours)
    assert data == b"\x1b[36m[P0]\x1b[0m a\r\n\x1b[33m[P1:2]\x1b[0m b\r\nrest"


def test_library_boots_and_judges_the_end(tmp_path):
    result = boot(kernel.build(tmp_path, "one\\r\\ntwo\\r\\n"))
    assert result.halted and result.lines == ["one", "two"] and "-icount" in result.command
    image = kernel.build(tmp_path, "one", 0x11)
    with pytest.raises(AssertionError, match="35"):
        boot(image)
    assert boot(image, halted=False).rc == 35
    with pytest.raises(AssertionError, match="no end within 1 s"):
        boot(kernel.build(tmp_path, "one", kernel.STAYS), timeout=1)


def test_library_reads_the_screen(tmp_path):
    lines = boot_screen(kernel.build(tmp_path, "on the screen"), timeout=20)
    assert len(lines) == 25 and lines[0].startswith("on the screen")
