# SPDX-License-Identifier: Apache-2.0
"""Single checks of the core, each of which can be taken away: (name, architecture, file, text, what
stands there instead, what must fail then). Beside them stands what the table in
documentation/mutations.md says of each."""
import dataclasses

CONFORM = "tests/system/test_conform.py"
ORACLE = "tests/hostile/test_oracle.py"
POINTERS = "tests/hostile/test_pointers.py"
ATTACKS = "tests/hostile/test_attacks.py"
TYPING = "tests/hostile/test_typing.py"
STAGE1 = "tests/system/test_stage1.py"
REGISTERS = "tests/system/test_registers.py"


@dataclasses.dataclass(frozen=True)
class Check:
    name: str
    arch: str
    file: str
    old: str
    new: str
    tests: str


def line(name, arch, file, old, tests, new=""):
    return Check(name, arch, file, old, new, tests)


CHECKS = [
    line("only a system partition names others", "x86", "core/kernel/calls_partition.c",
         "        if (!vcpu->partition->system)\n            return PRTOS_PERM_ERROR;\n", CONFORM),
    line("there is such a partition", "x86", "core/kernel/calls_partition.c",
         "        if (id >= partition_count)\n            return PRTOS_INVALID_PARAM;\n", CONFORM),
    line("a reset is cold or warm", "aarch64", "core/kernel/calls_partition.c",
         """        return code;
    if (mode != PRTOS_COLD_RESET && mode != PRTOS_WARM_RESET)
        return PRTOS_INVALID_PARAM;
    return partition_reset""", CONFORM, "        return code;\n    return partition_reset"),
    line("an IPVI is one of eight", "x86", "core/kernel/calls_partition.c",
         "    if (!is_ipvi(irq))\n        return PRTOS_INVALID_PARAM;\n", CONFORM),
    line("an IPVI goes to its targets only", "aarch64", "core/kernel/calls_partition.c",
         "if (conf_targets(system_conf)[row->first_target + i] == id)", CONFORM, "if (true)"),
    line("there is such a clock", "x86", "core/kernel/calls_time.c",
         "    if (clock > PRTOS_EXEC_CLOCK)\n        return PRTOS_INVALID_PARAM;\n", CONFORM),
    line("times are not negative", "x86", "core/kernel/calls_time.c",
         "abs < 0 || interval < 0 || ", CONFORM),
    line("a routed interrupt is one of 32", "aarch64", "core/kernel/calls_time.c",
         "    if (irq >= 32)\n        return PRTOS_INVALID_PARAM;\n", CONFORM),
    line("there is such a vCPU", "x86", "core/kernel/calls_vcpu.c",
         """    if (number >= vcpu->partition->n_vcpus)
        return PRTOS_INVALID_PARAM;
    code = """, CONFORM, "    code = "),
    line("there is such a plan", "x86", "core/kernel/calls_vcpu.c",
         "plan >= conf_cpus(system_conf)[cpu->id].n_plans ||", CONFORM, ""),
    line("a batch ends behind its start", "aarch64", "core/kernel/calls_batch.c",
         "    if (end < start)\n        return PRTOS_INVALID_PARAM;\n", CONFORM),
    line("a port is the caller's", "x86", "core/kernel/port.c",
         """    if (OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id)
        return PRTOS_PERM_ERROR;
    if (!port)""", CONFORM, "    if (!port)"),
    line("a port has the direction of the XML", "x86", "core/kernel/port.c",
         " || (*port)->conf->direction != direction", CONFORM),
    line("a sampling port has the channel's length", "aarch64", "core/objects/port_ctrl.c",
         """(create.max_msg_size != port->channel->conf->message_size ||
                          period_ns""", CONFORM, "(period_ns"),
    line("a status is asked of one's own port", "x86", "core/objects/port_ctrl.c",
         """    if (OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id)
        return PRTOS_PERM_ERROR;
""", CONFORM),
    line("a message fits its port", "x86", "core/objects/sampling.c",
         """    if (size - 1 >= port->size_max)
        return PRTOS_INVALID_CONFIG;
    if (!guest_range(buffer, size))""", CONFORM, "    if (!guest_range(buffer, size))"),
    line("a message lies below the core", "x86", "core/objects/sampling.c",
         """    if (!guest_range(buffer, size))
        return PRTOS_INVALID_PARAM;
    if (!port_take""", POINTERS, "    if (!port_take"),
    line("a full queue takes nothing", "aarch64", "core/objects/queuing.c",
         """channel->head - load_acquire(&channel->tail) < channel->conf->n_messages &&
                   guest_quick_read""", CONFORM, "guest_quick_read"),
    line("an empty queue gives nothing", "x86", "core/objects/queuing.c",
         "if (likely(channel->tail != load_acquire(&channel->head)))", CONFORM, "if (true)"),
    line("a console is the caller's", "x86", "core/objects/console.c",
         """    if (OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id)
        return PRTOS_PERM_ERROR;
""", CONFORM),
    line("a console line has 128 bytes", "x86", "core/objects/console.c",
         "size > sizeof(text) || ", CONFORM),
    line("a copy concerns the caller only", "aarch64", "core/objects/memory.c",
         """    if ((copy.dst_id != self || copy.src_id != self) && !vcpu->partition->system)
        return PRTOS_PERM_ERROR;
""", CONFORM),
    line("a copy goes to where one may write", "x86", "core/objects/memory.c",
         "!range_usable((u32)copy.dst_id, copy.dst_addr, (u32)copy.size, true) ||\n        ", CONFORM),
    line("a status is asked of oneself", "x86", "core/objects/status.c",
         """    if (id != vcpu->partition->id && !vcpu->partition->system)
        return PRTOS_PERM_ERROR;
""", CONFORM),
    line("a trace is the caller's", "aarch64", "core/objects/trace.c",
         """    if (OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id)
        return PRTOS_PERM_ERROR;
""", CONFORM),
    line("paging stays on", "x86", "core/arch/x86/calls_pages.c",
         "    if (~value & (CR0_PG | CR0_PE))\n        return PRTOS_OP_NOT_ALLOWED;\n", CONFORM),
    line("a stack's selector is of ring 3", "x86", "core/arch/x86/descriptors.c",
         "(ss & 3u) == 3u && ", CONFORM),
    line("a stack lies below the core", "x86", "core/arch/x86/descriptors.c",
         " && sp < ARCH_GUEST_LIMIT", CONFORM),
    line("a descriptor is memory of ring 3", "x86", "core/arch/x86/segments.c",
         """    if ((high & (DESC_RING3 | DESC_MEMORY | DESC_DOWN)) != (DESC_RING3 | DESC_MEMORY))
        return -1;
""", CONFORM),
    line("a segment ends below the core", "x86", "core/arch/x86/segments.c",
         "limit >= ARCH_GUEST_LIMIT - base", ATTACKS, "false"),
    line("a large page is no entry", "x86", "core/arch/x86/pages.c",
         "    if (*entry & (PTE_PS | PTE_G))\n        return false;\n", CONFORM),
    line("a table entry shows own memory only", "x86", "core/arch/x86/pages.c",
         "return page - (u32)partition->pct < partition->n_vcpus * partition->pct_stride;", ATTACKS,
         "return true;"),
    line("a page table is not written to", "x86", "core/arch/x86/pages.c",
         " || (word && page_is_table(*word))", ATTACKS),
    line("a directory refers to tables only", "x86", "core/arch/x86/pages.c",
         "!word ||\n        *word - PAGE_IS(PPAG_PTDL2) >= PAGE_COUNT)", ATTACKS, "!word)"),
    line("a handler lies below the core", "x86", "core/arch/x86/guest.c",
         "handler >= ARCH_GUEST_LIMIT || ", ATTACKS),
    line("NT and TF do not reach a handler", "x86", "core/arch/x86/guest.c",
         "(frame->eflags & EFLAGS_GUEST & ~(u32)(EFLAGS_TF | EFLAGS_NT | EFLAGS_RF))", ATTACKS,
         "(frame->eflags & EFLAGS_GUEST)"),
    line("an answer is written whole or not at all", "aarch64", "core/arch/aarch64/access.c",
         "    if (piece_of(to, size) != size && !guest_place(to + size - 1, true))\n        return false;\n",
         POINTERS),
]  # fmt: skip
