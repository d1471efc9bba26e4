/* SPDX-License-Identifier: Apache-2.0 */
/* What only x86 has: ATTACK(name, ways it may end). Instructions by the processor's manual, virtual
 * interrupts by guest-abi.md 6, descriptors by decisions.md 1. */
#ifndef TESTS_OWN_LIST_H
#define TESTS_OWN_LIST_H

#define DIVIDE (1u << PRTOS_HM_EV_X86_DIVIDE_ERROR)
#define DEBUG (1u << PRTOS_HM_EV_X86_DEBUG)
#define BREAK (1u << PRTOS_HM_EV_X86_BREAKPOINT)
#define OVERFLOW (1u << PRTOS_HM_EV_X86_OVERFLOW)
#define BOUND (1u << PRTOS_HM_EV_X86_BOUND_RANGE_EXCEEDED)
#define OPCODE (1u << PRTOS_HM_EV_X86_INVALID_OPCODE)
#define NOFPU (1u << PRTOS_HM_EV_X86_DEVICE_NOT_AVAILABLE)
#define TSS (1u << PRTOS_HM_EV_X86_INVALID_TSS)
#define ABSENT (1u << PRTOS_HM_EV_X86_SEGMENT_NOT_PRESENT)
#define STACK (1u << PRTOS_HM_EV_X86_STACK_FAULT)
#define GENERAL (1u << PRTOS_HM_EV_X86_GENERAL_PROTECTION)
#define PAGE (1u << PRTOS_HM_EV_X86_PAGE_FAULT)

#define OWN_ATTACKS                                                                                \
    INSTRUCTIONS MEMORY_ACCESSES SEGMENTS DELIVERIES STACKS VIRTUAL_IRETS TABLES OWN_LATE_ONES     \
        SPINS PAGE_TABLES PAGE_TYPES PROCESSES FORGERIES

/* For the processor's own return PAGE as above. */
#define FORGERIES                                                                                  \
    ATTACK(iretl_iopl, GENERAL | PAGE)                                                             \
    ATTACK(iretl_iopl_out, GENERAL | PAGE)                                                         \
    ATTACK(iretl_trap, DEBUG | PAGE)                                                               \
    ATTACK(iretl_eip_core, GENERAL | MEMORY | PAGE)                                                \
    ATTACK(iretl_zeros, GENERAL | PAGE)                                                            \
    ATTACK(iretl_virtual, SURVIVED | PAGE)                                                         \
    ATTACK(flags_opcode, OPCODE)                                                                   \
    ATTACK(flags_page, PAGE)                                                                       \
    ATTACK(flags_general, GENERAL)                                                                 \
    ATTACK(flags_divide, DIVIDE)                                                                   \
    ATTACK(flags_over_a_switch, SURVIVED)                                                          \
    ATTACK(trap_string, DEBUG)                                                                     \
    ATTACK(trap_behind_ss, DEBUG)                                                                  \
    ATTACK(far_jump_core, GENERAL | MEMORY)                                                        \
    ATTACK(far_call_beyond, GENERAL)                                                               \
    ATTACK(stack_runs_out, PAGE)                                                                   \
    ATTACK(virqs_nest, FATAL)                                                                      \
    ATTACK(code_changes_itself, OPCODE)                                                            \
    ATTACK(image_changes_itself, SURVIVED)                                                         \
    ATTACK(image_changes_its_code, SURVIVED)

