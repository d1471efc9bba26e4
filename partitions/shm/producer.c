/* SPDX-License-Identifier: Apache-2.0 */
/* Fills the shared block, tells the consumer, waits for its answer, goes on to the next. One block
 * is broken on purpose after its checksum was made; the consumer has to ask for it again. */
#include <prtos.h>
#include <irqs.h>
#include <stdio.h>
#include "block.h"

#define ANSWER_BITS (1u << BLOCK_GOOD | 1u << BLOCK_BAD)

static volatile prtos_s32_t answer; /* BLOCK_GOOD, BLOCK_BAD, 0: none yet */

static void on_good(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    answer = BLOCK_GOOD;
}

static void on_bad(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    answer = BLOCK_BAD;
}

/* Gives one block to the consumer; the answer is the consumer's. */
static prtos_s32_t hand_over(void)
{
    prtos_s32_t code;

    answer = 0;
    code = prtos_raise_ipvi(BLOCK_READY);
    if (code != PRTOS_OK)
        printf("[P0] FAILED: raise_ipvi gives %d\n", code);
    while (!answer)
        prtos_idle_self(); /* the consumer works in its own slot */
    return answer;
}

void partition_main(void)
{
    struct block *block = block_find(AREA_NAME, PRTOS_MEM_AREA_SHARED);
    prtos_u32_t number, repeated = 0, bytes = 0;

    if (!block) {
        printf("[P0] FAILED: no shared area \"%s\"\n", AREA_NAME);
        prtos_halt_system();
    }
    install_trap_handler(BAIL_PRTOSEXT_TRAP(BLOCK_GOOD), on_good);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(BLOCK_BAD), on_bad);
    prtos_clear_irqmask(0, ANSWER_BITS);
    hw_sti();
    printf("[P0] area \"%s\" at 0x%x, I may write\n", AREA_NAME, PTR2ADDR(block));
    prtos_idle_self(); /* let the consumer prepare */

    for (number = 1; number <= BLOCKS; number++) {
        block_fill(block, number);
        if (number == BROKEN_BLOCK) {
            block->word[BLOCK_WORDS / 2] ^= 0x400;
            printf("[P0] block %d: one bit flipped on purpose\n", number);
        }
        while (hand_over() != BLOCK_GOOD) {
            repeated++;
            block_fill(block, number);
        }
        bytes += sizeof(struct block);
    }
    printf("[P0] %d blocks, %d KB delivered, %d sent again: %s\n", BLOCKS, bytes / 1024, repeated,
           repeated == 1 ? "PASS" : "FAIL");
    prtos_halt_system();
}
