/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that are allowed, as many and as long as there are. */
#include "attacker.h"

#include <irqs.h>
#include <prtos_inc/prtosef.h>

#define BATCH_CALLS 200u
#define TABLE_WORDS 256u
#define STORM 64u /* interrupts */

static prtos_u8_t message[2 * LARGE];
static prtos_s32_t sampling_out, sampling_in, queuing_out, queuing_in, to_keeper, news;

/* A storm ends by itself: timers that are always over leave no time for anything else. */
static void on_interrupt(trap_ctxt_t *ctxt)
{
    static prtos_u32_t count;

    (void)ctxt;
    if (++count % STORM)
        return;
    prtos_set_timer(PRTOS_HW_CLOCK, 0, 0);
    prtos_set_timer(PRTOS_EXEC_CLOCK, 0, 0);
}

void storms_prepare(void)
{
    prtos_u32_t i;

    for (i = 0; i < 128; i++)
        message[i] = i % 64 == 63 ? '\n' : '#';
    for (i = 0; i < 32; i++)
        install_trap_handler((prtos_s32_t)BAIL_PRTOSEXT_TRAP(i), on_interrupt);
    sampling_out = prtos_create_sampling_port("so", LARGE, PRTOS_SOURCE_PORT, PRTOS_INFINITE_TIME);
    sampling_in =
        prtos_create_sampling_port("si", LARGE, PRTOS_DESTINATION_PORT, PRTOS_INFINITE_TIME);
    queuing_out = prtos_create_queuing_port("qo", 2, LARGE, PRTOS_SOURCE_PORT);
    queuing_in = prtos_create_queuing_port("qi", 2, LARGE, PRTOS_DESTINATION_PORT);
    to_keeper = prtos_create_queuing_port("keep", 4, 64, PRTOS_SOURCE_PORT);
    news = prtos_create_sampling_port("news", 512, PRTOS_DESTINATION_PORT, PRTOS_INFINITE_TIME);
}

void storm_ports(void)
{
    prtos_u32_t size = 1 + random_word() % LARGE;

    prtos_write_sampling_message(sampling_out, message, size);
    prtos_read_sampling_message(sampling_in, message, LARGE, 0);
    prtos_send_queuing_message(queuing_out, message, size);
    prtos_receive_queuing_message(queuing_in, message, LARGE);
    prtos_send_queuing_message(to_keeper, message, 64);
    prtos_read_sampling_message(news, message, 512, 0);
}

void storm_interrupts(void)
{
    static prtos_time_t now;

    prtos_get_time(PRTOS_HW_CLOCK, &now);
    prtos_set_timer(PRTOS_HW_CLOCK, now, 1);
    prtos_set_timer(PRTOS_EXEC_CLOCK, 1, 1);
    prtos_clear_irqmask(~0u, ~0u);
    hw_sti();
    prtos_raise_ipvi(PRTOS_VT_EXT_IPVI0);
    prtos_raise_partition_ipvi(KEEPER, PRTOS_VT_EXT_IPVI0);
    prtos_set_irqpend(~0u, random_word());
    if (random_word() % 16 == 0)
        prtos_wait_irq();
}

void storm_resets(void)
{
    switch (random_word() % 32) {
    case 0:
        prtos_halt_partition(ATTACKER);
        break;
    case 1:
        prtos_suspend_partition(ATTACKER);
        break;
    case 2:
        prtos_reset_partition(ATTACKER, PRTOS_COLD_RESET, random_word());
        break;
    case 3:
        prtos_reset_partition(ATTACKER, PRTOS_WARM_RESET, random_word());
        break;
    case 4:
        prtos_halt_vcpu(0);
        break;
    default:
        prtos_reset_partition(FIRST + random_word() % 3, PRTOS_COLD_RESET, 0);
        prtos_suspend_partition(FIRST + random_word() % 3);
        prtos_switch_sched_plan(random_word() % 3, (prtos_u32_t *)message);
    }
}

void storm_console(void)
{
    prtos_write_console((char *)message, 128);
}

/* What the core shows this partition, overwritten. */
void storm_table(void)
{
    volatile prtos_u32_t *words = (volatile prtos_u32_t *)prtos_get_pct();
    const prtos_u32_t first = __builtin_offsetof(partition_control_table_t, iflags) / 4;
    prtos_u32_t i, word = random_word() % 3 ? random_word() : ~0u;

    for (i = first; i < first + 5; i++)
        words[i] = word;
    for (i = 0; i < 8; i++)
        words[random_word() % TABLE_WORDS] = random_word();
    call(get_vcpuid_nr, 0, 0, 0, 0, 0);
}

void storm_batch(void)
{
    static prtos_u32_t batch[BATCH_CALLS * 4];
    prtos_u32_t i;

    for (i = 0; i < BATCH_CALLS; i++) {
        batch[4 * i] = random_word() % 8 ? set_irqpend_nr : random_word() % 56;
        batch[4 * i + 1] = 2;
        batch[4 * i + 2] = 0;
        batch[4 * i + 3] = 0x80;
    }
    call(multicall_nr, PTR2ADDR(batch), PTR2ADDR(batch + 4 * BATCH_CALLS), 0, 0, 0);
}

void storm_logs(void)
{
    static prtos_trace_event_t events[50];
    prtos_u32_t all = TRACE_BM_ALWAYS;

    prtos_write_object(OBJDESC_BUILD(OBJ_CLASS_TRACE, ATTACKER, 0), events, sizeof(events), &all);
    prtos_trace_seek(prtos_trace_open(ATTACKER), -1, PRTOS_TRACE_SEEK_END);
    prtos_trace_read(prtos_trace_open(ATTACKER), events);
}

void storm_copies(void)
{
    prtos_u32_t size = LARGE - random_word() % LARGE, room = 2 * LARGE - size;
    prtos_u32_t base = (prtos_u32_t)PTR2ADDR(message);

    prtos_memory_copy(PRTOS_PARTITION_SELF, base + random_word() % room, PRTOS_PARTITION_SELF,
                      base + random_word() % room, size);
}
