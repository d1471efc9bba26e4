# SPDX-License-Identifier: Apache-2.0
"""Libraries: every function of the interface is there, stubs are as short as promised, and the
libraries need nothing that they do not bring."""
import re
import subprocess

import pytest

from project import BUILD, ROOT, compile_guest

LIBPRTOS = """get_gid_by_name get_vcpuid get_time set_timer suspend_partition resume_partition shutdown_partition
    halt_partition reset_partition idle_self suspend_vcpu resume_vcpu halt_vcpu reset_vcpu halt_system reset_system
    read_object write_object seek_object ctrl_object set_page_type update_page32 invld_tlb override_trap_hndl
    clear_irqmask set_irqmask set_irqpend clear_irqpend route_irq raise_ipvi raise_partition_ipvi switch_sched_plan
    multicall x86_load_cr0 x86_load_cr3 x86_load_cr4 x86_load_tss x86_load_gdt x86_load_idtr x86_update_ss_sp
    x86_update_gdt x86_update_idt x86_set_if x86_clear_if x86_iret lazy_hypercall flush_hyp_batch
    lazy_update_page32 lazy_set_page_type lazy_invld_tlb lazy_x86_load_cr0 lazy_x86_load_cr3 lazy_x86_load_cr4
    lazy_x86_load_tss lazy_x86_load_gdt lazy_x86_load_idtr lazy_x86_update_ss_sp lazy_x86_update_gdt
    lazy_x86_update_idt write_console memory_copy create_sampling_port read_sampling_message write_sampling_message
    get_sampling_port_status get_sampling_port_info create_queuing_port send_queuing_message
    receive_queuing_message get_queuing_port_status get_queuing_port_info hm_read hm_seek hm_status trace_event
    trace_open trace_read trace_seek trace_status get_partition_status get_system_status get_vcpu_status
    get_partition_vcpu_status set_partition_opmode get_plan_status get_physpage_status get_pct get_pct0
    get_partition_mmap get_commport_bitmap get_number_vcpus set_bit clear_bit clear_bitmap set_bitmap is_bit_set
    wait_irq x86_set_user_root""".split()
OTHERS = """init_libprtos init_batch install_trap_handler setup_irqs init_arch setup_vcpus part_halt bail_halt
    atoi strchr strcat strncat memset memcpy strncpy strncmp strcmp memcmp strlen putchar printf sprintf snprintf
    vsprintf strtoul strtol strtoull strtoll basename exit strcpy strrchr strstr memmove vprintf isdigit isspace
    isxdigit isalnum start""".split()
OBJECTS = """part_trap_handlers_table part_idt_table part_idt_desc part_gdt_table part_gdt_desc vtrap_table
    lib_prtos_params""".split()
HEADERS = "".join(f"#include <{name}>\n" for name in (
    "prtos.h", "irqs.h", "bail.h", "assert.h", "ctype.h", "stdio.h", "stdlib.h", "string.h"))
MAIN = "void partition_main(void) { }\n"


def link(folder, source: str, *words: str):
    done = compile_guest(HEADERS + source, folder / "p.o", "-std=gnu89", "-Dx86", "-O2", "-c", "-fno-pic")
    assert done.returncode == 0, done.stderr
    return subprocess.run(
        ["ld", "-melf_i386", "-o", str(folder / "p"), str(folder / "p.o"), "-u", "start", "-u", "prtos_image_hdr",
         f"-T{ROOT}/user/bail/lib/loader.lds", f"-L{BUILD}/lib", "--start-group", "-lprtos", "-lbail", "--end-group",
         "-z", "noexecstack", "-Ttext=0x6000000", *words], capture_output=True, text=True)


def symbols(path, *words: str) -> dict:
    text = subprocess.run(["nm", *words, str(path)], capture_output=True, text=True, check=True).stdout
    return {name: int(value, 16) for value, _, name in re.findall(r"^([0-9a-f]+) (\w) (\w+)$", text, re.M)}


