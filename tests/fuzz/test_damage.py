# SPDX-License-Identifier: Apache-2.0
"""A bit flipped anywhere in a container, a PEF or a configuration is refused by tools and core alike,
as are pairs of bits, bursts, cut ends and bytes behind: tests/unit/flip_files.c tries them."""
import os
import re
import subprocess

import pytest
from boot import ROOT, system_folder

HOST = (ROOT / os.environ.get("PRTOS_TOOLS", "build/host/bin")).parent
SEEDS = HOST / "fuzz" / "seeds"
FLAGSHIP = system_folder("flagship")

FILES = {
    "flagship": FLAGSHIP / "container.bin",
    "flagship-configuration": FLAGSHIP / "prtos_cf.bin.prtos_conf",
    "flagship-configuration-file": FLAGSHIP / "prtos_cf.pef.prtos_conf",
    # Compressed images and plain ones, with customisation files; each of its bytes has its turn.
    "small": SEEDS / "fuzz_container" / "x86-1",
    "partition": SEEDS / "fuzz_pef" / "partition",
    "partition-compressed": SEEDS / "fuzz_pef" / "partition-c",
}


@pytest.mark.parametrize("name", FILES)
def test_damage_is_refused(name):
    done = subprocess.run(
        [HOST / "unit" / "flip_files", FILES[name]], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    tried = {what: int(n) for n, what in re.findall(r"(\d+) (.*) refused", done.stdout)}
    assert tried["single bits"] >= 10000 and tried["pairs of bits"] >= 2900
    assert tried["bursts"] >= 3000 and tried["wrong ends"] >= 3000
