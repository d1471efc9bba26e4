# SPDX-License-Identifier: Apache-2.0
"""What was built: the images in a container as `prtospack list` names them, and the PEF files and
containers that lie in a project's folder. Reads no file format itself."""
import hashlib
import pathlib
import subprocess
import xml.etree.ElementTree as xml

from prtos import paths
from prtos.terminal import Refused

KINDS = {"Image": "image", "Configuration": "configuration", "CustomFile": "customisation"}


def digest_of(path: pathlib.Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def entries_of(listing: str) -> list:
    """Rows of a listing: whose (None: the hypervisor), what, name, size, SHA-256."""
    rows = []
    for owner in xml.fromstring(listing):
        number = int(owner.get("id")) if owner.tag == "Partition" else None
        for file in owner:
            row = {"partition": number, "what": KINDS[file.tag], "name": file.get("name")}
            rows.append(row | {"size": int(file.get("size")), "sha256": file.get("sha256")})
    return rows


def list_container(path: pathlib.Path) -> dict:
    """The container's name, size, SHA-256 and entries."""
    command = [paths.tool("prtospack"), "list", path.resolve()]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    if done.returncode:
        raise Refused(f"{path} is no sound container, build it anew:\n{done.stderr.rstrip()}")
    try:
        entries = entries_of(done.stderr.partition("\nDigest:")[0])
    except (xml.ParseError, KeyError, TypeError, ValueError) as error:
        raise Refused(f"{path}: the listing of prtospack cannot be read: {error}") from error
    row = {"name": path.name, "size": path.stat().st_size, "sha256": digest_of(path)}
    return row | {"entries": entries}


def is_pef(path: pathlib.Path) -> bool:
    return ".pef" in path.suffixes and path.is_file()


def files(folder: pathlib.Path, pattern: str) -> list:
    return sorted(path for path in folder.glob(pattern) if path.is_file())


def built_in(folder: pathlib.Path) -> dict | None:
    """What the folder holds: its container, and as `others` the PEF files that are not in it (made
    after it, for instance). None if nothing was built."""
    containers = files(folder, "*container*.bin") or files(folder, "*.container")
    container = list_container(containers[0]) if containers else None
    packed = {entry["sha256"] for entry in container["entries"]} if container else set()
    others = []
    for path in sorted(path for path in folder.iterdir() if is_pef(path)):
        digest = digest_of(path)
        if digest not in packed:
            others.append({"name": path.name, "size": path.stat().st_size, "sha256": digest})
    return {"container": container, "others": others} if container or others else None
