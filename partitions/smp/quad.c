/* SPDX-License-Identifier: Apache-2.0 */
/* A partition of four vCPUs. vCPU 0 starts the others, shares work out, and then rules them:
 * suspends, resumes, halts, restarts. It alone prints, so that the order of lines is certain
 * whatever runs at the same time. */
#include <prtos.h>
#include <bail.h>
#include <config.h>
#include <stdio.h>
#include "quad.h"

#define NUMBERS 20000 /* looked through for primes */
#define SHARE (NUMBERS / VCPUS)
#define PAUSE 5 /* slots of vCPU 0 in which the others do something, or not */

extern struct prtos_image_hdr prtos_image_hdr;
extern char _stack[];

struct worker workers[VCPUS];

static prtos_u32_t is_prime(prtos_u32_t n)
{
    prtos_u32_t i;

    for (i = 2; i * i <= n; i++)
        if (n % i == 0)
            return 0;
    return n > 1;
}

static void work(prtos_u32_t self)
{
    struct worker *worker = &workers[self];
    prtos_u32_t n;

    worker->primes = 0;
    for (n = self * SHARE; n < (self + 1) * SHARE; n++)
        worker->primes += is_prime(n);
    worker->finished = 1;
}

/* Whether number, control table and stack are this vCPU's own. */
static prtos_u32_t oddities(prtos_u32_t self)
{
    prtos_u32_t here;
    prtos_u32_t odd = 0;

    odd += self >= VCPUS || self != (prtos_u32_t)prtos_get_vcpuid();
    odd += PCT_GET_VCPU_ID(prtos_get_pct()) != self;
    odd += PTR2ADDR(&here) < PTR2ADDR(_stack) + self * STACK_SIZE;
    odd += PTR2ADDR(&here) >= PTR2ADDR(_stack) + (self + 1) * STACK_SIZE;
    return odd;
}

static void worker_main(prtos_u32_t self)
{
    workers[self].finished = 0;
    work(self);
    for (;;) {
        workers[self].odd += oddities(self);
        workers[self].turns++;
        relay_run(self);
        prtos_idle_self();
    }
}

static void pass_slots(prtos_u32_t n)
{
    while (n--) {
        relay_run(0);
        prtos_idle_self();
    }
}

static void report(const char *what, prtos_u32_t vcpu, prtos_s32_t code)
{
    static const char *const states[] = {"idle", "ready", "suspended", "halted"};
    prtos_virtual_cpu_status_t status;
    prtos_u32_t turns;

    pass_slots(2); /* it is told now; another processor does it in its own time */
    turns = workers[vcpu].turns;
    pass_slots(PAUSE);
    prtos_get_vcpu_status(vcpu, &status);
    printf("[P0] %s vCPU %d: answer %d, then %s and %s\n", what, vcpu, code, states[status.state],
           workers[vcpu].turns == turns ? "still" : "running");
}

static void share_work(void)
{
    prtos_u32_t i, primes = 0;

    setup_vcpus();
    work(0);
    for (i = 1; i < VCPUS; i++)
        while (!workers[i].finished)
            prtos_idle_self();
    for (i = 0; i < VCPUS; i++) {
        printf("[P0] vCPU %d found %d primes from %d on\n", i, workers[i].primes, i * SHARE);
        primes += workers[i].primes;
    }
    printf("[P0] together %d below %d\n", primes, NUMBERS);
}

static void rule_vcpus(void)
{
    report("resume", 1, prtos_resume_vcpu(1));
    report("suspend", 1, prtos_suspend_vcpu(1));
    report("suspend", 1, prtos_suspend_vcpu(1));
    report("resume", 1, prtos_resume_vcpu(1));
    report("halt", 2, prtos_halt_vcpu(2));
    report("resume", 2, prtos_resume_vcpu(2));
    report("reset", 2, prtos_reset_vcpu(2, prtos_image_hdr.page_table, PTR2ADDR(start), 7));
    printf("[P0] vCPU 2 found %d primes in its life number %d, status %d\n", workers[2].primes,
           lib_prtos_params.part_ctrl_table[2]->reset_counter,
           lib_prtos_params.part_ctrl_table[2]->reset_status);
    printf("[P0] halt vCPU %d: answer %d\n", VCPUS, prtos_halt_vcpu(VCPUS));
}

void partition_main(void)
{
    prtos_u32_t self = PRTOS_VCPU_SELF;
    prtos_u32_t laps;

    if (self)
        worker_main(self);
    printf("[P0] %d vCPUs\n", prtos_get_number_vcpus());
    share_work();
    rule_vcpus();
    do {
        laps = relay_laps;
        pass_slots(VCPUS * 2);
    } while (relay_laps != laps);
    printf("[P0] the baton went round %d times, the clock ran backwards %d times\n", relay_laps,
           relay_backwards);
    printf("[P0] vCPUs that were not themselves: %d\n",
           oddities(0) + workers[1].odd + workers[2].odd + workers[3].odd);
    prtos_halt_system();
}
