/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of libprtos share. Not installed. */
#ifndef LIBPRTOS_PRIVATE_H
#define LIBPRTOS_PRIVATE_H

#include <prtos.h>

/* Memory that is provably the partition's own and writable: [start, start + span) are addresses
 * where 8 bytes may be stored. Span 0: none. */
struct prtos_window {
    prtos_address_t start;
    prtos_u_size_t span;
};

#define PRTOS_WINDOWS 2

extern struct prtos_window prtos_windows[PRTOS_WINDOWS];

/* Clock pages, null where the hypervisor gave none. prtos_only_clock as prtos_only_pct. */
extern struct prtos_clock *prtos_clocks[CONFIG_MAX_NO_VCPUS];
extern struct prtos_clock *prtos_only_clock;

/* The own partition in its place of an object descriptor. */
extern prtos_obj_desc_t prtos_self_desc;

#define PRTOS_SELF_DESC(class, id) (OBJDESC_BUILD(class, 0, id) | prtos_self_desc)
#define PRTOS_SELF_ID OBJDESC_GET_PARTITIONID(prtos_self_desc)

/* The hypervisor may have been told to take write access away. */
static __inline__ void prtos_forget_windows(void)
{
    prtos_windows[0].span = 0;
    prtos_windows[1].span = 0;
}

/* Part of the linker symbols' range [start, end) that lies in one writable mapped area. */
struct prtos_window prtos_window_find(const struct prtos_physical_mem_map *map, prtos_s32_t n_areas,
                                      prtos_address_t start, prtos_address_t end);

/* Code for a partition id that no descriptor can carry. */
static __inline__ prtos_s32_t prtos_bad_partition(void)
{
    return prtos_get_pct()->flags & PRTOS_PART_SYSTEM ? PRTOS_INVALID_PARAM : PRTOS_PERM_ERROR;
}

#endif
