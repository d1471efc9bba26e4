/* SPDX-License-Identifier: Apache-2.0 */
/* The scheduler in single situations: idle_self, wait_irq, vCPUs that do not run, long calls, mail
 * for vCPUs that are not in their slot, the clock page. (test_sched_model.c has the long runs.) */
/* fake: core */
#include <prtos_inc/hypercalls.h>

#include "hv/console.h"
#include "hv/driver.h"
#include "hv/setup.h"
#include "sim.h"

static void prepare_two_slots(void)
{
    fake_reset();
    fake_cpu();
    fake_plan(0, 3000);
    fake_span(1000, 0, 1);
    fake_span(2000, 0, 2); /* adjacent, the same vCPU */
    fake_span(3000, 1, 3);
    fake_partition("p0", 0, 1);
    fake_partition("p1", 0, 1);
}

static void begin_two_slots(void)
{
    fake_boot();
    cpu = cpus[0];
    for (u32 i = 0; i < 2; i++) {
        fake_start(vcpu_of(i));
        listen(vcpu_of(i));
    }
    sched_init(cpu, START);
    time_set(START);
    resume();
}

static void boot_two_slots(void)
{
    prepare_two_slots();
    begin_two_slots();
}

static void idle_self_ends_at_the_next_slot(void **state)
{
    struct vcpu *vcpu;

    (void)state;
    boot_two_slots();
    vcpu = vcpu_of(0);
    time_set(START + 400);
    CALL(vcpu, idle_self_nr, 0);
    assert_int_equal(resume(), FAKE_IDLE);
    /* interrupts in between wait */
    virq_pend_ext(cpu, vcpu, 1u << 25);
    assert_int_equal(resume(), FAKE_IDLE);
    step_to(START + 1000);
    assert_ptr_equal(cpu->current, vcpu);
    assert_int_equal(vcpu->arch.vector, 0x98);
    assert_int_equal(vcpu->pend_ext, 1u << 25);
    assert_true(sched_exec_time(vcpu, now) == 400);
}

static void wait_irq_ends_with_an_interrupt_or_the_slot(void **state)
{
    struct vcpu *vcpu;

    (void)state;
    boot_two_slots();
    vcpu = vcpu_of(0);
    time_set(START + 100);
    CALL(vcpu, wait_irq_nr, 0);
    assert_int_equal(resume(), FAKE_IDLE);
    vcpu->pct->ext_irqs_to_mask = 1u << 7; /* a masked one does not wake */
    virq_pend_ext(cpu, vcpu, 1u << 7);
    assert_int_equal(resume(), FAKE_IDLE);
    time_set(START + 150);
    virq_pend_ext(cpu, vcpu, 1u << 6);
    assert_int_equal(resume(), FAKE_ENTER);
    assert_int_equal(vcpu->arch.vector, 0x96);
    /* something deliverable: it does not wait at all */
    virq_pend_ext(cpu, vcpu, 1u << 6);
    CALL(vcpu, wait_irq_nr, 0);
    assert_int_equal(vcpu->wait, VCPU_RUNS);
    resume();
    CALL(vcpu, wait_irq_nr, 0);
    assert_int_equal(resume(), FAKE_IDLE);
    step_to(START + 1000);
    assert_ptr_equal(cpu->current, vcpu);
    assert_int_equal(vcpu->arch.vector, 0x98);
}

static void halted_and_suspended_slots_idle(void **state)
{
    (void)state;
    boot_two_slots();
    vcpu_post(cpu, vcpu_of(1), VCPU_MAIL_HALT);
    vcpu_post(cpu, vcpu_of(0), VCPU_MAIL_SUSPEND);
    assert_int_equal(resume(), FAKE_IDLE);
    step_to(START + 1000);
    assert_null(cpu->current);
    assert_int_equal(vcpu_of(0)->pend_ext, SLOT_START); /* latched */
    step_to(START + 2000);
    assert_ptr_equal(cpu->slot, vcpu_of(1));
    assert_null(cpu->current);
    assert_int_equal(vcpu_of(1)->pend_ext, 0);
    vcpu_post(cpu, vcpu_of(0), VCPU_MAIL_RESUME);
    assert_int_equal(resume(), FAKE_IDLE);
    step_to(START + 3000);
    assert_ptr_equal(cpu->current, vcpu_of(0));
    /* mail of another CPU: done when it is kicked */
    atomic_or(&vcpu_of(0)->mail, VCPU_MAIL_SUSPEND);
    sched_post(vcpu_of(0));
    assert_int_equal(fake.kicks, 1);
    cpu->resched = true;
    assert_int_equal(resume(), FAKE_IDLE);
    assert_int_equal(vcpu_of(0)->state, VCPU_SUSPENDED);
}

static u32 pieces;

static void piece(struct vcpu *vcpu)
{
    assert_ptr_equal(cpu->current, vcpu);
    assert_true(now < cpu->span_end);
    assert_int_equal(vcpu->arch.injected, 0); /* none until it ends */
    if (++pieces == 500)
        vcpu_finish(vcpu, 77);
}

