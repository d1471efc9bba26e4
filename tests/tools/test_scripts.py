# SPDX-License-Identifier: Apache-2.0
"""xpath, xpathstart and grub_iso."""
import os
import shutil
import subprocess

import pytest

from images import good, refused, run
from systems import System

XML = """<?xml version="1.0"?>
<SystemDescription xmlns="http://www.prtos.org/prtos-1.x" version="1.0.0" name="x">
  <PartitionTable>
    <Partition id="1" name="one"><PhysicalMemoryAreas>
      <Area start="0x7000000" size="1MB"/><Area start="0x6000000" size="2MB"/>
    </PhysicalMemoryAreas></Partition>
    <!-- <Partition id="0"><PhysicalMemoryAreas><Area start="1"/></PhysicalMemoryAreas> -->
    <Partition id="0" name="zero"><PhysicalMemoryAreas>
      <Area size="1MB" start="0x8000000" name="a&amp;b"/>
    </PhysicalMemoryAreas></Partition>
    <Partition id="2" name="two"/>
  </PartitionTable>
</SystemDescription>
"""


@pytest.fixture
def xml(tmp_path):
    path = tmp_path / "cf.xml"
    path.write_text(XML)
    return path


def test_xpathstart(xml):
    assert good("xpathstart", 0, xml).out == "0x8000000\n"
    assert good("xpathstart", 1, xml).out == "0x7000000\n"


def test_xpathstart_of_an_included_partition(xml):
    part = xml.parent / "part.xml"
    part.write_text(
        '<Partition xmlns="http://www.prtos.org/prtos-1.x" id="4"><PhysicalMemoryAreas>'
        '<Area start="0x9000000"/></PhysicalMemoryAreas></Partition>'
    )
    xml.write_text(
        XML.replace(
            '<Partition id="2" name="two"/>',
            '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="part.xml"/>',
        )
    )
    assert good("xpathstart", 4, xml).out == "0x9000000\n"


def test_xpathstart_refuses(xml):
    refused("xpathstart", 3, xml, says=["cf.xml", "id 3"])
    refused("xpathstart", 2, xml, says=["cf.xml:11", "partition 2", "no Area"])
    refused("xpathstart", 0, xml.parent / "none.xml", says="none.xml")
    refused("xpathstart", "x", xml, says="not a partition id", code=1)
    for words in ([], [0], [0, xml, 1]):
        assert run("xpathstart", *words).returncode == 1
    xml.write_text(XML.replace("prtos-1.x", "other"))
    refused("xpathstart", 0, xml, says="root is <SystemDescription>")
    xml.write_text(XML[:-30])
    refused("xpathstart", 0, xml, says="not well-formed")


def test_xpath(xml):
    assert (
        good("xpath", "-c", "-f", xml, "//prtos:Partition/@name", "count(//prtos:Area)").out
        == "one\nzero\ntwo\n3\n"
    )
    assert good("xpath", "-f", xml, "//prtos:Area[2]/@size").out == 'size="2MB"\n'
    assert good("xpath", "-c", "-f", xml, "//prtos:Area/@name").out == "a&b\n"
    assert (
        good("xpath", "-f", xml, "//prtos:Partition[@id=2]").out
        == '<Partition id="2" name="two"/>\n'
    )
    assert good("xpath", "-c", "-f", xml, "//Area/@name", "//prtos:None").out == ""
    xml.write_text('<a xmlns="urn:b"><c d="1"/></a>')
    assert good("xpath", "-c", "-f", xml, "//prtos:c/@d").out == "1\n"
    assert good("xpath", "-c", "-n", "urn:x", "-f", xml, "//prtos:c/@d").out == ""


def test_xpath_refuses(xml):
    refused("xpath", "-f", xml, "//[", says=["cf.xml", "//["])
    refused("xpath", "-f", xml, "//foo:a", says="foo:a")
    refused("xpath", "-f", xml.parent / "none", "//a", says="none")
    for words in ([], ["//a"], ["-f", xml], ["-x", "-f", xml, "//a"]):
        assert run("xpath", *words).returncode == 1


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            pytest.skip(f"needs {program}: apt-get install grub-pc-bin xorriso mtools")


