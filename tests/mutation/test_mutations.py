# SPDX-License-Identifier: Apache-2.0
"""Each check of checks.py is taken out of a copy of the core, and the tests that it names must fail.
`make mutation` runs them, `make test` only that the texts are still there and the table is current."""
import os
import pathlib
import shutil
import subprocess
import sys

import pytest
from boot import ARCHS, ROOT, build_folder
from checks import CHECKS
from document import DOCUMENT, document
from mutant import PLACE, core

LIMIT = 600  # s
ENDED = "the run did not end by a normal halt"
HERE = [check for check in CHECKS if check.arch in ARCHS]


def test_the_texts_are_there_once():
    for check in CHECKS:
        text = (ROOT / check.file).read_text()
        assert text.count(check.old) == 1, f"{check.file}, {check.name}: {text.count(check.old)} times"
        assert check.new != check.old


def test_the_table_is_current():
    assert DOCUMENT.read_text() == document(), "run /usr/bin/python3 tests/mutation/document.py"


def build_with(faulty: pathlib.Path, arch: str) -> pathlib.Path:
    """A build folder as the tests want it: the other core, the same libraries."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    folder = PLACE / f"run-{worker}" / arch
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("lib", "gen", "include"):
        if not (folder / name).exists():
            (folder / name).symlink_to(build_folder(arch) / name)
    for name in ("prtos_core", "prtos_core.pef"):
        shutil.copy(faulty / name, folder / name)
    return folder


@pytest.mark.long
@pytest.mark.parametrize("check", HERE, ids=lambda check: check.name.replace(" ", "-"))
def test_without_the_check_a_test_fails(check):
    faulty = core(check.arch, [(check.file, check.old, check.new)])
    folder = build_with(faulty, check.arch)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
        "PRTOS_BUILD": str(folder.with_name("x86").relative_to(ROOT)),
        "ARCHS": check.arch,
    }
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    command += ["-m", "not long", "-k", check.arch, *check.tests.split()]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True,
                          timeout=LIMIT, check=False)  # fmt: skip
    assert done.returncode == 1, f"{check.name}: pytest ended with {done.returncode}\n{done.stdout}"
    # In a test, or in the run that several tests share; not in a build.
    assert " failed" in done.stdout.splitlines()[-1] or ENDED in done.stdout, done.stdout
