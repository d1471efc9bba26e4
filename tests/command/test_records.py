# SPDX-License-Identifier: Apache-2.0
"""Records on the second UART as the core writes them, and the reader and screen of prtos run."""
import io
import os
import re

import pytest
from boot import boot, make_machine
from prtos import machine, records
from projects import new, prtos

NAMES = {"hello": ["blue", "green"], "flagship": ["sensor", "control", "actuator", "monitor"]}


def run_with_records(target):
    """(result, records, what was no record) of a run with counted instructions."""
    reader, found = records.Reader(), []
    setup = make_machine(target, smp=1)
    result = machine.run(setup, 60, None, lambda data: found.extend(reader.feed(data)))
    assert result.halted, result.errors
    return result, found, reader.alien + reader.rest


@pytest.mark.parametrize("name", NAMES)
def test_the_same_bytes_as_on_the_console(name):
    """All consoles of these systems are one UART: its text is the records', with and without."""
    result, found, alien = run_with_records(name)
    assert alien == b""
    names = [record for record in found if record.kind == records.NAME]
    assert found[: len(names)] == names
    assert [record.source for record in names] == [records.SYSTEM, *range(len(NAMES[name]))]
    assert [record.data.decode() for record in names] == [name, *NAMES[name]]
    text = b"".join(record.data for record in found if record.kind == records.TEXT)
    assert text.decode() == result.text == boot(name).text


def test_each_line_has_its_source():
    _, found, _ = run_with_records("hello")
    for source in (0, 1):
        text = b"".join(each.data for each in found if (each.kind, each.source) == (0, source))
        assert text and all(line.startswith(b"[P%d] " % source) for line in text.splitlines())


WORDS = [
    ("records=1", True), ("quiet records=1 more", True), (f"{'x' * 3000} records=1", True),
    ("", False), ("records=", False), ("records=12", False), ("xrecords=1", False),
    ("records=x", False), ("records 1", False), ("RECORDS=1", False),
]  # fmt: skip


@pytest.mark.parametrize("words, wanted", WORDS, ids=[words[:20] or "none" for words, _ in WORDS])
def test_word_of_the_command_line(tmp_path, words, wanted):
    second = tmp_path / "second"
    result = boot("hello", extra=["-serial", f"file:{second}", "-append", words])
    assert second.read_bytes()[:1] == (b"\x1e" if wanted else b"")
    assert "No records" not in result.text


@pytest.mark.parametrize("number", "0239")
def test_a_uart_that_is_none(tmp_path, number):
    second = tmp_path / "second"
    result = boot("hello", extra=["-serial", f"file:{second}", "-append", f"records={number}"])
    assert result.lines[0] == f"No records: UART {number} is in use or absent."
    assert second.read_bytes() == b""


def test_a_partition_with_the_ports_keeps_them(tmp_path):
    project = new(tmp_path)
    text = (project / "system.xml").read_text()
    ports = '<HwResources><IoPorts><Range base="0x2ff" noPorts="1"/></IoPorts></HwResources>'
    at = text.index("<PortTable>")
    (project / "system.xml").write_text(f"{text[:at]}{ports}{text[at:]}")
    done = prtos("run", "--icount", project)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("No records: UART 1 is in use or absent.\n")


def record(kind: int, source: int, data: bytes) -> bytes:
    return records.HEAD.pack(records.MARK, kind, source, len(data)) + data


STREAM = [
    (records.NAME, records.SYSTEM, b"s"), (records.NAME, 0, b"left"), (records.NAME, 7, b"a"),
    (records.TEXT, 0, b"one\n"), (records.TEXT, 7, b"\x1e\x1e\x1e"), (records.TEXT, 0, b""),
    (records.TEXT, 7, b"two\n"), (records.LOST, 0, b"\x05\0\0\0"), (records.TEXT, 9, b"x" * 255),
]  # fmt: skip