@pytest.fixture
def kernels(tmp_path):
    need("grub-mkrescue", "xorriso", "mformat")
    (tmp_path / "sub").mkdir()
    system = System(tmp_path / "sub").all()
    system.build()
    good("rswbuild", "box", "first", cwd=system.folder)
    shutil.copy(system.path("first"), system.path("second_one"))
    return system.folder


def entry(iso, path, to):
    subprocess.run(
        ["xorriso", "-osirrox", "on", "-indev", iso, "-extract", path, to],
        check=True,
        capture_output=True,
    )
    return to.read_bytes()


def test_iso(kernels, tmp_path):
    iso = tmp_path / "a.iso"
    result = good(
        "grub_iso", "-t", 7, "-d", "second_one", iso, kernels / "first", kernels / "second_one"
    )
    assert not result.out and not result.err
    assert entry(iso, "/boot/kernel1", tmp_path / "k") == (kernels / "second_one").read_bytes()
    menu = entry(iso, "/boot/grub/grub.cfg", tmp_path / "cfg").decode()
    assert "menuentry 'first' {\n    multiboot /boot/kernel0\n" in menu
    assert "menuentry 'second_one' {\n    multiboot /boot/kernel1\n" in menu
    assert "set timeout=7\n" in menu and "set default='second_one'\n" in menu
    assert "serial --unit=0 --speed=115200" in menu and "terminal_output serial console" in menu
    assert iso.stat().st_size < 2_000_000
    assert sorted(os.listdir(tmp_path)) == ["a.iso", "cfg", "k", "sub"]


def test_iso_default_timeout_and_same_bytes(kernels, tmp_path):
    for name in ("a.iso", "b.iso"):
        good(
            "grub_iso", tmp_path / name, kernels / "first", env={"SOURCE_DATE_EPOCH": "1700000000"}
        )
    assert (tmp_path / "a.iso").read_bytes() == (tmp_path / "b.iso").read_bytes()
    assert (
        "set timeout=1\n"
        in entry(tmp_path / "a.iso", "/boot/grub/grub.cfg", tmp_path / "cfg").decode()
    )


def test_iso_refuses(kernels, tmp_path):
    iso = tmp_path / "a.iso"
    (tmp_path / "text").write_text("no kernel")
    refused("grub_iso", iso, kernels / "none", says=["none", "no such file"])
    refused("grub_iso", iso, tmp_path / "text", says=["text", "not a multiboot kernel"])
    refused(
        "grub_iso", "-d", "2", iso, kernels / "first", kernels / "first", says=["`2'", "0 to 1"]
    )
    refused("grub_iso", tmp_path / "no/where.iso", kernels / "first", says="cannot be written")
    refused("grub_iso", iso, kernels / "first", env={"GRUB_PC": "/none"}, says="/none")
    refused(
        "grub_iso", iso, kernels / "first", env={"SOURCE_DATE_EPOCH": "x"}, says="SOURCE_DATE_EPOCH"
    )
    for words in (
        [],
        [iso],
        ["-t"],
        ["-t", "x", iso, kernels / "first"],
        ["-q", iso, kernels / "first"],
    ):
        result = run("grub_iso", *words)
        assert result.returncode == 1 and "usage: grub_iso" in result.err
    assert not iso.exists()
    assert "usage: grub_iso" in good("grub_iso", "--help").out


def test_iso_names_missing_packages(kernels, tmp_path):
    (tmp_path / "bin").mkdir()
    for program in ("sh", "cat", "grep", "date", "mktemp", "rm"):
        (tmp_path / "bin" / program).symlink_to(shutil.which(program))
    result = refused(
        "grub_iso",
        tmp_path / "a.iso",
        kernels / "first",
        env={"PATH": str(tmp_path / "bin")},
        says="not found: grub-mkrescue xorriso mformat",
    )
    assert (
        "sudo apt-get install --no-install-recommends grub-pc-bin grub-common xorriso mtools"
        in result.err
    )