#define INSTRUCTIONS                                                                               \
    ATTACK(cli, GENERAL)                                                                           \
    ATTACK(sti, GENERAL)                                                                           \
    ATTACK(hlt, GENERAL)                                                                           \
    ATTACK(in_byte, GENERAL)                                                                       \
    ATTACK(out_byte, GENERAL)                                                                      \
    ATTACK(in_string, GENERAL)                                                                     \
    ATTACK(out_exit, GENERAL)                                                                      \
    ATTACK(lgdt, GENERAL)                                                                          \
    ATTACK(lidt, GENERAL)                                                                          \
    ATTACK(lldt, GENERAL)                                                                          \
    ATTACK(ltr, GENERAL)                                                                           \
    ATTACK(lmsw, GENERAL)                                                                          \
    ATTACK(clts, GENERAL)                                                                          \
    ATTACK(invd, GENERAL)                                                                          \
    ATTACK(wbinvd, GENERAL)                                                                        \
    ATTACK(invlpg, GENERAL)                                                                        \
    ATTACK(read_cr0, GENERAL)                                                                      \
    ATTACK(read_cr3, GENERAL)                                                                      \
    ATTACK(write_cr0, GENERAL)                                                                     \
    ATTACK(write_cr3, GENERAL)                                                                     \
    ATTACK(write_cr4, GENERAL)                                                                     \
    ATTACK(write_dr7, GENERAL)                                                                     \
    ATTACK(rdmsr, GENERAL)                                                                         \
    ATTACK(wrmsr, GENERAL)                                                                         \
    ATTACK(rdpmc, GENERAL | OPCODE)                                                                \
    ATTACK(int3, BREAK)                                                                            \
    ATTACK(into, OVERFLOW)                                                                         \
    ATTACK(bound, BOUND)                                                                           \
    ATTACK(icebp, DEBUG | OPCODE)                                                                  \
    ATTACK(ud2, OPCODE)                                                                            \
    ATTACK(lock_nop, OPCODE)                                                                       \
    ATTACK(divide, DIVIDE)                                                                         \
    ATTACK(single_step, DEBUG)                                                                     \
    ATTACK(single_step_call, DEBUG)                                                                \
    ATTACK(x87, NOFPU)                                                                             \
    ATTACK(sse, OPCODE | NOFPU)                                                                    \
    ATTACK(sysenter, GENERAL | OPCODE)                                                             \
    ATTACK(syscall, OPCODE)                                                                        \
    ATTACK(popf_iopl, GENERAL)                                                                     \
    ATTACK(nested_iret, TSS | GENERAL)                                                             \
    ATTACK(align_check, SURVIVED)                                                                  \
    ATTACK(rsm, OPCODE)                                                                            \
    ATTACK(vmcall, OPCODE)

#define MEMORY_ACCESSES                                                                            \
    ATTACK(read_null, PAGE)                                                                        \
    ATTACK(write_null, PAGE)                                                                       \
    ATTACK(read_victim, PAGE)                                                                      \
    ATTACK(write_victim, PAGE)                                                                     \
    ATTACK(write_frozen, PAGE)                                                                     \
    ATTACK(write_page_table, PAGE)                                                                 \
    ATTACK(read_core, MEMORY)                                                                      \
    ATTACK(write_core, MEMORY)                                                                     \
    ATTACK(read_apic, MEMORY)                                                                      \
    ATTACK(write_top, MEMORY)                                                                      \
    ATTACK(read_load_address, PAGE)                                                                \
    ATTACK(jump_null, PAGE)                                                                        \
    ATTACK(jump_core, MEMORY)                                                                      \
    ATTACK(jump_top, MEMORY)                                                                       \
    ATTACK(jump_victim, PAGE)                                                                      \
    ATTACK(push_null, MEMORY)

/* Under SMAP QEMU reads the stack of a far return as the supervisor, hence PAGE. */
#define SEGMENTS                                                                                   \
    ATTACK(load_ss_null, GENERAL)                                                                  \
    ATTACK(load_ss_core, GENERAL)                                                                  \
    ATTACK(load_ss_code, GENERAL)                                                                  \
    ATTACK(load_ds_core, GENERAL)                                                                  \
    ATTACK(load_ds_tss, GENERAL)                                                                   \
    ATTACK(load_ds_beyond, GENERAL)                                                                \
    ATTACK(load_ds_absent, ABSENT)                                                                 \
    ATTACK(load_ss_absent, STACK)                                                                  \
    ATTACK(jump_core_code, GENERAL)                                                                \
    ATTACK(jump_tss, GENERAL)                                                                      \
    ATTACK(call_emergency, GENERAL)                                                                \
    ATTACK(return_core_code, GENERAL | PAGE)                                                       \
    ATTACK(iret_core_code, GENERAL | PAGE)

