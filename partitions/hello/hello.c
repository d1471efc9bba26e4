/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest system: who am I, what do I own, when do I run. Both partitions of this folder are
 * this program. It prints one line in each of its slots; the system partition ends the run. */
#include <prtos.h>
#include <stdio.h>

#define FRAMES 4

/* Milliseconds since `start`, rounded: the clock counts microseconds. */
static prtos_s32_t milliseconds_since(prtos_time_t start)
{
    prtos_time_t now;

    prtos_get_time(PRTOS_HW_CLOCK, &now);
    return ((prtos_s32_t)(now - start) + 500) / 1000;
}

/* The control table (PCT) tells a partition all it may know about itself. */
static void introduce(partition_control_table_t *pct)
{
    struct prtos_physical_mem_map *area = prtos_get_partition_mmap();

    printf("[P%d] hello, I am \"%s\"%s: partition %d, vCPU %d of %d\n", PRTOS_PARTITION_SELF,
           (char *)pct->name, (pct->flags & PRTOS_PART_SYSTEM) ? ", a system partition" : "",
           PRTOS_PARTITION_SELF, PRTOS_VCPU_SELF, prtos_get_number_vcpus());
    printf("[P%d] my memory: 0x%x, %d KB\n", PRTOS_PARTITION_SELF, area->start_addr,
           area->size / 1024);
}

void partition_main(void)
{
    partition_control_table_t *pct = prtos_get_pct();
    prtos_time_t start;
    prtos_s32_t frame;

    introduce(pct);
    prtos_idle_self(); /* leave the rest of this slot; go on when the next one begins */
    prtos_get_time(PRTOS_HW_CLOCK, &start);
    for (frame = 0; frame < FRAMES; frame++) {
        printf("[P%d] slot %d (%d ms long) began %d ms after my first\n", PRTOS_PARTITION_SELF,
               pct->cyclic_sched_info.id, pct->cyclic_sched_info.slot_duration / 1000,
               milliseconds_since(start));
        prtos_idle_self();
    }
    if (pct->flags & PRTOS_PART_SYSTEM) {
        printf("[P%d] all done, halting the system\n", PRTOS_PARTITION_SELF);
        prtos_halt_system();
    }
    printf("[P%d] done\n", PRTOS_PARTITION_SELF);
    /* Returning from here halts this partition; the other one does not notice. */
}
