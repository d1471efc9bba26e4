# SPDX-License-Identifier: Apache-2.0
"""For the tests of the SDK: installations, and an environment that knows nothing of the source tree."""
import contextlib
import fcntl
import os
import pathlib
import subprocess

from boot import ARCHS, BUILD, ROOT

PATH = "/usr/bin:/bin"
PREFIX = "/opt/sdk-under-test"
# For make in the source tree: the build that is under test, whatever this make was told.
TREE = {
    "PATH": PATH,
    "DEPS": "no",
    "O": os.path.relpath(BUILD, ROOT),
    "LLVM": "1" if BUILD.name.endswith("-llvm") else "",
}


def run(command, code=0, **how) -> str:
    """Standard output and error, in the order of their coming."""
    done = subprocess.run(
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        **how,
    )
    assert done.returncode == code, f"{command}\n{done.stdout}"
    return done.stdout


@contextlib.contextmanager
def locked():
    """One make in the source tree at a time: two would write the same files."""
    with open(BUILD / "sdk.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_tree(*words, code=0, **variables) -> str:
    with locked():
        return run(["make", *words], code, cwd=ROOT, env={**TREE, **variables})


def install(destdir: pathlib.Path, prefix=PREFIX) -> pathlib.Path:
    """Where it is now."""
    make_tree("install", f"PREFIX={prefix}", f"DESTDIR={destdir}", f"ARCHS={' '.join(ARCHS)}")
    return pathlib.Path(f"{destdir}{prefix}")


def environment(prefix: pathlib.Path, home: pathlib.Path) -> dict:
    """All that a user of the SDK has set."""
    return {
        "PATH": f"{prefix}/bin:{PATH}",
        "PKG_CONFIG_PATH": f"{prefix}/lib/pkgconfig",
        "HOME": str(home),
        "PYTHONPYCACHEPREFIX": str(prefix.parent / "pycache"),
    }


def files(top: pathlib.Path) -> list:
    """Paths below `top`, links too, folders not."""
    found = []
    for folder, _, names in os.walk(top):
        found += [os.path.relpath(os.path.join(folder, name), top) for name in names]
    return sorted(found)


def mentions(top: pathlib.Path, text) -> list:
    """Files below `top` with `text` in them."""
    return [name for name in files(top) if str(text).encode() in (top / name).read_bytes()]
