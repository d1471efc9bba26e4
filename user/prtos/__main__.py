# SPDX-License-Identifier: Apache-2.0
"""Run as a folder by user/bin/prtos: makes the package importable whatever lies beside it."""
import pathlib
import sys

sys.path[0] = str(pathlib.Path(__file__).resolve().parent.parent)
from prtos import cli  # noqa: E402

del sys.path[0]
sys.exit(cli.main(sys.argv[1:]))
