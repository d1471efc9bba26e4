/* SPDX-License-Identifier: Apache-2.0 */
/* fake: rtos */
/* The rest of the real-time kernel: heaps, lists, interrupts, hooks, faults, watchdogs, jobs. */
#include <stdlib.h>

#include "rtos_threads.h"

static int setup(void **state)
{
    (void)state;
    host_reset();
    memset(threads, 0, sizeof(threads));
    OK(rtos_hooks_set(NULL));
    OK(rtos_fault_set_handler(NULL));
    return 0;
}

static struct rtos_heap heap;
static char room[1 << 16] __attribute__((aligned(8)));

static void test_heap_codes(void **state)
{
    struct rtos_heap_stats stats;
    void *block, *second;

    (void)state;
    IS(rtos_heap_init(NULL, room, 128, NULL), RTOS_INVALID_PARAM);
    IS(rtos_heap_init(&heap, NULL, 128, NULL), RTOS_INVALID_PARAM);
    IS(rtos_heap_init(&heap, room, 127, NULL), RTOS_INVALID_PARAM);
    IS(IN_IRQ(rtos_heap_init(&heap, room, 128, NULL)), RTOS_WRONG_CONTEXT);
    REFUSES(struct rtos_heap, rtos_heap_alloc(o, 1, &block));
    REFUSES(struct rtos_heap, rtos_heap_free(o, room));
    REFUSES(struct rtos_heap, rtos_heap_get_stats(o, &stats));
    OK(rtos_heap_init(&heap, room + 1, 1000, "heap"));
    IS(rtos_heap_alloc(&heap, 0, &block), RTOS_INVALID_PARAM);
    IS(rtos_heap_alloc(&heap, 1, NULL), RTOS_INVALID_PARAM);
    IS(rtos_heap_alloc(&heap, 1000, &block), RTOS_NOT_AVAILABLE);
    IS(rtos_heap_alloc(&heap, 0xffffffff, &block), RTOS_NOT_AVAILABLE);
    IS(IN_IRQ(rtos_heap_alloc(&heap, 1, &block)), RTOS_WRONG_CONTEXT);
    OK(rtos_heap_alloc(&heap, 100, &block));
    OK(rtos_heap_alloc(&heap, 100, &second));
    assert_int_equal((uintptr_t)block % 8, 0);
    IS(IN_IRQ(rtos_heap_free(&heap, block)), RTOS_WRONG_CONTEXT);
    IS(rtos_heap_free(&heap, NULL), RTOS_INVALID_PARAM);
    IS(rtos_heap_free(&heap, (char *)block + 4), RTOS_INVALID_PARAM);
    IS(rtos_heap_free(&heap, (char *)block + 8), RTOS_INVALID_PARAM);
    IS(rtos_heap_free(&heap, &heap), RTOS_INVALID_PARAM);
    IS(rtos_heap_get_stats(&heap, NULL), RTOS_INVALID_PARAM);
    OK(rtos_heap_get_stats(&heap, &stats));
    assert_int_equal(stats.n_blocks, 2);
    assert_int_equal(stats.n_failed, 2);
    assert_string_equal(stats.name, "heap");
    OK(rtos_heap_alloc(&heap, stats.largest, &block));
    OK(rtos_heap_free(&heap, block));
    IS(rtos_heap_free(&heap, block), RTOS_INVALID_PARAM); /* twice */
    OK(rtos_heap_free(&heap, second));
}

#define N_BLOCKS 300

