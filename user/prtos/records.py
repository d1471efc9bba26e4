# SPDX-License-Identifier: Apache-2.0
"""The records that the core writes to the second UART (core/include/hv/console.h), and a screen
that shows them by lines, each with its partition in front. What a partition writes is only ever
text."""
import codecs
import dataclasses
import re
import struct
import sys

from prtos.terminal import harmless, paint, partition_colour

MARK = 0x1E
TEXT, NAME, LOST = 0, 1, 2
SYSTEM = 0xFF
HEAD = struct.Struct("<BBBB")
SYSTEM_LABEL = "PRTOS"
SYSTEM_COLOUR = 1  # bold
LINE_MAX = 2000  # a source that never ends its line gets an end here
ESCAPE = re.compile(rb"\x1b\[[0-9;]*[A-Za-z]")
CUT = re.compile(rb"(\x1b(\[[0-9;]{0,32})?|\r)$")  # what may go on in the next bytes


@dataclasses.dataclass
class Record:
    kind: int
    source: int
    data: bytes


class Reader:
    """Bytes in, whole records out. `alien` are bytes that belong to no record: the UART is not one
    of records, or lost some."""

    def __init__(self):
        self.rest = b""
        self.alien = b""
        self.seen = False

    def feed(self, data: bytes) -> list:
        self.rest += data
        records = []
        while self.rest:
            if self.rest[0] != MARK:
                at = self.rest.find(MARK)
                at = len(self.rest) if at < 0 else at
                self.alien += self.rest[:at]
                self.rest = self.rest[at:]
                continue
            if len(self.rest) < HEAD.size:
                break
            _, kind, source, size = HEAD.unpack_from(self.rest)
            if len(self.rest) < HEAD.size + size:
                break
            records.append(Record(kind, source, self.rest[HEAD.size : HEAD.size + size]))
            self.rest = self.rest[HEAD.size + size :]
            self.seen = True
        return records


class Text:
    """What a UART says that is no record, as it may reach a terminal, however it comes in pieces."""

    def __init__(self):
        self.cut = b""
        self.decode = codecs.getincrementaldecoder("utf-8")("backslashreplace").decode

    def feed(self, data: bytes, strip: bool = False) -> bytes:
        """`strip`: without escape sequences."""
        data = self.cut + data
        self.cut = found[0] if (found := CUT.search(data)) else b""
        data = data.removesuffix(self.cut).replace(b"\r\n", b"\n")
        return harmless(self.decode(ESCAPE.sub(b"", data) if strip else data)).encode()


class Screen:
    """Shows a run. It is given what the second UART says before what the first one does."""

    def __init__(self, out, colour: bool):
        self.out = out
        self.colour = colour
        self.reader = Reader()
        self.labels = {SYSTEM: SYSTEM_LABEL}
        self.lines = {}  # by source, what has no end yet
        self.width = len(SYSTEM_LABEL)
        self.first, self.second = Text(), Text()  # by UART

    def records(self, data: bytes) -> None:
        for record in self.reader.feed(data):
            if record.kind == TEXT:
                self.text(record.source, record.data)
            elif record.kind == NAME:
                self.name(record.source, record.data.decode("utf-8", "replace"))
            elif record.kind == LOST and len(record.data) == 4:
                count = int.from_bytes(record.data, "little")
                self.show(SYSTEM, b"(%d writes are missing here: UART 1 was too slow)" % count)
        if self.reader.alien:
            # The system has that UART to itself: it is shown as it is.
            self.out.write(self.second.feed(self.reader.alien))
            self.reader.alien = b""
        self.out.flush()

    def console(self, data: bytes) -> None:
        """The first UART: what comes before the core writes records, or if it writes none. GRUB
        would clear the terminal."""
        if self.reader.seen:
            return
        self.out.write(self.first.feed(data, strip=True))
        self.out.flush()

    def name(self, source: int, name: str) -> None:
        if source == SYSTEM:  # a boot begins
            self.end_lines()
            return
        self.labels[source] = harmless(f"P{source} {name}")
        self.width = max(self.width, len(self.labels[source]))

    def text(self, source: int, data: bytes) -> None:
        *whole, rest = (self.lines.get(source, b"") + data).split(b"\n")
        while len(rest) > LINE_MAX:
            whole.append(rest[:LINE_MAX])
            rest = rest[LINE_MAX:]
        self.lines[source] = rest
        for line in whole:
            self.show(source, line)

    def show(self, source: int, line: bytes) -> None:
        """A line. Where the program itself says which partition it is, that is said once."""
        own = b"[P%d] " % source
        text = line.rstrip(b"\r").removeprefix(own).decode("utf-8", "backslashreplace")
        line = harmless(text).encode()
        label = f"{self.labels.get(source, f'P{source}'):{self.width}} |"
        if self.colour:
            label = paint(label, SYSTEM_COLOUR if source == SYSTEM else partition_colour(source))
            line += b"\x1b[0m" if b"\x1b" in line else b""
        self.out.write(label.encode() + (b" " + line if line else b"") + b"\n")

    def end_lines(self) -> None:
        for source, line in sorted(self.lines.items()):
            if line:
                self.show(source, line)
        self.lines = {}

    def close(self) -> None:
        """The run is over."""
        self.end_lines()
        self.out.flush()


def screen() -> Screen:
    """On stdout, coloured if that is a terminal."""
    return Screen(sys.stdout.buffer, sys.stdout.isatty())
