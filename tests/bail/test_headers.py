# SPDX-License-Identifier: Apache-2.0
"""Headers as partitions see them: each compiles alone, in C of 1989 and of 2011, by both compilers;
sizes and offsets are those of the interface, also where no static assertion judges them."""
import shutil
import subprocess

import pytest
from boot import both

from project import FLAGS, FORCED, INCLUDE, ROOT, compile_guest

LIB = "prtos.h prtoshypercalls.h hypervisor.h comm.h hm.h trace.h status.h container.h pef.h endianess.h".split()
ARCH = "arch/prtoshypercalls.h arch/hypervisor.h arch/atomic_ops.h".split()
SHARED = """config.h autoconf.h hypercalls.h guest.h objdir.h prtosconf.h prtosef.h linkage.h devid.h bitwise.h
    audit.h objects/commports.h objects/console.h objects/hm.h objects/mem.h objects/status.h objects/trace.h
    arch/arch_types.h arch/irqs.h arch/linkage.h arch/paging.h arch/processor.h arch/prtos_def.h
    arch/prtosconf.h arch/guest.h arch/hypercalls.h arch/atomic.h arch/asm_offsets.h""".split()
X86_ONLY = ["arch/segments.h"]
BAIL = """bail.h assert.h config.h ctype.h irqs.h limits.h stdarg.h stddef.h stdio.h stdlib.h string.h
    arch/irqs.h""".split()
HEADERS = LIB + ARCH + [f"prtos_inc/{name}" for name in SHARED] + BAIL
COMPILERS = [cc for cc in ("gcc", "clang") if shutil.which(cc)]

