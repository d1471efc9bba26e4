/* SPDX-License-Identifier: Apache-2.0 */
/* What only x86 has: page tables that partitions see, calls about them, the flag by a call. */
#include "conform.h"

#define ROOM PTR2ADDR(&room)
#define AREA_OF_BOTH 0x6800000u
#define ANY 0xffu

extern struct prtos_image_hdr prtos_image_hdr;

static union status_fmd room;

static const struct row rows[] = {
    {"reset_vcpu.no-root", reset_vcpu_nr, {0, 0, 0, 0}, PARAM, PARAM},
    {"reset_vcpu.core-root", reset_vcpu_nr, {0, 0x1000000, 0, 0}, PARAM, PARAM},
    {"reset_vcpu.no-table", reset_vcpu_nr, {0, ROOM, 0, 0}, PARAM, PARAM},
    {"override", override_trap_hndl_nr, {3, 0}, OK, OK},
    {"override.minus", override_trap_hndl_nr, {~0u, ~0u}, OK, OK},
};

void check_own(void)
{
    run_rows(rows, sizeof(rows) / sizeof(rows[0]));
    check("set_if.eax", x86_set_if_nr, call(x86_set_if_nr, 0, 0, 0, 0, 0));
    check("clear_if.eax", x86_clear_if_nr, call(x86_clear_if_nr, 0, 0, 0, 0, 0));
    check_descriptors();
    check_page_tables();
    check_page_types();
}

static prtos_s32_t copy(prtos_u32_t dst_id, prtos_u32_t dst, prtos_u32_t src_id, prtos_u32_t src,
                        prtos_s32_t size)
{
    return copy_cmd(PRTOS_OBJ_MEM_CPY_AREA, dst_id, dst, src_id, src, size);
}

void check_own_memory(prtos_u32_t self)
{
    static prtos_u32_t work[1];
    prtos_u32_t at = PTR2ADDR(work), tables = (prtos_u32_t)prtos_image_hdr.page_table;
    prtos_u32_t target = self == BOSS;
    prtos_phys_page_status_t page;

    check("memory.tables", PARAM, copy(self, tables, self, at, 4));
    check("memory.into-tables", PARAM, copy(self, tables - 2, self, at, 4));
    check("memory.from-tables", 4, copy(self, at, self, tables, 4));
    check_word("memory.directory", *(prtos_u32_t *)tables, *(prtos_u32_t *)work);
    check("memory.any-tables", target ? PARAM : PERM, copy(ANY, tables, self, at, 4));
    check("page.directory", PPAG_PTDL1 * 16 + 2, page_of(self, tables + 0xfff));
    check("page.table", PPAG_PTDL2 * 16 + 1, page_of(self, tables + 0x1000));
    check("page.unused-room", PPAG_STD * 16 + 1, page_of(self, tables + 0xf000));
    check("page.lib", OK, prtos_get_physpage_status(tables, &page));
    check("page.lib.type", PPAG_PTDL1, (prtos_s32_t)page.type);
}
