# SPDX-License-Identifier: Apache-2.0
"""prtos build: what it makes, what it says on the way, and what it says first when a step fails."""
import os
import re
import signal
import time

import pytest
from boot import BUILD, ROOT
from projects import children, is_gone, new, on_terminal, prtos, started

SLOW = "all: one two\none:\n\t@sleep 1.3\n\t@echo one is done\ntwo: one\n\t@touch resident_sw\n"


def make_project(folder, makefile: str):
    folder.mkdir()
    (folder / "Makefile").write_text(makefile)
    return folder


def test_bootable_file_and_its_size(tmp_path):
    project = new(tmp_path)
    done = prtos("build", project)
    assert done.returncode == 0, done.stderr
    image = project / "resident_sw"
    assert f": {image.stat().st_size // 1024} KB, in " in done.stdout
    assert done.stdout.startswith(os.path.relpath(image))
    before = image.stat().st_mtime_ns
    assert prtos("build", cwd=project).returncode == 0  # the folder where we are
    assert image.stat().st_mtime_ns == before


def test_system_of_the_tree_is_built_outside_its_sources():
    done = prtos("build", ROOT / "partitions" / "shm", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert str(BUILD / "partitions" / "shm" / "resident_sw").endswith(done.stdout.split(":")[0])
    assert not list((ROOT / "partitions" / "shm").glob("*.o"))


def test_message_of_the_failing_step_comes_first(tmp_path):
    project = new(tmp_path)
    heater = project / "heater.c"
    heater.write_text(heater.read_text().replace("command = {1};", "command = {1}"))
    thermostat = project / "thermostat.c"
    text = thermostat.read_text().replace("wanted, frame;", "wanted, frame, unused;")
    thermostat.write_text(text)
    done = prtos("build", project)
    assert done.returncode == 2 and done.stdout == ""
    lines = [line for line in done.stderr.splitlines() if not line.endswith(" ...")]
    assert lines[0].startswith("heater.c: In function")
    assert "error: expected" in lines[1]
    assert lines[-1] == "prtos: building demo failed at heater.o, see above"
    assert not any(line.startswith("make") for line in lines)
    # The other step warned; that comes behind.
    assert "unused" not in "\n".join(lines[: lines.index("other messages of the build:")])


def test_fault_of_the_system_file(tmp_path):
    project = new(tmp_path)
    system = project / "system.xml"
    system.write_text(system.read_text().replace('duration="5ms"', 'duration="50ms"', 1))
    done = prtos("build", project)
    assert done.returncode == 2
    lines = [line for line in done.stderr.splitlines() if not line.endswith(" ...")]
    assert re.match(r"system\.xml:\d+: error: .*\[slot-beyond-frame\]", lines[0])


FAULTS = [
    ("all: gone\n", "make: *** No rule to make target 'gone', needed by 'all'.  Stop."),
    ("all:\nbroken\n", "Makefile:2: *** missing separator.  Stop."),
    ("$(error no, not so)\n", "Makefile:1: *** no, not so.  Stop."),
    ("all:\n\t@echo one; echo two >&2; exit 3\n", "one\ntwo"),
]


@pytest.mark.parametrize("makefile, said", FAULTS)
def test_faults_of_a_makefile(tmp_path, makefile, said):
    done = prtos("build", make_project(tmp_path / "faulty", makefile))
    assert done.returncode == 2
    lines = [line for line in done.stderr.splitlines() if not line.endswith(" ...")]
    where = " at all" if said.startswith("one") else ""
    assert lines == [*said.split("\n"), f"prtos: building faulty failed{where}, see above"]


def test_warnings_of_a_build_that_succeeds(tmp_path):
    project = new(tmp_path)
    heater = project / "heater.c"
    heater.write_text(heater.read_text().replace("struct command", "int unused; struct command", 1))
    done = prtos("build", project)
    assert done.returncode == 0 and "unused variable" in done.stderr


def test_a_slow_step_is_named_once_a_quick_one_is_not(tmp_path):
    done = prtos("build", make_project(tmp_path / "slow", SLOW))
    assert done.returncode == 0
    assert done.stderr.splitlines().count("building slow ...") == 1
    quick = SLOW.replace("sleep 1.3", "sleep 0.1")
    assert "building quick" not in prtos("build", make_project(tmp_path / "quick", quick)).stderr


def test_progress_on_a_terminal_goes_away(tmp_path):
    status, data = on_terminal("build", make_project(tmp_path / "slow", SLOW))
    assert status == 0
    assert re.search(rb"\r\x1b\[Kbuilding slow \.\.\. 1 s", data)
    shown = [line.rsplit(b"\x1b[K", 1)[-1] for line in data.replace(b"\r\n", b"\n").split(b"\n")]
    assert b"building slow" not in b"\n".join(shown)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_what_a_build_started_ends_with_it(tmp_path, how):
    project = make_project(tmp_path / "endless", "all:\n\t@touch begun; sleep 1000; :\n")
    with started("build", project) as process:
        end = time.monotonic() + 60
        while not (project / "begun").exists():
            assert time.monotonic() < end and process.poll() is None
            time.sleep(0.05)
        ours = children(process.pid)
        process.send_signal(how)
        assert process.wait(20) == 128 + how
        assert ours and all(is_gone(child) for child in ours)
        assert "Traceback" not in process.stderr.read()


def test_no_project(tmp_path):
    for words in ([tmp_path / "none"], [tmp_path]):
        done = prtos("build", *words)
        assert done.returncode == 2 and done.stderr.startswith("prtos: ")


def test_platform_reaches_the_compiler(tmp_path):
    project = new(tmp_path)
    assert prtos("build", project).returncode == 0
    done = prtos("build", "--platform", "nix", project)
    assert done.returncode == 2 and "-p nix" in done.stderr
    # A board of one's own, named from where we are.
    board = (ROOT / "config" / "platforms" / "pc.xml").read_text()
    (tmp_path / "board.xml").write_text(board.replace('name="pc"', 'name="mine"'))
    done = prtos("build", "--platform", "./board.xml", "demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert prtos("build", project).returncode == 0
    (tmp_path / "board.xml").write_text("")
    assert prtos("build", "--platform", "./board.xml", "demo", cwd=tmp_path).returncode == 2
