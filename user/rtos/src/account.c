/* SPDX-License-Identifier: Apache-2.0 */
/* Execution time of threads, and their slices, both on the execution clock: time for which the
 * partition does not run is nobody's. The execution timer is armed only while a thread with a slice
 * has ready equals, and lazily: if it rings too early it is armed for the rest. */
#include "kernel.h"

static struct {
    rtos_time_t since;       /* the running thread got the processor, or was looked at */
    rtos_time_t slice_armed; /* 0: not */
} accounts[RTOS_INSTANCES];

#define OWN accounts[INSTANCE]

/* What the running thread used goes on its account. */
static void settle(struct rtos_thread *thread, rtos_time_t now)
{
    rtos_time_t ran = now - OWN.since;

    OWN.since = now;
    if (!thread)
        return;
    thread->executed += ran;
    if (thread->slice)
        thread->slice_left = ran < thread->slice_left ? thread->slice_left - (prtos_u32_t)ran : 0;
}

static int has_equals(const struct rtos_thread *thread)
{
    return !thread->state && thread->next != thread;
}

static void arm(const struct rtos_thread *thread, rtos_time_t now)
{
    rtos_time_t end = now + thread->slice_left;

    if (!OWN.slice_armed || end < OWN.slice_armed) {
        OWN.slice_armed = end;
        port_slice_arm(end);
    }
}

void rtos_account_now(void)
{
    settle(rtos_kernel.current, port_executed());
}

void rtos_account(struct rtos_thread *from, struct rtos_thread *to)
{
    rtos_time_t now = port_executed();

    settle(from, now);
    /* Who was not pushed aside begins a new slice the next time. */
    if (from && (from->state || (to && to->priority <= from->priority)))
        from->slice_left = from->slice;
    if (!to)
        return;
    to->switches++;
    if (to->slice && has_equals(to)) {
        if (!to->slice_left)
            to->slice_left = to->slice;
        arm(to, now);
    }
}

void rtos_slice_begin(struct rtos_thread *current)
{
    if (current->slice && !OWN.slice_armed) {
        rtos_time_t now = port_executed();

        settle(current, now);
        if (!current->slice_left)
            current->slice_left = current->slice;
        arm(current, now);
    }
}

/* The running thread gets an equal. */
void rtos_slice_peer(struct rtos_thread *current)
{
    rtos_slice_begin(current);
}

/* The execution timer rang, in an interrupt: the switch comes at its end. */
void rtos_slice_over(void)
{
    struct rtos_thread *current = rtos_kernel.current;
    rtos_time_t now = port_executed();

    OWN.slice_armed = 0;
    settle(current, now);
    if (!current || !current->slice || !has_equals(current))
        return;
    if (current->slice_left) {
        arm(current, now);
        return;
    }
    current->slice_left = current->slice;
    if (rtos_kernel.ready[current->priority] == current)
        rtos_kernel.ready[current->priority] = current->next;
}
