# SPDX-License-Identifier: Apache-2.0
"""What a system file says: the resolved model, made by `prtoscparser -j`, the one reader of XML.
Nothing else in this package opens one."""
import dataclasses
import json
import pathlib
import subprocess
import sys
import tempfile

from prtos import paths
from prtos.terminal import Refused

FORMAT = "prtos-model-1"


@dataclasses.dataclass
class Reading:
    """`model` is None if the file is refused; `messages` are the compiler's own lines."""

    model: dict | None
    messages: str


def add_arguments(parser) -> None:
    """The options that every command that reads a system file has."""
    parser.add_argument(
        "-p", "--platform", metavar="NAME", help="the board, for what the file leaves out"
    )
    parser.add_argument(
        "-I",
        dest="include",
        metavar="FOLDER",
        action="append",
        default=[],
        help="files below FOLDER may be included too; may be repeated",
    )


def words(options) -> list:
    """Those options as words for prtoscparser."""
    result = ["-p", options.platform] if options.platform else []
    for folder in options.include:
        result += ["-I", folder]
    return result


def read(path, options) -> Reading:
    """Reads the system file `path`; `options` as of add_arguments()."""
    if not pathlib.Path(path).is_file():
        raise Refused(f"{path}: no such file")
    with tempfile.TemporaryDirectory(prefix="prtos-") as folder:
        output = pathlib.Path(folder) / "model.json"
        command = [paths.tool("prtoscparser"), "-j", *words(options), "-o", output, "--", path]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace")
        if done.returncode == 1:
            raise Refused(f"prtoscparser does not take these options:\n{done.stderr.rstrip()}")
        if done.returncode:
            return Reading(None, done.stderr)
        model = json.loads(output.read_text(encoding="utf-8"))
    if model.get("format") != FORMAT:
        raise Refused(
            f"{paths.BIN}/prtoscparser writes models of another format: {model.get('format')}"
        )
    return Reading(model, done.stderr)


def load(path, options) -> dict:
    """The model of a file that must be right; its faults are shown, then it is refused."""
    reading = read(path, options)
    sys.stderr.write(reading.messages)
    if reading.model is None:
        raise Refused(f"{path} has faults, see above")
    return reading.model