#define DELIVERIES                                                                                 \
    ATTACK(virq, SURVIVED)                                                                         \
    ATTACK(idt_too_short, FATAL)                                                                   \
    ATTACK(idt_empty, FATAL)                                                                       \
    ATTACK(idt_unmapped, FATAL | REFUSED)                                                          \
    ATTACK(idt_core, FATAL | REFUSED)                                                              \
    ATTACK(idt_wraps, FATAL | REFUSED)                                                             \
    ATTACK(gate_absent, FATAL)                                                                     \
    ATTACK(gate_task, FATAL)                                                                       \
    ATTACK(gate_call, FATAL)                                                                       \
    ATTACK(gate_core, FATAL)                                                                       \
    ATTACK(gate_core_edge, FATAL)                                                                  \
    ATTACK(gate_top, FATAL)                                                                        \
    ATTACK(gate_last_byte, MEMORY | PAGE)                                                          \
    ATTACK(gate_rpl0, FATAL)                                                                       \
    ATTACK(gate_core_code, FATAL)                                                                  \
    ATTACK(gate_core_code3, FATAL)                                                                 \
    ATTACK(gate_data, FATAL)                                                                       \
    ATTACK(gate_null, FATAL)                                                                       \
    ATTACK(gate_local, FATAL)                                                                      \
    ATTACK(gate_far, FATAL)                                                                        \
    ATTACK(gate_own_absent, FATAL)                                                                 \
    ATTACK(gate_own_code, SURVIVED)                                                                \
    ATTACK(route_beyond, FATAL)                                                                    \
    ATTACK(storm, SURVIVED)

#define STACKS                                                                                     \
    ATTACK(stack_zero, FATAL)                                                                      \
    ATTACK(stack_eight, FATAL)                                                                     \
    ATTACK(stack_unmapped, FATAL)                                                                  \
    ATTACK(stack_core, FATAL)                                                                      \
    ATTACK(stack_core_edge, FATAL)                                                                 \
    ATTACK(stack_frozen, FATAL)                                                                    \
    ATTACK(stack_page_table, FATAL)                                                                \
    ATTACK(stack_below_area, FATAL)                                                                \
    ATTACK(stack_fits_area, SURVIVED)                                                              \
    ATTACK(stack_odd, SURVIVED)                                                                    \
    ATTACK(stack_control_table, SURVIVED)                                                          \
    ATTACK(stack_based, SURVIVED)                                                                  \
    ATTACK(stack_based_core, FATAL)                                                                \
    ATTACK(stack_based_wraps, FATAL | SURVIVED)

#define VIRTUAL_IRETS                                                                              \
    ATTACK(iret, SURVIVED)                                                                         \
    ATTACK(iret_null, GENERAL)                                                                     \
    ATTACK(iret_core, GENERAL)                                                                     \
    ATTACK(iret_core3, GENERAL)                                                                    \
    ATTACK(iret_rpl0, GENERAL)                                                                     \
    ATTACK(iret_data, GENERAL)                                                                     \
    ATTACK(iret_local, GENERAL)                                                                    \
    ATTACK(iret_wide, GENERAL | SURVIVED)                                                          \
    ATTACK(iret_eip_core, GENERAL | MEMORY)                                                        \
    ATTACK(iret_eip_top, GENERAL | MEMORY)                                                         \
    ATTACK(iret_eip_null, PAGE)                                                                    \
    ATTACK(iret_flags, SURVIVED)                                                                   \
    ATTACK(iret_flags_all, DEBUG)                                                                  \
    ATTACK(iret_stack_unmapped, GENERAL | STACK | PAGE)                                            \
    ATTACK(iret_stack_core, GENERAL | STACK | MEMORY)                                              \
    ATTACK(iret_stack_edge, GENERAL | STACK | MEMORY)                                              \
    ATTACK(iret_stack_wraps, GENERAL | STACK | PAGE | MEMORY)

#define TABLES                                                                                     \
    ATTACK(drop_cs, GENERAL)                                                                       \
    ATTACK(drop_cs_absent, ABSENT)                                                                 \
    ATTACK(cs_becomes_data, GENERAL)                                                               \
    ATTACK(drop_ss, GENERAL)                                                                       \
    ATTACK(drop_ss_absent, STACK | ABSENT)                                                         \
    ATTACK(ss_becomes_code, GENERAL)                                                               \
    ATTACK(drop_ds, SURVIVED)                                                                      \
    ATTACK(drop_fs_gs, SURVIVED)                                                                   \
    ATTACK(drop_all, GENERAL)                                                                      \
    ATTACK(drop_at_virq, GENERAL | FATAL)                                                          \
    ATTACK(software_gate, SURVIVED)                                                                \
    ATTACK(software_gate_dropped_cs, GENERAL)                                                      \
    ATTACK(software_gate_stack, GENERAL | FATAL)                                                   \
    ATTACK(virtual_tss, SURVIVED)

