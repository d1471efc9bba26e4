# SPDX-License-Identifier: Apache-2.0
"""How wide text is, estimated from above for the sans-serif fonts of usual systems (DejaVu Sans is
the widest of them), since no renderer is asked."""
import unicodedata

NARROW, WIDE = set("iljI.,:;'|!()[]/\\ tfr-"), set("mwMW@%<>=+#~^&QOCDGHNU")
SPARE = 1.02


def em(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if ord(character) >= 0x80:
        base = unicodedata.normalize("NFD", character)[0]  # an accent adds nothing
        return em(base) if ord(base) < 0x80 else 1.05
    if character in NARROW:
        return 0.42
    if character in WIDE:
        return 1.0 if character in "mMW@%" else 0.85
    return 0.7 if character.isupper() or character == "_" else 0.64


def width(text: str, size: float) -> float:
    """Width of `text` in a font of `size`."""
    return sum(map(em, text)) * size * SPARE


def fitted(text: str, size: float, room: float) -> str:
    """`text`, or its beginning and an ellipsis, in `room`; empty if nothing fits."""
    if width(text, size) <= room:
        return text
    room -= width("…", size)
    kept = 0
    while kept < len(text) and width(text[: kept + 1], size) <= room:
        kept += 1
    return text[:kept].rstrip() + "…" if kept else ""


def wrapped(widths: list, room: float, gap: float) -> list:
    """Positions (x, line) of pieces of those widths laid out in lines of `room`."""
    places, x, line = [], 0.0, 0
    for wide in widths:
        if x and x + wide > room:
            x, line = 0.0, line + 1
        places.append((x, line))
        x += wide + gap
    return places
