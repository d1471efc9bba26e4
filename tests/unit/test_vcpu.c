/* SPDX-License-Identifier: Apache-2.0 */
/* vCPUs as state machines: each state with each request, mail between CPUs and its precedence,
 * what a halt takes away, restarts. */
/* fake: core */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objects/status.h>

#include "ruled.h"
#include "hv/vtimer.h"

static const struct {
    enum vcpu_state state;
    u32 request;
    s32 code;
    enum vcpu_state next;
} cells[] = {
    {VCPU_HALTED, VCPU_MAIL_RESUME, PRTOS_NO_ACTION, VCPU_HALTED},
    {VCPU_HALTED, VCPU_MAIL_SUSPEND, PRTOS_NO_ACTION, VCPU_HALTED},
    {VCPU_HALTED, VCPU_MAIL_RESET, PRTOS_OK, VCPU_READY},
    {VCPU_HALTED, VCPU_MAIL_RESTART, PRTOS_OK, VCPU_READY},
    {VCPU_HALTED, VCPU_MAIL_HALT, PRTOS_NO_ACTION, VCPU_HALTED},
    {VCPU_READY, VCPU_MAIL_RESUME, PRTOS_NO_ACTION, VCPU_READY},
    {VCPU_READY, VCPU_MAIL_SUSPEND, PRTOS_OK, VCPU_SUSPENDED},
    {VCPU_READY, VCPU_MAIL_RESET, PRTOS_OK, VCPU_READY},
    {VCPU_READY, VCPU_MAIL_RESTART, PRTOS_OK, VCPU_READY},
    {VCPU_READY, VCPU_MAIL_HALT, PRTOS_OK, VCPU_HALTED},
    {VCPU_SUSPENDED, VCPU_MAIL_RESUME, PRTOS_OK, VCPU_READY},
    {VCPU_SUSPENDED, VCPU_MAIL_SUSPEND, PRTOS_NO_ACTION, VCPU_SUSPENDED},
    {VCPU_SUSPENDED, VCPU_MAIL_RESET, PRTOS_OK, VCPU_READY},
    {VCPU_SUSPENDED, VCPU_MAIL_RESTART, PRTOS_OK, VCPU_READY},
    {VCPU_SUSPENDED, VCPU_MAIL_HALT, PRTOS_OK, VCPU_HALTED},
};

#define STARTS (VCPU_MAIL_RESET | VCPU_MAIL_RESTART)
#define ENTRY 0x4321u
#define ALL_MAIL 0x1fu

static void each_state_with_each_request(void **state)
{
    u32 seen[VCPU_STATES] = {0};
    static const u32 flag[VCPU_STATES] = {PRTOS_PART_HALTED, PRTOS_PART_READY,
                                          PRTOS_PART_SUSPENDED};

    (void)state;
    for (u32 i = 0; i < ARRAY_SIZE(cells); i++) {
        struct vcpu *vcpu;
        u32 starts;

        boot();
        vcpu = v(C0);
        assert_int_equal(seen[cells[i].state] & cells[i].request, 0);
        seen[cells[i].state] |= cells[i].request;
        state_set(vcpu, cells[i].state);
        starts = vcpu->arch.starts;
        vcpu->reset_entry = ENTRY;
        vcpu->partition->reset_mode = PRTOS_WARM_RESET;
        vcpu->cpu->resched = false;
        assert_int_equal(vcpu_request_code(vcpu->state, cells[i].request), cells[i].code);
        vcpu_post(vcpu->cpu, vcpu, cells[i].request);
        assert_int_equal(vcpu->state, cells[i].next);
        /* what changed is looked at before the next return to a guest */
        assert_int_equal(vcpu->cpu->resched, cells[i].code == PRTOS_OK);
        finish(vcpu);
        assert_int_equal(vcpu->pct->flags & 0x1c, flag[cells[i].next]);
        assert_int_equal(vcpu->arch.starts - starts, (cells[i].request & STARTS) != 0);
        assert_int_equal(vcpu->arch.entry == ENTRY, cells[i].request == VCPU_MAIL_RESET);
        /* from the other CPU: the same, but later */
        boot();
        vcpu = v(C0);
        state_set(vcpu, cells[i].state);
        vcpu->partition->reset_mode = PRTOS_WARM_RESET;
        vcpu_post(cpus[0], vcpu, cells[i].request);
        assert_int_equal(vcpu->state, cells[i].state);
        assert_int_equal(vcpu->mail, cells[i].request);
        vcpu_take_mail(vcpu);
        assert_int_equal(vcpu->state, cells[i].next);
        assert_int_equal(vcpu->mail, 0);
    }
    for (u32 i = 0; i < VCPU_STATES; i++) /* no cell was left out */
        assert_int_equal(seen[i], ALL_MAIL);
}

