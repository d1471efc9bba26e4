#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Are the committed generated files what the generators give? Runs `make docs` and compares.

Usage: generated.py MAKE [WORD...]. A stale file is left as the generator wrote it: commit it then.
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import tree  # noqa: E402

WATCHED = ("documentation/", "core/", "config/")


def contents() -> dict:
    names = [path for path in tree.project_files() if str(path).startswith(WATCHED)]
    return {path: (tree.ROOT / path).read_bytes() for path in names}


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 1
    before = contents()
    done = subprocess.run(sys.argv[1:] + ["docs"], cwd=tree.ROOT, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout + done.stderr)
        return 2
    after = contents()
    stale = sorted(path for path in before.keys() | after if before.get(path) != after.get(path))
    return tree.report([f"{path}:1: was stale, is now rewritten" for path in stale], "generated")


if __name__ == "__main__":
    sys.exit(main())
