/* SPDX-License-Identifier: Apache-2.0 */
/* What only AArch64 has: ATTACK(name, ways it may end). Levels, instructions and translation by the
 * Arm ARM, virtual interrupts by guest-abi.md 6. */
#ifndef TESTS_OWN_LIST_H
#define TESTS_OWN_LIST_H

#define UNDEFINED (1u << PRTOS_HM_EV_ARM_UNDEF_INSTR)      /* trap 0, or stopped by EL2 */
#define PREFETCH (1u << PRTOS_HM_EV_ARM_DATA_ABORT)        /* trap 2: of the own translation */
#define ABORT (1u << PRTOS_HM_EV_ARM_DATA_ALIGNMENT_FAULT) /* trap 3: the same of data */
#define FETCH (1u << PRTOS_HM_EV_ARM_INSTR_BACKGROUND_FAULT)
#define DATA (1u << PRTOS_HM_EV_ARM_INSTR_PERMISSION_FAULT)

#define OWN_ATTACKS                                                                                \
    INSTRUCTIONS FIRMWARE MEMORY_ACCESSES DEVICES DELIVERIES RETURNS TRANSLATION PROCESSES

#define INSTRUCTIONS                                                                               \
    ATTACK(hvc_1, UNDEFINED)                                                                       \
    ATTACK(hvc_last, UNDEFINED)                                                                    \
    ATTACK(svc, CALLED)                                                                            \
    ATTACK(brk, UNDEFINED)                                                                         \
    ATTACK(hlt, UNDEFINED)                                                                         \
    ATTACK(udf, UNDEFINED)                                                                         \
    ATTACK(dcps1, UNDEFINED)                                                                       \
    ATTACK(dcps2, UNDEFINED)                                                                       \
    ATTACK(dcps3, UNDEFINED)                                                                       \
    ATTACK(drps, UNDEFINED)                                                                        \
    ATTACK(dc_isw, UNDEFINED)                                                                      \
    ATTACK(dc_csw, UNDEFINED)                                                                      \
    ATTACK(dc_cisw, UNDEFINED)                                                                     \
    ATTACK(at_s1e2r, UNDEFINED)                                                                    \
    ATTACK(at_s12e1r, UNDEFINED)                                                                   \
    ATTACK(at_s1e3r, UNDEFINED)                                                                    \
    ATTACK(tlbi_alle1, UNDEFINED)                                                                  \
    ATTACK(tlbi_alle2, UNDEFINED)                                                                  \
    ATTACK(tlbi_alle3, UNDEFINED)                                                                  \
    ATTACK(tlbi_vae2, UNDEFINED)                                                                   \
    ATTACK(tlbi_vmalls12e1, UNDEFINED)                                                             \
    ATTACK(tlbi_ipas2e1, UNDEFINED)                                                                \
    ATTACK(msr_vbar_el2, UNDEFINED)                                                                \
    ATTACK(msr_hcr_el2, UNDEFINED)                                                                 \
    ATTACK(msr_vttbr_el2, UNDEFINED)                                                               \
    ATTACK(msr_sctlr_el3, UNDEFINED)                                                               \
    ATTACK(msr_cnthctl_el2, UNDEFINED)                                                             \
    ATTACK(msr_elr_el2, UNDEFINED)                                                                 \
    ATTACK(st64b, UNDEFINED)                                                                       \
    ATTACK(tstart, UNDEFINED)                                                                      \
    ATTACK(sve, UNDEFINED)                                                                         \
    ATTACK(sme, UNDEFINED)                                                                         \
    ATTACK(tlbi_own, SURVIVED)                                                                     \
    ATTACK(ic_all, SURVIVED)                                                                       \
    ATTACK(at_own, SURVIVED)                                                                       \
    ATTACK(wfe, SURVIVED)                                                                          \
    ATTACK(wfi, SURVIVED)                                                                          \
    ATTACK(zva_own, SURVIVED)                                                                      \
    ATTACK(wfit, SURVIVED | UNDEFINED)                                                             \
    ATTACK(pac, SURVIVED | UNDEFINED)                                                              \
    ATTACK(mte_tag, SURVIVED | UNDEFINED)                                                          \
    ATTACK(mte_random, SURVIVED | UNDEFINED)                                                       \
    ATTACK(ivac_core, SURVIVED | DATA)                                                             \
    ATTACK(ivac_physical, SURVIVED | DATA)                                                         \
    ATTACK(ivac_frozen, SURVIVED | DATA)                                                           \
    ATTACK(civac_victim, SURVIVED | DATA)                                                          \
    ATTACK(ivau_core, SURVIVED | DATA)                                                             \
    ATTACK(zva_core, DATA)                                                                         \
    ATTACK(zva_victim, DATA)                                                                       \
    ATTACK(zva_frozen, DATA)                                                                       \
    ATTACK(zva_physical, DATA)                                                                     \
    ATTACK(masked_spin, RUNNING)                                                                   \
    ATTACK(masked_wfi, RUNNING)                                                                    \
    ATTACK(masked_wfe, RUNNING)                                                                    \
    ATTACK(exclusive_spin, RUNNING)                                                                \
    ATTACK(vectors_own_circle, RUNNING)                                                            \
    ATTACK(vectors_gone, FETCH)                                                                    \
    ATTACK(stack_not_aligned, RUNNING | SURVIVED)                                                  \
    ATTACK(stack_null, RUNNING)                                                                    \
    ATTACK(big_endian, ANY)

