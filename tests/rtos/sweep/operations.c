/* SPDX-License-Identifier: Apache-2.0 */
/* What is swept on one vCPU. Each helper waits for its turn at a higher priority than the main
 * thread's. */
#include "operations.h"
#include <prtos.h>

#define STACK (512 * sizeof(void *))
#define HIGH 10
#define TIMER (1u << PRTOS_VT_EXT_HW_TIMER)

static char notes[16];
static unsigned n_notes;

static struct rtos_thread thread, *const main_thread = &thread, helpers[4];
static char stack[8192] __attribute__((aligned(8)));
static char stacks[4][STACK] __attribute__((aligned(8)));
static struct rtos_sem sem, turn_sem, turn_mutex, turn_time;
static struct rtos_mutex mutex;
static struct rtos_queue queue;
static void *room[2];

rtos_time_t begin_moment;

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

static void give_and_take(void)
{
    answer(rtos_sem_give(&sem), 'g');
    answer(rtos_sem_take(&sem, RTOS_FOREVER), 't');
}

static void on_turn(void *arg)
{
    for (;;) {
        answer(rtos_sem_take(&turn_sem, RTOS_FOREVER), 'T');
        (void)arg;
    }
}

static void give_turn(void)
{
    answer(rtos_sem_give(&turn_sem), 'g');
}

static void on_mutex(void *arg)
{
    (void)arg;
    for (;;) {
        rtos_sem_take(&turn_mutex, RTOS_FOREVER);
        note('w');
        answer(rtos_mutex_lock(&mutex, RTOS_FOREVER), 'L');
        answer(rtos_mutex_unlock(&mutex), 'U');
    }
}

/* The helper wants the mutex while it is held: the main thread inherits. */
static void lock_and_unlock(void)
{
    prtos_u32_t priority;

    answer(rtos_mutex_lock(&mutex, RTOS_FOREVER), 'l');
    rtos_sem_give(&turn_mutex);
    rtos_thread_get_priority(main_thread, 0, &priority);
    note(priority == HIGH ? 'i' : '?');
    answer(rtos_mutex_unlock(&mutex), 'u');
}

static void on_message(void *arg)
{
    void *message;

    (void)arg;
    for (;;) {
        answer(rtos_queue_receive(&queue, &message, RTOS_FOREVER), 'R');
        note(message == &queue ? 'M' : '?');
    }
}

static void send(void)
{
    answer(rtos_queue_send(&queue, &queue, RTOS_FOREVER), 's');
}

/* Sleeps until some us before the operation begins. The timer rings then, but masked. */
static void on_time(void *arg)
{
    (void)arg;
    for (;;) {
        rtos_sem_take(&turn_time, RTOS_FOREVER);
        answer(rtos_thread_delay_until(begin_moment - 2500), 'D');
    }
}

static void prepare_time(void)
{
    prtos_set_irqmask(0, TIMER);
    rtos_sem_give(&turn_time);
}

/* The interrupt comes now. */
static void expire(void)
{
    prtos_clear_irqmask(0, TIMER);
    note('e');
}

static const struct operation operations[] = {
    {.name = "sem", .run = give_and_take, .expected = "gt"},
    {.name = "sem-switch", .run = give_turn, .expected = "Tg"},
    {.name = "mutex", .run = lock_and_unlock, .expected = "lwiLUu"},
    {.name = "queue", .run = send, .expected = "RMs"},
    {.name = "timeout", .run = expire, .expected = "De", .prepare = prepare_time},
};

int is_clean(void)
{
    prtos_u32_t count, waiting, used, own, current;
    struct rtos_thread *owner;

    rtos_sem_get(&sem, &count, &waiting);
    rtos_mutex_get(&mutex, &owner, 0);
    rtos_queue_get(&queue, &used, 0);
    rtos_thread_get_priority(main_thread, &own, &current);
    return count == 0 && waiting == 0 && owner == 0 && used == 0 && own == current;
}

static void operations_init(void)
{
    static void (*const entries[])(void *) = {on_turn, on_mutex, on_message, on_time};
    unsigned i;

    rtos_sem_init(&sem, 0, 1, RTOS_BY_PRIORITY);
    rtos_sem_init(&turn_sem, 0, 1, RTOS_BY_PRIORITY);
    rtos_sem_init(&turn_mutex, 0, 1, RTOS_BY_PRIORITY);
    rtos_sem_init(&turn_time, 0, 1, RTOS_BY_PRIORITY);
    rtos_mutex_init(&mutex, RTOS_MUTEX_INHERIT, 0);
    rtos_queue_init(&queue, room, 2, RTOS_BY_PRIORITY);
    for (i = 0; i < 4; i++) {
        struct rtos_thread_config config = {entries[i], 0, stacks[i], STACK, HIGH, "helper"};

        rtos_thread_init(&helpers[i], &config);
        rtos_thread_start(&helpers[i]);
    }
}

static void lead(void *arg)
{
    unsigned i;

    (void)arg;
    for (i = 0; i < sizeof(operations) / sizeof(operations[0]); i++)
        sweep(&operations[i]);
    prtos_halt_system();
}

void partition_main(void)
{
    struct rtos_thread_config config = {lead, 0, stack, sizeof(stack), 5, "main"};

    rtos_thread_init(&thread, &config);
    rtos_thread_start(&thread);
    operations_init();
    rtos_start();
}
