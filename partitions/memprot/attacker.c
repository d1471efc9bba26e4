/* SPDX-License-Identifier: Apache-2.0 */
/* Tries the attempts of attacks.h, one in each of its slots. A stopped attempt ends in a warm reset
 * by the health monitor, so the next life begins at partition_main again; the number of resets,
 * kept by the hypervisor, says which attempt is next. */
#include <prtos.h>
#include <stdio.h>
#include "attacks.h"

typedef void (*code_t)(void);

static volatile prtos_u32_t loot; /* what a read attempt would carry home */

/* volatile: a compiler that sees a null pointer may leave the whole attempt out. */
static prtos_s32_t read_word(volatile prtos_address_t address)
{
    loot = *(volatile prtos_u32_t *)ADDR2PTR(address);
    return 0;
}

static prtos_s32_t write_word(volatile prtos_address_t address)
{
    *(volatile prtos_u32_t *)ADDR2PTR(address) = 0xdeadbeef;
    return 0;
}

static prtos_s32_t call_code(volatile prtos_address_t address)
{
    ((code_t)ADDR2PTR(address))();
    return 0;
}

/* Attempts on memory: what, where. The architecture says where its own things are. */
static prtos_s32_t attack_memory(enum attack_id id)
{
    switch (id) {
    case READ_VICTIM:
        return read_word(VICTIM_SECRET);
    case WRITE_VICTIM:
        return write_word(VICTIM_SECRET);
    case CALL_VICTIM:
        return call_code(VICTIM_AREA);
    case READ_HYPERVISOR:
        return read_word(HYPERVISOR_SPACE);
    case WRITE_HYPERVISOR:
        return write_word(HYPERVISOR_SPACE);
    case CALL_HYPERVISOR:
        return call_code(HYPERVISOR_SPACE);
    case READ_HYPERVISOR_LOAD:
        return read_word(HYPERVISOR_LOAD);
    case WRITE_HYPERVISOR_LOAD:
        return write_word(HYPERVISOR_LOAD);
    case READ_NULL:
        return read_word(0);
    case WRITE_NULL:
        return write_word(0);
    case CALL_NULL:
        return call_code(0);
    case WRITE_PAGE_TABLE:
        return write_word(PAGE_TABLE);
    case WRITE_READ_ONLY:
        return write_word(READ_ONLY_AREA);
    default:
        return 0;
    }
}

/* Asks the hypervisor to do what the processor would not. */
static prtos_s32_t attack_hypercalls(enum attack_id id)
{
    switch (id) {
    case CORE_WRITES_VICTIM:
        return prtos_get_time(PRTOS_HW_CLOCK, (prtos_time_t *)VICTIM_SECRET);
    case CORE_COPIES_VICTIM:
        return prtos_memory_copy(ATTACKER, PTR2ADDR(&loot), VICTIM, VICTIM_SECRET, sizeof(loot));
    case CORE_PRINTS_VICTIM:
        return prtos_write_console((char *)VICTIM_SECRET, 16);
    case HALT_VICTIM:
        return prtos_halt_partition(VICTIM);
    case RESET_VICTIM:
        return prtos_reset_partition(VICTIM, PRTOS_COLD_RESET, 0);
    case FORGE_RIGHTS:
        prtos_get_pct()->flags |= PRTOS_PART_SYSTEM;
        return prtos_halt_system();
    default:
        return prtos_halt_system();
    }
}

static prtos_s32_t attack_try(enum attack_id id)
{
    if (id <= WRITE_READ_ONLY)
        return attack_memory(id);
    if (id >= CORE_WRITES_VICTIM && id <= FORGE_RIGHTS)
        return attack_hypercalls(id);
    return attack_machine(id);
}

void partition_main(void)
{
    enum attack_id id = (enum attack_id)prtos_get_pct()->reset_counter;
    prtos_s32_t code;

    prtos_idle_self(); /* one attempt in each frame, at the start of a slot */
    if (id >= ATTACKS) {
        printf("[P0] I give up\n");
        return;
    }
    code = attack_try(id);
    /* Here only if neither the processor nor the hypervisor has stopped the attempt itself. */
    prtos_reset_partition(ATTACKER, PRTOS_WARM_RESET, code < 0 ? REFUSED_WITH(code) : SURVIVED);
}
