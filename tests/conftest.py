# SPDX-License-Identifier: Apache-2.0
"""What all pytest tiers share: the library on the path, skips as failures under CI, and after a
failed test the commands that repeat its runs with the end of their output."""
import os
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "lib"))
import boot  # noqa: E402


def pytest_configure(config):
    config.addinivalue_line("markers", "long: takes minutes; run by make test-long only")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    boot.RUNS.clear()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI=true forbids: {call.excinfo.value}"
    if report.failed:
        for result in boot.RUNS:
            tail = "\n".join(result.lines[-30:])
            text = f"exit code {result.rc}, {result.seconds:.1f} s\n{result.errors}{tail}"
            report.sections.append((f"to repeat: {result.command}", text))
