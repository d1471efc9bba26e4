/* SPDX-License-Identifier: Apache-2.0 */
/* Wrong places by hypercalls.md, section 2: "non-null, wholly in the partition's own accessible
 * memory, writable if the call writes, and not in hypervisor space". */
#include "places.h"

const struct place places[] = {
    {"null", 0, 0, NEVER, 0},
    {"one", 1, 0, NEVER, 0},
    {"unmapped", 0x10000, 0, NEVER, 0},
    {"area-end", EDGE_END, 1, ALWAYS, 1},
    {"area-start", EDGE, 0, ALWAYS, 1},
    {"odd", EDGE + 0x801, 0, ALWAYS, 1},
    {"two-pages", EDGE + 0x1001, 1, ALWAYS, 1},
    {"over-end", EDGE_END + 1, 1, NEVER, 0},
    {"last-byte", EDGE_END - 1, 0, NEVER, 0},
    {"before-start", EDGE - 1, 0, NEVER, 0},
    {"behind-end", EDGE_END, 0, NEVER, 0},
    {"frozen", FROZEN, 0, READ_ONLY, 0},
    {"frozen-odd", FROZEN + 0x1ffd, 1, READ_ONLY, 0},
    {"page-table", 0, 2, OWN_TABLES, 0},
    {"control-table", PCT_BASE + 0xe00, 0, ALWAYS, 1},
    {"other-partition", 0x6180000, 0, NEVER, 0},
    {"load-address", OWN_CORE, 0, NEVER, 0},
    {"log", 0x2300000, 0, NEVER, 0},
    {"reserved-window", 0xfbf6e000, 0, NEVER, 0},
    {"below-core", HYPERVISOR_BASE, 1, NEVER, 0},
    {"into-core", HYPERVISOR_BASE - 1, 0, NEVER, 0},
    {"core", HYPERVISOR_BASE, 0, NEVER, 0},
    {"core-middle", 0xfc012345, 0, NEVER, 0},
    {"minus-one", 0xffffffff, 0, NEVER, 0},
    {"minus-four", 0xfffffffc, 0, NEVER, 0},
    {"top", 0, 1, NEVER, 0},
    {"sign", 0x80000000, 0, NEVER, 0},
    OWN_PLACES,
};
const prtos_u32_t n_places = sizeof(places) / sizeof(places[0]);

extern struct prtos_image_hdr prtos_image_hdr;

prtos_word_t place_address(const struct place *place, prtos_u32_t size)
{
    if (place->back == 2)
        return (prtos_word_t)prtos_image_hdr.page_table + 16;
    return place->back ? place->from - size : place->from;
}