# Offsets and sizes on 32-bit x86, written down from the interface.
PCT = dict(
    magic=0, prtos_version=4, prtos_abi_version=8, prtos_api_version=12, part_ctrl_table_size=16,
    reset_counter=20, reset_status=24, cpu_khz=28, id=32, num_of_vcpus=36, flags=40, image_start=44, hw_irqs=48,
    num_of_physical_mem_areas=52, num_of_comm_ports=56, name=60, iflags=76, hw_irqs_pend=80, hw_irqs_mask=84,
    ext_irqs_pend=88, ext_irqs_to_mask=92, arch=96, cyclic_sched_info=132, trap_to_vector=144,
    hw_irq_to_vector=208, ext_irq_to_vector=272, clock_offset=336,
)
LAYOUTS = {
    "partition_control_table_t": (344, PCT),
    "struct pct_arch": (36, dict(gdtr=0, idtr=6, max_idt_vec=12, tr=16, cr4=20, cr3=24, cr2=28, cr0=32)),
    "struct prtos_physical_mem_map": (32, dict(name=0, start_addr=16, mapped_at=20, size=24, flags=28)),
    "struct prtos_clock": (64, dict(magic=0, version=4, sequence=8, base_count=16, base_ns=24, exec_ns=32,
                                    mult=40, shift=44, slot_end=48, slot_gap=56)),
    "struct prtos_image_hdr": (52, dict(page_table=12, page_table_size=16, num_of_custom_files=20,
                                        custom_file_table=24, end_signature=48)),
    "struct prtos_hdr": (44, dict(num_of_custom_files=12, custom_file_table=16, end_signature=40)),
    "prtos_sampling_port_status_t": (16, dict(timestamp=0, last_msg_size=8, flags=12)),
    "prtos_sampling_port_info_t": (20, dict(port_name=0, valid_period=4, max_msg_size=12, direction=16)),
    "prtos_queuing_port_status_t": (4, dict(num_of_msgs=0)),
    "prtos_queuing_port_info_t": (24, dict(port_name=0, max_msg_size=4, max_num_of_msgs=8, direction=12,
                                           valid_period=16)),
    "union sampling_port_cmd": (20, dict(create=0, status=0, info=0)),
    "union queuing_port_cmd": (24, dict(create=0, status=0, info=0)),
    "prtos_trace_event_t": (36, dict(signature=0, checksum=2, op_code_hi=4, op_code_lo=8, timestamp=12,
                                     payload=20)),
    "prtos_trace_status_t": (12, dict(num_of_events=0, max_events=4, current_event=8)),
    "prtos_hm_log_t": (36, dict(signature=0, checksum=2, op_code_hi=4, op_code_lo=8, timestamp=12, cpu_ctxt=20,
                                payload=20)),
    "prtos_hm_status_t": (12, dict(num_of_events=0, max_events=4, current_event=8)),
    "prtos_sys_status_t": (60, dict(reset_counter=0, num_of_hm_events=4, num_of_irqs=12, current_maf=20,
                                    num_of_sampling_port_msgs_read=28, num_of_queuing_port_msgs_received=52)),
    "prtos_part_status_t": (64, dict(state=0, op_mode=4, num_of_virqs=8, reset_counter=16, reset_status=20,
                                     exec_clock=24, num_of_sampling_port_msgs_read=32)),
    "prtos_virtual_cpu_status_t": (8, dict(state=0, op_mode=4)),
    "prtos_plan_status_t": (20, dict(switch_time=0, next=8, current=12, prev=16)),
    "prtos_phys_page_status_t": (8, dict(p_addr=0)),
    "union status_fmd": (64, {}),
    "union mem_cmd": (20, {}),
    "trap_ctxt_t": (72, dict(ebx=0, ecx=4, edx=8, esi=12, edi=16, ebp=20, eax=24, ds=28, es=32, fs=36, gs=40,
                             irq_nr=44, err_code=48, ip=52, cs=56, flags=60, sp=64, ss=68)),
    "struct x86_desc_reg": (6, dict(limit=0, linear_base=2)),
    "struct x86_desc": (8, {}),
    "struct x86_gate": (8, {}),
    "struct x86_tss": (104, dict(sp1=12, ss1=16, sp2=20, ss2=24)),
}
# The same on AArch64.
ARM_LAYOUTS = {
    "partition_control_table_t": (360, dict(
        magic=0, prtos_version=4, prtos_abi_version=8, prtos_api_version=12, part_ctrl_table_size=16,
        reset_counter=24, reset_status=28, cpu_khz=32, id=40, num_of_vcpus=48, flags=56, image_start=60, hw_irqs=64,
        num_of_physical_mem_areas=68, num_of_comm_ports=72, name=76, iflags=92, hw_irqs_pend=96, hw_irqs_mask=100,
        ext_irqs_pend=104, ext_irqs_to_mask=108, arch=112, cyclic_sched_info=152, trap_to_vector=164,
        hw_irq_to_vector=228, ext_irq_to_vector=292, clock_offset=356)),
    "struct pct_arch": (40, dict(irq_saved_pc=0, irq_saved_spsr=8, irq_saved_x0=16, irq_vector=24, trap_entry=32)),
    "struct prtos_physical_mem_map": (48, dict(name=0, start_addr=16, mapped_at=24, size=32, flags=40)),
    "struct prtos_clock": LAYOUTS["struct prtos_clock"],
    "struct prtos_image_hdr": (84, dict(page_table=12, page_table_size=20, num_of_custom_files=28,
                                        custom_file_table=32, end_signature=80)),
    "struct prtos_hdr": (68, dict(num_of_custom_files=12, custom_file_table=16, end_signature=64)),
    "prtos_sampling_port_status_t": (16, dict(timestamp=0, last_msg_size=8, flags=12)),
    "prtos_sampling_port_info_t": (24, dict(port_name=0, valid_period=8, max_msg_size=16, direction=20)),
    "prtos_queuing_port_status_t": (4, dict(num_of_msgs=0)),
    "prtos_queuing_port_info_t": (32, dict(port_name=0, max_msg_size=8, max_num_of_msgs=12, direction=16,
                                           valid_period=24)),
    "union sampling_port_cmd": (24, {}),
    "union queuing_port_cmd": (32, {}),
    "prtos_trace_event_t": (52, dict(signature=0, checksum=2, op_code_hi=4, op_code_lo=8, timestamp=12, payload=20)),
    "prtos_hm_log_t": (52, dict(signature=0, checksum=2, op_code_hi=4, op_code_lo=8, timestamp=12, cpu_ctxt=20,
                                payload=20)),
    "prtos_sys_status_t": (64, dict(reset_counter=0, num_of_hm_events=8)),
    "prtos_part_status_t": LAYOUTS["prtos_part_status_t"],
    "prtos_virtual_cpu_status_t": (8, dict(state=0, op_mode=4)),
    "prtos_plan_status_t": (24, dict(switch_time=0, next=8, current=12, prev=16)),
    "prtos_phys_page_status_t": (16, dict(p_addr=0)),
    # The interface has 176 bytes; where the program goes on follows them.
    "trap_ctxt_t": (192, dict(x0=0, x18=144, fp=152, lr=160, irq_nr=168, ip=176, flags=184)),
}
VALUES = dict(
    GUEST_CS_SEL=0x13B, GUEST_DS_SEL=0x143, CONFIG_PRTOS_OFFSET=0xFC000000, PRTOS_PCTRLTAB_ADDR=0xFBFC0000,
    KTHREAD_MAGIC=0xA5A55A5A, PRTOS_PART_SYSTEM=0x200, PRTOS_VT_EXT_IPVI7=31, PRTOS_HM_EV_X86_PAGE_FAULT=20,
    PRTOS_HM_EV_X86_SIMD_FLOATING_POINT=25, PRTOS_HM_MAX_EVENTS=26, PRTOS_HM_AC_SWITCH_TO_MAINTENANCE=10,
    NR_HYPERCALLS=44, __FORCE_IRQS_NR=17, clear_irqmask_nr=15, wait_irq_nr=48, OBJ_CLASS_STATUS=7,
    PRTOS_MULTICALL_ERROR=-8, PRTOS_INFINITE_TIME=0xFFFFFFFF, PRTOS_GET_VCPU_STATUS=4, PRTOS_CLOCK_MAGIC=0x4B4C4350,
    PRTOS_HM_LOG_ENABLED=1, PRTOSTRACE_SIGNATURE=0xC33C, PRTOS_HMLOG_SIGNATURE=0xFECF, COPROCESSOR_OVERRRUN=9,
)

