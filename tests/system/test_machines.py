# SPDX-License-Identifier: Apache-2.0
"""Other machines: CD image, VGA screen, processors with more and with fewer features, little memory,
two processors, real time."""
import os
import re
import tempfile

from prtos import machine as qemu
import pytest
from boot import ROOT, boot, both, make_machine
from guests import build, failures, make_iso
from transcript import mismatch


def expected_lines(name):
    return (ROOT / "partitions" / name / "expected.txt").read_text().splitlines()


def after_loader(lines):
    """The CD image's loader has lines of its own in front."""
    return lines[[line.startswith("PRTOS ") for line in lines].index(True) :]


@pytest.mark.parametrize("name", ["flagship", "memprot"])
def test_cd_image_says_the_same(name):
    folder = build(f"partitions/{name}", f"{name}-cd")
    make_iso(folder)
    assert not mismatch(expected_lines(name), after_loader(boot(folder, iso=True).lines))


def test_flagship_in_real_time():
    """A busy host costs slots, and with them the flight: what counts is that everybody lives, that the
    faults were found and that the end is reached."""
    lines = boot("flagship", icount=False, timeout=60).lines
    states = [re.match(r"\s+\d (\w+) +(\w+) +(\d+) +(\d+) ", line) for line in lines]
    assert {m[1]: (m[2], m[3], m[4]) for m in states if m} == {
        "sensor": ("ready", "0", "0"),
        "control": ("ready", "1", "1"),
        "actuator": ("ready", "0", "0"),
        "monitor": ("ready", "0", "0"),
    }
    assert [line for line in lines if "verdict: " in line]
    assert lines[-1] == "System halted."


@pytest.mark.parametrize("cpu", ["max", "qemu32", "pentium3"])
@pytest.mark.parametrize("name", ["hello", "memprot"])
def test_processors(name, cpu):
    assert not mismatch(expected_lines(name), boot(name, cpu=cpu).lines)


@pytest.mark.parametrize("cpu", ["cortex-a53", "max"])
@pytest.mark.parametrize("name", ["hello", "memprot"])
def test_processors_of_virt(name, cpu):
    path = ROOT / "partitions" / name / "expected.aarch64.txt"
    expected = path.read_text().splitlines() if path.exists() else expected_lines(name)
    assert not mismatch(expected, boot(name, cpu=cpu, arch="aarch64").lines)


@pytest.mark.parametrize("cpu", ["max", "pentium3"])
def test_attacks_on_other_processors(cpu):
    result = boot(build("tests/hostile/attacks"), cpu=cpu, timeout=40)
    assert failures(result, {2: 300}) == []


@both
def test_little_memory(arch):
    def edit(xml):
        xml = xml.replace('size="512MB"', 'size="64MB"')
        return xml.replace("0x60", "0x20").replace("0x61", "0x21")

    result = boot(build("partitions/hello", "hello-64mb", edit=edit, arch=arch), memory=64, arch=arch)
    lines = [line.replace("0x2", "0x6").replace("0x02", "0x06") for line in result.lines]
    assert not mismatch(expected_lines("hello"), lines)


def two_processors(xml, first, second):
    """The plan of the one processor dealt to two: partition ids of each."""
    slots = re.findall(r"<Slot [^>]*/>", xml)
    frame = re.search(r'majorFrame="[^"]*"', xml)[0]
    planned = ""
    for cpu, owners in enumerate((first, second)):
        mine = [s for s in slots if int(re.search(r'partitionId="(\d+)"', s)[1]) in owners]
        mine = [re.sub(r'Slot id="\d+"', f'Slot id="{i}"', s) for i, s in enumerate(mine)]
        planned += f'<Processor id="{cpu}"><CyclicPlanTable><Plan id="0" {frame}>'
        planned += "".join(mine) + "</Plan></CyclicPlanTable></Processor>\n"
    return re.sub(r"<Processor id.*</Processor>", planned, xml, flags=re.DOTALL)


