# SPDX-License-Identifier: Apache-2.0
"""The frame of `prtos`, and prtos check: the compiler's own lines, all of them, and a line for a
sound system."""
import re
import subprocess

import pytest
from boot import ROOT
from projects import new, prtos

PARSER = ROOT / "user" / "bin" / "prtoscparser"
COMMANDS = ("check", "build", "run", "new")
FLAGSHIP = ROOT / "partitions" / "flagship" / "prtos_cf.xml"
# Two CPUs; CPU 0: plans of 20 ms with 15 and of 40 ms with 10; CPU 1: one plan with 5 of 20.
TWO = """<SystemDescription xmlns="http://www.prtos.org/prtos-1.x" version="1.0.0" name="two">
  <HwDescription><ProcessorTable>
    <Processor id="0"><CyclicPlanTable>
      <Plan id="0" majorFrame="20ms">
        <Slot id="0" start="0ms" duration="5ms" partitionId="0"/>
        <Slot id="1" start="8ms" duration="10ms" partitionId="0"/>
      </Plan>
      <Plan id="1" majorFrame="40ms">
        <Slot id="0" start="0ms" duration="10ms" partitionId="0"/>
      </Plan>
    </CyclicPlanTable></Processor>
    <Processor id="1"><CyclicPlanTable>
      <Plan id="0" majorFrame="20ms">
        <Slot id="0" start="0ms" duration="5ms" partitionId="1"/>
      </Plan>
      <Plan id="1" majorFrame="40ms"/>
    </CyclicPlanTable></Processor>
  </ProcessorTable></HwDescription>
  <PRTOSHypervisor/>
  <PartitionTable>
    <Partition id="0" name="a"><PhysicalMemoryAreas>%s</PhysicalMemoryAreas></Partition>
    <Partition id="1" name="b"><PhysicalMemoryAreas>
      <Area start="0x7000000" size="1MB"/>
    </PhysicalMemoryAreas></Partition>
  </PartitionTable>
</SystemDescription>
"""
AREA = '<Area start="0x6000000" size="1MB"/>'


def test_help_names_the_commands():
    done = prtos("--help")
    assert done.returncode == 0 and done.stderr == ""
    named = re.findall(r"^    (\w+)  +\S", done.stdout, re.M)
    assert set(COMMANDS) <= set(named)
    for name in named:
        done = prtos(name, "--help")
        assert done.returncode == 0 and done.stdout.startswith(f"usage: prtos {name} ")
        assert "exit status: 0" in done.stdout


def test_version_is_that_of_the_tools():
    done = subprocess.run([PARSER, "--version"], capture_output=True, text=True)
    version = done.stdout.split()[1]
    assert prtos("--version").stdout == f"prtos {version}\n"


WRONG = [[], ["nix"], ["check"], ["check", "a", "b"], ["--vers"], ["new"]]


@pytest.mark.parametrize("words", WRONG)
def test_wrong_usage(words):
    done = prtos(*words)
    assert done.returncode == 1 and done.stdout == ""
    assert re.match(r"prtos( \w+)?: ", done.stderr) and "\nusage: prtos" in done.stderr


def test_a_link_finds_its_package(tmp_path):
    link = tmp_path / "p"
    link.symlink_to(ROOT / "user" / "bin" / "prtos")
    assert prtos("--version", command=link).stdout == prtos("--version").stdout


def test_sound_system_is_one_line():
    shm = ROOT / "partitions" / "shm" / "prtos_cf.xml"
    done = prtos("check", shm)
    assert (done.returncode, done.stderr) == (0, "")
    said = "shm: 2 partitions, 1 CPU, 1 plan, utilisation 100.0 %"
    assert done.stdout == f"{shm}: {said}\n"


def test_figures(tmp_path):
    (tmp_path / "two.xml").write_text(TWO % AREA)
    done = prtos("check", "two.xml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    said = "two: 2 partitions, 2 CPUs, 2 plans, utilisation 75.0 %, 25.0 %"
    assert done.stdout == f"two.xml: {said}\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["two.xml"]


def test_every_fault_as_the_compiler_says_it(tmp_path):
    text = TWO % (AREA + '<Area start="0x6000800" size="1MB"/>')
    (tmp_path / "bad.xml").write_text(text.replace('duration="5ms"', 'duration="0ms"'))
    done = prtos("check", "bad.xml", cwd=tmp_path)
    own = subprocess.run([PARSER, "-n", "bad.xml"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, own.returncode) == (2, 2)
    assert done.stderr == own.stderr and done.stderr.count(": error: ") >= 4
    assert done.stdout == ""


def test_warnings_are_shown(tmp_path):
    port = '<PortTable><Port name="x" type="queuing" direction="source"/></PortTable>'
    end = "</PhysicalMemoryAreas>"
    text = (TWO % AREA).replace(end, end + port, 1)
    (tmp_path / "warns.xml").write_text(text)
    done = prtos("check", "warns.xml", cwd=tmp_path)
    assert done.returncode == 0 and done.stdout.startswith("warns.xml: two: ")
    assert re.search(r"^warns.xml:\d+: warning: ", done.stderr, re.M)


def test_options_reach_the_compiler(tmp_path):
    project = new(tmp_path)
    assert prtos("check", "--platform", "virt", project / "system.xml").returncode == 0
    done = prtos("check", "--platform", "nix", project / "system.xml")
    assert done.returncode == 2 and "nix" in done.stderr
    # A file of another folder is included only by permission.
    (tmp_path / "parts").mkdir()
    area = AREA.replace("/>", ' xmlns="http://www.prtos.org/prtos-1.x"/>')
    (tmp_path / "parts" / "area.xml").write_text(area)
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="../parts/area.xml"/>'
    (project / "with.xml").write_text(TWO % include)
    assert prtos("check", project / "with.xml").returncode == 2
    done = prtos("check", "-I", tmp_path / "parts", project / "with.xml")
    assert done.returncode == 0, done.stderr


def test_missing_file(tmp_path):
    done = prtos("check", tmp_path / "none.xml")
    assert done.returncode == 2 and done.stderr.startswith("prtos: ")