/* Blocks never overlap, keep what is written, and all free means one piece again. */
static void test_heap_random(void **state)
{
    static unsigned char *blocks[N_BLOCKS];
    static unsigned sizes[N_BLOCKS];
    struct rtos_heap_stats fresh, stats;
    unsigned long n;

    (void)state;
    srand(1);
    OK(rtos_heap_init(&heap, room, sizeof(room), NULL));
    OK(rtos_heap_get_stats(&heap, &fresh));
    for (n = 0; n < 1000000; n++) {
        unsigned i = (unsigned)rand() % N_BLOCKS;
        void *block;

        if (blocks[i]) {
            assert_int_equal(blocks[i][0], (unsigned char)i);
            assert_int_equal(blocks[i][sizes[i] - 1], (unsigned char)i);
            OK(rtos_heap_free(&heap, blocks[i]));
            blocks[i] = NULL;
            continue;
        }
        sizes[i] = 1 + (unsigned)rand() % (rand() % 8 ? 200 : 4000);
        if (rtos_heap_alloc(&heap, sizes[i], &block) != RTOS_OK)
            continue;
        blocks[i] = block;
        assert_true((char *)block >= room && (char *)block + sizes[i] <= room + sizeof(room));
        memset(block, (int)i, sizes[i]);
    }
    OK(rtos_heap_get_stats(&heap, &stats));
    assert_true(stats.n_failed > 0 && stats.peak > stats.size * 9 / 10);
    for (unsigned i = 0; i < N_BLOCKS; i++)
        if (blocks[i])
            OK(rtos_heap_free(&heap, blocks[i]));
    OK(rtos_heap_get_stats(&heap, &stats));
    assert_int_equal(stats.used, 0);
    assert_int_equal(stats.n_blocks, 0);
    assert_int_equal(stats.largest, fresh.largest);
}

static void test_list(void **state)
{
    struct item {
        int number;
        struct rtos_link link;
    } items[5];
    struct rtos_list list;
    struct rtos_link *link;
    int order = 0;

    (void)state;
    rtos_list_init(&list);
    assert_null(rtos_list_first(&list));
    assert_null(rtos_list_last(&list));
    for (int i = 0; i < 5; i++)
        items[i].number = i;
    rtos_list_insert_first(&list, &items[2].link);
    rtos_list_insert_last(&list, &items[4].link);
    rtos_list_insert_before(&items[2].link, &items[1].link);
    rtos_list_insert_after(&items[2].link, &items[3].link);
    rtos_list_insert_first(&list, &items[0].link);
    for (link = rtos_list_first(&list); link; link = rtos_list_next(&list, link))
        assert_int_equal(RTOS_LIST_ENTRY(link, struct item, link)->number, order++);
    for (link = rtos_list_last(&list); link; link = rtos_list_prev(&list, link))
        assert_int_equal(RTOS_LIST_ENTRY(link, struct item, link)->number, --order);
    rtos_list_remove(&items[2].link);
    assert_ptr_equal(rtos_list_next(&list, &items[1].link), &items[3].link);
    assert_ptr_equal(rtos_list_prev(&list, &items[3].link), &items[1].link);
}

static unsigned n_irqs;

static void on_irq(prtos_u32_t irq, void *arg)
{
    assert_int_equal(irq, 36);
    assert_ptr_equal(arg, &n_irqs);
    assert_true(rtos_irq_running());
    n_irqs++;
}

static void irq_36(void)
{
    rtos_irq_run(36);
}

static void test_irqs(void **state)
{
    (void)state;
    born(0, 5);
    host_start();
    IS(rtos_irq_attach(64, on_irq, NULL), RTOS_INVALID_PARAM);
    IS(rtos_irq_attach(36, NULL, NULL), RTOS_INVALID_PARAM);
    IS(rtos_irq_attach(RTOS_IRQ_EXT(0), on_irq, NULL), RTOS_INVALID_PARAM); /* the kernel's */
    IS(IN_IRQ(rtos_irq_attach(36, on_irq, NULL)), RTOS_WRONG_CONTEXT);
    IS(rtos_irq_detach(36), RTOS_NO_ACTION);
    OK(rtos_irq_attach(RTOS_IRQ_EXT(4), on_irq, &n_irqs));
    assert_int_equal(host_port.open_hi, 16);
    host_interrupt(irq_36);
    assert_int_equal(n_irqs, 1);
    assert_false(rtos_irq_running());
    OK(rtos_irq_mask(36));
    assert_int_equal(host_port.masked_hi, 16);
    OK(rtos_irq_unmask(36));
    assert_int_equal(host_port.masked_hi, 0);
    IS(rtos_irq_mask(64), RTOS_INVALID_PARAM);
    IS(rtos_irq_unmask(RTOS_IRQ_EXT(8)), RTOS_INVALID_PARAM);
    IS(IN_IRQ(rtos_irq_detach(36)), RTOS_WRONG_CONTEXT);
    IS(rtos_irq_detach(64), RTOS_INVALID_PARAM);
    OK(rtos_irq_detach(36));
    assert_int_equal(host_port.open_hi, 0);
}