def hello_on(name, first, second, arch):
    edit = lambda xml: two_processors(xml, first, second)  # noqa: E731
    return build("partitions/hello", name, edit=edit, arch=arch)


def lines_of(lines, partition):
    return [line for line in lines if line.startswith(f"[P{partition}]")]


@both
@pytest.mark.parametrize("smp", [2, 4])
@pytest.mark.parametrize("icount", [True, False])
def test_idle_second_processor(smp, icount, arch):
    result = boot(hello_on("hello-idle", {0, 1}, set(), arch), smp=smp, icount=icount, timeout=40)
    mhz = {"x86": 1000, "aarch64": 62}[arch]
    assert result.lines[0].endswith(f"2 partitions on 2 CPUs at {mhz} MHz") or not icount
    assert lines_of(result.lines, 0)[:2] == lines_of(expected_lines("hello"), 0)[:2]
    assert not icount or lines_of(result.lines, 0)[-1] == "[P0] done"
    assert lines_of(result.lines, 1)[-1] == "[P1] all done, halting the system"


@both
@pytest.mark.parametrize("icount", [True, False])
def test_partition_on_second_processor(icount, arch):
    result = boot(hello_on("hello-second", {1}, {0}, arch), smp=2, icount=icount, timeout=40)
    first = lines_of(expected_lines("hello"), 0)
    mine = lines_of(result.lines, 0)
    assert mine[:2] == first[:2]
    assert len(mine) <= len(first)
    assert lines_of(result.lines, 1)[-1] == "[P1] all done, halting the system"


@both
def test_too_few_processors(arch):
    result = boot(hello_on("hello-idle", {0, 1}, set(), arch), smp=1, halted=False)
    assert result.panicked
    assert not lines_of(result.lines, 0) + lines_of(result.lines, 1)
    assert "needs 2 CPUs" in result.text and "has 1" in result.text


def crtc_start(control):
    """Cells from the begin of the text memory to the screen's first one. Leaves the CRTC's index as
    it was: the guest may be about to write there."""

    def port(words):
        told = control.ask("human-monitor-command", **{"command-line": words})
        return int(told.split("=")[1], 16) if "=" in told else None

    index = port("i /b 0x3d4")
    start = 0
    for part in (0x0C, 0x0D):
        port(f"o /b 0x3d4 {part}")
        start = start << 8 | port("i /b 0x3d5")
    port(f"o /b 0x3d4 {index}")
    return start


def screen(control, folder):
    control.ask("stop")  # start and text belong together
    cells = control.memory(qemu.VGA_TEXT + 2 * crtc_start(control), 80 * 25 * 2, folder)
    control.ask("cont")
    text = cells[::2].decode("cp437").replace("\0", " ")
    return [text[i : i + 80].rstrip() for i in range(0, 80 * 25, 80)]


def test_vga_screen():
    """The last 25 lines of the transcript stand on the screen where the CRTC shows it."""
    edit = lambda xml: re.sub(  # noqa: E731
        r'<Uart [^>]*name="(\w+)"/>', r'<Vga name="\1"/>', xml
    )
    folder = build("partitions/hello", "hello-vga", edit=edit)
    line = make_machine(folder, icount=False, vga=True)
    with tempfile.TemporaryDirectory(prefix="prtos-") as place:
        path = os.path.join(place, "qmp")
        process = qemu.start(line.command(path))
        try:
            control = qemu.Control(path, 10)
            for _ in range(400):
                shown = screen(control, place)
                if any("System halted." in row for row in shown):
                    break
                qemu.time.sleep(0.05)
        finally:
            qemu.stop(process)
            process.stdout.close()
            process.stderr.close()
    shown = [row for row in shown if row]
    told = [row for row in expected_lines("hello") if row][-len(shown) :]
    assert len(shown) >= 18
    assert shown[-2:] == told[-2:]
    assert shown[0].startswith("PRTOS 1.0.0, system hello") or len(shown) >= 24