ARM_VALUES = dict(
    CONFIG_PRTOS_OFFSET=0xA0000100000, CONFIG_PRTOS_LOAD_ADDR=0x40100000, PRTOS_PCTRLTAB_ADDR=0xFBFC0000,
    PRTOS_IFLAGS_IF=0x200, PRTOS_HM_EV_ARM_UNDEF_INSTR=6, PRTOS_HM_EV_ARM_INSTR_PERMISSION_FAULT=14,
    PRTOS_HM_MAX_EVENTS=15, AARCH64_LOAD_PAGE_FAULT=8, iret_nr=44, raise_partition_trap_nr=45, NR_HYPERCALLS=44,
    PRTOS_LOG2_WORD_SZ=6,
)
INTERFACES = {"x86": (LAYOUTS, VALUES), "aarch64": (ARM_LAYOUTS, ARM_VALUES)}


@both
@pytest.mark.parametrize("cc", COMPILERS)
@pytest.mark.parametrize("std", ["gnu89", "gnu11"])
def test_each_header_alone(tmp_path, cc, std, arch):
    own = [f"prtos_inc/{name}" for name in X86_ONLY] if arch == "x86" else []
    for header in HEADERS + own:
        # twice: guarded
        source = f"#include <{header}>\n#include <{header}>\nextern int unused_;\n"
        done = compile_guest(source, tmp_path / "o", f"-std={std}", "-Wextra", "-c", cc=cc, arch=arch)
        assert done.returncode == 0, f"{header}: {done.stderr}"


def test_headers_of_the_core():
    """What the hypervisor includes stands without the forced headers; what is a guest's refuses."""
    for header in SHARED + X86_ONLY:
        done = core_compile(header)
        assert done.returncode == 0, f"{header}: {done.stderr}"
    for header in LIB[:-1]:
        done = core_compile(f"../{header}", "-I", str(INCLUDE))
        assert done.returncode != 0 and "for partitions" in done.stderr, header


def core_compile(header: str, *words: str):
    return subprocess.run(
        ["gcc", *FLAGS, "-std=c11", "-D_PRTOS_KERNEL_", "-Wextra", "-Wconversion", "-fsyntax-only",
         f"-I{INCLUDE}", *words, "-x", "c", "-"],
        input=f"#include <prtos_inc/{header}>\n", capture_output=True, text=True,
    )


