# SPDX-License-Identifier: Apache-2.0
"""prtos run: what is shown of each partition, how it ends, what it leaves behind."""
import contextlib
import os
import pathlib
import pty
import shutil
import signal
import sys

import pytest
from boot import BUILD, ROOT
from prtos import machine
from projects import (
    ENV,
    FOREVER,
    HALT,
    PRTOS,
    children,
    is_gone,
    lines_of,
    new,
    on_terminal,
    program,
    prtos,
    said_by,
    started,
    write,
)

sys.path.insert(0, str(ROOT / "tests" / "scripts"))
import kernel  # noqa: E402

HELLO = ROOT / "partitions" / "hello"


def test_system_of_the_tree_line_by_line():
    done = prtos("run", "--icount", HELLO)
    assert done.returncode == 0, done.stderr
    lines = lines_of(done.stdout)
    assert [line for _, line in lines[1:5]] == [
        "  P0 blue", "     0x06000000 + 1024 KB", "  P1 green (system)", "     0x06100000 + 1024 KB"
    ]  # fmt: skip
    assert lines[0][0] == "PRTOS" and lines[-1] == ("PRTOS", "System halted.")
    # The same lines in the same order as on the console, where each program says who it is.
    expected = (HELLO / "expected.txt").read_text().splitlines()[5:-1]
    shown = [f"[{label.split()[0]}] {line}" for label, line in lines[5:-1]]
    assert shown == expected
    assert {label for label, _ in lines[5:-1]} == {"P0 blue", "P1 green"}
    assert not (HELLO / "resident_sw").exists()  # built elsewhere


def test_file_and_cd_image():
    image = BUILD / "partitions" / "hello" / "resident_sw"
    plain = prtos("run", "--icount", image)
    assert plain.returncode == 0, plain.stderr
    iso = prtos("run", "--icount", "--iso", image)
    assert iso.returncode == 0, iso.stderr
    assert iso.stdout.endswith(plain.stdout[plain.stdout.index("PRTOS    |   P0 blue") :])


def test_a_board_of_another_architecture(tmp_path):
    """The project names it, or -p does; what they show is the same."""
    own = new(tmp_path, "own", platform="virt")
    shown = prtos("run", "--icount", own)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.splitlines()[-2:] == ["done after 12 frames", "System halted."]
    assert machine.board_of(own / "resident_sw").platform == "virt"
    other = new(tmp_path, "asked")
    asked = prtos("run", "--icount", "-p", "virt", other)
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.replace("asked", "own") == shown.stdout
    lines = [line for _, line in lines_of(prtos("run", "--icount", other).stdout)]
    assert lines[5:] == asked.stdout.splitlines()[5:]
    done = prtos("run", "--iso", own)
    assert done.returncode == 2 and "no CD image" in done.stderr


def test_pieces_of_lines_are_put_together(tmp_path):
    heater = program(
        write("ab"), "prtos_idle_self();", write("cd\\nef"), "prtos_idle_self();",
        write("gh\\n"), write("[P0] own\\n"), write("[P1] not own\\n"), write("[P0:0] cpu\\n"),
        write("no end"), "for (;;) prtos_idle_self();",
    )  # fmt: skip
    thermostat = program(
        write("12"), "prtos_idle_self();", write("34\\n\\n"), "prtos_idle_self();",
        write("last\\n"), "prtos_idle_self();", "prtos_halt_system();",
    )  # fmt: skip
    done = prtos("run", "--icount", new(tmp_path, heater=heater, thermostat=thermostat))
    assert done.returncode == 0, done.stderr
    own = [line for line in lines_of(done.stdout) if line[0] != "PRTOS"]
    first, second = "P0 heater", "P1 thermostat"
    assert own[:2] == [(first, "abcd"), (second, "1234")]
    assert said_by(done.stdout, first) == [
        "abcd", "efgh", "own", "[P1] not own", "[P0:0] cpu", "no end"
    ]  # fmt: skip
    assert said_by(done.stdout, second) == ["1234", "", "last"]
    assert lines_of(done.stdout)[-2:] == [("PRTOS", "System halted."), (first, "no end")]


