/* SPDX-License-Identifier: Apache-2.0 */
/* Sleeps until a block is ready, computes its checksum from the words themselves and answers good
 * or bad. It sees the producer's writes without a copy, and has no right to write there. */
#include <prtos.h>
#include <irqs.h>
#include <stdio.h>
#include "block.h"

#define PRODUCER 0

static volatile prtos_s32_t ready;

static void on_ready(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    ready++;
}

static void respond(prtos_u8_t irq)
{
    prtos_s32_t code = prtos_raise_partition_ipvi(PRODUCER, irq);

    if (code != PRTOS_OK)
        printf("[P1] FAILED: raise_partition_ipvi gives %d\n", code);
}

void partition_main(void)
{
    struct block *block = block_find(AREA_NAME, PRTOS_MEM_AREA_SHARED | PRTOS_MEM_AREA_READONLY);
    prtos_u32_t good = 0, bad = 0, out_of_order = 0;

    if (!block) {
        printf("[P1] FAILED: no shared read-only area \"%s\"\n", AREA_NAME);
        return;
    }
    install_trap_handler(BAIL_PRTOSEXT_TRAP(BLOCK_READY), on_ready);
    prtos_clear_irqmask(0, 1u << BLOCK_READY);
    hw_sti();
    printf("[P1] area \"%s\" at 0x%x, I may only read\n", AREA_NAME, PTR2ADDR(block));

    while (good < BLOCKS) {
        while (!ready)
            prtos_idle_self();
        ready = 0;
        if (block_checksum(block) != block->checksum) {
            bad++;
            printf("[P1] block %d: checksum wrong, asking for it again\n", block->number);
            respond(BLOCK_BAD);
            continue;
        }
        good++;
        if (block->number != good)
            out_of_order++;
        respond(BLOCK_GOOD);
    }
    printf("[P1] %d good, %d bad, %d out of order: %s\n", good, bad, out_of_order,
           bad == 1 && out_of_order == 0 ? "PASS" : "FAIL");
}
