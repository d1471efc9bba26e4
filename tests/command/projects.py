# SPDX-License-Identifier: Apache-2.0
"""Projects for the tests of `prtos`, and ways to start it: captured, on a terminal, beside us."""
import contextlib
import os
import pathlib
import pty
import subprocess
import time

import boot

ROOT = boot.ROOT
PRTOS = ROOT / "user" / "bin" / "prtos"
LIMIT = 120
# Variables of an outer make or of this person are not the command's.
DROP = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES", "ARCH", "PRTOS_PATH", "BAIL_PATH")
ENV = {key: value for key, value in os.environ.items() if key not in DROP}


def prtos(*words, command=PRTOS, **more) -> subprocess.CompletedProcess:
    """`prtos WORDS`, its output captured."""
    words = [str(word) for word in words]
    return subprocess.run(
        [command, *words], capture_output=True, text=True, timeout=LIMIT, **{"env": ENV} | more
    )


def new(folder: pathlib.Path, name: str = "demo", platform="pc", **sources) -> pathlib.Path:
    """A fresh project; `sources`: {"heater": C text}, instead of its own."""
    done = prtos("new", name, "--dir", folder, "--platform", platform)
    assert done.returncode == 0, done.stderr
    for source, text in sources.items():
        assert (folder / name / f"{source}.c").is_file()
        (folder / name / f"{source}.c").write_text(text)
    return folder / name


def program(*statements: str) -> str:
    """C text of a partition."""
    body = "".join(f"    {statement}\n" for statement in statements)
    head = "#include <prtos.h>\n#include <stdio.h>\n#include <string.h>\n"
    return f"{head}void partition_main(void)\n{{\n{body}}}\n"


def write(text: str) -> str:
    """A statement: one write to the console, as it is."""
    return f'{{ static char text[] = "{text}"; prtos_write_console(text, sizeof(text) - 1); }}'


FOREVER = program('printf("it runs\\n");', "for (;;) prtos_idle_self();")
HALT = program('printf("the end\\n");', "prtos_idle_self();", "prtos_halt_system();")


def lines_of(text: str) -> list:
    """(label, text) of each line that prtos run shows."""
    pairs = [line.split(" |", 1) for line in text.splitlines()]
    assert all(len(pair) == 2 for pair in pairs), text
    return [(label.strip(), line.removeprefix(" ")) for label, line in pairs]


def said_by(text: str, label: str) -> list:
    return [line for name, line in lines_of(text) if name == label]


def on_terminal(*words) -> tuple:
    """`prtos WORDS` on a terminal of its own: (exit status, all bytes it wrote)."""
    ours, theirs = pty.openpty()
    command = [str(word) for word in (PRTOS, *words)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=ENV) as process:
        os.close(theirs)
        data = b""
        with contextlib.suppress(OSError):  # the other side is closed
            while part := os.read(ours, 65536):
                data += part
        status = process.wait(LIMIT)
    os.close(ours)
    return status, data


@contextlib.contextmanager
def started(*words):
    """`prtos WORDS` in the background; ended at the latest when the block is left."""
    command = [str(word) for word in (PRTOS, *words)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=ENV)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def children(pid: int) -> list:
    """Processes that `pid` started, and theirs."""
    path = pathlib.Path(f"/proc/{pid}/task/{pid}/children")
    own = [int(word) for word in path.read_text().split()] if path.exists() else []
    return own + [each for child in own for each in children(child)]


def is_gone(pid: int, patience: float = 10) -> bool:
    """Within some seconds; a zombie is gone."""
    stat = pathlib.Path(f"/proc/{pid}/stat")
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            if stat.read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False