static unsigned n_switched, n_slots;

static void on_switched(struct rtos_thread *from, struct rtos_thread *to)
{
    assert_ptr_equal(from, &threads[0]);
    assert_ptr_equal(to, &threads[1]);
    n_switched++;
}

static void on_slot(void)
{
    n_slots++;
}

static void test_hooks(void **state)
{
    static const struct rtos_hooks hooks = {.slot = on_slot, .switched = on_switched};

    (void)state;
    born(0, 5);
    host_start();
    IS(IN_IRQ(rtos_hooks_set(&hooks)), RTOS_WRONG_CONTEXT);
    OK(rtos_hooks_set(&hooks));
    born(1, 9);
    host_slot(0, 1000);
    assert_int_equal(n_switched, 1);
    assert_int_equal(n_slots, 1);
    OK(rtos_hooks_set(NULL));
    rtos_thread_exit();
    assert_int_equal(n_switched, 1);
}

static struct rtos_fault_info last;
static unsigned n_faults;

static void on_fault(const struct rtos_fault_info *info)
{
    last = *info;
    n_faults++;
    if (info->fault == RTOS_FAULT_TRAP && info->trap == 13)
        host_trap(14); /* a second one within */
}

static void test_faults(void **state)
{
    (void)state;
    n_faults = 0;
    IS(IN_IRQ(rtos_fault_set_handler(on_fault)), RTOS_WRONG_CONTEXT);
    OK(rtos_fault_set_handler(on_fault));
    assert_string_equal(rtos_fault_name(RTOS_FAULT_STACK), "stack overflow");
    assert_string_equal(rtos_fault_name((enum rtos_fault)9), "?");
    born(0, 5);
    born(1, 9);
    host_start();
    host_trap(6);
    assert_ptr_equal(last.thread, &threads[1]);
    assert_int_equal(last.fault, RTOS_FAULT_TRAP);
    assert_int_equal(last.trap, 6);
    assert_int_equal(state_of(1), RTOS_DORMANT);
    assert_int_equal(running(), 0); /* the rest goes on */
    OK(rtos_thread_start(&threads[1]));
    *(prtos_u32_t *)(void *)stacks[1] = 0; /* its stack ran over; found when it is left */
    rtos_thread_delay(10);
    assert_int_equal(last.fault, RTOS_FAULT_STACK);
    assert_ptr_equal(last.thread, &threads[1]);
    assert_int_equal(state_of(1), RTOS_DORMANT);
    assert_int_equal(running(), 0);
    assert_int_equal(host_port.n_errors, 0);
    rtos_kernel.nesting += NESTING_IRQ;
    host_trap(6);
    rtos_kernel.nesting -= NESTING_IRQ;
    assert_int_equal(host_port.n_errors, 1);
    assert_int_equal(n_faults, 2);
}

static void test_second_fault(void **state)
{
    (void)state;
    OK(rtos_fault_set_handler(on_fault));
    born(0, 5);
    host_start();
    host_trap(13);
    assert_int_equal(host_port.n_errors, 1);
}

