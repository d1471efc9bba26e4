# SPDX-License-Identifier: Apache-2.0
"""What the real-time kernel takes in a linked program, and that what is not used takes nothing."""
import itertools
import pathlib
import re
import subprocess

from boot import ROOT, boot, both, build_folder
from guests import build

SOURCE = pathlib.Path(__file__).resolve().parent / "smallest" / "smallest.c"
# Compiler and linker, as user/bail/common/target.mk has them.
COMPILER = {
    "x86": ["gcc", "-m32", "-march=i686", "-mno-mmx", "-mno-sse", "-fcf-protection=none", "-Dx86"],
    "aarch64": ["aarch64-linux-gnu-gcc", "-march=armv8-a", "-mno-outline-atomics", "-mstrict-align", "-Daarch64"],
}
LINKER = {
    "x86": ["ld", "-melf_i386"],
    "aarch64": ["aarch64-linux-gnu-ld", "-z", "max-page-size=4096"],
}
FLAGS = ["-O2", "-ffreestanding", "-fno-builtin", "-nostdinc", "-fno-pic", "-fno-pie", "-fno-stack-protector"]
FLAGS += ["-fno-asynchronous-unwind-tables", "-DRTOS_SMALL"]
FLAGS += ["-include", "prtos_inc/config.h", "-include", "prtos_inc/arch/arch_types.h"]
# One call of each component.
PARTS = ["sem_take", "sem_delete", "mutex_lock", "cond_wait", "event_wait", "queue_send", "ring_read", "pool_alloc"]
PARTS += ["heap_alloc", "list_remove", "timer_start", "timer_thread_init", "watch_add", "job_post"]
PARTS += ["thread_set_slice", "thread_get_stats", "hooks_set", "irq_attach", "fault_set_handler", "slot_next"]
PARTS += ["thread_use_fpu"]
PARTS += ["thread_join", "thread_stop", "thread_set_priority", "sched_lock", "stopwatch_start", "thread_delay"]


def link(folder: pathlib.Path, arch: str, library: str, *words) -> str:
    """The map of a program: what `words` ask of the library and nothing else."""
    command = [*LINKER[arch], "-u", "start", "-u", "prtos_image_hdr", f"-T{ROOT}/user/bail/lib/loader.lds"]
    command += [f"-L{build_folder(arch)}/lib", "--gc-sections", "--defsym=partition_main=rtos_start"]
    command += ["-Map", folder / "map"]
    command += [*words, f"-l{library}", "--start-group", "-lprtos", "-lbail", "--end-group", "-o", folder / "out"]
    command += ["-z", "noexecstack", "-Ttext=0x6000000"]
    if any(str(word).endswith(".o") for word in words):
        command.remove("--defsym=partition_main=rtos_start")
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return (folder / "map").read_text().split("Linker script and memory map")[1]


def text_of(listing: str, library: str) -> dict:
    """{object: bytes of code and constants} of the library."""
    found: dict = {}
    pattern = rf"^ \.(?:text|rodata)\S*\s+0x\w+\s+(0x\w+) \S*{library}\.a\((\S+)\.o\)"
    for match in re.finditer(pattern, listing, re.M):
        found[match[2]] = found.get(match[2], 0) + int(match[1], 16)
    return {name: size for name, size in found.items() if size}


@both
def test_smallest(tmp_path, arch):
    program = tmp_path / "smallest.o"
    words = [*COMPILER[arch], *FLAGS, "-I", build_folder(arch) / "include"]
    subprocess.run([*words, "-c", "-o", program, SOURCE], check=True)
    sizes = text_of(link(tmp_path, arch, "rtos-small", program), "librtos-small")
    # The goal is 2560; instructions and pointers of AArch64 are wider.
    assert 2000 < sum(sizes.values()) <= {"x86": 2560, "aarch64": 3664}[arch], sizes


@both
def test_smallest_runs(arch):
    """It ends by itself only after 100 rounds over many slots."""
    result = boot(build("tests/rtos/smallest", flags="-DRTOS_SMALL", arch=arch), timeout=20)
    assert result.halted


@both
def test_everything(tmp_path, arch):
    whole = ["--whole-archive", "-lrtos", "--no-whole-archive", "--no-gc-sections"]
    sizes = text_of(link(tmp_path, arch, "rtos", *whole), "librtos")
    assert len(sizes) > 30
    assert sum(sizes.values()) <= 24 * 1024, sum(sizes.values())


def needed(folder, arch, *parts) -> set:
    return set(text_of(link(folder, arch, "rtos", *[f"-urtos_{part}" for part in parts]), "librtos"))


@both
def test_what_is_not_used_takes_nothing(tmp_path, arch):
    """A component brings itself and what it is made of, never another."""
    base = needed(tmp_path, arch)
    assert not base & {"mutex.c", "sem.c", "queue.c", "timer.c", "heap.c", "account.c", "fault.c", "hook.c"}
    assert needed(tmp_path, arch, "sem_take") - base == {"sem.c"}
    assert needed(tmp_path, arch, "event_wait") - base == {"event.c"}
    assert needed(tmp_path, arch, "timer_start") - base == {"timer.c", "list.c", "sem.c"}
    assert needed(tmp_path, arch, "thread_set_slice") - base == {"slice.c", "account.c"}


@both
def test_every_pair_links(tmp_path, arch):
    for pair in itertools.combinations(PARTS, 2):
        link(tmp_path, arch, "rtos", *[f"-urtos_{part}" for part in pair])
