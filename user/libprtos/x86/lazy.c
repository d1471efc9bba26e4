/* SPDX-License-Identifier: Apache-2.0 */
/* Lazy forms of the calls that only x86 has. */
#include <prtos.h>

prtos_lazy_hcall1(invld_tlb, prtos_address_t, vaddr)
    prtos_lazy_hcall1(x86_load_cr0, prtos_word_t, value)
        prtos_lazy_hcall1(x86_load_cr3, prtos_word_t, value)
            prtos_lazy_hcall1(x86_load_cr4, prtos_word_t, value)
                prtos_lazy_hcall1(x86_load_tss, struct x86_tss *, tss)
                    prtos_lazy_hcall1(x86_load_gdt, struct x86_desc_reg *, desc)
                        prtos_lazy_hcall1(x86_load_idtr, struct x86_desc_reg *, desc)
                            prtos_lazy_hcall3(x86_update_ss_sp, prtos_word_t, ss, prtos_word_t, sp,
                                              prtos_u32_t, level)
                                prtos_lazy_hcall2(x86_update_gdt, prtos_s32_t, entry,
                                                  struct x86_desc *, desc)
                                    prtos_lazy_hcall2(x86_update_idt, prtos_s32_t, entry,
                                                      struct x86_gate *, gate)
