# SPDX-License-Identifier: Apache-2.0
"""scripts/deps: what it prints, how it ends, and that it asks nothing of apt when all is there.
Programs in front of the real ones on PATH stand for dpkg, id, sudo and apt-get."""
import os
import resource
import subprocess

import pytest
from boot import ROOT

DEPS = ROOT / "scripts" / "deps"


def fake(folder, name, text):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def deps(*words, path=None):
    env = dict(os.environ, PATH=f"{path}:/usr/bin:/bin" if path else "/usr/bin:/bin")
    return subprocess.run([DEPS, *words], capture_output=True, text=True, env=env, timeout=60)


def machine(folder, installed, user=0, sudo=1):
    """A machine with some packages; apt-get installs what it is told to."""
    (folder / "there").write_text("".join(f"{name} installed\n" for name in installed))
    fake(folder, "dpkg-query", f"cat {folder}/there")
    fake(folder, "id", f"echo {user}")
    fake(folder, "sudo", f'[ $1 != -n ] || exit {sudo}; echo sudo >>{folder}/log; exec "$@"')
    fake(folder, "apt-get", f'echo "$@" >>{folder}/log; [ ! -e {folder}/fails ]')
    return folder


ALL = subprocess.run([DEPS, "all"], capture_output=True, text=True).stdout.split()
X86 = "make gcc libc6-dev pkg-config libxml2-dev python3 python3-jinja2 qemu-system-x86".split()


def test_prints_the_line():
    done = deps("x86")
    assert done.returncode == 0
    assert done.stdout.split("--no-install-recommends ")[1].split() == X86
    assert "gcc-multilib" not in ALL
    assert len(set(ALL)) == len(ALL)


def test_wrong_usage():
    assert deps("--help").returncode == 0
    assert deps("nix").returncode == 1
    assert deps("--nix").returncode == 1


def test_nothing_to_do_is_silent_and_quick(tmp_path):
    path = machine(tmp_path, X86)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = deps("--install", "x86", path=path)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Of the processor, not of the clock: others may be using the machine.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.2
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (tmp_path / "log").exists()


def test_root_installs_only_what_is_missing(tmp_path):
    path = machine(tmp_path, [name for name in X86 if name not in ("gcc", "qemu-system-x86")])
    assert deps("--install", "x86", path=path).returncode == 0
    log = (tmp_path / "log").read_text().splitlines()
    assert len(log) == 1
    assert log[0].endswith("install --no-install-recommends gcc qemu-system-x86")
    assert "DPkg::Lock::Timeout=120" in log[0] and "-y" in log[0].split()


def test_half_installed_is_missing(tmp_path):
    path = machine(tmp_path, X86[1:])
    with (tmp_path / "there").open("a") as file:
        file.write("make config-files\n")
    assert deps("--install", "x86", path=path).returncode == 0
    assert (tmp_path / "log").read_text().split()[-1] == "make"


@pytest.mark.parametrize("sudo, status", [(0, 0), (1, 2)])
def test_user_needs_sudo_without_a_password(tmp_path, sudo, status):
    path = machine(tmp_path, X86[1:], user=1000, sudo=sudo)
    done = deps("--install", "x86", path=path)
    assert done.returncode == status
    if status:
        assert "sudo apt-get install --no-install-recommends make\n" in done.stderr
        assert not (tmp_path / "log").exists()
    else:
        assert (tmp_path / "log").read_text().startswith("sudo\n")


def test_failing_apt_is_tried_after_an_update_and_reported(tmp_path):
    path = machine(tmp_path, X86[1:])
    (tmp_path / "fails").write_text("")
    done = deps("--install", "x86", path=path)
    assert done.returncode == 2 and "could not install make" in done.stderr
    assert (tmp_path / "log").read_text().splitlines()[1].endswith("update")


@pytest.mark.parametrize(
    "words, looks",
    [(["tools"], True), (["-j2", "run"], True), (["help"], False), (["-n", "tools"], False)],
)
def test_make_looks_after_packages_first(tmp_path, words, looks):
    path = machine(tmp_path, X86[1:], user=1000, sudo=1)
    drop = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "DEPS")
    env = {name: value for name, value in os.environ.items() if name not in drop}
    env["PATH"] = f"{path}:/usr/bin:/bin"
    done = subprocess.run(["make", *words], capture_output=True, text=True, env=env, cwd=ROOT)
    assert (done.returncode != 0) == looks
    assert ("missing packages: make\n" in done.stderr) == looks
