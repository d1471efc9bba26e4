# SPDX-License-Identifier: Apache-2.0
"""What `make install`, `uninstall` and `dist` write and take away."""
import os
import pathlib
import re
import stat
import tarfile

from boot import ARCHS, BUILD, ROOT, build_folder

import sdk

TOOLS = {path.parent.name for path in (ROOT / "user/tools").glob("*/main.c")}
SCRIPTS = {"grub_iso", "prtos"}


def tree(top: pathlib.Path) -> dict:
    """Kind, mode and content of everything below a folder."""
    found = {}
    for path in sorted(top.rglob("*")):
        mode = path.lstat().st_mode
        if path.is_symlink():
            content = os.readlink(path)
        else:
            content = path.read_bytes() if path.is_file() else b""
        found[str(path.relative_to(top))] = (oct(mode), content)
    return found


def test_programs_and_modes(prefix):
    assert {path.name for path in (prefix / "bin").iterdir()} == TOOLS | SCRIPTS
    for path in [prefix, *prefix.rglob("*")]:
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode) or path.parent.name == "bin":
            assert stat.S_IMODE(mode) == 0o755, path
        elif stat.S_ISREG(mode):
            assert stat.S_IMODE(mode) == 0o644, path


def test_parts(prefix):
    """Every public header, library, image, schema and page is there, byte for byte."""
    share = prefix / "share/prtos"
    for root, folder, pattern in (
        *((build_folder(arch) / "include", share / arch / "include", "*.h") for arch in ARCHS),
        *((build_folder(arch) / "lib", share / arch / "lib", "*.a") for arch in ARCHS),
        (ROOT / "config", share / "config", "*"),
        (ROOT / "user/bail/common", share / "bail/common", "*"),
        (ROOT / "user/bail/lib", share / "bail/lib", "*"),
        (ROOT / "documentation", prefix / "share/doc/prtos/documentation", "*.md"),
        (ROOT / "partitions", prefix / "share/doc/prtos/examples", "*.[chx]*"),
    ):
        sources = [path for path in root.rglob(pattern) if path.is_file()]
        assert sources, root
        for source in sources:
            assert (folder / source.relative_to(root)).read_bytes() == source.read_bytes(), source
    for name in ("prtos_core", "prtos_core.bin", "prtos_core.pef"):
        for arch in ARCHS:
            built = build_folder(arch) / name
            assert (share / arch / name).read_bytes() == built.read_bytes()
    # The host's compiler looks there: nothing of BAIL may be found.
    assert sdk.files(prefix / "include") == ["prtos.mk"]


def test_nothing_names_the_place_it_was_made(prefix):
    assert sdk.mentions(prefix, ROOT) == []
    assert sdk.mentions(prefix, sdk.PREFIX) == []
    assert sdk.mentions(prefix, prefix.parent) == []
    for path in prefix.rglob("*"):
        if path.is_symlink():
            assert not os.path.isabs(os.readlink(path)) and path.exists(), path


def test_same_bytes_each_time(prefix, tmp_path):
    again = sdk.install(tmp_path, "/elsewhere/of/its/own")
    assert tree(again) == tree(prefix)


def test_umask_does_not_matter(prefix, tmp_path):
    before = os.umask(0o077)
    try:
        again = sdk.install(tmp_path / "made", "/p")
    finally:
        os.umask(before)
    assert tree(again) == tree(prefix)


def test_list_of_files(prefix):
    listed = (prefix / "share/prtos/manifest").read_text().splitlines()
    assert listed == sdk.files(prefix)


def test_uninstall_leaves_what_is_not_its_own(tmp_path):
    prefix = sdk.install(tmp_path, "/usr")
    before = {"bin/mine", "share/prtos/mine", "share/man/man1/mine.1", "lib/other/file"}
    for name in before:
        (prefix / name).parent.mkdir(parents=True, exist_ok=True)
        (prefix / name).write_text("mine")
    sdk.run([prefix / "bin/prtos", "--version"])  # Python leaves its compiled files
    sdk.make_tree("uninstall", "PREFIX=/usr", f"DESTDIR={tmp_path}")
    assert set(sdk.files(prefix)) == before
    assert not (prefix / "lib/prtos").exists() and not (prefix / "share/doc/prtos").exists()
    said = sdk.make_tree("uninstall", "PREFIX=/usr", f"DESTDIR={tmp_path}", code=2)
    assert f"no PRTOS in {tmp_path}/usr" in said


def test_install_replaces_an_older_one(prefix, tmp_path):
    top = sdk.install(tmp_path, "/p")
    old = "share/prtos/bail/common/old.mk"
    (top / old).write_text("old")
    with open(top / "share/prtos/manifest", "a", encoding="ascii") as manifest:
        manifest.write(old + "\n")
    sdk.install(tmp_path, "/p")
    assert tree(top) == tree(prefix)


def test_prefix_must_be_absolute(tmp_path):
    said = sdk.make_tree("install", "PREFIX=here", f"DESTDIR={tmp_path}/", code=2)
    assert "PREFIX=here: an absolute path is needed" in said
    assert not list(tmp_path.iterdir()) and not (ROOT / "here").exists()


def test_dist(prefix, tmp_path):
    def archive():
        path = ROOT / sdk.make_tree("dist", f"ARCHS={' '.join(ARCHS)}").splitlines()[-1]
        assert re.fullmatch(r"prtos-\d+\.\d+\.\d+-x86\.tar\.gz", path.name)
        return path, path.read_bytes()

    path, first = archive()
    assert archive()[1] == first
    with tarfile.open(path) as tar:
        assert {(member.uid, member.gid, member.uname) for member in tar} == {(0, 0, "")}
        tar.extractall(tmp_path)
    (top,) = tmp_path.iterdir()
    assert tree(top) == tree(prefix)