/* Between two pieces interrupts are let in: time goes on, the timer may ring. */
static void breathe(void)
{
    time_set(now + 5);
    if (now >= cpu->arch.deadline)
        sched_timer(cpu);
}

static void a_long_call_goes_on_in_its_slots(void **state)
{
    struct vcpu *vcpu;
    u32 others = 0;

    (void)state;
    boot_two_slots();
    vcpu = vcpu_of(0);
    vcpu->arch.injected = 0;
    pieces = 0;
    fake.on_breathe = breathe;
    vcpu_continue(vcpu, &(struct vcpu_cont){.step = piece});
    /* 500 pieces with two breaths of 5 ns are two and a half frames of its 2000 ns */
    for (;;) {
        assert_int_equal(resume(), FAKE_ENTER);
        if (fake.entered == vcpu)
            break;
        assert_true((now - START) % 3000 >= 2000);
        others++;
        assert_in_range(pieces, 198 * others, 200 * others);
        time_set(cpu->arch.deadline);
        sched_timer(cpu);
    }
    assert_int_equal(others, 2);
    assert_int_equal(pieces, 500);
    assert_int_equal(vcpu->arch.results, 1);
    assert_int_equal(vcpu->arch.result, 77);
    assert_in_range(now, START + 6000 + 1000, START + 6000 + 1100);
    assert_int_equal(vcpu->arch.injected, 1); /* the slot's start, at last */
}

/* Each dispatch publishes a base from which the guest computes both clocks. */
static void clock_page(void **state)
{
    struct prtos_clock *clock;
    u32 sequence;

    (void)state;
    boot_two_slots();
    clock = vcpu_of(0)->clock;
    assert_int_equal(clock->magic, PRTOS_CLOCK_MAGIC);
    assert_true(clock->base_ns == START && clock->exec_ns == 0);
    sequence = clock->sequence;
    assert_int_equal(sequence & 1, 0);
    step_to(START + 2010);
    step_to(START + 3005);
    assert_true(clock->base_ns == START + 3005 && clock->exec_ns == 2010);
    assert_int_equal(clock->sequence, sequence + 2);
    assert_true(clock->base_ns +
                    clock_scaled(fake_count + 123 - clock->base_count, clock->mult, clock->shift) ==
                START + 3005 + 123);
    clock->sequence = 99; /* the guest's doings do not matter */
    step_to(START + 5000);
    step_to(START + 6000);
    assert_int_equal(clock->sequence, sequence + 4);
}

#define TEXT 3000u
static char text[CONSOLE_LINE];

/* Text for the second vCPU's device; what the device took since. */
static void text_waits(void)
{
    fake.uart_ready = 0;
    for (u32 i = 0; i < TEXT / sizeof(text); i++)
        console_write(0, text, sizeof(text));
    fake.uart_ready = 1000;
    fake.uart_size = 0;
}

static void boot_with_text(void)
{
    prepare_two_slots();
    fake_device(CONF_DEV_UART, 0, 0, 0);
    fake_device(CONF_DEV_VGA, 0, 0, 0);
    fake_conf_partition(0)->console = 1;
    fake_conf_partition(1)->console = 0;
    begin_two_slots();
    console_init(fake_conf(), setup_devices());
    text_waits();
}

/* At the start of a slot its own text is drained, and nobody else's: how long that takes is its own
 * affair. */
static void a_slot_waits_for_its_own_text_only(void **state)
{
    (void)state;
    boot_with_text();
    step_to(START + 1000);
    assert_ptr_equal(cpu->current, vcpu_of(0));
    assert_int_equal(fake.uart_size, 0);
    step_to(START + 2000);
    assert_ptr_equal(cpu->current, vcpu_of(1));
    assert_int_equal(fake.uart_size, uart_driver.piece / 4);
}

/* An idle CPU begins no piece of other work that could last over the ring of its timer. */
static void idle_work_delays_no_slot(void **state)
{
    (void)state;
    boot_with_text();
    time_set(START + 100);
    CALL(vcpu_of(0), idle_self_nr, 0);
    assert_int_equal(resume(), FAKE_IDLE); /* 900 ns to the slot */
    assert_int_equal(fake.uart_size, 0);
    step_to(START + 1000);
    vcpu_of(0)->wait = VCPU_WAITS_SLOT;
    cpu->span_end = START + 1000000; /* a long idle time */
    sched_request(cpu);
    assert_int_equal(resume(), FAKE_IDLE);
    assert_int_equal(fake.uart_size, TEXT / sizeof(text) * sizeof(text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(idle_self_ends_at_the_next_slot),
        cmocka_unit_test(wait_irq_ends_with_an_interrupt_or_the_slot),
        cmocka_unit_test(halted_and_suspended_slots_idle),
        cmocka_unit_test(a_long_call_goes_on_in_its_slots),
        cmocka_unit_test(clock_page),
        cmocka_unit_test(a_slot_waits_for_its_own_text_only),
        cmocka_unit_test(idle_work_delays_no_slot),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
