# SPDX-License-Identifier: Apache-2.0
"""Each fuzz target over its seeds and its corpus, in every run; in the long tests (make test-long)
it then looks for new inputs for a while."""
import os
import pathlib
import re
import subprocess

import pytest
from boot import ROOT

HERE = pathlib.Path(__file__).resolve().parent
BUILT = (ROOT / os.environ.get("PRTOS_TOOLS", "build/host/bin")).parent / "fuzz"
TARGETS = sorted(path.stem for path in HERE.glob("fuzz_*.c"))
SECONDS = int(os.environ.get("FUZZ_SECONDS", "60"))
LARGEST = 16384  # bytes of an input


def corpora(target: str) -> list:
    folders = [BUILT / "seeds" / target, HERE / "corpus" / target]
    return [folder for folder in folders if folder.is_dir()]


def run(target: str, tmp_path: pathlib.Path, *words) -> str:
    """What the target says; an input that fails is kept in the build folder."""
    if not (BUILT / target).exists():
        pytest.skip("clang's fuzzer runtime is not installed")
    kept = BUILT / "found"
    kept.mkdir(exist_ok=True)
    command = [BUILT / target, "-timeout=20", f"-artifact_prefix={kept}/{target}-", *words]
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", env={**os.environ, "TMPDIR": str(tmp_path)}
    )
    assert done.returncode == 0, f"{command}\n{done.stderr[-6000:]}"
    return done.stderr


@pytest.mark.parametrize("target", TARGETS)
def test_corpus(target, tmp_path):
    said = run(target, tmp_path, "-runs=0", f"-max_len={LARGEST}", *corpora(target))
    files = sum(len(list(folder.iterdir())) for folder in corpora(target))
    assert files >= 4
    assert int(re.findall(r"^#(\d+)\s+DONE", said, re.M)[-1]) >= files


@pytest.mark.long
@pytest.mark.parametrize("target", TARGETS)
def test_search(target, tmp_path):
    found = BUILT / "corpus" / target
    found.mkdir(parents=True, exist_ok=True)
    dictionary = BUILT / "seeds" / f"{target}.dict"
    words = [f"-dict={dictionary}"] if dictionary.exists() else []
    said = run(
        target, tmp_path, f"-max_total_time={SECONDS}", f"-max_len={LARGEST}", *words, found, *corpora(target)
    )
    runs, seconds = re.findall(r"^Done (\d+) runs in (\d+) second", said, re.M)[-1]
    assert int(seconds) >= SECONDS and int(runs) > 1000
