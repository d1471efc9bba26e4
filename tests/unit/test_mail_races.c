/* SPDX-License-Identifier: Apache-2.0 */
/* Requests, interrupts and changes of plan between CPUs, each CPU a thread, under the thread
 * sanitizer: nothing is lost while the owner changes slots, and all CPUs end in one plan. */
/* fake: thread */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objects/status.h>

#include <pthread.h>
#include <sched.h>

#include "fake.h"
#include "hv/plans.h"

#define ROUNDS 1000u
#define SPAN 1000u
#define POSTERS 2u
#define SPINS 50000000u
#define IPVI 0x01000000u

enum { A, B, C, D, VCPUS }; /* A and B take turns on CPU 0, C and D run on CPUs 1 and 2 */

static u32 round_number; /* atomic: the posters may go */
static u32 posted;       /* atomic: posters that are done with it */

static void boot(void)
{
    fake_reset();
    for (u32 i = 0; i <= POSTERS; i++)
        fake_cpu();
    fake_plan(0, 2 * SPAN);
    fake_span(SPAN, A, 0);
    fake_span(2 * SPAN, B, 1);
    fake_plan(0, 3 * SPAN);
    fake_span(3 * SPAN, A, 0);
    for (u32 i = 1; i <= POSTERS; i++) {
        fake_plan(i, 2 * SPAN);
        fake_span(2 * SPAN, C + i - 1, 0);
        fake_plan(i, 3 * SPAN);
        fake_span(3 * SPAN, C + i - 1, 0);
    }
    for (u32 i = 0; i < VCPUS; i++)
        fake_partition("p", CONF_PARTITION_SYSTEM, 1);
    fake_boot();
    fake_conf()->flags = CONF_SYSTEM_PLAN0_REENTER;
    for (u32 i = 0; i < VCPUS; i++)
        fake_start(vcpu_of(i));
    plans_init(SPAN);
    round_number = posted = 0;
}

/* The owner: goes to its next slot while others post, and from then on does something only when it
 * is kicked. */
static void owner_round(struct cpu *cpu, u32 round)
{
    u32 kicks = load_acquire(&cpu->arch.kicks);
    u32 spins = 0;

    fake_time((round + 1) * SPAN);
    sched_timer(cpu);
    fake_resume(cpu);
    for (;;) {
        u32 done = load_acquire(&posted);
        u32 now = load_acquire(&cpu->arch.kicks);

        if (now != kicks) {
            kicks = now;
            cpu->resched = true;
            fake_resume(cpu);
        } else if (done == POSTERS * round) {
            return;
        }
        assert_true(spins++ < SPINS);
        if (spins % 64 == 0)
            sched_yield();
    }
}

/* Whose slot begins in that round. */
static struct vcpu *target_of(u32 round)
{
    return vcpu_of(round % 2 ? B : A);
}

/* Whether the target is to be suspended. */
static bool wanted(u32 round)
{
    return round / 2 % 2;
}

/* In turns of three one, the other, or both do something: each must wake the owner alone. */
static bool acts(u32 poster, u32 round)
{
    return round % 3 == 0 || round % 3 == poster;
}

/* CPU 1 suspends or resumes, CPU 2 raises an interrupt. */
static void *poster(void *arg)
{
    struct cpu *self = arg;

    for (u32 round = 1; round <= ROUNDS; round++) {
        struct vcpu *target = target_of(round);

        while (load_acquire(&round_number) < round)
            sched_yield();
        if (!acts(self->id, round))
            ;
        else if (self->id == 1)
            vcpu_post(self, target, wanted(round) ? VCPU_MAIL_SUSPEND : VCPU_MAIL_RESUME);
        else
            virq_pend_ext(self, target, IPVI);
        __atomic_fetch_add(&posted, 1, __ATOMIC_SEQ_CST);
    }
    return NULL;
}

