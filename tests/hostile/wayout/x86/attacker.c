/* SPDX-License-Identifier: Apache-2.0 */
/* Its name in the XML says what it does: `null`, `absent` and `stack` leave a call without the
 * segment they return to; `based` has besides a DS that lays its own table over the core's.
 * FIXUP_BEGIN and RESTORE_IRET come from the core that is tested. */
#include <string.h>
#include "wayout.h"

#define OWN_CODE 0x23u /* entries 4 and 5 of the own table */
#define OWN_DATA 0x2bu
#define PAIRS 256u

void drop(prtos_u32_t entry, const struct x86_desc *desc, prtos_u32_t cs, prtos_u32_t ss,
          prtos_u32_t ds);
extern char ring0[];

static const struct x86_desc flat_code = {{.low = 0xbfff, .high = 0x00cffa00}};
static const struct x86_desc flat_data = {{.low = 0xbfff, .high = 0x00cff200}};
static const struct x86_desc absent_code = {{.low = 0xbfff, .high = 0x00cf7a00}};
static const struct x86_desc nothing;

/* Pairs of address and where to go on, as the core has them. */
static prtos_u32_t table[PAIRS][2];

/* DS:FIXUP_BEGIN is the table above. */
static void put_based(void)
{
    prtos_u32_t i, base = PTR2ADDR(table) - FIXUP_BEGIN;
    struct x86_desc desc;

    for (i = 0; i < PAIRS; i++) {
        table[i][0] = RESTORE_IRET;
        table[i][1] = PTR2ADDR(ring0);
    }
    desc.low = 0xffffu | base << 16;
    desc.high = (base >> 16 & 0xff) | 0x40f200u | (base & 0xff000000u);
    BOARD->begun += prtos_x86_update_gdt(5, &desc) != PRTOS_OK ? 100 : 0;
}

void partition_main(void)
{
    const char *way = prtos_get_pct()->name;

    prtos_idle_self();
    prtos_x86_update_gdt(4, &flat_code);
    prtos_x86_update_gdt(5, &flat_data);
    if (!strcmp(way, "based"))
        put_based();
    BOARD->event = !strcmp(way, "absent") ? PRTOS_HM_EV_X86_SEGMENT_NOT_PRESENT
                                          : PRTOS_HM_EV_X86_GENERAL_PROTECTION;
    BOARD->begun++;
    if (!strcmp(way, "based"))
        drop(4, &nothing, OWN_CODE, GUEST_DS_SEL, OWN_DATA);
    else if (!strcmp(way, "null"))
        drop(4, &nothing, OWN_CODE, GUEST_DS_SEL, GUEST_DS_SEL);
    else if (!strcmp(way, "absent"))
        drop(4, &absent_code, OWN_CODE, GUEST_DS_SEL, GUEST_DS_SEL);
    else if (!strcmp(way, "stack"))
        drop(5, &nothing, GUEST_CS_SEL, OWN_DATA, GUEST_DS_SEL);
    BOARD->back++;
    for (;;)
        prtos_idle_self();
}
