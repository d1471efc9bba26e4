# SPDX-License-Identifier: Apache-2.0
"""The model of page tables, tests/unit/test_pages.c, over a million operations."""
import os
import subprocess

import pytest
from boot import ROOT

HOST = (ROOT / os.environ.get("PRTOS_TOOLS", "build/host/bin")).parent


@pytest.mark.long
def test_a_million_operations():
    done = subprocess.run(
        [HOST / "unit" / "test_pages"],
        capture_output=True,
        text=True,
        env={**os.environ, "PAGES_OPERATIONS": "1000000"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1000000 calls" in done.stdout
