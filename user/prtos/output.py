# SPDX-License-Identifier: Apache-2.0
"""Where a picture or report goes: a file, which is whole or not there, or standard output."""
import os
import pathlib
import sys
import tempfile

from prtos.terminal import Refused


def add_argument(parser, default: str) -> None:
    parser.add_argument(
        "-o", dest="output", metavar="FILE", default=default, help=f"default {default}, - prints"
    )


def write(name: str, text: str) -> None:
    """To the file `name`, `-` is standard output; says what was written."""
    if name == "-":
        sys.stdout.buffer.write(text.encode())
        return
    path = pathlib.Path(name)
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            file.write(text.encode())
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(file.name, 0o666 & ~mask)
        os.replace(file.name, path)
    except OSError as error:
        raise Refused(f"{name}: cannot be written: {error.strerror}") from error
    print(f"{name}: written, {len(text.encode())} bytes")