def test_everything_is_there(tmp_path):
    names = [f"prtos_{name}" for name in LIBPRTOS] + OTHERS
    table = "".join(f"  (void (*)(void))&{name},\n" for name in names)
    objects = "".join(f"  (void *)&{name},\n" for name in OBJECTS)
    source = f"{MAIN}extern void (*const all[])(void);\nvoid (*const all[])(void) = {{\n{table}}};\n" \
        f"extern void *const data[];\nvoid *const data[] = {{\n{objects}}};\n"
    done = link(tmp_path, source)
    assert done.returncode == 0, done.stderr
    assert not done.stderr, "no warning either"


def test_macros_and_accessors(tmp_path):
    """What the interface gives as macros, used as a program does."""
    source = MAIN + """
prtos_hcall1r(suspend_other, prtos_u32_t, id)
prtos_lazy_hcall1(suspend_other, prtos_u32_t, id)
prtos_hcall0(tick)
"""
    source = "#define suspend_other_nr 2\n#define tick_nr 8\n" + source + """
int use(prtos_u32_t a);
int use(prtos_u32_t a)
{
    prtos_s32_t r;
    _PRTOS_HCALL2(a, a, set_irqpend_nr, r);
    hw_cli();
    hw_sti();
    __prtos_cli();
    __prtos_sti();
    ASSERT(a);
    return r + hw_is_sti() + PRTOS_PARTITION_SELF + PRTOS_VCPU_SELF + prtos_suspend_other(1) +
        BAIL_PRTOSEXT_TRAP(1);
}
"""
    done = link(tmp_path, source)
    assert done.returncode == 0, done.stderr
    assert {"prtos_suspend_other", "prtos_lazy_suspend_other", "prtos_tick"} <= set(symbols(tmp_path / "p"))


@pytest.mark.parametrize("call", ["prtos_flush_cache(1)", "prtos_set_cache_state(1)", "prtos_x86_set_watchpoint(0)"])
def test_declared_only(tmp_path, call):
    done = link(tmp_path, f"void partition_main(void) {{ {call}; }}\n")
    assert done.returncode != 0 and "undefined reference" in done.stderr


def test_own_image_header(tmp_path):
    """A program's own header keeps BAIL's out, and with it the room for page tables."""
    source = MAIN + """
static prtos_u8_t room[2 * PAGE_SIZE] __attribute__((aligned(4096), section(".bss.noinit")));
struct prtos_image_hdr prtos_image_hdr __PRTOS_IMAGE_HDR = {
    PRTOS_EXEC_PARTITION_MAGIC, 0x10000, 0x10000, (prtos_address_t)room, sizeof(room), 1, {{0x6080000, 16}},
    PRTOS_EXEC_PARTITION_MAGIC};
char mine[16] __attribute__((section(".custom"))) = "loaded";
"""
    done = link(tmp_path, source)
    assert done.returncode == 0, done.stderr
    assert "part_page_table" not in symbols(tmp_path / "p")
    loads = subprocess.run(["readelf", "-lW", str(tmp_path / "p")], capture_output=True, text=True).stdout
    mapped = loads[loads.index("Section to Segment"):]
    assert ".custom" in mapped and ".prtos_image_hdr" in mapped


def test_layout(tmp_path):
    done = link(tmp_path, MAIN + "int in_bss[100]; int in_data = 1;\n")
    assert done.returncode == 0, done.stderr
    at = symbols(tmp_path / "p")
    assert at["start"] == at["_start"] == at["_sguest"] == 0x6000000
    assert at["_sdata"] <= at["in_data"] < at["_edata"] <= at["part_page_table"] < at["_sbss"]
    assert at["part_page_table"] + 16 * 4096 <= at["_sbss"], "nobody clears the page tables"
    assert at["_sbss"] <= at["in_bss"] < at["_ebss"] <= at["_eguest"]
    assert at["_sbss"] <= at["_stack"] and at["_stack"] + 4 * 8192 <= at["_ebss"]
    assert at["part_page_table"] % 4096 == 0 and at["_sbss"] % 4 == 0 and at["_ebss"] % 4 == 0
    elf = (tmp_path / "p").read_bytes()
    assert elf[16:18] == b"\x02\x00", "ET_EXEC"
    header = subprocess.run(["objcopy", "-O", "binary", "-j", ".prtos_image_hdr", str(tmp_path / "p"),
                             str(tmp_path / "h")])
    assert header.returncode == 0
    words = [int.from_bytes((tmp_path / "h").read_bytes()[i:i + 4], "little") for i in range(0, 52, 4)]
    assert words == [0x24584D69, 0x10000, 0x10000, at["part_page_table"], 16 * 4096, 0, 0, 0, 0, 0, 0, 0, 0x24584D69]


