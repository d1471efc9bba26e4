#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Prints the project's files whose names match one of the patterns, for make."""
import fnmatch
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import tree  # noqa: E402

for path in tree.project_files():
    generated = path.name.endswith("_table.h")
    if not generated and any(fnmatch.fnmatch(path.name, pattern) for pattern in sys.argv[1:]):
        print(path)
