# SPDX-License-Identifier: Apache-2.0
"""tests/lib/tiers.py: counts and the closing line, also when a program crashes or runs nothing."""
import pytest
import tiers

PASS = '<testsuites><testsuite><testcase name="a"></testcase></testsuite></testsuites>'
FAIL = '<testsuites><testsuite><testcase name="a"><failure/></testcase></testsuite></testsuites>'


def program(folder, script):
    path = folder / "test_x"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    "script, passed, failed",
    [
        (f"echo '{PASS}' >$CMOCKA_XML_FILE", 1, 0),
        (f"echo '{FAIL}' >$CMOCKA_XML_FILE; exit 1", 0, 1),
        (f"echo '{PASS}' >$CMOCKA_XML_FILE; exit 1", 1, 1),  # died behind its last case
        ("kill -ABRT $$", 0, 1),
        ("exit 0", 0, 1),
        ("echo '<testsuites>' >$CMOCKA_XML_FILE; exit 0", 0, 1),
    ],
)
def test_unit_program(tmp_path, script, passed, failed):
    sums, message = tiers.run_unit(program(tmp_path, script), tmp_path)
    assert (sums.passed, sums.failed) == (passed, failed)
    assert bool(message) == bool(failed)


def test_pytest_report(tmp_path):
    report = tmp_path / "report.xml"
    cases = "<testcase/><testcase><skipped/></testcase><testcase><error/></testcase>"
    report.write_text(f"<testsuites><testsuite>{cases}<testcase/></testsuite></testsuites>")
    sums = tiers.Sums()
    assert sums.add_file(report)
    assert (sums.passed, sums.failed, sums.skipped) == (2, 1, 1)
    assert not tiers.Sums().add_file(tmp_path / "none.xml")
