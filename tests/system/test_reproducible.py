# SPDX-License-Identifier: Apache-2.0
"""Same sources, same bytes: the tree is copied elsewhere, built there, and compared with ours."""
import os
import shutil
import subprocess
import sys

from boot import ARCHS, ROOT, build_folder

sys.path.insert(0, str(ROOT / "scripts" / "check"))
import tree  # noqa: E402

PRODUCTS = ("prtos_core.pef", "partitions/hello/container.bin", "partitions/hello/resident_sw")


def differ(one, other) -> bool:
    return one.read_bytes() != other.read_bytes()


def test_built_in_another_folder(tmp_path):
    for path in tree.project_files():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, tmp_path / path)
    drop = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")
    env = {name: value for name, value in os.environ.items() if name not in drop}
    for arch in ARCHS:
        ours = build_folder(arch)
        folder = ours.relative_to(ROOT)
        words = ["make", "-j2", "DEPS=no", f"ARCH={arch}", f"O={folder}"]
        words += [f"{folder}/{name}" for name in PRODUCTS[::2]]
        done = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        theirs = tmp_path / folder
        assert [name for name in PRODUCTS if differ(theirs / name, ours / name)] == []