#define OWN_LATE_ONES                                                                              \
    ATTACK(panic_late_1, FATAL)                                                                    \
    ATTACK(panic_late_2, FATAL)                                                                    \
    ATTACK(panic_late_3, FATAL)                                                                    \
    ATTACK(panic_late_4, FATAL)                                                                    \
    ATTACK(tables_late_1, SURVIVED)                                                                \
    ATTACK(tables_late_2, SURVIVED)

#define SPINS                                                                                      \
    ATTACK(popf_spin, RUNNING)                                                                     \
    ATTACK(string_spin, RUNNING)                                                                   \
    ATTACK(table_size, PAGE)

#define PAGE_TABLES                                                                                \
    ATTACK(map_victim, REFUSED)                                                                    \
    ATTACK(map_core, REFUSED)                                                                      \
    ATTACK(map_core_tables, REFUSED)                                                               \
    ATTACK(map_apic, REFUSED)                                                                      \
    ATTACK(map_large, REFUSED)                                                                     \
    ATTACK(map_frozen, PAGE)                                                                       \
    ATTACK(map_directory, PAGE)                                                                    \
    ATTACK(map_table, PAGE)                                                                        \
    ATTACK(map_control_table, PAGE)                                                                \
    ATTACK(slot_core, REFUSED)                                                                     \
    ATTACK(slot_top, REFUSED)                                                                      \
    ATTACK(slot_itself, REFUSED)                                                                   \
    ATTACK(slot_ordinary, REFUSED)                                                                 \
    ATTACK(slot_victim, REFUSED)                                                                   \
    ATTACK(slot_large, REFUSED)                                                                    \
    ATTACK(alias_of_tables, PAGE)                                                                  \
    ATTACK(unmap_all, PAGE)                                                                        \
    ATTACK(unmap_control_table, SURVIVED)                                                          \
    ATTACK(unmap_and_reset, SURVIVED)

#define PAGE_TYPES                                                                                 \
    ATTACK(type_write, PAGE)                                                                       \
    ATTACK(type_write_stale, PAGE)                                                                 \
    ATTACK(type_mapped_twice, REFUSED)                                                             \
    ATTACK(type_stale_table, PAGE)                                                                 \
    ATTACK(type_stack, REFUSED | PAGE)                                                             \
    ATTACK(type_control_table, REFUSED)                                                            \
    ATTACK(type_itself, REFUSED)                                                                   \
    ATTACK(type_late_1, SURVIVED)                                                                  \
    ATTACK(type_late_2, SURVIVED)                                                                  \
    ATTACK(type_late_30, SURVIVED)                                                                 \
    ATTACK(untype_late_1, SURVIVED)                                                                \
    ATTACK(untype_late_2, SURVIVED)                                                                \
    ATTACK(types_and_reset, SURVIVED)

/* In a process every page fault is a page fault, in the core's memory too. */
#define PROCESSES                                                                                  \
    ATTACK(process_hypercall, GENERAL)                                                             \
    ATTACK(process_hypercall_bare, GENERAL)                                                        \
    ATTACK(process_iret, GENERAL)                                                                  \
    ATTACK(process_kernel, PAGE)                                                                   \
    ATTACK(process_null, PAGE)                                                                     \
    ATTACK(process_core, PAGE)                                                                     \
    ATTACK(process_control_table, PAGE)                                                            \
    ATTACK(process_cli, GENERAL)                                                                   \
    ATTACK(process_no_stack, PAGE)                                                                 \
    ATTACK(process_stack_unmapped, FATAL)                                                          \
    ATTACK(process_stack_zero, FATAL)                                                              \
    ATTACK(process_stack_core, FATAL)                                                              \
    ATTACK(process_stack_directory, FATAL)                                                         \
    ATTACK(process_bad_ss, GENERAL)                                                                \
    ATTACK(process_core_ss, GENERAL)                                                               \
    ATTACK(process_no_root, GENERAL)                                                               \
    ATTACK(process_root_taken, REFUSED)

#endif
