# SPDX-License-Identifier: Apache-2.0
"""Every worked system, run twice with counted instructions: the same bytes both times, and line by
line what its expected.txt says; once more as the second compiler builds it."""
import shutil

import pytest
from boot import ARCHS, ROOT, boot, build_folder
from transcript import mismatch

NAMES = sorted(path.parent.name for path in (ROOT / "partitions").glob("*/Makefile"))
# A system is for all architectures, or for those for which it has a description.
EACH = pytest.mark.parametrize("name, arch", [
    (name, arch) for name in NAMES for arch in ARCHS
    if any((ROOT / "partitions" / name / f"prtos_cf.{word}").exists() for word in ("xml", f"{arch}.xml"))
])  # fmt: skip


def expected_lines(name, arch):
    """What differs by architecture by contract stands in a file of its own."""
    folder = ROOT / "partitions" / name
    paths = [folder / f"expected.{arch}.txt", folder / "expected.txt"]
    path = next((path for path in paths if path.exists()), None)
    assert path, f"partitions/{name} has no expected.txt"
    return path.read_text().splitlines()


@EACH
def test_transcript_is_repeatable_and_expected(name, arch):
    expected = expected_lines(name, arch)
    first = boot(name, arch=arch)
    again = boot(name, arch=arch)
    assert first.text == again.text
    assert not mismatch(expected, first.lines)


@EACH
def test_transcript_by_clang(name, arch):
    if not shutil.which("clang"):
        pytest.skip("no clang: apt-get install clang")
    result = boot(build_folder(arch, llvm=True) / "partitions" / name)
    assert not mismatch(expected_lines(name, arch), result.lines)
