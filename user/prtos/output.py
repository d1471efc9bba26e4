# SPDX-License-Identifier: Apache-2.0
"""Where a picture or report goes: a file, which is whole or not there, a device, or standard output."""
import os
import pathlib
import sys
import tempfile

from prtos.terminal import Refused


def add_argument(parser, default: str) -> None:
    parser.add_argument(
        "-o", dest="output", metavar="FILE", default=default, help=f"default {default}, - prints"
    )


def replace(path: pathlib.Path, data: bytes) -> None:
    """The file is the old one or the new one at any time."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(file.name, 0o666 & ~mask)
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise


def write(name: str, text: str, source: pathlib.Path) -> None:
    """To the file `name`, `-` is standard output; says what was written. `source` is what it was made
    from, which must not be lost."""
    data = text.encode()
    if name == "-":
        sys.stdout.buffer.write(data)
        return
    path = pathlib.Path(os.path.realpath(name))
    try:
        if path.exists() and path.samefile(source):
            raise Refused(f"{name}: is what it is made from; give another file with -o")
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a device or a pipe
        else:
            replace(path, data)
    except OSError as error:
        raise Refused(f"{name}: cannot be written: {error.strerror}") from error
    print(f"{name}: written, {len(data)} bytes")
