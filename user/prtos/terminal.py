# SPDX-License-Identifier: Apache-2.0
"""What the subcommands say to a person: refusals, colours, progress."""
import re
import sys
import time

COLOURS = (36, 33, 32, 35, 34, 91, 96, 93)  # of ECMA-48, one after the other for partitions
PATIENCE = 1.0  # seconds without a word


class Refused(Exception):
    """Input that is refused, or something that is missing: exit status 2."""


def partition_colour(number: int) -> int:
    return COLOURS[number % len(COLOURS)]


HARMFUL = re.compile(r"\x1b(?!\[[0-9;]{0,32}m)|[\x00-\x08\x0b-\x1a\x7f-\x9f]")


def harmless(text: str) -> str:
    """Text of a stranger for a terminal: colours, tabs and line ends stay, every other control
    character is shown as \\xNN."""
    return HARMFUL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def paint(text: str, code: int) -> str:
    """`text` in a colour of ECMA-48 (31 is red)."""
    return f"\x1b[{code}m{text}\x1b[0m"


class Progress:
    """What goes on, once it takes longer than a second: on a terminal one line on stderr that
    changes and goes away, elsewhere a line for each step."""

    def __init__(self):
        self.terminal = sys.stderr.isatty()
        self.name = ""
        self.began = time.monotonic()
        self.said = False

    def step(self, name: str) -> None:
        """A new step begins."""
        self.clear()
        self.name, self.began, self.said = name, time.monotonic(), False

    def tick(self, detail: str = "") -> None:
        """Called a few times a second while the step goes on."""
        seconds = time.monotonic() - self.began
        if seconds < PATIENCE:
            return
        if self.terminal:
            text = f"{self.name} ... {seconds:.0f} s  {detail}"
            sys.stderr.write(f"\r\x1b[K{text[:78]}")
        elif not self.said:
            sys.stderr.write(f"{self.name} ...\n")
        self.said = True
        sys.stderr.flush()

    def clear(self) -> None:
        if self.said and self.terminal:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        self.said = False
