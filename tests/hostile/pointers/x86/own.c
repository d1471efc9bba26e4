/* SPDX-License-Identifier: Apache-2.0 */
/* Calls about descriptor tables and stacks. */
#include <irqs.h>
#include <stdio.h>
#include "subject.h"

static struct x86_desc_reg gdt_reg, idt_reg;
static struct x86_desc null_desc;
static struct x86_gate null_gate;
static struct x86_tss tss;

const struct subject own_subjects[] = {
    STRUCTURE("load_tss", x86_load_tss_nr, 0, 0, 104, &tss, 0),
    STRUCTURE("load_gdt", x86_load_gdt_nr, 0, 0, 6, &gdt_reg, 0),
    STRUCTURE("load_idtr", x86_load_idtr_nr, 0, 0, 6, &idt_reg, 0),
    STRUCTURE("update_gdt", x86_update_gdt_nr, 1, 9, 8, &null_desc, 0),
    STRUCTURE("update_idt", x86_update_idt_nr, 1, 0x77, 8, &null_gate, 0),
};
const prtos_u32_t n_own_subjects = sizeof(own_subjects) / sizeof(own_subjects[0]);

prtos_s32_t own_content_is_free(const void *content)
{
    return content == &null_desc || content == &null_gate;
}

void own_prepare(void)
{
    tss.ss1 = tss.ss2 = GUEST_DS_SEL;
    gdt_reg = part_gdt_desc;
    idt_reg = part_idt_desc;
}

/* Tables that a register of descriptors names. */
void own_check(void)
{
    struct x86_desc_reg reg;
    prtos_u32_t i;
    char both[48];

    reg.limit = 32 * 8 - 1;
    for (i = 0; i < n_places; i++)
        if (places[i].allowed == NEVER) {
            reg.linear_base = place_address(&places[i], 32 * 8);
            sprintf(both, "gdt-table.%s", places[i].name);
            check(both, PRTOS_INVALID_PARAM, call(x86_load_gdt_nr, PTR2ADDR(&reg), 0, 0, 0, 0));
        }
    check("gdt-table.still", 0, prtos_get_pct()->arch.gdtr.linear_base - gdt_reg.linear_base);
}