#define FIRMWARE                                                                                   \
    ATTACK(smc_unknown, SURVIVED)                                                                  \
    ATTACK(smc_trusted_os, SURVIVED)                                                               \
    ATTACK(smc_mem_protect, SURVIVED)                                                              \
    ATTACK(smc_cpu_on_other, SURVIVED)                                                             \
    ATTACK(smc_cpu_on_far, SURVIVED)                                                               \
    ATTACK(smc_cpu_on_own, SURVIVED)                                                               \
    ATTACK(smc_other_number, SURVIVED)                                                             \
    ATTACK(smc_reset, SURVIVED)                                                                    \
    ATTACK(smc_off, RUNNING)                                                                       \
    ATTACK(smc_cpu_off, RUNNING)

#define MEMORY_ACCESSES                                                                            \
    ATTACK(read_null, DATA)                                                                        \
    ATTACK(write_null, DATA)                                                                       \
    ATTACK(jump_null, FETCH)                                                                       \
    ATTACK(read_victim, DATA)                                                                      \
    ATTACK(write_victim, DATA)                                                                     \
    ATTACK(jump_victim, FETCH)                                                                     \
    ATTACK(read_core, DATA)                                                                        \
    ATTACK(write_core, DATA)                                                                       \
    ATTACK(jump_core, FETCH)                                                                       \
    ATTACK(read_core_physical, DATA)                                                               \
    ATTACK(write_core_physical, DATA)                                                              \
    ATTACK(jump_core_physical, FETCH)                                                              \
    ATTACK(read_own_physical, DATA)                                                                \
    ATTACK(write_own_physical, DATA)                                                               \
    ATTACK(jump_own_physical, FETCH)                                                               \
    ATTACK(read_uart, DATA)                                                                        \
    ATTACK(write_uart, DATA)                                                                       \
    ATTACK(jump_uart, FETCH)                                                                       \
    ATTACK(read_distributor, DATA)                                                                 \
    ATTACK(write_distributor, DATA)                                                                \
    ATTACK(jump_distributor, FETCH)                                                                \
    ATTACK(read_redistributor, DATA)                                                               \
    ATTACK(write_redistributor, DATA)                                                              \
    ATTACK(jump_redistributor, FETCH)                                                              \
    ATTACK(read_firmware, DATA)                                                                    \
    ATTACK(write_firmware, DATA)                                                                   \
    ATTACK(jump_firmware, FETCH)                                                                   \
    ATTACK(read_second_mapping, DATA)                                                              \
    ATTACK(write_second_mapping, DATA)                                                             \
    ATTACK(jump_second_mapping, FETCH)                                                             \
    ATTACK(read_reserved, DATA)                                                                    \
    ATTACK(write_reserved, DATA)                                                                   \
    ATTACK(jump_reserved, FETCH)                                                                   \
    ATTACK(read_beyond_stage2, DATA)                                                               \
    ATTACK(write_beyond_stage2, DATA)                                                              \
    ATTACK(jump_beyond_stage2, FETCH)                                                              \
    ATTACK(read_bit_50, ABORT | DATA)                                                              \
    ATTACK(write_bit_50, ABORT | DATA)                                                             \
    ATTACK(jump_bit_50, PREFETCH | FETCH)                                                          \
    ATTACK(read_beyond_memory, ABORT)                                                              \
    ATTACK(write_beyond_memory, ABORT)                                                             \
    ATTACK(jump_beyond_memory, PREFETCH)                                                           \
    ATTACK(read_high_half, ABORT)                                                                  \
    ATTACK(write_high_half, ABORT)                                                                 \
    ATTACK(jump_high_half, PREFETCH)                                                               \
    ATTACK(read_top, ABORT)                                                                        \
    ATTACK(write_top, ABORT)                                                                       \
    ATTACK(jump_top, PREFETCH)                                                                     \
    ATTACK(read_tagged, ABORT)                                                                     \
    ATTACK(write_tagged, ABORT)                                                                    \
    ATTACK(jump_tagged, PREFETCH)                                                                  \
    ATTACK(write_frozen, DATA)                                                                     \
    ATTACK(jump_frozen, UNDEFINED)                                                                 \
    ATTACK(jump_control_table, FETCH)                                                              \
    ATTACK(write_behind_tables, DATA)                                                              \
    ATTACK(jump_odd, PREFETCH)                                                                     \
    ATTACK(tag_ignored, SURVIVED)

