# SPDX-License-Identifier: Apache-2.0
"""The machine's memory as a file, to be read when the run is over.

    with ram(folder, "x86") as memory:
        boot(folder, extra=memory.words)
        memory.read(0x1000000, 4096)    # by addresses of the configuration
"""
import contextlib
import os
import pathlib
import tempfile

PLACES = {"x86": (0, 512), "aarch64": (0x40000000, 2048)}  # first address, MB


class Memory:
    def __init__(self, path: str, arch: str):
        self.path = path
        self.first, size = PLACES[arch]
        self.words = ["-object", f"memory-backend-file,id=ram,size={size}M,mem-path={path},share=on"]
        self.words += ["-machine", "memory-backend=ram"]

    def read(self, address: int, size: int) -> bytes:
        with open(self.path, "rb") as file:
            file.seek(address)
            return file.read(size)


@contextlib.contextmanager
def ram(folder: pathlib.Path, arch: str):
    with tempfile.TemporaryDirectory(prefix="ram-", dir=folder) as place:
        yield Memory(os.path.join(place, "ram"), arch)
