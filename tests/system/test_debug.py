# SPDX-License-Identifier: Apache-2.0
"""A debug build of the core tells what a release build keeps to itself."""
import os
import re
import shutil
import subprocess

from boot import BUILD, ROOT, boot, build_folder, both
from guests import tool


@both
def test_what_a_debug_build_tells(arch):
    base = build_folder(arch)
    debug = base.with_name(f"{arch}-debug")
    words = [f"ARCH={arch}", f"O={os.path.relpath(debug, ROOT)}", "DEBUG=1", "DEPS=no", "core"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    subprocess.run(["make", *words], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    folder = debug / "memprot"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base / "partitions" / "memprot", folder)
    core = f"{debug}/prtos_core.pef:prtos_cf.pef.prtos_conf"
    makefile = (folder / "Makefile").read_text()
    names = re.search(r"^PARTITIONS = (.*)", makefile, re.M)[1].split()
    programs = [word for i, name in enumerate(names) for word in ("-p", f"{i}:{name}.pef")]
    tool("prtospack", "build", "-h", core, *programs, "container.bin", cwd=folder)
    tool("rswbuild", "container.bin", "resident_sw", cwd=folder)
    text = boot(folder, arch=arch).text
    quiet = boot("memprot", arch=arch).text
    events = re.findall(r"^\[HM\] \d+:\w+ \(\d+\):PART\(0\) pc 0x\w+ psr 0x\w+ (\w+)$", text, re.M)
    ended = re.findall(r"^\[P2\] \d\d (?!.*(?:refused:|reset by))", text, re.M)
    assert events == ["PARTITION_WARM_RESET"] * len(ended) and len(ended) > 20
    assert text.count("[HYPERCALL] (0x0) Halted\n") == 1
    assert "[HM]" not in quiet and "[HYPERCALL]" not in quiet