static void nothing_posted_is_lost(void **state)
{
    pthread_t thread[POSTERS];
    struct cpu *cpu;

    (void)state;
    boot();
    cpu = cpus[0];
    vcpu_of(A)->pct->ext_irqs_to_mask = vcpu_of(B)->pct->ext_irqs_to_mask = ~IPVI;
    for (u32 i = 0; i < POSTERS; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, poster, cpus[i + 1]), 0);
    for (u32 round = 1; round <= ROUNDS; round++) {
        struct vcpu *target = target_of(round);

        store_release(&round_number, round);
        owner_round(cpu, round);
        assert_ptr_equal(cpu->slot, target);
        assert_int_equal(target->mail, 0);
        if (acts(1, round))
            assert_int_equal(target->state, wanted(round) ? VCPU_SUSPENDED : VCPU_READY);
        assert_int_equal(target->pend_ext & IPVI, acts(2, round) ? IPVI : 0);
        assert_int_equal(target->pct->ext_irqs_pend & IPVI, acts(2, round) ? IPVI : 0);
        atomic_and(&target->pend_ext, ~IPVI);
        atomic_and(&target->pct->ext_irqs_pend, ~IPVI);
    }
    for (u32 i = 0; i < POSTERS; i++)
        pthread_join(thread[i], NULL);
}

/* Each CPU looks on its own while all of them ask for plans. */
static void *planner(void *arg)
{
    struct cpu *self = arg;
    hv_time time = SPAN;

    for (u32 i = 1; i <= ROUNDS; i++) {
        time += 700;
        fake_time(time);
        if (i % 5 == self->id)
            plans_switch(i / 5 % 2);
        if (i % 501 == self->id)
            plans_maintenance(self);
        if (load_acquire(&self->plan_news))
            plans_follow(self, time);
        assert_in_range(plans_next(), 0, 1);
    }
    return NULL;
}

static void all_cpus_end_in_one_plan(void **state)
{
    pthread_t thread[POSTERS];

    (void)state;
    boot();
    for (u32 i = 0; i < POSTERS; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, planner, cpus[i + 1]), 0);
    planner(cpus[0]);
    for (u32 i = 0; i < POSTERS; i++)
        pthread_join(thread[i], NULL);
    for (u32 i = 0; i <= POSTERS; i++) {
        fake_time(ROUNDS * 1000ull);
        plans_follow(cpus[i], ROUNDS * 1000ull);
        assert_int_equal(cpus[i]->plan_id, plans_next());
        assert_true(cpus[i]->plan_since == cpus[0]->plan_since);
        assert_int_equal(cpus[i]->plan_news, 0);
    }
}

#define RESTARTS 20000u

/* Who looks at a vCPU that only restarts never finds it halted. */
static void *watcher(void *arg)
{
    const struct vcpu *vcpu = vcpu_of(A);
    u32 *halted = arg;

    while (!load_acquire(&posted))
        *halted += __atomic_load_n(&vcpu->state, __ATOMIC_SEQ_CST) == VCPU_HALTED;
    return NULL;
}

static void a_restart_is_no_halt(void **state)
{
    static u32 halted[POSTERS];
    pthread_t thread[POSTERS];
    struct vcpu *vcpu;

    (void)state;
    boot();
    vcpu = vcpu_of(A);
    for (u32 i = 0; i < POSTERS; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, watcher, &halted[i]), 0);
    for (u32 i = 0; i < RESTARTS; i++) {
        vcpu_post(cpus[0], vcpu, VCPU_MAIL_RESET);
        fake_finish(vcpu);
    }
    store_release(&posted, 1);
    for (u32 i = 0; i < POSTERS; i++) {
        pthread_join(thread[i], NULL);
        assert_int_equal(halted[i], 0);
    }
    assert_int_equal(vcpu->reset_counter, RESTARTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_posted_is_lost),
        cmocka_unit_test(a_restart_is_no_halt),
        cmocka_unit_test(all_cpus_end_in_one_plan),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
