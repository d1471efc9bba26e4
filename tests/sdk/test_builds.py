# SPDX-License-Identifier: Apache-2.0
"""hello, built out of tree from the installation by make, by pkg-config and by CMake: the same bytes,
and they run. What the CMake functions do with changes and with mistakes."""
import re
import shutil

import pytest
from boot import ROOT, boot, both
from transcript import mismatch

from prtos import machine

import sdk

HELLO = ROOT / "partitions" / "hello"
XML = "prtos_cf.xml"
FLAGS = "-O2 -std=gnu89 -Wall"  # as in rules.mk
CMAKE = """cmake_minimum_required(VERSION 3.20)
project(hello C)
find_package(PRTOS REQUIRED)
prtos_add_partition(partition0 ID 0 CONFIG prtos_cf.xml SOURCES hello.c)
prtos_add_partition(partition1 ID 1 CONFIG prtos_cf.xml SOURCES hello.c)
prtos_add_system(hello CONFIG prtos_cf.xml PARTITIONS partition0 partition1)
"""


class Project:
    """A copy of hello's sources and a shell in it that knows the installation only."""

    def __init__(self, prefix, folder):
        self.prefix, self.folder = prefix, folder
        for name in ("hello.c", XML, "qemu.args"):
            shutil.copy(HELLO / name, folder)

    def sh(self, text, code=0):
        environment = sdk.environment(self.prefix, self.folder)
        return sdk.run(["sh", "-ec", text], code, cwd=self.folder, env=environment)

    def cmake(self, lists=CMAKE, code=0, arch="x86"):
        (self.folder / "CMakeLists.txt").write_text(lists)
        toolchain = self.prefix / f"lib/cmake/PRTOS/prtos-{arch}-toolchain.cmake"
        return self.sh(f"cmake --toolchain {toolchain} -DCMAKE_C_FLAGS='{FLAGS}' -B out", code)

    def edit(self, name, old, new):
        text = (self.folder / name).read_text()
        assert old in text
        (self.folder / name).write_text(text.replace(old, new))

    def start_of(self, program):
        """Lowest address of a linked program."""
        found = re.search(r"LOAD\s+0x\w+ 0x(\w+)", self.sh(f"readelf -lW {program}"))
        return int(found[1], 16)


@pytest.fixture
def project(prefix, tmp_path):
    return Project(prefix, tmp_path)


def made(prefix, folder, arch):
    project = Project(prefix, folder)
    shutil.copy(prefix / "share/doc/prtos/examples/hello/Makefile", folder)
    project.said = project.sh(f"make ARCH={arch}")
    return project


@pytest.fixture(scope="module")
def by_make(prefix, tmp_path_factory):
    return made(prefix, tmp_path_factory.mktemp("make"), "x86")


def judge(folder):
    result = boot(folder)
    wrong = mismatch((HELLO / "expected.txt").read_text().splitlines(), result.lines)
    assert not wrong, wrong


def test_make(by_make):
    judge(by_make.folder)


@both
def test_same_bytes_by_three_ways(prefix, project, tmp_path_factory, arch):
    """make, pkg-config and CMake for each architecture of the installation."""
    make = made(prefix, tmp_path_factory.mktemp("make"), arch)
    judge(make.folder)
    project.cmake(arch=arch)
    project.sh("cmake --build out")
    gcc = project.sh(f"make -s -f {prefix}/share/prtos/bail/common/target.mk ARCH={arch} --eval "
                     "'t: ; @echo $(TARGET_GCC)' t").strip()  # fmt: skip
    project.sh(
        f"""{gcc} {FLAGS} $(pkg-config --cflags prtos-{arch}) -c -o hello.o hello.c
        {gcc} -o partition1 hello.o $(pkg-config --libs prtos-{arch}) \
            -Wl,-Ttext=$(xpathstart 1 {XML})
        prtoseformat build -c -o partition1.pef partition1"""
    )
    pef = (make.folder / "partition1.pef").read_bytes()
    assert pef == (project.folder / "partition1.pef").read_bytes()
    assert pef == (project.folder / "out/partition1.pef").read_bytes()
    image = project.folder / "out/hello/resident_sw"
    assert image.read_bytes() == (make.folder / "resident_sw").read_bytes()
    assert machine.board_of(image).arch == arch


def test_make_ignores_what_was_meant_for_a_tree(by_make):
    """PRTOS_PATH and PRTOS_BUILD of a shell that also works on the sources."""
    said = by_make.sh("PRTOS_PATH=/nowhere PRTOS_BUILD=/nowhere make -B -n")
    assert "/nowhere" not in said and f"{by_make.prefix}/bin/rswbuild" in said


