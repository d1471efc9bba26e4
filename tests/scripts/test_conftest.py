# SPDX-License-Identifier: Apache-2.0
"""tests/conftest.py: skips fail under CI=true only, and a failed boot shows how to repeat it."""
import os
import pathlib
import subprocess
import sys

import pytest
from boot import ROOT

HERE = pathlib.Path(__file__).resolve().parent

SKIPS = """
import pytest
def test_one():
    pytest.skip("no such thing here")
def test_two():
    pass
"""
BOOTS = f"""
import sys
sys.path.insert(0, {str(HERE)!r})
import kernel
from boot import boot
def test_fails(tmp_path):
    assert boot(kernel.build(tmp_path, "last words")).text == "other words"
"""


def run(tmp_path, text, ci):
    (tmp_path / "test_inner.py").write_text(text)
    env = dict(os.environ, PYTHONPATH=str(ROOT / "tests"), CI=ci)
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "conftest"]
    words += ["--rootdir", tmp_path, tmp_path]
    return subprocess.run(words, capture_output=True, text=True, env=env, cwd=tmp_path)


@pytest.mark.parametrize(
    "ci, code, last", [("", 0, "1 passed, 1 skipped"), ("true", 1, "1 failed, 1 passed")]
)
def test_skips(tmp_path, ci, code, last):
    done = run(tmp_path, SKIPS, ci)
    assert done.returncode == code
    assert last in done.stdout
    assert ci != "true" or "no such thing here" in done.stdout


def test_failed_boot_is_shown(tmp_path):
    done = run(tmp_path, BOOTS, "")
    assert done.returncode == 1
    assert "to repeat: qemu-system-i386 " in done.stdout and "last words" in done.stdout
