/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of the real-time kernel share: threads without code, driven by name. */
#ifndef TESTS_RTOS_H
#define TESTS_RTOS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <rtos.h>

#include "host.h"

#define N_THREADS 8
#define STACK_SIZE RTOS_STACK_MIN

static struct rtos_thread threads[N_THREADS];
static char stacks[N_THREADS][STACK_SIZE] __attribute__((aligned(8)));

static void nothing(void *arg)
{
    (void)arg;
}

/* Makes and starts thread i. */
static inline void born(unsigned i, unsigned priority)
{
    struct rtos_thread_config config = {nothing, NULL, stacks[i], STACK_SIZE, priority, "t"};

    assert_int_equal(rtos_thread_init(&threads[i], &config), RTOS_OK);
    assert_int_equal(rtos_thread_start(&threads[i]), RTOS_OK);
}

/* Who runs; -1: nobody. */
static inline int running(void)
{
    return rtos_kernel.current ? (int)(rtos_kernel.current - threads) : -1;
}

static inline enum rtos_thread_state state_of(unsigned i)
{
    enum rtos_thread_state state;

    assert_int_equal(rtos_thread_get_state(&threads[i], &state), RTOS_OK);
    return state;
}

/* The answer of the last wait of thread i, which has ended. */
static inline int answer(unsigned i)
{
    assert_int_equal(threads[i].state & STATE_WAITING, 0);
    return threads[i].result;
}

static inline unsigned priority_of(unsigned i)
{
    prtos_u32_t current;

    assert_int_equal(rtos_thread_get_priority(&threads[i], NULL, &current), RTOS_OK);
    return current;
}

/* Runs one call as an interrupt handler would; its answer. */
#define IN_IRQ(call)                                                                               \
    ({                                                                                             \
        enum rtos_status status_;                                                                  \
        rtos_kernel.nesting += NESTING_IRQ;                                                        \
        status_ = (call);                                                                          \
        rtos_kernel.nesting -= NESTING_IRQ;                                                        \
        status_;                                                                                   \
    })

/* Each call of an object, with `o` for it, refuses what is none: null, misaligned, of zeros, of
 * another kind. */
#define REFUSES(type, call)                                                                        \
    do {                                                                                           \
        static union {                                                                             \
            type object;                                                                           \
            char bytes[sizeof(type) + 16];                                                         \
        } bad_;                                                                                    \
        type *o = NULL;                                                                            \
        assert_int_equal(call, RTOS_INVALID_OBJECT);                                               \
        o = (type *)(void *)(bad_.bytes + 1);                                                      \
        assert_int_equal(call, RTOS_INVALID_OBJECT);                                               \
        memset(&bad_, 0, sizeof(bad_));                                                            \
        o = &bad_.object;                                                                          \
        assert_int_equal(call, RTOS_INVALID_OBJECT);                                               \
        *(prtos_u32_t *)(void *)&bad_ = 0x12345678;                                                \
        assert_int_equal(call, RTOS_INVALID_OBJECT);                                               \
        memset(bad_.bytes, 0, sizeof(prtos_u32_t));                                                \
        for (size_t i_ = 0; i_ < sizeof(bad_); i_++)                                               \
            assert_int_equal(bad_.bytes[i_], 0);                                                   \
    } while (0)

#define OK(call) assert_int_equal(call, RTOS_OK)
#define IS(call, status) assert_int_equal(call, status)

#endif