def test_assembly(tmp_path):
    """<prtos.h> in assembly gives macros and nothing else."""
    text = "#include <prtos.h>\n#include <irqs.h>\n#include <config.h>\nENTRY(x)\n  movl $halt_partition_nr, %eax\n" \
        "  __PRTOS_HC\n  .long GUEST_CS_SEL, CONFIG_PRTOS_OFFSET, STACK_SIZE, PRTOS_HM_EV_FATAL_ERROR, CONFIG_x86\n"
    done = subprocess.run(
        ["gcc", "-m32", "-nostdinc", f"-I{INCLUDE}", *FORCED, "-c", "-x", "assembler-with-cpp", "-", "-o",
         str(tmp_path / "o")], input=text, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@both
@pytest.mark.parametrize("std", ["gnu89", "gnu11"])
def test_layouts(tmp_path, std, arch):
    layouts, values = INTERFACES[arch]
    lines = ["#include <prtos.h>", "#include <irqs.h>", "#include <stddef.h>"]

    def demand(condition: str):
        lines.append(f"extern char c{len(lines)}[({condition}) ? 1 : -1];")

    for kind, (size, members) in layouts.items():
        demand(f"sizeof({kind}) == {size}")
        for member, offset in members.items():
            demand(f"offsetof({kind}, {member}) == {offset}")
    for name, value in values.items():
        demand(f"{name} == {value}{'ULL' if value > 0x7FFFFFFF else ''}")
    done = compile_guest("\n".join(lines), tmp_path / "o", f"-std={std}", "-c", arch=arch)
    assert done.returncode == 0, done.stderr
    lines.append("extern char wrong[(sizeof(partition_control_table_t) == 336) ? 1 : -1];")
    assert compile_guest("\n".join(lines), tmp_path / "o", "-c", arch=arch).returncode != 0


def test_file_headers_agree_with_the_images(tmp_path):
    """<pef.h> and <container.h> describe what core/conf/image.h describes."""
    pairs = {
        ("struct prtos_pef_hdr", "struct pef_header"): {
            "signature": "magic", "format": "format", "crc": "crc", "size": "size", "kind": "kind", "arch": "arch",
            "num_of_segments": "n_segments", "num_of_custom_files": "n_customs", "entry_point": "entry",
            "page_table": "page_table", "page_table_size": "page_table_size", "image_hdr": "image_header",
            "payload": "payload"},
        ("struct prtos_exec_container_hdr", "struct container_header"): {
            "signature": "magic", "tables_crc": "tables_crc", "num_of_partitions": "n_entries",
            "num_of_files": "n_files", "names_offset": "names_offset", "files_offset": "files_offset"},
    }
    lines = ["#include <prtos.h>", "#include <pef.h>", "#include <container.h>", '#include "conf/image.h"',
             "_Static_assert(PRTOS_PEF_SIGNATURE == PEF_MAGIC && PRTOS_PEF_FORMAT == PEF_FORMAT, \"\");",
             "_Static_assert(PRTOS_CONTAINER_SIGNATURE == CONTAINER_MAGIC, \"\");",
             "_Static_assert(PRTOS_CONTAINER_FORMAT == CONTAINER_FORMAT, \"\");",
             "_Static_assert(PRTOS_PEF_HYPERVISOR == PEF_HYPERVISOR, \"\");",
             "_Static_assert(PRTOS_PEF_PARTITION == PEF_PARTITION && PRTOS_PEF_CUSTOMFILE == PEF_FILE, \"\");"]
    for (ours, theirs), members in pairs.items():
        lines.append(f'_Static_assert(sizeof({ours}) == sizeof({theirs}), "{ours}");')
        for member, other in members.items():
            lines.append(f"_Static_assert(__builtin_offsetof({ours}, {member}) == "
                         f'__builtin_offsetof({theirs}, {other}), "{member}");')
    done = compile_guest("\n".join(lines), tmp_path / "o", "-std=gnu11", "-c", "-I", str(ROOT / "core"))
    assert done.returncode == 0, done.stderr
