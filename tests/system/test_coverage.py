# SPDX-License-Identifier: Apache-2.0
"""documentation/abi/coverage.md and coverage-aarch64.md are what the ABI description and a run of the
checks give, without a hole."""
import sys

from boot import ROOT, both

sys.path.insert(0, str(ROOT / "scripts"))
import gen_coverage  # noqa: E402


@both
def test_every_result_has_a_check(arch):
    text, holes = gen_coverage.render(arch)
    assert holes == []
    assert gen_coverage.COVERAGE[arch].read_text() == text, "to write it: make coverage"


def test_a_result_without_a_check_is_a_hole():
    table = gen_coverage.Table(gen_coverage.gen.load_abi(), {("9", 0): ["get_time"]})
    assert table.cell("9", "OK") == "`get_time`"
    assert not table.cell("9", "INVALID_PARAM")
    assert table.holes == ["9 INVALID_PARAM"]
