/* SPDX-License-Identifier: Apache-2.0 */
/* The trap of 32-bit x86 for C: _PRTOS_HCALLn(arguments.., number, result). */
#ifndef LIBPRTOS_ARCH_PRTOSHYPERCALLS_H
#define LIBPRTOS_ARCH_PRTOSHYPERCALLS_H

#include <prtos_inc/arch/hypercalls.h>

#ifndef __ASSEMBLER__

#include <prtos_inc/linkage.h>
#include <prtos_inc/arch/processor.h>

#define _PRTOS_HCALL0(nr, result)                                                                  \
    __asm__ __volatile__(TO_STR(__PRTOS_HC) : "=a"(result) : "0"(nr) : "memory")
#define _PRTOS_HCALL1(a0, nr, result)                                                              \
    __asm__ __volatile__(TO_STR(__PRTOS_HC)                                                        \
                         : "=a"(result)                                                            \
                         : "0"(nr), "b"((prtos_word_t)(a0))                                        \
                         : "memory")
#define _PRTOS_HCALL2(a0, a1, nr, result)                                                          \
    __asm__ __volatile__(TO_STR(__PRTOS_HC)                                                        \
                         : "=a"(result)                                                            \
                         : "0"(nr), "b"((prtos_word_t)(a0)), "c"((prtos_word_t)(a1))               \
                         : "memory")
#define _PRTOS_HCALL3(a0, a1, a2, nr, result)                                                      \
    __asm__ __volatile__(TO_STR(__PRTOS_HC)                                                        \
                         : "=a"(result)                                                            \
                         : "0"(nr), "b"((prtos_word_t)(a0)), "c"((prtos_word_t)(a1)),              \
                           "d"((prtos_word_t)(a2))                                                 \
                         : "memory")
#define _PRTOS_HCALL4(a0, a1, a2, a3, nr, result)                                                  \
    __asm__ __volatile__(TO_STR(__PRTOS_HC)                                                        \
                         : "=a"(result)                                                            \
                         : "0"(nr), "b"((prtos_word_t)(a0)), "c"((prtos_word_t)(a1)),              \
                           "d"((prtos_word_t)(a2)), "S"((prtos_word_t)(a3))                        \
                         : "memory")
#define _PRTOS_HCALL5(a0, a1, a2, a3, a4, nr, result)                                              \
    __asm__ __volatile__(TO_STR(__PRTOS_HC)                                                        \
                         : "=a"(result)                                                            \
                         : "0"(nr), "b"((prtos_word_t)(a0)), "c"((prtos_word_t)(a1)),              \
                           "d"((prtos_word_t)(a2)), "S"((prtos_word_t)(a3)),                       \
                           "D"((prtos_word_t)(a4))                                                 \
                         : "memory")

/* Returns from a virtual interrupt: jump here with esp at eip, cs, eflags. */
void prtos_x86_iret(void);

/* Declared, but no call stands behind it: a use does not link. */
prtos_s32_t prtos_x86_set_watchpoint(prtos_address_t address);

void prtos_lazy_invld_tlb(prtos_address_t vaddr);
void prtos_lazy_x86_load_cr0(prtos_word_t value);
void prtos_lazy_x86_load_cr3(prtos_word_t value);
void prtos_lazy_x86_load_cr4(prtos_word_t value);
void prtos_lazy_x86_load_tss(struct x86_tss *tss);
void prtos_lazy_x86_load_gdt(struct x86_desc_reg *desc);
void prtos_lazy_x86_load_idtr(struct x86_desc_reg *desc);
void prtos_lazy_x86_update_ss_sp(prtos_word_t ss, prtos_word_t sp, prtos_u32_t level);
void prtos_lazy_x86_update_gdt(prtos_s32_t entry, struct x86_desc *desc);
void prtos_lazy_x86_update_idt(prtos_s32_t entry, struct x86_gate *gate);

#endif

#endif
