#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes core/lib/crc32c_table.h, the tables of core/lib/crc32c.c (slice by four).

Run by hand when the tables' form changes; `--check` says (exit 2) whether the file is current.
Never part of a build: the tables cannot change, the polynomial is fixed by the image formats.
"""
import pathlib
import sys

POLYNOMIAL = 0x82F63B78  # Castagnoli, bits reversed
TARGET = pathlib.Path(__file__).resolve().parent.parent / "core/lib/crc32c_table.h"
HEAD = """/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of CRC-32C, written by scripts/gen_crc32c.py. Included by core/lib/crc32c.c only.
 * Row n gives what one byte, followed by n zero bytes, does to the sum. */
#ifndef LIB_CRC32C_TABLE_H
#define LIB_CRC32C_TABLE_H

#include "lib/types.h"

/* clang-format off */
static const u32 crc32c_table[4][256] = {
"""
TAIL = """};
/* clang-format on */

#endif
"""


def rows():
    first = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = (value >> 1) ^ (POLYNOMIAL if value & 1 else 0)
        first.append(value)
    table = [first]
    for _ in range(3):
        table.append([(v >> 8) ^ first[v & 0xFF] for v in table[-1]])
    return table


def text():
    out = [HEAD]
    for row in rows():
        out.append("    {\n")
        for i in range(0, 256, 8):
            out.append("        " + ", ".join(f"0x{v:08x}" for v in row[i : i + 8]) + ",\n")
        out.append("    },\n")
    out.append(TAIL)
    return "".join(out)


def main():
    if sys.argv[1:] == ["--check"]:
        if TARGET.read_text() != text():
            print(f"gen_crc32c.py: {TARGET} is not current; run this script", file=sys.stderr)
            return 2
        return 0
    if sys.argv[1:]:
        print("usage: gen_crc32c.py [--check]", file=sys.stderr)
        return 1
    TARGET.write_text(text())
    return 0


if __name__ == "__main__":
    sys.exit(main())
