/* SPDX-License-Identifier: Apache-2.0 */
/* Lazy calls: a buffer of {number, count, argument...} entries that one multicall makes. */
#include "libprtos.h"

#define MAX_ARGS 5

static prtos_u32_t batch[PRTOS_BATCH_WORDS];
prtos_u32_t prtos_batch_used;

void init_batch(void)
{
    prtos_batch_used = 0;
}

/* The batch is empty afterwards, whatever the answer: a refused entry must not refuse every later
 * call as well. Not by prtos_multicall(), which cannot know what its buffer changes. */
prtos_s32_t prtos_flush_hyp_batch(void)
{
    prtos_s32_t result;

    if (!prtos_batch_used)
        return PRTOS_OK;
    _PRTOS_HCALL2(batch, batch + prtos_batch_used, multicall_nr, result);
    prtos_batch_used = 0;
    return result;
}

/* Calls that may take write access from memory. */
static int remaps(prtos_u32_t nr)
{
    return nr == update_page32_nr || nr == set_page_type_nr || nr == x86_load_cr3_nr;
}

/* A count that no call has is recorded without arguments: the hypervisor refuses the entry and the
 * flush tells. */
void prtos_lazy_hypercall(prtos_u32_t nr, prtos_s32_t nargs, ...)
{
    prtos_u32_t words = nargs >= 0 && nargs <= MAX_ARGS ? (prtos_u32_t)nargs : 0;
    prtos_u32_t *entry;
    prtos_u32_t i;
    __builtin_va_list args;

    if (prtos_batch_used + 2 + words > PRTOS_BATCH_WORDS)
        prtos_flush_hyp_batch();
    entry = batch + prtos_batch_used;
    entry[0] = nr;
    entry[1] = (prtos_u32_t)nargs & 0xffff;
    __builtin_va_start(args, nargs);
    for (i = 0; i < words; i++)
        entry[2 + i] = __builtin_va_arg(args, prtos_u32_t);
    __builtin_va_end(args);
    prtos_batch_used += 2 + words;
    if (remaps(nr))
        prtos_forget_windows();
}

prtos_lazy_hcall2(update_page32, prtos_address_t, paddr, prtos_u32_t, value)
    prtos_lazy_hcall2(set_page_type, prtos_address_t, paddr, prtos_u32_t, type)
