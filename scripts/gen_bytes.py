#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the bytes of a file as a C array, so that a program carries the file inside.

Usage: gen_bytes.py NAME INPUT OUTPUT     (OUTPUT defines NAME[] and NAME_size)
"""
import pathlib
import sys


def main() -> int:
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    name, source, output = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    data = source.read_bytes()
    rows = [", ".join(str(byte) for byte in data[at : at + 24]) for at in range(0, len(data), 24)]
    text = (
        "/* SPDX-License-Identifier: Apache-2.0 */\n"
        f"/* Generated: the bytes of {source.name}. */\n"
        f"extern const unsigned char {name}[];\n"
        f"extern const unsigned {name}_size;\n\n"
        f"const unsigned char {name}[] = {{\n    " + ",\n    ".join(rows) + ",\n};\n"
        f"const unsigned {name}_size = {len(data)};\n"
    )
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
