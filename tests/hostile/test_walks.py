# SPDX-License-Identifier: Apache-2.0
"""Translation tables of a partition that change on another processor while the core follows a pointer
through them: each call is done in the partition's own memory or refused. Counted and in real time,
where the processors truly run at once."""
import pytest
from boot import ARCHS, boot
from guests import build, failures

pytestmark = pytest.mark.skipif("aarch64" not in ARCHS, reason="tables of AArch64")


@pytest.mark.parametrize("icount", [True, False])
def test_tables_that_change(icount):
    folder = build("tests/hostile/walks", arch="aarch64")
    result = boot(folder, arch="aarch64", icount=icount, smp=2, timeout=60)
    assert failures(result, {0: 4, 1: 4}) == []