static void test_watch(void **state)
{
    static struct rtos_watch watch;

    (void)state;
    n_faults = 0;
    OK(rtos_fault_set_handler(on_fault));
    born(0, 5);
    born(1, 9);
    host_start();
    IS(rtos_watch_add(NULL, &threads[1], 5000), RTOS_INVALID_PARAM);
    IS(rtos_watch_add(&watch, &threads[1], 999), RTOS_INVALID_PARAM);
    REFUSES(struct rtos_thread, rtos_watch_add(&watch, o, 5000));
    IS(rtos_watch_kick(NULL), RTOS_INVALID_OBJECT);
    IS(rtos_watch_kick(&watch), RTOS_INVALID_OBJECT);
    IS(rtos_watch_remove(NULL), RTOS_INVALID_OBJECT);
    IS(IN_IRQ(rtos_watch_add(&watch, &threads[1], 5000)), RTOS_WRONG_CONTEXT);
    OK(rtos_watch_add(&watch, &threads[1], 5000));
    for (int i = 0; i < 5; i++) {
        host_pass(4999, 1);
        OK(rtos_watch_kick(&watch));
    }
    rtos_thread_delay(RTOS_MS(1)); /* stuck */
    assert_int_equal(running(), 0);
    host_pass(5000, 1);
    assert_int_equal(n_faults, 1);
    assert_int_equal(last.fault, RTOS_FAULT_SILENT);
    assert_int_equal(watch.n_restarts, 1);
    assert_int_equal(running(), 1); /* from its entry again */
    host_pass(5000, 1);
    assert_int_equal(watch.n_restarts, 2);
    OK(rtos_watch_remove(&watch));
    host_pass(20000, 1);
    assert_int_equal(watch.n_restarts, 2);
}

static struct rtos_crew crew;
static struct rtos_job jobs[3];
static char ran[8];

static jmp_buf out;

/* The last one leaves the crew's loop. */
static void run_job(void *arg)
{
    size_t length = strlen(ran);

    ran[length] = *(const char *)arg;
    if (length == 2)
        longjmp(out, 1);
}

/* The crew's thread is driven through its own entry. */
static void test_jobs(void **state)
{
    struct rtos_thread_config config = {nothing, NULL, stacks[1], STACK_SIZE, 4, "crew"};
    static const char names[] = "abc";

    (void)state;
    IS(rtos_crew_init(NULL, &config), RTOS_INVALID_PARAM);
    IS(rtos_crew_init(&crew, NULL), RTOS_INVALID_PARAM);
    IS(IN_IRQ(rtos_crew_init(&crew, &config)), RTOS_WRONG_CONTEXT);
    OK(rtos_crew_init(&crew, &config));
    IS(rtos_job_init(NULL, run_job, NULL, 0), RTOS_INVALID_PARAM);
    IS(rtos_job_init(&jobs[0], NULL, NULL, 0), RTOS_INVALID_PARAM);
    IS(rtos_job_init(&jobs[0], run_job, NULL, 32), RTOS_INVALID_PARAM);
    for (unsigned i = 0; i < 3; i++)
        OK(rtos_job_init(&jobs[i], run_job, (void *)(uintptr_t)&names[i], i == 2 ? 31 : 5));
    REFUSES(struct rtos_crew, rtos_job_post(o, &jobs[0]));
    REFUSES(struct rtos_job, rtos_job_post(&crew, o));
    born(0, 5);
    host_start();
    OK(rtos_job_post(&crew, &jobs[1]));
    IS(rtos_job_post(&crew, &jobs[1]), RTOS_NO_ACTION);
    OK(IN_IRQ(rtos_job_post(&crew, &jobs[0])));
    OK(rtos_job_post(&crew, &jobs[2]));
    rtos_thread_exit();
    assert_ptr_equal(rtos_kernel.current, &crew.thread);
    memset(ran, 0, sizeof(ran));
    if (!setjmp(out))
        crew.thread.entry(&crew);
    assert_string_equal(ran, "cba");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_heap_codes, setup),
        cmocka_unit_test_setup(test_heap_random, setup),
        cmocka_unit_test_setup(test_list, setup),
        cmocka_unit_test_setup(test_irqs, setup),
        cmocka_unit_test_setup(test_hooks, setup),
        cmocka_unit_test_setup(test_faults, setup),
        cmocka_unit_test_setup(test_second_fault, setup),
        cmocka_unit_test_setup(test_watch, setup),
        cmocka_unit_test_setup(test_jobs, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
