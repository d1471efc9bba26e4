/* SPDX-License-Identifier: Apache-2.0 */
/* Measures, once in each slot: calls that do nothing, the calls that need no trap, writes to ports
 * whose reader shares the CPU, an exception through PROPAGATE and back, a console line. */
#include "../common/bench.h"
#include <irqs.h>
#include <stdio.h>
#include "ports.h"

enum {
    EMPTY,
    GET_VCPUID,
    GET_TIME_HW,
    GET_TIME_EXEC,
    CLI,
    STI,
    SET_MASK,
    CLEAR_MASK,
    DIVIDE,
    OPCODE,
    CONSOLE,
    PRINTF,
    SAMPLING,
    QUEUING,
    SAMPLING_SIZE,
    QUEUING_SIZE = SAMPLING_SIZE + SIZES,
    FAILED = QUEUING_SIZE + SIZES,
    SERIES
};

struct bench_series bench_table[SERIES];

static char buffer[LARGE];
static prtos_time_t time;
static prtos_u32_t empty;
static prtos_u32_t handled;

static const char *const names[] = {"empty",    "get_vcpuid", "get_time hw", "get_time exec",
                                    "hw_cli",   "hw_sti",     "set_irqmask", "clear_irqmask",
                                    "divide",   "opcode",     "console 64",  "printf 64",
                                    "sampling", "queuing"};

static void name_series(void)
{
    prtos_u32_t i;

    for (i = 0; i < SAMPLING_SIZE; i++)
        bench_name(i, names[i]);
    for (i = 0; i < SIZES; i++) {
        sprintf(buffer, "sampling write %s", size_name[i]);
        bench_name(SAMPLING_SIZE + i, buffer);
        sprintf(buffer, "queuing send %s", size_name[i]);
        bench_name(QUEUING_SIZE + i, buffer);
    }
    bench_name(SAMPLING, "sampling write small");
    bench_name(QUEUING, "queuing send small");
    bench_name(FAILED, "failed");
}

static void expect(prtos_s32_t found, prtos_s32_t expected)
{
    if (found != expected)
        bench_add(FAILED, (prtos_u32_t)found);
}

static void on_exception(trap_ctxt_t *ctxt)
{
    ctxt->ip += BENCH_FAULT_BYTES;
    handled++;
}

/* Here the plugin counts ways into the core: there must be none between the points. */
static __attribute__((noinline, noclone)) void without_trap(void)
{
    BENCH_POINT(quiet_begin);
    BENCH_TIME(GET_TIME_HW, empty, prtos_get_time(PRTOS_HW_CLOCK, &time));
    BENCH_TIME(GET_TIME_EXEC, empty, prtos_get_time(PRTOS_EXEC_CLOCK, &time));
    BENCH_TIME(STI, empty, hw_sti());
    BENCH_TIME(CLI, empty, hw_cli());
    BENCH_TIME(CLEAR_MASK, empty, prtos_clear_irqmask(0, 1u << PRTOS_VT_EXT_IPVI7));
    BENCH_TIME(SET_MASK, empty, prtos_set_irqmask(0, 1u << PRTOS_VT_EXT_IPVI7));
    BENCH_POINT(quiet_end);
}

static __attribute__((noinline, noclone)) void null_call(void)
{
    BENCH_POINT(vcpuid_begin);
    BENCH_TIME(GET_VCPUID, empty, prtos_get_vcpuid());
    BENCH_POINT(vcpuid_end);
}

static __attribute__((noinline, noclone)) void exceptions(void)
{
    prtos_u32_t before = handled;

    BENCH_POINT(divide_begin);
    BENCH_TIME(DIVIDE, empty, BENCH_FAULT);
    BENCH_POINT(divide_end);
    BENCH_TIME(OPCODE, empty, BENCH_OPCODE);
    expect((prtos_s32_t)(handled - before), 2);
}

static __attribute__((noinline, noclone)) void console(void)
{
    prtos_s32_t taken;

    BENCH_POINT(console_begin);
    BENCH_TIME(CONSOLE, empty, taken = prtos_write_console(buffer, 64));
    BENCH_POINT(console_end);
    expect(taken, 64);
    BENCH_TIME(
        PRINTF, empty,
        taken = printf("%s\n", "123456789012345678901234567890123456789012345678901234567890123"));
    expect(taken, 64);
}

static __attribute__((noinline, noclone)) void small_ports(prtos_s32_t sampling,
                                                           prtos_s32_t queuing)
{
    prtos_s32_t result;

    BENCH_POINT(sampling_write_begin);
    BENCH_TIME(SAMPLING, empty, result = prtos_write_sampling_message(sampling, buffer, SMALL));
    BENCH_POINT(sampling_write_end);
    expect(result, PRTOS_OK);
    BENCH_POINT(queuing_send_begin);
    BENCH_TIME(QUEUING, empty, result = prtos_send_queuing_message(queuing, buffer, SMALL));
    BENCH_POINT(queuing_send_end);
    expect(result, PRTOS_OK);
}

static void large_ports(prtos_s32_t sampling, prtos_s32_t queuing, prtos_u32_t size)
{
    prtos_s32_t result;

    BENCH_TIME(SAMPLING_SIZE + size, empty,
               result = prtos_write_sampling_message(sampling, buffer, message_size[size]));
    expect(result, PRTOS_OK);
    BENCH_TIME(QUEUING_SIZE + size, empty,
               result = prtos_send_queuing_message(queuing, buffer, message_size[size]));
    expect(result, PRTOS_OK);
}

/* What two readings of the counter with nothing between them give; the compiler may move a few
 * instructions there, which then count. */
static void measure_empty(void)
{
    prtos_u32_t i;

    for (i = 0; i < 200; i++)
        BENCH_TIME(EMPTY, 0, );
    empty = (prtos_u32_t)bench_table[EMPTY].sample[199];
}

void partition_main(void)
{
    prtos_s32_t small_sampling, small_queuing, large_sampling, large_queuing;
    prtos_u32_t frame, i;

    name_series();
    small_sampling =
        prtos_create_sampling_port("ss", SMALL, PRTOS_SOURCE_PORT, PRTOS_INFINITE_TIME);
    small_queuing = prtos_create_queuing_port("sq", 4, SMALL, PRTOS_SOURCE_PORT);
    large_sampling =
        prtos_create_sampling_port("ls", LARGE, PRTOS_SOURCE_PORT, PRTOS_INFINITE_TIME);
    large_queuing = prtos_create_queuing_port("lq", 2, LARGE, PRTOS_SOURCE_PORT);
    expect((small_sampling | small_queuing | large_sampling | large_queuing) < 0, 0);
    install_trap_handler(BENCH_FAULT_TRAP, on_exception);
    install_trap_handler(BENCH_OPCODE_TRAP, on_exception);
    memset(buffer, '.', sizeof(buffer));
    buffer[63] = '\n';
    measure_empty();
    for (frame = 0; frame < FRAMES + WARM; frame++) {
        if (frame == WARM)
            for (i = GET_VCPUID; i < FAILED; i++)
                bench_table[i].used = 0;
        without_trap();
        null_call();
        exceptions();
        if (frame < WARM + ROUNDS)
            console();
        small_ports(small_sampling, small_queuing);
        large_ports(large_sampling, large_queuing, frame % SIZES);
        prtos_idle_self();
    }
    prtos_idle_self();
    prtos_halt_system();
}
