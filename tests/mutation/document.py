#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes documentation/mutations.md from checks.py."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from checks import CHECKS  # noqa: E402

DOCUMENT = pathlib.Path(__file__).resolve().parents[2] / "documentation" / "mutations.md"
HEAD = """<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- Written by tests/mutation/document.py; what is changed by hand is lost. -->
# Checks that can be taken away

Each row is one check of the core. `make mutation` takes it out of a copy of the source, builds that
core, and runs the tests that the row names with it: at least one of them must fail, or the row is
a failed test itself. The texts and what stands in their place are in `tests/mutation/checks.py`.

    make mutation
    make mutation T="-k large-page"

| check | where | seen by, on |
| --- | --- | --- |
"""


def document() -> str:
    rows = [f"| {c.name} | `{c.file}` | `{c.tests}`, {c.arch} |\n" for c in CHECKS]
    return HEAD + "".join(rows)


if __name__ == "__main__":
    DOCUMENT.write_text(document())