def test_long_lines_and_many(tmp_path):
    """More than the rings hold is not in the picture twice, and no line is torn."""
    heater = program(
        "int i;", "for (i = 0; i < 400; i++)",
        '    printf("line %d ..................................................\\n", i);',
        'printf("all\\n");', "for (;;) prtos_idle_self();",
    )  # fmt: skip
    wait = "for (i = 0; i < 50; i++) prtos_idle_self();"
    thermostat = program("int i;", wait, "prtos_halt_system();")
    done = prtos("run", "--icount", new(tmp_path, heater=heater, thermostat=thermostat))
    assert done.returncode == 0, done.stderr
    lines = said_by(done.stdout, "P0 heater")
    assert lines == [f"line {i} {'.' * 50}" for i in range(400)] + ["all"]


def test_colours_on_a_terminal_only(tmp_path):
    project = new(tmp_path, thermostat=HALT, heater=program('printf("warm\\n");'))
    assert "\x1b" not in prtos("run", project).stdout
    status, data = on_terminal("run", project)
    assert status == 0
    assert b"\x1b[36mP0 heater     |\x1b[0m warm\r\n" in data
    assert b"\x1b[33mP1 thermostat |\x1b[0m the end\r\n" in data
    assert b"\x1b[1mPRTOS         |\x1b[0m System halted.\r\n" in data


def test_restart_keeps_the_records(tmp_path):
    thermostat = program(
        "{ prtos_sys_status_t status; prtos_get_system_status(&status);",
        '  printf("resets %d\\n", status.reset_counter);',
        "  if (!status.reset_counter) prtos_reset_system(PRTOS_WARM_RESET); }",
        "prtos_halt_system();",
    )
    done = prtos("run", "--icount", new(tmp_path, thermostat=thermostat))
    assert done.returncode == 0, done.stderr
    found = [line for line in said_by(done.stdout, "P1 thermostat") if line.startswith("resets")]
    assert found == ["resets 0", "resets 1"]
    assert sum("system demo" in line for line in said_by(done.stdout, "PRTOS")) == 2


def test_a_panic_is_shown(tmp_path):
    project = new(tmp_path)
    text = (project / "system.xml").read_text()
    plans = '<CyclicPlanTable><Plan id="0" majorFrame="20ms"/></CyclicPlanTable>'
    second = f'<Processor id="1">{plans}</Processor>'
    text = text.replace("</ProcessorTable>", f"{second}</ProcessorTable>")
    (project / "system.xml").write_text(text)
    done = prtos("run", "--smp", 1, project)
    assert done.returncode == 3
    assert "needs 2 CPUs" in said_by(done.stdout, "PRTOS")[-1]
    assert "0x11" in done.stderr
    assert prtos("run", project).returncode == 0  # as many as the system needs


def test_a_system_with_both_uarts(tmp_path):
    """No records then: the consoles are shown as they are."""
    project = new(tmp_path, thermostat=HALT)
    text = (project / "system.xml").read_text()
    text = text.replace('name="heater" console="Uart0"', 'name="heater" console="Uart1"')
    (project / "system.xml").write_text(text)
    done = prtos("run", "--icount", project)
    assert done.returncode == 0, done.stderr
    refusal = "No records: UART 1 is in use or absent."
    wanted = {refusal, "frame 1: 22 degrees", "the end", "System halted."}
    assert wanted <= set(done.stdout.splitlines())


def test_interrupt_ends_qemu_too(tmp_path):
    project = new(tmp_path, thermostat=FOREVER)
    with started("run", project) as process:
        for line in process.stdout:
            if "it runs" in line:
                break
        (qemu,) = children(process.pid)
        assert "qemu" in pathlib.Path(f"/proc/{qemu}/comm").read_text()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
        assert process.returncode == 130
        assert "Traceback" not in errors and errors.endswith("prtos: interrupted\n")
        assert is_gone(qemu)