def test_gates(tmp_path):
    """Each entry pushes its own number, on an error code: the processor's or 0."""
    assert link(tmp_path, MAIN).returncode == 0
    at = symbols(tmp_path / "p")
    subprocess.run(["objcopy", "-O", "binary", "-j", ".text", "-j", ".rodata", str(tmp_path / "p"),
                    str(tmp_path / "b")], check=True)
    image = (tmp_path / "b").read_bytes()
    table = at["vtrap_table"] - 0x6000000
    for nr in range(288):
        entry = int.from_bytes(image[table + 4 * nr:table + 4 * nr + 4], "little") - 0x6000000
        code = image[entry:entry + 12]
        if nr not in (8, 10, 11, 12, 13, 14, 17):
            assert code[:2] == b"\x6a\x00", nr
            code = code[2:]
        assert code[0] in (0x6A, 0x68), nr
        pushed = code[1] if code[0] == 0x6A else int.from_bytes(code[1:5], "little")
        assert pushed == nr
        assert code[2 if code[0] == 0x6A else 5] in (0xEB, 0xE9), "jmp"


def straight(function: str) -> int:
    """Instructions of a function from its start to its first ret, through one trap."""
    text = subprocess.run(["objdump", "-d", "--no-show-raw-insn", f"--disassemble={function}",
                           str(BUILD / "lib" / "libprtos.a")], capture_output=True, text=True).stdout
    body = text[text.index(f"<{function}>:"):].splitlines()[1:]
    words = [line.split("\t")[1].split()[0] for line in body if "\t" in line]
    words = words[:words.index("ret") + 1]
    assert words.count("int") == 1, (function, words)
    return len(words)


@pytest.mark.parametrize("function, most", [
    ("prtos_idle_self", 12), ("prtos_suspend_partition", 12), ("prtos_route_irq", 13), ("prtos_reset_partition", 12),
    ("prtos_set_irqpend", 12), ("prtos_ctrl_object", 12), ("prtos_seek_object", 12), ("prtos_set_timer", 18),
    ("prtos_write_sampling_message", 25), ("prtos_read_sampling_message", 25), ("prtos_send_queuing_message", 25),
    ("prtos_receive_queuing_message", 25), ("prtos_write_console", 25), ("prtos_get_vcpuid", 4)])
def test_stubs_are_short(function, most):
    assert straight(function) <= most


def test_entry_and_return_are_short():
    """A virtual interrupt: from its gate to the handler, and back to the trap that returns."""
    text = subprocess.run(["objdump", "-d", "--no-show-raw-insn", str(BUILD / "lib" / "libbail.a")],
                          capture_output=True, text=True).stdout
    body = text[text.index("traps.S.o:"):]
    body = body[body.index("jmp"):].splitlines()
    words = [line.split("\t")[1] for line in body if "\t" in line]
    dispatch = words[len(words) - 1 - words[::-1].index("push   %gs"):]
    call = next(i for i, word in enumerate(dispatch) if word.startswith("call"))
    back = dispatch.index("int    $0x83")
    assert 3 + call + 1 <= 40, "error code, number, jmp, then up to the call"
    assert back - call - 1 <= 15


def test_libraries_need_no_others():
    for name in ("libprtos.a", "libbail.a"):
        text = subprocess.run(["nm", "-u", str(BUILD / "lib" / name)], capture_output=True, text=True).stdout
        wanted = set(re.findall(r"^ +[Uw] (\w+)$", text, re.M))
        known = set()
        for other in ("libprtos.a", "libbail.a"):
            known |= set(symbols(BUILD / "lib" / other, "--defined-only"))
        linker = {"_sdata", "_edata", "_sbss", "_ebss", "partition_main"}
        assert wanted <= known | linker, name