#define DEVICES                                                                                    \
    ATTACK(timer_flood, SURVIVED)                                                                  \
    ATTACK(timer_flood_seen, SURVIVED)                                                             \
    ATTACK(timer_late_1, SURVIVED)                                                                 \
    ATTACK(timer_late_2, SURVIVED)                                                                 \
    ATTACK(timer_next_slot, SURVIVED)                                                              \
    ATTACK(event_stream, SURVIVED)                                                                 \
    ATTACK(sgi_flood, SURVIVED)                                                                    \
    ATTACK(end_all, SURVIVED)                                                                      \
    ATTACK(single_step, SURVIVED)                                                                  \
    ATTACK(sgi_group0, UNDEFINED)                                                                  \
    ATTACK(sgi_other_state, UNDEFINED)                                                             \
    ATTACK(priority_spin, RUNNING)                                                                 \
    ATTACK(debug_breakpoint, UNDEFINED)                                                            \
    ATTACK(debug_breakpoint_control, UNDEFINED)                                                    \
    ATTACK(debug_watchpoint, UNDEFINED)                                                            \
    ATTACK(debug_watchpoint_control, UNDEFINED)

#define DELIVERIES                                                                                 \
    ATTACK(entry_good, SURVIVED)                                                                   \
    ATTACK(entry_null, FATAL)                                                                      \
    ATTACK(entry_odd, FATAL)                                                                       \
    ATTACK(entry_core, FETCH)                                                                      \
    ATTACK(entry_core_physical, FETCH)                                                             \
    ATTACK(entry_victim, FETCH)                                                                    \
    ATTACK(entry_uart, FETCH)                                                                      \
    ATTACK(entry_control_table, FETCH)                                                             \
    ATTACK(entry_beyond_stage2, FETCH)                                                             \
    ATTACK(entry_frozen, UNDEFINED)                                                                \
    ATTACK(entry_beyond_memory, PREFETCH)                                                          \
    ATTACK(entry_high_half, PREFETCH)                                                              \
    ATTACK(entry_top, PREFETCH)                                                                    \
    ATTACK(stack_low, RUNNING)                                                                     \
    ATTACK(stack_unmapped, DATA)                                                                   \
    ATTACK(stack_core, DATA)                                                                       \
    ATTACK(stack_victim, DATA)                                                                     \
    ATTACK(stack_frozen, DATA)                                                                     \
    ATTACK(stack_uart, DATA)                                                                       \
    ATTACK(stack_below_area, DATA)                                                                 \
    ATTACK(stack_beyond_stage2, DATA)                                                              \
    ATTACK(stack_odd, SURVIVED)                                                                    \
    ATTACK(stack_not_used, SURVIVED)                                                               \
    ATTACK(vector_large, SURVIVED)                                                                 \
    ATTACK(twice, SURVIVED)                                                                        \
    ATTACK(storm, SURVIVED)

