# SPDX-License-Identifier: Apache-2.0
"""Colours of partitions, the same in every picture. Eight colours that stay apart for the three
kinds of colour blindness (tests measure it), then the same ones under hatches. All are light enough
for dark text, so that they serve light and dark pages."""

COLOURS = ("#77aadd", "#ee8866", "#eedd88", "#44bb99", "#aa7799", "#99ddff", "#bbcc33", "#ffaabb")

# Lines of one tile of 8 x 8 for each hatch after the plain one.
HATCHES = (
    "",
    "M-2 2L2 -2M0 8L8 0M6 10L10 6",
    "M-2 6L2 10M0 0L8 8M6 -2L10 2",
    "M0 2H8M0 6H8",
    "M2 0V8M6 0V8",
    "M0 4H8M4 0V8",
    "M0 0L8 8M8 0L0 8",
    "M1 2H3M5 6H7",
)


def fill(partition: int) -> str:
    """What the fill attribute of the partition's shapes says."""
    colour, hatch = partition % len(COLOURS), partition // len(COLOURS) % len(HATCHES)
    return f"url(#hatch-{hatch}-{colour})" if hatch else COLOURS[colour]


def patterns(partitions: list) -> list:
    """(id, colour, lines) of the hatches that these partitions need, each once."""
    found = {}
    for partition in partitions:
        colour, hatch = partition % len(COLOURS), partition // len(COLOURS) % len(HATCHES)
        if hatch:
            found[f"hatch-{hatch}-{colour}"] = (COLOURS[colour], HATCHES[hatch])
    return [(name, *found[name]) for name in sorted(found)]