def test_ctrl_c_on_a_terminal(tmp_path):
    """There the emulator gets the signal too."""
    project = new(tmp_path, thermostat=FOREVER)
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(PRTOS, ["prtos", "run", str(project)], ENV)
    data = b""
    try:
        while b"it runs" not in data:
            data += os.read(terminal, 4096)
        (qemu,) = children(pid)
        os.write(terminal, b"\x03")
        with contextlib.suppress(OSError):
            while part := os.read(terminal, 4096):
                data += part
    finally:
        _, status = os.waitpid(pid, 0)
        os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 130
    assert b"Traceback" not in data and data.endswith(b"\r\nprtos: interrupted\r\n")
    assert is_gone(qemu)


@pytest.mark.parametrize("how", ["terminated", "nobody reads"])
def test_qemu_ends_with_us(tmp_path, how):
    project = new(tmp_path, thermostat=FOREVER)
    with started("run", project) as process:
        process.stdout.readline()
        (qemu,) = children(process.pid)
        if how == "terminated":
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 128 + signal.SIGTERM
        else:
            process.stdout.close()
            assert process.wait(20) == 2
            process.stdout = open("/dev/null")
        assert is_gone(qemu)
        assert "Traceback" not in process.stderr.read()


def test_time_limit_and_other_ends(tmp_path):
    stays = kernel.build(tmp_path, "stays", kernel.STAYS)
    done = prtos("run", "--timeout", 1, stays)
    assert (done.returncode, done.stdout) == (4, "stays")
    (tmp_path / "panic").mkdir()
    done = prtos("run", kernel.build(tmp_path / "panic", "panics", 0x11))
    assert (done.returncode, done.stdout) == (3, "panics")


def test_wrong_usage_and_nothing_to_boot(tmp_path):
    assert prtos("run", "--nix").returncode == 1
    assert prtos("run", "--smp", "many").returncode == 1
    done = prtos("run", tmp_path / "none")
    assert done.returncode == 2 and "no such file" in done.stderr
    done = prtos("run", tmp_path)
    assert done.returncode == 2 and "no Makefile" in done.stderr
    for name in ("dirname", "readlink"):
        (tmp_path / name).symlink_to(shutil.which(name))
    done = prtos("run", kernel.build(tmp_path), env=ENV | {"PATH": str(tmp_path)})
    assert done.returncode == 2 and "qemu-system-x86" in done.stderr


def test_options_reach_the_machine(tmp_path):
    """Of an emulator that only tells how it was called."""
    emulator = tmp_path / "qemu-system-i386"
    emulator.write_text('#!/bin/sh\necho "$@"\nexit 33\n')
    emulator.chmod(0o755)
    image = kernel.build(tmp_path)
    env = ENV | {"PATH": f"{tmp_path}:{ENV['PATH']}"}
    words = ["--gdb", "--icount", "--smp", 3, "--cpu", "max", "--memory", 64, "--qemu=-d int"]
    done = prtos("run", *words, image, env=env)
    assert done.returncode == 0, done.stderr
    for part in ("-s -S", "-icount shift=0,sleep=off", "-smp 3", "-cpu max", "-m 64", "-d int"):
        assert f" {part}" in done.stdout
    assert "-append records=1" in done.stdout and f"-kernel {image}" in done.stdout
    assert "target remote :1234" in done.stderr


def test_arguments_of_the_project(tmp_path):
    """qemu.args of a project hold, options given win."""
    project = new(tmp_path, thermostat=HALT)
    (project / "qemu.args").write_text("-m 64\n")  # less than the areas need
    done = prtos("run", project)
    assert done.returncode == 3 and "this machine's memory" in done.stdout
    assert prtos("run", "--memory", 512, project).returncode == 0