@pytest.mark.parametrize("piece", [1, 2, 3, 5, 1000])
def test_reader_takes_any_pieces(piece):
    data = b"".join(record(*each) for each in STREAM)
    reader, found = records.Reader(), []
    for at in range(0, len(data), piece):
        found += reader.feed(data[at : at + piece])
    assert [(each.kind, each.source, each.data) for each in found] == STREAM
    assert reader.alien == reader.rest == b""


def test_reader_finds_its_way_again():
    reader = records.Reader()
    found = reader.feed(b"noise" + record(0, 1, b"a") + b"more" + record(0, 2, b"b"))
    assert [each.source for each in found] == [1, 2] and reader.alien == b"noisemore"


def shown(*data, colour: bool = False) -> str:
    out = io.BytesIO()
    screen = records.Screen(out, colour)
    for each in data:
        screen.records(each)
    screen.close()
    return out.getvalue().decode()


def test_screen_lines_up():
    text = shown(b"".join(record(*each) for each in STREAM))
    assert text.split("\n")[:-1] == [
        "P0 left | one",
        "P7 a    | \x1e\x1e\x1etwo",
        "PRTOS   | (5 writes are missing here: UART 1 was too slow)",
        "P9      | " + "x" * 255,
    ]


def test_screen_ends_a_line_that_never_ends():
    pieces = [record(records.TEXT, 1, b"y" * 250) for _ in range(40)]
    lines = shown(*pieces).splitlines()
    assert "".join(line.removeprefix("P1    | ") for line in lines) == "y" * 10000
    assert all(len(line) <= records.LINE_MAX + 10 for line in lines)


def test_colours_of_a_program_end_with_its_line():
    text = shown(record(records.TEXT, 1, b"\x1b[31mred\nplain\n"), colour=True)
    first, second = text.splitlines()
    assert first == "\x1b[33mP1    |\x1b[0m \x1b[31mred\x1b[0m" and second.endswith("\x1b[0m plain")


HOSTILE = [
    (b"\x1b]52;c;eA==\x07", r"\x1b]52;c;eA==\x07"),  # the clipboard
    (b"\x1b[2J", r"\x1b[2J"),
    (b"a\rPRTOS | fine", r"a\x0dPRTOS | fine"),  # another one's label
    ("\u009b2J".encode(), r"\x9b2J"),
    (b"\xff\x00\x7f", r"\xff\x00\x7f"),
    ("tab\tä€".encode(), "tab\tä€"),
]


@pytest.mark.parametrize("data, seen", HOSTILE)
def test_nothing_but_text_reaches_the_terminal(data, seen):
    assert shown(record(records.TEXT, 1, data + b"\n")) == f"P1    | {seen}\n"
    name = shown(record(records.NAME, 1, data), record(records.TEXT, 1, b"x\n"))
    assert not re.search("[\x00-\x08\x0b-\x1a\x7f-\x9f]", name)
    for size in range(1, len(data) + 1):  # no record, in pieces
        assert shown(*(data[at : at + size] for at in range(0, len(data), size))) == seen


def test_records_are_seen_before_the_console():
    """What the machine wrote first is shown first, even if it was not there yet when we looked."""
    (records_in, records_out), (console_in, console_out) = os.pipe(), os.pipe()
    seen = []
    streams = machine.Streams({records_in: seen.append, console_in: seen.append})
    os.write(records_out, b"first")
    os.write(console_out, b"second")
    streams.read(console_in)
    assert seen == [b"first", b"second"]
    for descriptor in (records_out, console_out):
        os.close(descriptor)
    assert streams.read_all(None) and not streams.open
    assert {bytes(each) for each in streams.kept.values()} == {b"first", b"second"}
    for descriptor in (records_in, console_in):
        os.close(descriptor)


def test_first_uart_is_shown_until_records_come():
    out = io.BytesIO()
    screen = records.Screen(out, False)
    screen.console(b"\x1b[2J\x1b[")
    screen.console(b"1;1HGRUB\r\n")
    screen.records(record(records.TEXT, records.SYSTEM, b"core\n"))
    screen.console(b"core\n")
    screen.close()
    assert out.getvalue() == b"GRUB\nPRTOS | core\n"
