# SPDX-License-Identifier: Apache-2.0
"""Every worked system, run twice with counted instructions: the same bytes both times, and line by
line what its expected.txt says; once more as the second compiler builds it."""
import shutil

import pytest
from boot import ARCHS, ROOT, boot, build_folder
from transcript import mismatch

# A system is for the architectures that it has a configuration for.
each = pytest.mark.parametrize(
    "name, arch",
    sorted(
        (path.parent.name, arch)
        for arch in ARCHS
        for xml in ("prtos_cf.xml", f"prtos_cf.{arch}.xml")
        for path in (ROOT / "partitions").glob(f"*/{xml}")
    ),
)


def expected_lines(name, arch):
    """What differs by architecture by contract stands in a file of its own."""
    folder = ROOT / "partitions" / name
    paths = [folder / f"expected.{arch}.txt", folder / "expected.txt"]
    path = next((path for path in paths if path.exists()), None)
    assert path, f"partitions/{name} has no expected.txt"
    return path.read_text().splitlines()


@each
def test_transcript_is_repeatable_and_expected(name, arch):
    expected = expected_lines(name, arch)
    first = boot(name, arch=arch)
    again = boot(name, arch=arch)
    assert first.text == again.text
    assert not mismatch(expected, first.lines)


@each
def test_transcript_by_clang(name, arch):
    if not shutil.which("clang"):
        pytest.skip("no clang: apt-get install clang")
    result = boot(build_folder(arch, llvm=True) / "partitions" / name)
    assert not mismatch(expected_lines(name, arch), result.lines)
