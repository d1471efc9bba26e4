/* SPDX-License-Identifier: Apache-2.0 */
/* Start of the library on each vCPU: finds control table, memory map, port bitmap, clock page, and
 * the memory where get_time may store without asking. */
#include "libprtos.h"

struct lib_prtos_params lib_prtos_params;
partition_control_table_t *prtos_only_pct;
struct prtos_clock *prtos_clocks[CONFIG_MAX_NO_VCPUS];
struct prtos_clock *prtos_only_clock;
struct prtos_window prtos_windows[PRTOS_WINDOWS];
prtos_obj_desc_t prtos_self_desc;

/* From the partition's linker script; where it has none of them, nothing is provably own. */
extern char _sdata[] __attribute__((__weak__));
extern char _edata[] __attribute__((__weak__));
extern char _sbss[] __attribute__((__weak__));
extern char _ebss[] __attribute__((__weak__));

#define NOT_WRITABLE (PRTOS_MEM_AREA_UNMAPPED | PRTOS_MEM_AREA_READONLY | PRTOS_MEM_AREA_ROM)

struct prtos_window prtos_window_find(const struct prtos_physical_mem_map *map, prtos_s32_t n_areas,
                                      prtos_address_t start, prtos_address_t end)
{
    struct prtos_window best = {0, 0};
    prtos_s32_t i;

    for (i = 0; i < n_areas; i++) {
        prtos_address_t low = map[i].mapped_at;
        prtos_address_t high = low + map[i].size;

        if (low < start)
            low = start;
        if (high > end || high < map[i].mapped_at)
            high = end;
        if (!(map[i].flags & NOT_WRITABLE) && low < high &&
            high - low >= sizeof(prtos_time_t) + best.span) {
            best.start = low;
            best.span = high - low - (sizeof(prtos_time_t) - 1);
        }
    }
    return best;
}

static struct prtos_clock *clock_of(partition_control_table_t *pct)
{
    struct prtos_clock *clock = (struct prtos_clock *)(PTR2ADDR(pct) + pct->clock_offset);

    if (pct->clock_offset < sizeof(*pct) || pct->clock_offset >= pct->part_ctrl_table_size)
        return 0;
    if (clock->magic != PRTOS_CLOCK_MAGIC || clock->version != PRTOS_CLOCK_VERSION || !clock->mult)
        return 0;
    return clock;
}

void init_libprtos(partition_control_table_t *pct_base)
{
    prtos_id_t vcpu = prtos_get_vcpuid();
    partition_control_table_t *pct =
        (partition_control_table_t *)(PTR2ADDR(pct_base) + vcpu * pct_base->part_ctrl_table_size);
    struct prtos_physical_mem_map *map = (struct prtos_physical_mem_map *)(pct + 1);
    prtos_s32_t n_areas = pct->num_of_physical_mem_areas;

    lib_prtos_params.part_ctrl_table[vcpu] = pct;
    lib_prtos_params.part_mem_map[vcpu] = map;
    lib_prtos_params.comm_port_bitmap[vcpu] = (prtos_word_t *)(map + n_areas);
    prtos_clocks[vcpu] = clock_of(pct);
    if (pct->num_of_vcpus > 1)
        prtos_arch_mark_vcpu(vcpu);
    if (vcpu == 0) {
        prtos_self_desc = OBJDESC_BUILD(0, PCT_GET_PARTITION_ID(pct), 0);
        prtos_only_pct = pct->num_of_vcpus == 1 ? pct : 0;
        prtos_only_clock = pct->num_of_vcpus == 1 ? prtos_clocks[0] : 0;
        prtos_windows[0] = prtos_window_find(map, n_areas, PTR2ADDR(_sbss), PTR2ADDR(_ebss));
        prtos_windows[1] = prtos_window_find(map, n_areas, PTR2ADDR(_sdata), PTR2ADDR(_edata));
        init_batch();
    }
}
