/* SPDX-License-Identifier: Apache-2.0 */
/* Page tables that are refused, each for another reason. */
#define NOBODYS 0x7f00000u /* in no area of the partition */
#define P_U 5u             /* present, user */

static void refused_pages(void)
{
    prtos_u32_t root = (prtos_u32_t)prtos_get_pct()->arch.cr3;
    prtos_u32_t table = *(volatile prtos_u32_t *)(root + 4 * (root >> 22)) & ~0xfffu;

    call(set_page_type_nr, NOBODYS, PPAG_PTDL2, 0, 0, 0);
    call(set_page_type_nr, root, PPAG_STD, 0, 0, 0);
    call(update_page32_nr, NOBODYS, 0, 0, 0, 0);
    call(update_page32_nr, table, NOBODYS | P_U, 0, 0, 0);
    call(update_page32_nr, root, NOBODYS | P_U, 0, 0, 0);
}
