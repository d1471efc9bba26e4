/* SPDX-License-Identifier: Apache-2.0 */
/* Takes what the writer has just written, once in each slot, and measures it. */
#include "../common/bench.h"
#include <stdio.h>
#include "ports.h"

enum {
    EMPTY,
    SAMPLING,
    QUEUING,
    SAMPLING_SIZE,
    QUEUING_SIZE = SAMPLING_SIZE + SIZES,
    FAILED = QUEUING_SIZE + SIZES,
    SERIES
};

struct bench_series bench_table[SERIES];

static char buffer[LARGE];
static prtos_u32_t empty;

static void name_series(void)
{
    prtos_u32_t i;

    bench_name(EMPTY, "empty");
    bench_name(SAMPLING, "sampling read small");
    bench_name(QUEUING, "queuing receive small");
    for (i = 0; i < SIZES; i++) {
        sprintf(buffer, "sampling read %s", size_name[i]);
        bench_name(SAMPLING_SIZE + i, buffer);
        sprintf(buffer, "queuing receive %s", size_name[i]);
        bench_name(QUEUING_SIZE + i, buffer);
    }
    bench_name(FAILED, "failed");
}

static void expect(prtos_s32_t found, prtos_s32_t expected)
{
    if (found != expected)
        bench_add(FAILED, (prtos_u32_t)found);
}

static __attribute__((noinline, noclone)) void small_ports(prtos_s32_t sampling,
                                                           prtos_s32_t queuing)
{
    prtos_u32_t flags = 0;
    prtos_s32_t result;

    BENCH_POINT(sampling_read_begin);
    BENCH_TIME(SAMPLING, empty,
               result = prtos_read_sampling_message(sampling, buffer, SMALL, &flags));
    BENCH_POINT(sampling_read_end);
    expect(result, SMALL);
    expect((prtos_s32_t)flags, PRTOS_COMM_MSG_VALID);
    BENCH_POINT(queuing_receive_begin);
    BENCH_TIME(QUEUING, empty, result = prtos_receive_queuing_message(queuing, buffer, SMALL));
    BENCH_POINT(queuing_receive_end);
    expect(result, SMALL);
}

static void large_ports(prtos_s32_t sampling, prtos_s32_t queuing, prtos_u32_t size)
{
    prtos_u32_t flags = 0;
    prtos_s32_t result;

    BENCH_TIME(SAMPLING_SIZE + size, empty,
               result = prtos_read_sampling_message(sampling, buffer, LARGE, &flags));
    expect(result, (prtos_s32_t)message_size[size]);
    BENCH_TIME(QUEUING_SIZE + size, empty,
               result = prtos_receive_queuing_message(queuing, buffer, LARGE));
    expect(result, (prtos_s32_t)message_size[size]);
}

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
        prtos_create_sampling_port("ss", SMALL, PRTOS_DESTINATION_PORT, PRTOS_INFINITE_TIME);
    small_queuing = prtos_create_queuing_port("sq", 4, SMALL, PRTOS_DESTINATION_PORT);
    large_sampling =
        prtos_create_sampling_port("ls", LARGE, PRTOS_DESTINATION_PORT, PRTOS_INFINITE_TIME);
    large_queuing = prtos_create_queuing_port("lq", 2, LARGE, PRTOS_DESTINATION_PORT);
    expect((small_sampling | small_queuing | large_sampling | large_queuing) < 0, 0);
    measure_empty();
    for (frame = 0; frame < FRAMES + WARM; frame++) {
        if (frame == WARM)
            for (i = SAMPLING; i < FAILED; i++)
                bench_table[i].used = 0;
        small_ports(small_sampling, small_queuing);
        large_ports(large_sampling, large_queuing, frame % SIZES);
        prtos_idle_self();
    }
}