/* halt > restart > reset > suspend > resume, over all sets of mail. */
static void strongest_mail_wins(void **state)
{
    (void)state;
    for (u32 mail = 1; mail <= ALL_MAIL; mail++)
        for (u32 first = VCPU_READY; first <= VCPU_SUSPENDED; first++) {
            enum vcpu_state next = (enum vcpu_state)first;
            struct vcpu *vcpu;
            u32 starts;

            boot();
            vcpu = v(C0);
            vcpu->partition->reset_mode = PRTOS_WARM_RESET;
            vcpu->reset_entry = ENTRY;
            state_set(vcpu, (enum vcpu_state)first);
            starts = vcpu->arch.starts;
            for (u32 bit = 1; bit <= ALL_MAIL; bit <<= 1)
                if (mail & bit)
                    vcpu_post(cpus[0], vcpu, bit);
            assert_int_equal(vcpu->mail, mail);
            vcpu_take_mail(vcpu);
            if (mail & VCPU_MAIL_HALT)
                next = VCPU_HALTED;
            else if (mail & STARTS)
                next = VCPU_READY;
            else if (mail & VCPU_MAIL_SUSPEND)
                next = VCPU_SUSPENDED;
            else if (mail & VCPU_MAIL_RESUME)
                next = VCPU_READY;
            assert_int_equal(vcpu->state, next);
            finish(vcpu);
            assert_int_equal(vcpu->arch.starts - starts,
                             (mail & STARTS) && !(mail & VCPU_MAIL_HALT));
            assert_int_equal(vcpu->arch.entry == ENTRY,
                             (mail & (STARTS | VCPU_MAIL_HALT)) == VCPU_MAIL_RESET);
            assert_int_equal(vcpu->mail, 0);
        }
}

/* ... or an idle CPU: an IPI must not cost the slot of somebody else. */
static void only_a_running_target_is_kicked(void **state)
{
    (void)state;
    boot();
    vcpu_post(cpus[0], v(B1), VCPU_MAIL_RESUME);
    assert_int_equal(fake.kicks, 1);
    vcpu_post(cpus[0], v(B1), VCPU_MAIL_RESUME); /* once is enough */
    assert_int_equal(fake.kicks, 1);
    fake.kicks = cpus[1]->arch.kicks = 0;
    cpus[1]->slot = v(C0);
    vcpu_post(cpus[0], v(B1), VCPU_MAIL_SUSPEND);
    assert_int_equal(fake.kicks, 0);
    vcpu_post(cpus[0], v(C0), VCPU_MAIL_SUSPEND);
    assert_int_equal(cpus[1]->arch.kicks, 1);
    vcpu_post(cpus[0], v(A0), VCPU_MAIL_SUSPEND);
    assert_int_equal(fake.kicks, 1);
}

static u32 cancelled;

static void cancel(struct vcpu *vcpu)
{
    cancelled++;
    assert_ptr_equal(vcpu->cont.object, &cancelled);
}

static void step(struct vcpu *vcpu)
{
    (void)vcpu;
}

static void a_halt_leaves_nothing_behind(void **state)
{
    struct vcpu *vcpu;

    (void)state;
    boot();
    vcpu = v(B0);
    cancelled = 0;
    vcpu->pend_ext = vcpu->pend_hw = ~0u;
    vcpu->wait = VCPU_WAITS_SLOT;
    vtimer_set(vcpu, &vcpu->hw_timer, 5, 6);
    vtimer_set(vcpu, &vcpu->exec_timer, 5, 6);
    vcpu_continue(vcpu, &(struct vcpu_cont){.step = step, .cancel = cancel, .object = &cancelled});
    cpus[0]->current = vcpu;
    vcpu_post(cpus[0], vcpu, VCPU_MAIL_HALT);
    assert_null(cpus[0]->current);
    assert_int_equal(cancelled, 1);
    assert_int_equal(vcpu->pend_ext | vcpu->pend_hw, 0);
    assert_int_equal(vcpu->wait, VCPU_RUNS);
    assert_int_equal(vcpu->work & VCPU_WORK_CONT, 0);
    assert_null(vcpu->cont.step);
    assert_int_equal(vcpu->opmode, PRTOS_OPMODE_IDLE);
    assert_int_equal(vcpu->timers, 0);
    assert_int_equal(vcpu->pct->flags & PRTOS_PART_HALTED, PRTOS_PART_HALTED);
    /* what it had armed does not come back */
    vcpu_post(cpus[0], vcpu, VCPU_MAIL_RESET);
    finish(vcpu);
    assert_true(vcpu->hw_timer.expiry == HV_NEVER && vcpu->exec_timer.expiry == HV_NEVER);
    assert_int_equal(vcpu->pend_ext | vcpu->pend_hw, 0);
    assert_int_equal(vcpu->pct->ext_irqs_pend | vcpu->pct->hw_irqs_pend, 0);
}