#define RETURNS                                                                                    \
    ATTACK(iret, SURVIVED)                                                                         \
    ATTACK(iret_el2h, REFUSED)                                                                     \
    ATTACK(iret_el2t, REFUSED)                                                                     \
    ATTACK(iret_el3h, REFUSED)                                                                     \
    ATTACK(iret_a32, REFUSED)                                                                      \
    ATTACK(iret_a32_hyp, REFUSED)                                                                  \
    ATTACK(iret_mode_1, REFUSED)                                                                   \
    ATTACK(iret_without, REFUSED)                                                                  \
    ATTACK(iret_illegal, SURVIVED)                                                                 \
    ATTACK(iret_step, SURVIVED)                                                                    \
    ATTACK(iret_ones, SURVIVED)                                                                    \
    ATTACK(iret_el0, UNDEFINED)                                                                    \
    ATTACK(iret_pc_core, FETCH)                                                                    \
    ATTACK(iret_pc_core_el0, FETCH)                                                                \
    ATTACK(iret_pc_victim, FETCH)                                                                  \
    ATTACK(iret_pc_odd, PREFETCH)                                                                  \
    ATTACK(iret_pc_beyond, PREFETCH)                                                               \
    ATTACK(iret_pc_top, PREFETCH)                                                                  \
    ATTACK(eret_el2h, SURVIVED)                                                                    \
    ATTACK(eret_el2t, SURVIVED)                                                                    \
    ATTACK(eret_el3h, SURVIVED)                                                                    \
    ATTACK(eret_mode_1, SURVIVED)                                                                  \
    ATTACK(eret_mode_f, SURVIVED)                                                                  \
    ATTACK(eret_a32_el1, SURVIVED)                                                                 \
    ATTACK(eret_a32_hyp, SURVIVED)                                                                 \
    ATTACK(eret_a32_monitor, SURVIVED)                                                             \
    ATTACK(eret_illegal, SURVIVED)

