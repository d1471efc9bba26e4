/* SPDX-License-Identifier: Apache-2.0 */
/* What is swept on two vCPUs that take turns: the call on an object of the other one until its
 * thread is gone; the same call made there; the thread's return. */
#include <bail.h>
#include <prtos.h>
#include "operations.h"

#define STACK 8192
#define HIGH 10
#define MAIL (1u << PRTOS_VT_EXT_IPVI7)

rtos_time_t begin_moment;

/* Both vCPUs note, never at once: one waits for the other. */
static char notes[16];
static volatile unsigned n_notes;

static struct rtos_thread leaders[2], caller, agent, taker;
static char stacks[5][STACK] __attribute__((aligned(8)));
static struct rtos_sem turn, back, there, took, go;
static volatile int called_for;

static void note(char letter)
{
    if (n_notes < sizeof(notes) - 1)
        notes[n_notes++] = letter;
}

const char *notes_take(void)
{
    notes[n_notes] = 0;
    n_notes = 0;
    return notes;
}

static void answer(int status, char letter)
{
    note(status == RTOS_OK ? letter : '?');
}

static void thread_make(struct rtos_thread *thread, unsigned i, void (*entry)(void *),
                        unsigned priority)
{
    struct rtos_thread_config config = {entry, 0, stacks[i], STACK, priority, "sweep"};

    rtos_thread_init(thread, &config);
    rtos_thread_start(thread);
}

/* Of vCPU 0: goes to vCPU 1 and back. */
static void on_turn(void *arg)
{
    (void)arg;
    for (;;) {
        rtos_sem_take(&turn, RTOS_FOREVER);
        note('c');
        answer(rtos_sem_give(&there), 'h');
        rtos_sem_give(&back);
    }
}

static void take_there(void *arg)
{
    (void)arg;
    for (;;)
        answer(rtos_sem_take(&there, RTOS_FOREVER), 'T');
}

static void send_caller(void)
{
    if (rtos_sem_give(&turn) != RTOS_OK)
        note('?');
}

static void await_caller(void)
{
    answer(rtos_sem_take(&back, RTOS_FOREVER), 'b');
}

/* The caller comes back while its interrupt is held back here, until it is let in. */
static void hold_home(void)
{
    prtos_set_irqmask(0, MAIL);
    send_caller();
}

static void let_home(void)
{
    prtos_clear_irqmask(0, MAIL);
    note('e');
}

/* The agent of vCPU 0 makes a call, as it is asked to without mail; here it is held back. */
static void hold_call(void)
{
    prtos_set_irqmask(0, MAIL);
    called_for = 1;
}

static void let_call(void)
{
    prtos_clear_irqmask(0, MAIL);
    note('e');
}

static void on_call(void *arg)
{
    (void)arg;
    for (;;) {
        while (!called_for)
            rtos_thread_delay(RTOS_US(15));
        called_for = 0;
        note('a');
        rtos_sem_give(&there);
        rtos_sem_give(&took);
    }
}

/* vCPU 1 waits until the agent is home. */
static void await_agent(void)
{
    answer(rtos_sem_take(&took, RTOS_FOREVER), 'k');
}

static const struct operation calls = {"call", send_caller, "cThb", 0, 0, await_caller};
static const struct operation homes = {"home", let_home, "cTheb", hold_home, 0, await_caller};
static const struct operation serves = {"serve", let_call, "aTek", hold_call, 0, await_agent};

int is_clean(void)
{
    prtos_u32_t count, waiting, back_count;

    rtos_sem_get(&there, &count, &waiting);
    rtos_sem_get(&back, &back_count, 0);
    return count == 0 && waiting == 1 && back_count == 0;
}

static void lead(void *arg)
{
    (void)arg;
    sweep(&calls);
    sweep(&homes);
    rtos_sem_give(&go);
}

static void lead_there(void *arg)
{
    (void)arg;
    rtos_sem_take(&go, RTOS_FOREVER);
    sweep(&serves);
    prtos_halt_system();
}

void partition_main(void)
{
    if (PRTOS_VCPU_SELF == 1) {
        rtos_sem_init(&there, 0, 1, RTOS_BY_PRIORITY);
        rtos_sem_init(&go, 0, 1, RTOS_BY_PRIORITY);
        thread_make(&leaders[1], 1, lead_there, 5);
        thread_make(&taker, 3, take_there, HIGH);
        rtos_start();
    }
    rtos_sem_init(&turn, 0, 1, RTOS_BY_PRIORITY);
    rtos_sem_init(&back, 0, 1, RTOS_BY_PRIORITY);
    rtos_sem_init(&took, 0, 1, RTOS_BY_PRIORITY);
    thread_make(&leaders[0], 0, lead, 5);
    thread_make(&caller, 2, on_turn, HIGH);
    thread_make(&agent, 4, on_call, HIGH);
    setup_vcpus();
    rtos_start();
}
