# SPDX-License-Identifier: Apache-2.0
"""prtos new: a project that builds and runs wherever it stands, from the tree and from an
installation."""
import os
import shutil
import subprocess

import pytest
from boot import BUILD, ROOT
from projects import ENV, new, prtos, said_by

HEATER = ["heating is switched off", "heating is switched on", "heating is switched off"]
THERMOSTAT = [
    "24 degrees: heater off", "18 degrees: heater on", "24 degrees: heater off",
    "done after 12 frames",
]  # fmt: skip


def judge(done) -> None:
    """Both ports carried their messages, and the system ended by itself."""
    assert done.returncode == 0, done.stderr
    frames = [line for line in said_by(done.stdout, "P0 heater") if line.startswith("frame")]
    assert frames[:3] == ["frame 1: 22 degrees", "frame 2: 24 degrees", "frame 3: 23 degrees"]
    assert [line for line in said_by(done.stdout, "P0 heater") if line not in frames] == HEATER
    assert said_by(done.stdout, "P1 thermostat") == THERMOSTAT
    assert said_by(done.stdout, "PRTOS")[-1] == "System halted."


def make(folder, *words, **env):
    return subprocess.run(
        ["make", *words], cwd=folder, env=ENV | env, capture_output=True, text=True, timeout=60
    )


def test_in_a_folder_with_a_blank(tmp_path):
    folder = tmp_path / "my work"
    folder.mkdir()
    project = new(folder, "first-try_1")
    assert prtos("check", project / "system.xml").stderr == ""
    judge(prtos("run", "--icount", project))
    judge(prtos("run", "--icount", cwd=project))
    assert make(project, "clean").returncode == 0
    done = make(project, PRTOS_BUILD=str(BUILD))
    assert done.returncode == 0 and "warning" not in done.stderr, done.stderr
    judge(prtos("run", "--icount", project / "resident_sw"))


def test_what_is_built_is_ignored(tmp_path):
    project = new(tmp_path)
    before = {path.name for path in project.iterdir()}
    assert prtos("build", project).returncode == 0
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    found = subprocess.run(
        ["git", "ls-files", "-o", "--exclude-standard"], cwd=project, capture_output=True, text=True
    )
    assert set(found.stdout.split()) == before - {"local.mk"}


def test_make_finds_prtos_or_says_how(tmp_path):
    project = new(tmp_path)
    (project / "local.mk").unlink()  # somebody else's clone
    done = make(project, PKG_CONFIG_LIBDIR=str(tmp_path))
    assert done.returncode == 2 and "set PRTOS_PATH" in done.stderr
    assert make(project, PRTOS_PATH=str(ROOT), PRTOS_BUILD=str(BUILD)).returncode == 0
    assert make(project, "clean", BAIL_PATH=str(ROOT / "user" / "bail")).returncode == 0
    assert not (project / "resident_sw").exists()
    assert prtos("build", project).returncode == 0


def install(prefix):
    """What `make install` gives, as far as a project needs it."""
    share = prefix / "share" / "prtos"
    shutil.copytree(ROOT / "user" / "bin", prefix / "bin")
    shutil.copytree(ROOT / "user" / "prtos", prefix / "lib" / "prtos")
    shutil.copytree(ROOT / "user" / "bail", share / "bail")
    shutil.copytree(BUILD / "include", share / "x86" / "include")
    shutil.copytree(BUILD / "lib", share / "x86" / "lib")
    shutil.copy(BUILD / "prtos_core.pef", share / "x86")


def test_from_an_installation(tmp_path):
    install(tmp_path / "prefix")
    command = tmp_path / "prefix" / "bin" / "prtos"
    # An environment meant for the tree changes nothing.
    env = ENV | {"PRTOS_BUILD": "build/none"}
    done = prtos("new", "demo", "--dir", tmp_path, command=command, env=env)
    assert done.returncode == 0, done.stderr
    project = tmp_path / "demo"
    assert str(ROOT) not in (project / "local.mk").read_text()
    done = prtos("run", "--icount", project, command=command, env=env)
    judge(done)
    assert make(project, "clean").returncode == 0
    done = make(project)
    assert done.returncode == 0 and str(ROOT) not in done.stdout + done.stderr
    assert prtos("--version", command=command).stdout == prtos("--version").stdout
    done = prtos("run", "--icount", "--iso", project, command=command, env=env)
    assert done.returncode == 0 and "System halted." in done.stdout


BAD_NAMES = ["", "1st", "a b", "../x", "a/b", "-x", "a.b", "ä", "x" * 17, "a\n"]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_bad_names(tmp_path, name):
    done = prtos("new", "--", name, cwd=tmp_path)
    assert done.returncode == 2 and "a name is" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_longest_name_is_good(tmp_path):
    assert prtos("check", new(tmp_path, "x" * 16) / "system.xml").returncode == 0


def test_nothing_is_overwritten(tmp_path):
    project = new(tmp_path)
    (project / "heater.c").write_text("mine")
    done = prtos("new", "demo", "--dir", tmp_path)
    assert done.returncode == 2 and "exists already" in done.stderr
    assert (project / "heater.c").read_text() == "mine"
    (tmp_path / "file").write_text("")
    assert prtos("new", "file", "--dir", tmp_path).returncode == 2
    done = prtos("new", "demo", "--dir", tmp_path / "none")
    assert done.returncode == 2 and "no such folder" in done.stderr
    assert prtos("new", "other", "--platform", "nix", "--dir", tmp_path).returncode == 1
    assert not os.path.exists(tmp_path / "other")