#define TRANSLATION                                                                                \
    ATTACK(map_core_read, DATA)                                                                    \
    ATTACK(map_core_write, DATA)                                                                   \
    ATTACK(map_core_jump, FETCH)                                                                   \
    ATTACK(map_core_physical_read, DATA)                                                           \
    ATTACK(map_core_physical_write, DATA)                                                          \
    ATTACK(map_core_physical_jump, FETCH)                                                          \
    ATTACK(map_victim_read, DATA)                                                                  \
    ATTACK(map_victim_write, DATA)                                                                 \
    ATTACK(map_victim_jump, FETCH)                                                                 \
    ATTACK(map_uart_read, DATA)                                                                    \
    ATTACK(map_uart_write, DATA)                                                                   \
    ATTACK(map_uart_jump, FETCH)                                                                   \
    ATTACK(map_distributor_read, DATA)                                                             \
    ATTACK(map_distributor_write, DATA)                                                            \
    ATTACK(map_distributor_jump, FETCH)                                                            \
    ATTACK(map_top_read, DATA)                                                                     \
    ATTACK(map_top_write, DATA)                                                                    \
    ATTACK(map_top_jump, FETCH)                                                                    \
    ATTACK(map_frozen, DATA)                                                                       \
    ATTACK(map_own, SURVIVED)                                                                      \
    ATTACK(root_core, FETCH)                                                                       \
    ATTACK(root_core_physical, FETCH)                                                              \
    ATTACK(root_victim, FETCH)                                                                     \
    ATTACK(root_uart, FETCH)                                                                       \
    ATTACK(root_beyond, FETCH)                                                                     \
    ATTACK(table_core, DATA)                                                                       \
    ATTACK(table_core_physical, DATA)                                                              \
    ATTACK(table_victim, DATA)                                                                     \
    ATTACK(table_uart, DATA)                                                                       \
    ATTACK(table_beyond, DATA)                                                                     \
    ATTACK(table_itself, SURVIVED)                                                                 \
    ATTACK(table_frozen, DATA | ABORT)                                                             \
    ATTACK(flag_of_hardware, SURVIVED | ABORT)                                                     \
    ATTACK(call_without_tables, SURVIVED)

#define PROCESSES                                                                                  \
    ATTACK(process_svc, SURVIVED)                                                                  \
    ATTACK(process_hvc, SURVIVED)                                                                  \
    ATTACK(process_smc, SURVIVED)                                                                  \
    ATTACK(process_eret, SURVIVED)                                                                 \
    ATTACK(process_hlt, SURVIVED)                                                                  \
    ATTACK(process_daif, SURVIVED)                                                                 \
    ATTACK(process_spsel, SURVIVED)                                                                \
    ATTACK(process_sctlr, SURVIVED)                                                                \
    ATTACK(process_hcr, SURVIVED)                                                                  \
    ATTACK(process_tlbi, SURVIVED)                                                                 \
    ATTACK(process_dc_isw, SURVIVED)                                                               \
    ATTACK(process_counter, SURVIVED)                                                              \
    ATTACK(process_timer, SURVIVED)                                                                \
    ATTACK(process_wfi, SURVIVED)                                                                  \
    ATTACK(process_monitor, SURVIVED)                                                              \
    ATTACK(process_read_core, DATA)                                                                \
    ATTACK(process_write_victim, DATA)                                                             \
    ATTACK(process_jump_core, FETCH)                                                               \
    ATTACK(process_debug, UNDEFINED)                                                               \
    ATTACK(process32_svc, SURVIVED)                                                                \
    ATTACK(process32_hvc, SURVIVED)                                                                \
    ATTACK(process32_smc, SURVIVED)                                                                \
    ATTACK(process32_sctlr, SURVIVED)                                                              \
    ATTACK(process32_hcr, SURVIVED)                                                                \
    ATTACK(process32_mode, SURVIVED)                                                               \
    ATTACK(process32_floating, SURVIVED)                                                           \
    ATTACK(process32_debug, SURVIVED | UNDEFINED)                                                  \
    ATTACK(process32_debug_long, SURVIVED | UNDEFINED)                                             \
    ATTACK(process32_monitor, SURVIVED | UNDEFINED)                                                \
    ATTACK(process32_timer_long, SURVIVED | UNDEFINED)                                             \
    ATTACK(process32_load, DATA)                                                                   \
    ATTACK(table_size, DATA)

/* The partition turns in a circle of exceptions, none of which can be fetched: without an
 * instruction that is counted, QEMU's counted time stands still. These are made in real time. */
#define CIRCLES                                                                                    \
    ATTACK(root_empty, RUNNING)                                                                    \
    ATTACK(tcr_zero, RUNNING)                                                                      \
    ATTACK(tcr_ones, ANY)                                                                          \
    ATTACK(tcr_large_pages, ANY)                                                                   \
    ATTACK(root_ones, ANY)                                                                         \
    ATTACK(control_ones, ANY)                                                                      \
    ATTACK(never_executed, RUNNING)

#endif
