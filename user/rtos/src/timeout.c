/* SPDX-License-Identifier: Apache-2.0 */
/* Moments for which threads and timers wait: a binary heap of nodes that lie in their objects,
 * linked as a complete tree. Arming, disarming and expiring take at most log2(n) steps for n
 * moments; the soonest is the root. The hardware timer is armed for it only if it lies within
 * the running slot: what is due by the next slot is looked at when that begins. */
#include "kernel.h"

/* The smallest build knows no slots. */
#ifdef RTOS_SMALL
#define IN_SLOT(moment) 1
#else
#define IN_SLOT(moment) (!rtos_kernel.slot_end || (moment) < rtos_kernel.slot_end)
#endif

static __attribute__((noinline)) int is_sooner(const struct rtos_timeout *a,
                                               const struct rtos_timeout *b)
{
    if (a->due != b->due)
        return a->due < b->due;
    return (prtos_s32_t)(a->order - b->order) < 0;
}

/* What points to a node: its parent's link, or the root. */
static struct rtos_timeout **link_to(const struct rtos_timeout *node)
{
    struct rtos_timeout *up = node->up;

    if (!up)
        return &rtos_kernel.soonest;
    return up->left == node ? &up->left : &up->right;
}

/* The link of place n (1: the root), and in `up` what it lies in: the bits of n behind its first
 * one are the way from the root. */
static struct rtos_timeout **place_of(prtos_u32_t n, struct rtos_timeout **up)
{
    struct rtos_timeout **link = &rtos_kernel.soonest;
    prtos_u32_t bit = 1u << (31 - __builtin_clz(n));

    *up = (struct rtos_timeout *)0;
    while (bit >>= 1) {
        *up = *link;
        link = n & bit ? &(*link)->right : &(*link)->left;
    }
    return link;
}

static void adopt(struct rtos_timeout *node)
{
    if (node->left)
        node->left->up = node;
    if (node->right)
        node->right->up = node;
}

/* A node and its parent change places. */
static void rise(struct rtos_timeout *node)
{
    struct rtos_timeout *up = node->up;
    struct rtos_timeout *left = node->left, *right = node->right;

    *link_to(up) = node;
    node->up = up->up;
    if (up->left == node) {
        node->left = up;
        node->right = up->right;
    } else {
        node->left = up->left;
        node->right = up;
    }
    up->left = left;
    up->right = right;
    adopt(node);
    adopt(up);
}

static void settle(struct rtos_timeout *node)
{
    while (node->up && is_sooner(node, node->up))
        rise(node);
    for (;;) {
        struct rtos_timeout *child = node->left;

        if (!child)
            return;
        if (node->right && is_sooner(node->right, child))
            child = node->right;
        if (!is_sooner(child, node))
            return;
        rise(child);
    }
}

/* Only if that lies in this slot, and not before the start. */
void rtos_timer_arm(void)
{
    rtos_time_t due;

    if (!rtos_kernel.soonest || !rtos_kernel.nesting)
        return;
    due = rtos_kernel.soonest->due;
    if ((!rtos_kernel.armed || due < rtos_kernel.armed) && IN_SLOT(due)) {
        rtos_kernel.armed = due;
        port_timer_arm(due);
    }
}

void rtos_timeout_insert(struct rtos_timeout *timeout, rtos_time_t due, prtos_u32_t kind)
{
    struct rtos_timeout *up;

    rtos_kernel.order += ORDER_STEP;
    timeout->order = rtos_kernel.order | ORDER_ARMED | kind;
    timeout->due = due;
    timeout->left = timeout->right = (struct rtos_timeout *)0;
    *place_of(++rtos_kernel.n_timeouts, &up) = timeout;
    timeout->up = up;
    settle(timeout);
    if (rtos_kernel.soonest == timeout && !rtos_kernel.expiring)
        rtos_timer_arm();
}

/* The last node takes its place. */
void rtos_timeout_remove(struct rtos_timeout *timeout)
{
    struct rtos_timeout *up, **link = place_of(rtos_kernel.n_timeouts--, &up);
    struct rtos_timeout *last = *link;

    *link = (struct rtos_timeout *)0;
    timeout->order = 0;
    if (last == timeout)
        return;
    last->left = timeout->left;
    last->right = timeout->right;
    last->up = timeout->up;
    *link_to(timeout) = last;
    adopt(last);
    settle(last);
}

rtos_time_t rtos_moment(rtos_time_t delay)
{
    rtos_time_t due;

    if (delay < 0)
        return delay;
    due = (rtos_time_t)((prtos_u64_t)port_now() + (prtos_u64_t)delay);
    return due < 0 ? RTOS_NEVER : due;
}

/* Everything that is due is released, the earliest first. Between two of them other interrupts may
 * come; they find that this is being done. */
void rtos_time_check(void)
{
    struct rtos_timeout *first;

    if (rtos_kernel.expiring)
        return;
    rtos_kernel.expiring = 1;
    while ((first = rtos_kernel.soonest) != (struct rtos_timeout *)0 && first->due <= port_now()) {
        prtos_u32_t kind = first->order & ORDER_TIMER;

        rtos_timeout_remove(first);
        if (HAS(rtos_timer_expired) && kind)
            rtos_timer_expired(first);
        else
            rtos_release(container_of(first, struct rtos_thread, timeout), RTOS_TIMED_OUT);
        port_breathe();
    }
    rtos_kernel.expiring = 0;
    rtos_timer_arm();
}

/* The one-shot timer has rung, a little early perhaps: the clocks round. */
void rtos_timer_rang(void)
{
    rtos_kernel.armed = 0;
    rtos_time_check();
}
