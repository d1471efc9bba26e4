# SPDX-License-Identifier: Apache-2.0
"""Platforms: what a description leaves out comes from them, and one description serves them all."""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as etree

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import conf_image  # noqa: E402
from parser_tool import HERE, PARSER, ROOT, messages, run  # noqa: E402

BOARD = (HERE / "good" / "board.xml").read_text()
PLATFORMS = ROOT / "config/platforms"
SPACE = "{http://www.prtos.org/platform-1.x}"


def image_of(text: str, *words, folder):
    (folder / "x.xml").write_text(text)
    done = run(*words, "-o", "out", "x.xml", cwd=folder)
    assert done.returncode == 0, done.stderr
    return (folder / "out").read_bytes(), done.stderr


def model_of(text: str, *words, folder):
    (folder / "x.xml").write_text(text)
    done = run(*words, "-j", "-o", "-", "x.xml", cwd=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def spelled_out(region: str, area: str, devices: str, drop: list) -> str:
    """The description with what it takes from the board written into it."""
    text = BOARD.replace("<ProcessorTable>", f"<MemoryLayout>{region}</MemoryLayout><ProcessorTable>")
    text = text.replace('console="Uart0"/>', f'console="Uart0"><PhysicalMemoryArea size="{area}"/>'
                                             "</PRTOSHypervisor>")
    text = text.replace('<Vga name="screen"/>', devices)
    for line in drop:
        assert line in text
        text = text.replace(line, "")
    return text


UART = '<Uart id="0" name="Uart0" baudRate="115200"/>'
X86_EVENT, ARM_EVENT = (line for line in BOARD.splitlines() if "<Event" in line)
PORTS = next(line for line in BOARD.splitlines() if "<IoPorts>" in line)
PC = spelled_out('<Region type="ram" start="0x0" size="512MB"/>', "4MB",
                 '<Vga name="screen"/>' + UART, [ARM_EVENT])
VIRT = spelled_out('<Region type="ram" start="0x0" size="2048MB"/>', "32MB",
                   "<Null/>" + UART, [X86_EVENT, PORTS]).replace('console="screen"', "")


def test_one_description_for_both_boards(tmp_path):
    on_pc, notes = image_of(BOARD, "-p", "pc", folder=tmp_path)
    assert [line.split()[2] for line in messages(notes)] == ["platform-left-out"]
    assert on_pc == image_of(PC, folder=tmp_path)[0]
    on_virt, notes = image_of(BOARD, "-p", "virt", folder=tmp_path)
    assert [line.split()[0] for line in messages(notes)] == ["x.xml:13", "x.xml:21", "x.xml:27"]
    assert on_virt == image_of(VIRT, "-a", "aarch64", folder=tmp_path)[0]
    assert [conf_image.read_image(bytes_).arch for bytes_ in (on_pc, on_virt)] == [1, 2]


def test_without_p_only_foreign_events_are_left_out(tmp_path):
    (tmp_path / "x.xml").write_text(BOARD)
    for arch, rules in (("x86", ["platform-left-out"]), ("aarch64", ["schema", "platform-left-out", "schema"])):
        done = run("-a", arch, "-n", "x.xml", cwd=tmp_path)
        assert done.returncode == (0 if arch == "x86" else 2)
        assert [line.split()[2] for line in messages(done.stderr)] == rules


def test_default_follows_the_architecture(tmp_path):
    for words, arch, name in ([], "x86", "pc"), (["-a", "aarch64"], "aarch64", "virt"), \
            (["-p", "virt"], "aarch64", "virt"), (["-a", "x86", "-p", "pc"], "x86", "pc"):
        text = PC if arch == "x86" else VIRT
        model = model_of(text, *words, folder=tmp_path)
        assert (model["architecture"], model["platform"]) == (arch, name)


def test_spelled_out_is_untouched(tmp_path):
    """A platform that says otherwise changes nothing of a description that says it all."""
    text = (PLATFORMS / "pc.xml").read_text()
    for right, wrong in (('size="512MB"', 'size="4KB"'), ('baudRate="115200"', 'baudRate="300"'),
                         ('size="4MB"', 'size="8MB"'), ('"Uart0"', '"tty"')):
        assert right in text
        text = text.replace(right, wrong)
    (tmp_path / "other.xml").write_text(text)
    for name in ("demo", "edges", "minimal"):
        description = (HERE / "good" / f"{name}.xml").read_text()
        assert image_of(description, folder=tmp_path)[0] \
            == image_of(description, "-p", "./other.xml", folder=tmp_path)[0]


def test_what_a_file_gives(tmp_path):
    text = (PLATFORMS / "pc.xml").read_text()
    for right, wrong in (('<Processors count="4"/>', '<Processors count="1" frequency="50MHz"/>'),
                         ('name="pc"', 'name="mine"'), ('size="4MB"', 'size="8MB"'),
                         ('size="512MB"', 'size="256MB"'), ('"Uart0"', '"tty"'),
                         ('name="tty" address="0x3f8" baudRate="115200"',
                          'name="tty" address="0x3f8" baudRate="9600"')):
        assert right in text
        text = text.replace(right, wrong)
    (tmp_path / "mine.xml").write_text(text)
    description = BOARD.replace("Uart0", "tty").replace('name="screen"', 'name="Vga"')
    model = model_of(description.replace('<Vga name="Vga"/>', "").replace("screen", "Vga"),
                     "-p", "./mine.xml", folder=tmp_path)
    assert model["platform"] == "mine" and model["files"] == ["x.xml", "./mine.xml"]
    assert model["processors"][0]["khz"] == 50000
    assert model["hypervisor"]["size"] == 8 << 20
    assert [(r["size"], r["where"]) for r in model["regions"]] == [
        (256 << 20, {"file": 1, "line": 6})]
    assert [(d["name"], d["type"], d.get("baud"), d["where"]["file"]) for d in model["devices"]] \
        == [("tty", "uart", 9600, 1), ("Vga", "vga", None, 1)]
    assert [p["console"] for p in model["partitions"]] == ["tty", "Vga"]


def test_built_in_places_are_null(tmp_path):
    model = model_of(BOARD, "-p", "pc", folder=tmp_path)
    assert model["files"] == ["x.xml"]
    assert [region["where"] for region in model["regions"]] == [None]
    assert [device["where"] for device in model["devices"]] == [{"file": 0, "line": 13}, None]


def test_only_used_devices_are_taken(tmp_path):
    model = model_of(PC.replace(UART, "").replace("Uart0", "Uart1"), folder=tmp_path)
    assert [(d["name"], d.get("id")) for d in model["devices"]] == [("screen", None), ("Uart1", 1)]
    model = model_of(PC.replace(UART, "").replace("Uart0", "NULL"), folder=tmp_path)
    assert [d["name"] for d in model["devices"]] == ["screen"]


def test_file_is_the_built_in(tmp_path):
    for name in ("pc", "virt"):
        path = PLATFORMS / f"{name}.xml"
        assert image_of(BOARD, "-p", path, folder=tmp_path) \
            == image_of(BOARD, "-p", name, folder=tmp_path)


def test_runs_uninstalled(tmp_path):
    tool = shutil.copy(PARSER, tmp_path / "tool")
    done = subprocess.run([tool, "-n", "-p", "virt", HERE / "good" / "board.xml"], cwd="/", env={},
                          capture_output=True, timeout=20)
    assert done.returncode == 0


@pytest.mark.parametrize("words", [["-p", "vax"], ["-p", "pc.xml"], ["-p", ""], ["-a", "x86", "-p", "virt"],
                                   ["-a", "aarch64", "-p", "pc"]])
def test_wrong_usage(words, tmp_path):
    (tmp_path / "x.xml").write_text(BOARD)
    done = run(*words, "x.xml", cwd=tmp_path)
    assert done.returncode == 1 and "usage:" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["x.xml"]


def platform_facts(name: str) -> dict:
    root = etree.parse(PLATFORMS / f"{name}.xml").getroot()
    pages = {int(node.get("start"), 16) >> 12 for node in root.iter(f"{SPACE}Reserved")
             if "start" in node.attrib}
    lines = [node.get("reserved").split() for node in root.iter(f"{SPACE}Interrupts")]
    return {"pages": pages, "lines": {int(n) for n in sum(lines, [])},
            "uarts": len(list(root.iter(f"{SPACE}Uart")))}


def test_core_and_platforms_agree():
    """Both ways; that a platform lacks nothing of the core's is checked by the tool too."""
    source = (ROOT / "core/conf/platform.c").read_text()
    blocks = {match[1].lower(): match[0] for match in
              re.finditer(r"\.arch = CONF_ARCH_(\w+).*?\n    },", source, re.S)}
    for arch, name in (("x86", "pc"), ("aarch64", "virt")):
        block = blocks[arch]
        pages = re.search(r"\.reserved_page = {(.*?)}", block)
        lines = re.search(r"\.reserved_lines = (.*?),\n", block)
        assert platform_facts(name) == {
            "pages": {int(n, 16) for n in pages[1].split(",")} if pages else set(),
            "lines": {int(n, 0) for n in re.findall(r"<< (\w+)", lines[1])} if lines else set(),
            "uarts": int(re.search(r"\.n_uarts = (\d+)", block)[1]),
        }


def test_uarts_of_the_driver():
    source = (ROOT / "core/drivers/uart16550.c").read_text()
    ports = re.search(r"base\[\] = {(.*?)}", source)[1]
    root = etree.parse(PLATFORMS / "pc.xml").getroot()
    assert [int(node.get("address"), 16) for node in root.iter(f"{SPACE}Uart")
            if node.get("driver") == "16550"] == [int(port, 16) for port in ports.split(",")]