/* Whatever the guest made of its control table, a start finds it as at boot. */
static void a_start_has_a_fresh_control_table(void **state)
{
    partition_control_table_t *pct;
    u32 size;
    static u8 before[4096];

    (void)state;
    boot();
    pct = v(C0)->pct;
    size = (u32)(sizeof(*pct) + sizeof(struct prtos_physical_mem_map)); /* and no ports */
    memcpy(before, pct, size);
    memset(pct, 0xff, size);
    memset(v(C0)->clock, 0xff, sizeof(*v(C0)->clock));
    assert_int_equal(CALL(v(C0), reset_partition_nr, 2, PRTOS_WARM_RESET, 7), PRTOS_OK);
    finish(v(C0));
    assert_int_equal(pct->reset_counter, 1);
    pct->reset_counter = 0;
    assert_memory_equal(pct, before, size - 4); /* but for the padding of the map */
    assert_int_equal(pct->magic, KTHREAD_MAGIC);
    assert_int_equal(pct->prtos_abi_version, ARCH_ABI_VERSION);
    assert_int_equal(pct->prtos_api_version, ARCH_API_VERSION);
    assert_int_equal(pct->id, 2);
    assert_int_equal(pct->num_of_vcpus, 1);
    assert_int_equal(pct->cpu_khz, 1000000);
    assert_int_equal(pct->flags, PRTOS_PART_READY);
    assert_string_equal((char *)pct->name, "C");
    assert_int_equal(pct->num_of_physical_mem_areas, 1);
    assert_int_equal(v(C0)->clock->magic, PRTOS_CLOCK_MAGIC);
    assert_int_equal(v(C0)->clock->mult, clock_scale.mult);
}

static void warm_reset(void **state)
{
    (void)state;
    boot();
    partitions[1].ports[0].open = 1;
    cpus[0]->current = v(B0);
    assert_int_equal(CALL(v(B0), reset_partition_nr, 1, PRTOS_WARM_RESET, 0x1234), PRTOS_OK);
    assert_null(cpus[0]->current); /* its registers are written anew: not in the hardware */
    assert_int_equal(v(B1)->mail, VCPU_MAIL_HALT);
    assert_int_equal(v(B0)->state, VCPU_READY);
    assert_int_equal(v(B0)->opmode, PRTOS_OPMODE_WARM_RESET);
    fake_phys[0x1000] = 'X'; /* memory stays */
    vcpu_take_mail(v(B1));
    assert_int_equal(v(B1)->state, VCPU_HALTED);
    finish(v(B0));
    assert_int_equal(partitions[1].ports[0].open, 0);
    assert_true(v(B0)->arch.entry == AREA + 0x1004);
    assert_int_equal(v(B0)->pct->reset_counter, 1);
    assert_int_equal(v(B0)->pct->reset_status, 0x1234);
    assert_int_equal(fake_phys[0x1000], 'X');
    assert_int_equal(CALL(v(B0), reset_partition_nr, 1, PRTOS_WARM_RESET, 5), PRTOS_OK);
    finish(v(B0));
    assert_int_equal(v(B0)->pct->reset_counter, 2);
    assert_int_equal(v(B0)->pct->reset_status, 5);
    assert_int_equal(v(B0)->arch.results, 0); /* a call that resets does not return */
}

static void cold_reset_reloads_in_its_own_slots(void **state)
{
    (void)state;
    boot();
    v(B0)->reset_counter = 3;
    fake_phys[0x1000] = 'X'; /* what the guest wrote into its image */
    fake_phys[0x1010] = 'Y'; /* what it wrote behind */
    assert_int_equal(CALL(v(B0), reset_partition_nr, 1, PRTOS_COLD_RESET, 9), PRTOS_OK);
    assert_int_equal(v(B0)->reset_counter, 0);
    assert_true(v(B0)->work & VCPU_WORK_CONT);
    /* not a byte while another vCPU of it may still run */
    for (u32 i = 0; i < 100; i++)
        v(B0)->cont.step(v(B0));
    assert_int_equal(fake_phys[0x1000], 'X');
    vcpu_take_mail(v(B1));
    assert_in_range(finish(v(B0)), 3, 50);
    assert_memory_equal(fake_phys + 0x1000, "an image", 8);
    assert_int_equal(fake_phys[0x1010], 'Y');
    assert_int_equal(v(B0)->state, VCPU_READY);
    assert_int_equal(v(B0)->pct->reset_counter, 0);
    assert_int_equal(v(B0)->pct->reset_status, 9);
}

/* In a process of the guest nothing arrives before that is left for its kernel. */
static void deliveries_leave_a_process(void **state)
{
    struct vcpu *vcpu;

    (void)state;
    boot();
    vcpu = v(C0);
    vcpu->pct->iflags = 0x200;
    vcpu->pct->ext_irqs_to_mask = 0;
    vcpu->arch.deaf = vcpu->arch.process = true;
    virq_pend_ext(vcpu->cpu, vcpu, 1);
    virq_deliver(vcpu);
    assert_false(vcpu->arch.process);
    assert_int_equal(vcpu->arch.injected, 1);
    assert_null(vcpu->cont.step);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_state_with_each_request),
        cmocka_unit_test(strongest_mail_wins),
        cmocka_unit_test(only_a_running_target_is_kicked),
        cmocka_unit_test(a_halt_leaves_nothing_behind),
        cmocka_unit_test(a_start_has_a_fresh_control_table),
        cmocka_unit_test(warm_reset),
        cmocka_unit_test(cold_reset_reloads_in_its_own_slots),
        cmocka_unit_test(deliveries_leave_a_process),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