def test_make_with_prtos_mk(by_make, project):
    """`include prtos.mk` by -I, as under /usr/local without it; `all` is the first goal."""
    text = (by_make.folder / "Makefile").read_text()
    head = re.compile(r"^all:.*?rules\.mk\n", re.M | re.S)
    assert head.search(text)
    (project.folder / "Makefile").write_text(head.sub("include prtos.mk\n", text))
    project.sh(f"make -I {project.prefix}/include")
    for name in ("partition0.pef", "resident_sw"):
        assert (project.folder / name).read_bytes() == (by_make.folder / name).read_bytes()


def test_pkg_config(by_make, project):
    project.sh(
        f"""for id in 0 1; do
            gcc {FLAGS} $(pkg-config --cflags prtos) -c -o hello.o hello.c
            gcc -o partition$id hello.o $(pkg-config --libs prtos) -Wl,-Ttext=$(xpathstart $id {XML})
            prtoseformat build -c -o partition$id.pef partition$id
        done
        prtoscparser -o conf {XML}
        prtoseformat build -m -o prtos_cf.pef.prtos_conf conf
        prtospack build -h $(pkg-config --variable=core prtos):prtos_cf.pef.prtos_conf \\
            -p 0:partition0.pef -p 1:partition1.pef container.bin
        rswbuild container.bin resident_sw"""
    )
    for name in ("partition0.pef", "partition1.pef", "resident_sw"):
        assert (project.folder / name).read_bytes() == (by_make.folder / name).read_bytes()


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_pkg_config_compiles_and_links_at_once(project, compiler):
    """Neither has anything to say about the flags."""
    words = "-Wl,--fatal-warnings $(pkg-config --cflags --libs prtos) -Wl,-Ttext=0x6300000"
    assert project.sh(f"{compiler} -Wall -o p hello.c {words}") == ""
    assert project.start_of("p") == 0x6300000


def test_pkg_config_variables(project):
    for name, path in (
        ("bail_path", "common/rules.mk"),
        ("ldscript", ""),
        ("core", ""),
        ("mk", ""),
        ("bindir", "prtospack"),
        ("includedir", "prtos.h"),
        ("libdir", "libprtos.a"),
    ):
        project.sh(f"test -f $(pkg-config --variable={name} prtos)/{path}".rstrip("/"))
    assert project.sh("pkg-config --variable=arch prtos") == "x86\n"
    version = project.sh("pkg-config --modversion prtos").strip()
    assert project.sh("prtos --version") == f"prtos {version}\n"


def test_cmake(by_make, project):
    project.cmake()
    project.sh("cmake --build out")
    for name in ("out/partition0.pef", "out/partition1.pef", "out/hello/resident_sw"):
        path = by_make.folder / name.split("/")[-1]
        assert (project.folder / name).read_bytes() == path.read_bytes(), name
    judge(project.folder / "out/hello/resident_sw")
    assert sdk.mentions(project.folder, ROOT) == []


def test_cmake_builds_again_what_changed(project):
    project.cmake()
    project.sh("cmake --build out")
    before = (project.folder / "out/hello/resident_sw").read_bytes()
    assert "rswbuild" not in project.sh("cmake --build out -v")
    assert project.start_of("out/partition0") == 0x6000000
    # The system file gives another place: linked anew, packed anew.
    project.edit(XML, "0x6000000", "0x6800000")
    project.sh("cmake --build out")
    assert project.start_of("out/partition0") == 0x6800000
    moved = (project.folder / "out/hello/resident_sw").read_bytes()
    project.edit("hello.c", "[P%d", "<P%d")
    project.sh("cmake --build out")
    assert len({before, moved, (project.folder / "out/hello/resident_sw").read_bytes()}) == 3


def test_cmake_finds_the_version(project):
    project.cmake(CMAKE.replace("PRTOS REQUIRED", "PRTOS 1.0 REQUIRED"))
    for version in ("1.1", "2.0", "0.9"):
        said = project.cmake(CMAKE.replace("PRTOS REQUIRED", f"PRTOS {version} REQUIRED"), code=1)
        assert "requested version" in said


@pytest.mark.parametrize(
    "old, new, says",
    [
        ("ID 1", "ID 7", "no partition has id 7"),
        ("ID 1", "", "prtos_add_partition(partition1): ID is missing"),
        ("SOURCES hello.c", "", "prtos_add_partition(partition0): SOURCES is missing"),
        ("SOURCES hello.c", "SUORCES hello.c", "what is `SUORCES;hello.c`?"),
        ("partition0 partition1)", "partition2)", "partition2"),
        ("PARTITIONS partition0 partition1", "", "prtos_add_system(hello): PARTITIONS is missing"),
    ],
)
def test_cmake_refuses(project, old, new, says):
    said = " ".join(project.cmake(CMAKE.replace(old, new), code=1).split())
    assert says in said, said
