/* SPDX-License-Identifier: Apache-2.0 */
/* Virtual interrupts: what is delivered when, in which order, by which vector; masks and the flag;
 * who is woken or kicked; the machine's lines; the calls about all this. */
/* fake: core */
#include <prtos_inc/hm_events.h>
#include <prtos_inc/hypercalls.h>

#include "fake.h"
#include "random.h"

#define IFLAG 0x200u
#define MEM_PROTECT (1u << PRTOS_VT_EXT_MEM_PROTECT)
#define LINES 0x00000060u /* of partition 0 */

static struct vcpu *vcpu;  /* of partition 0, on CPU 0, in its slot */
static struct vcpu *other; /* of partition 1, on CPU 1 */

static void boot(void)
{
    static const u32 targets[] = {0, 1};

    fake_reset();
    fake_cpu();
    fake_cpu();
    fake_plan(0, 1000);
    fake_span(1000, 0, 0);
    fake_plan(1, 1000);
    fake_span(1000, 1, 0);
    fake_partition("p0", 0, 1);
    fake_conf_partition(0)->hw_lines = LINES;
    fake_partition("p1", 0, 2);
    fake_ipvi(0, 3, targets, 2);
    fake_ipvi(0, 5, targets, 1);
    fake_boot();
    vcpu = vcpu_of(0);
    other = vcpu_of(1);
    vcpu_start(vcpu, 0x1000, 0, 0);
    vcpu_start(other, 0x2000, 0, 0);
    cpus[0]->slot = cpus[0]->current = vcpu;
    cpus[0]->resched = cpus[1]->resched = false;
    vcpu->work = 0;
}

/* Everything unmasked and the flag set. */
static void unmask(void)
{
    vcpu->pct->iflags = IFLAG;
    vcpu->pct->hw_irqs_mask = vcpu->pct->ext_irqs_to_mask = 0;
}

/* What happens before each return to the guest; answers the vector, or 0 if nothing came. */
static u32 deliver(void)
{
    u32 before = vcpu->arch.injected;

    vcpu->arch.vector = 0;
    virq_deliver(vcpu);
    assert_in_range(vcpu->arch.injected - before, 0, 1); /* one at a time */
    assert_int_equal(vcpu->pct->ext_irqs_pend, vcpu->pend_ext);
    assert_int_equal(vcpu->pct->hw_irqs_pend, vcpu->pend_hw);
    return vcpu->arch.vector;
}

static void start_state(void **state)
{
    (void)state;
    boot();
    assert_int_equal(vcpu->pct->iflags, 0);
    assert_int_equal(vcpu->pct->hw_irqs_mask, ~0u);
    assert_int_equal(vcpu->pct->ext_irqs_to_mask, ~0u);
    for (u32 i = 0; i < 32; i++) {
        assert_int_equal(vcpu->pct->trap_to_vector[i], i);
        assert_int_equal(vcpu->pct->hw_irq_to_vector[i], 0x20 + i);
        assert_int_equal(vcpu->pct->ext_irq_to_vector[i], 0x90 + i);
    }
    assert_int_equal(deliver(), 0);
}

static void priorities(void **state)
{
    (void)state;
    boot();
    unmask();
    virq_pend_ext(cpus[0], vcpu, MEM_PROTECT | 1u << 3 | 1u << 20);
    virq_pend_hw(vcpu, 1u << 5 | 1u << 31);
    virq_propagate(vcpu, 6, 0); /* at once, before all of them */
    assert_int_equal(vcpu->arch.trapped, 1);
    assert_int_equal(vcpu->arch.trap, 6);
    assert_int_equal(deliver(), 0x90 + 16);
    assert_int_equal(deliver(), 0x20 + 5);
    assert_int_equal(deliver(), 0x20 + 31);
    assert_int_equal(deliver(), 0x90 + 3);
    assert_int_equal(deliver(), 0x90 + 20);
    assert_int_equal(deliver(), 0);
    assert_int_equal(vcpu->n_virqs, 6);
}

/* Against a model: any pending words, masks and flag. */
static void any_words_against_the_model(void **state)
{
    (void)state;
    boot();
    for (u32 i = 0; i < 200000; i++) {
        u32 ext = (u32)random_edge();
        u32 hw = (u32)random_edge();
        u32 ext_mask = random_below(4) ? (u32)random_edge() : ~0u;
        u32 hw_mask = random_below(4) ? (u32)random_edge() : ~0u;
        bool flag = random_below(3);
        u32 ready_hw = flag ? hw & ~hw_mask : 0;
        u32 ready_ext = flag ? ext & ~ext_mask : 0;
        u32 expected = 0;

        vcpu->pend_ext = ext;
        vcpu->pend_hw = hw;
        vcpu->pct->ext_irqs_to_mask = ext_mask;
        vcpu->pct->hw_irqs_mask = hw_mask;
        vcpu->pct->iflags = flag ? IFLAG | (u32)random_u64() : (u32)random_u64() & ~IFLAG;
        if (ext & MEM_PROTECT) {
            expected = 0x90 + 16;
            ext &= ~MEM_PROTECT;
        } else if (ready_hw) {
            expected = 0x20 + (u32)__builtin_ctz(ready_hw);
            hw &= ~(1u << (expected - 0x20));
        } else if (ready_ext) {
            expected = 0x90 + (u32)__builtin_ctz(ready_ext);
            ext &= ~(1u << (expected - 0x90));
        }
        assert_int_equal(virq_deliverable(vcpu), expected != 0);
        assert_int_equal(deliver(), expected);
        assert_int_equal(vcpu->pend_ext, ext);
        assert_int_equal(vcpu->pend_hw, hw);
    }
}

/* The control table's copies are for reading: what the guest writes there moves nothing. */
static void copies_are_not_read_back(void **state)
{
    (void)state;
    boot();
    unmask();
    vcpu->pct->ext_irqs_pend = vcpu->pct->hw_irqs_pend = ~0u;
    for (u32 i = 0; i < 32; i++)
        vcpu->pct->ext_irq_to_vector[i] = vcpu->pct->hw_irq_to_vector[i] = 0x7777;
    assert_false(virq_deliverable(vcpu));
    assert_int_equal(deliver(), 0);
    virq_pend_ext(cpus[0], vcpu, 2);
    assert_int_equal(deliver(), 0x91);
}

/* Masked and with the flag clear: a trap comes all the same. */
static void traps_are_not_masked(void **state)
{
    (void)state;
    boot();
    for (u32 trap = 0; trap < 20; trap++) {
        virq_propagate(vcpu, trap, 0x100 + trap);
        assert_int_equal(vcpu->arch.trapped, trap + 1);
        assert_int_equal(vcpu->arch.trap, trap);
        assert_int_equal(vcpu->arch.error, 0x100 + trap);
    }
    assert_int_equal(vcpu->n_virqs, 20);
    vcpu->arch.deaf = true;
    virq_propagate(vcpu, 3, 0);
    fake_finish(vcpu);
    assert_int_equal(vcpu->state, VCPU_HALTED);
}

static void routing(void **state)
{
    (void)state;
    boot();
    unmask();
    assert_int_equal(CALL(vcpu, route_irq_nr, PRTOS_EXTIRQ_TYPE, 4, 0x31), PRTOS_OK);
    assert_int_equal(CALL(vcpu, route_irq_nr, PRTOS_HWIRQ_TYPE, 5, 0x32), PRTOS_OK);
    assert_int_equal(CALL(vcpu, route_irq_nr, PRTOS_TRAP_TYPE, 13, 0x33), PRTOS_OK);
    assert_int_equal(vcpu->pct->ext_irq_to_vector[4], 0x31);
    assert_int_equal(vcpu->pct->hw_irq_to_vector[5], 0x32);
    assert_int_equal(vcpu->pct->trap_to_vector[13], 0x33);
    virq_pend_ext(cpus[0], vcpu, 1u << 4);
    virq_pend_hw(vcpu, 1u << 5);
    assert_int_equal(vcpu->trap_vector[13], 0x33);
    assert_int_equal(deliver(), 0x32);
    assert_int_equal(deliver(), 0x31);
    assert_int_equal(CALL(vcpu, route_irq_nr, PRTOS_EXTIRQ_TYPE, 32, 1), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(vcpu, route_irq_nr, 3, 0, 1), PRTOS_INVALID_PARAM);
    virq_reset(vcpu);
    unmask();
    virq_pend_ext(cpus[0], vcpu, 1u << 4);
    assert_int_equal(deliver(), 0x94);
}

static void halted_vcpus_take_nothing(void **state)
{
    (void)state;
    boot();
    vcpu->state = VCPU_HALTED;
    virq_pend_ext(cpus[0], vcpu, ~0u);
    virq_pend_hw(vcpu, ~0u);
    assert_int_equal(vcpu->pend_ext | vcpu->pend_hw, 0);
    vcpu->state = VCPU_SUSPENDED; /* latched */
    virq_pend_ext(cpus[0], vcpu, 2);
    assert_int_equal(vcpu->pend_ext, 2);
}

static void a_guest_that_cannot_take_it_is_halted(void **state)
{
    (void)state;
    boot();
    unmask();
    fake_health(0, PRTOS_HM_EV_FATAL_ERROR, PRTOS_HM_AC_IGNORE, 0);
    vcpu->arch.deaf = true;
    virq_pend_ext(cpus[0], vcpu, 1);
    virq_deliver(vcpu);
    fake_finish(vcpu);
    assert_int_equal(vcpu->state, VCPU_HALTED); /* whatever the table says */
    assert_int_equal(other->state, VCPU_READY);
    assert_true(cpus[0]->resched);
    assert_int_equal(vcpu->arch.injected, 0);
}

static void a_panic_may_restart_the_partition(void **state)
{
    (void)state;
    boot();
    unmask();
    fake_health(0, PRTOS_HM_EV_FATAL_ERROR, PRTOS_HM_AC_PARTITION_WARM_RESET, 0);
    partitions[0].loaded = true;
    partitions[0].loader.phase = LOADER_DONE;
    vcpu->arch.deaf = true;
    virq_pend_ext(cpus[0], vcpu, 1);
    virq_deliver(vcpu);
    vcpu->cont.step(vcpu);
    assert_int_equal(vcpu->state, VCPU_READY);
    assert_true(vcpu->work & VCPU_WORK_CONT);
}

static void who_is_woken(void **state)
{
    (void)state;
    boot();
    virq_pend_ext(cpus[0], vcpu, 1);
    assert_false(cpus[0]->resched);
    vcpu->wait = VCPU_WAITS_SLOT;
    virq_pend_ext(cpus[0], vcpu, 2);
    assert_false(cpus[0]->resched);
    vcpu->wait = VCPU_WAITS_IRQ;
    virq_pend_ext(cpus[0], vcpu, 4);
    assert_true(cpus[0]->resched);
    /* of another CPU: an IPI if it is in its slot with it unmasked, and it is news */
    other->pct->ext_irqs_to_mask = ~3u;
    virq_pend_ext(cpus[0], other, 1);
    assert_int_equal(fake.kicks, 0);
    cpus[1]->slot = other;
    virq_pend_ext(cpus[0], other, 1);
    assert_int_equal(fake.kicks, 0);
    virq_pend_ext(cpus[0], other, 2);
    assert_int_equal(cpus[1]->arch.kicks, 1);
    assert_int_equal(other->pend_ext, 3);
    assert_false(cpus[1]->resched);
}

static void own_pending_words(void **state)
{
    (void)state;
    boot();
    cpus[0]->arch.lines_cleared ^= LINES; /* a reset forgets what was before */
    /* line 7 is not the partition's */
    assert_int_equal(CALL(vcpu, set_irqpend_nr, 1u << 5 | 1u << 7, 0x11), PRTOS_OK);
    assert_int_equal(vcpu->pend_hw, 1u << 5);
    assert_int_equal(vcpu->pend_ext, 0x11);
    assert_int_equal(vcpu->pct->hw_irqs_pend, 1u << 5);
    assert_int_equal(vcpu->pct->ext_irqs_pend, 0x11);
    vcpu->pend_hw |= 1u << 6;
    assert_int_equal(CALL(vcpu, clear_irqpend_nr, 1u << 5 | 1u << 7, 0x01), PRTOS_OK);
    assert_int_equal(vcpu->pend_hw, 1u << 6);
    assert_int_equal(vcpu->pend_ext, 0x10);
    assert_int_equal(cpus[0]->arch.lines_cleared, 1u << 5);
    assert_int_equal(vcpu->pct->ext_irqs_pend, 0x10);
}

static void masks_are_bitwise(void **state)
{
    (void)state;
    boot();
    vcpu->pct->hw_irqs_mask = 0xf0f0;
    vcpu->pct->ext_irqs_to_mask = 0x0ff0;
    CALL(vcpu, clear_irqmask_nr, 0x00f0, 0x0f00);
    assert_int_equal(vcpu->pct->hw_irqs_mask, 0xf000);
    assert_int_equal(vcpu->pct->ext_irqs_to_mask, 0x00f0);
    CALL(vcpu, set_irqmask_nr, 0x1, 0x2);
    assert_int_equal(vcpu->pct->hw_irqs_mask, 0xf001);
    assert_int_equal(vcpu->pct->ext_irqs_to_mask, 0x00f2);
}

/* A line is open while its owner is in its slot with it unmasked and has not got it pending. */
static void lines_of_the_machine(void **state)
{
    (void)state;
    boot();
    CALL(vcpu, clear_irqmask_nr, 1u << 5, 0);
    assert_int_equal(cpus[0]->arch.lines_open, 1u << 5);
    CALL(vcpu, clear_irqmask_nr, ~0u, 0);
    assert_int_equal(cpus[0]->arch.lines_open, LINES); /* no others */
    virq_line_fired(cpus[0], 5);
    assert_int_equal(vcpu->pend_hw, 1u << 5);
    assert_int_equal(cpus[0]->arch.lines_open, 1u << 6);
    assert_int_equal(cpus[0]->arch.lines_kept, 0); /* it has one already */
    virq_lines_sync(vcpu, true);                   /* still pending: stays closed */
    assert_int_equal(cpus[0]->arch.lines_open, 1u << 6);
    CALL(vcpu, clear_irqpend_nr, 1u << 5, 0);
    assert_int_equal(cpus[0]->arch.lines_open, LINES);
    CALL(vcpu, set_irqmask_nr, 1u << 6, 0);
    assert_int_equal(cpus[0]->arch.lines_open, 1u << 5);
    assert_int_equal(cpus[0]->arch.lines_kept, 1u << 6); /* for when the guest wants it */
    virq_lines_sync(vcpu, false);
    assert_int_equal(cpus[0]->arch.lines_open, 0);
    assert_int_equal(cpus[0]->arch.lines_kept, LINES); /* for the next slot */
    /* a line of nobody, and one that fires on a CPU that is not its owner's */
    virq_line_fired(cpus[0], 9);
    virq_line_fired(cpus[1], 6);
    assert_int_equal(vcpu->pend_hw, 0);
}

/* An edge may come again as soon as it is delivered, a level line when the guest has seen to it; of
 * the two lines 5 is an edge, 6 a level. */
static void edges_and_levels(void **state)
{
    (void)state;
    boot();
    unmask();
    virq_lines_sync(vcpu, true);
    virq_line_fired(cpus[0], 5);
    virq_line_fired(cpus[0], 6);
    assert_int_equal(cpus[0]->arch.lines_open, 0);
    assert_int_equal(deliver(), 0x25);
    assert_int_equal(cpus[0]->arch.lines_open, 1u << 5);
    assert_int_equal(deliver(), 0x26);
    assert_int_equal(cpus[0]->arch.lines_open, 1u << 5);
    CALL(vcpu, clear_irqmask_nr, 1u << 5, 0); /* another line */
    assert_int_equal(cpus[0]->arch.lines_open, 1u << 5);
    CALL(vcpu, clear_irqmask_nr, 1u << 6, 0);
    assert_int_equal(cpus[0]->arch.lines_open, LINES);
    virq_line_fired(cpus[0], 6);
    deliver();
    CALL(vcpu, clear_irqpend_nr, 1u << 6, 0);
    assert_int_equal(cpus[0]->arch.lines_open, LINES);
}

static void ipvis(void **state)
{
    struct vcpu *second = vcpu_of(2);

    (void)state;
    boot();
    second = vcpu_of(2); /* of partition 1, halted */
    assert_int_equal(CALL(vcpu, raise_ipvi_nr, 23), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(vcpu, raise_ipvi_nr, 32), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(vcpu, raise_ipvi_nr, 26), PRTOS_NO_ACTION);  /* not configured */
    assert_int_equal(CALL(other, raise_ipvi_nr, 27), PRTOS_NO_ACTION); /* not its source */
    assert_int_equal(vcpu->pend_ext | other->pend_ext, 0);
    assert_int_equal(CALL(vcpu, raise_ipvi_nr, 27), PRTOS_OK);
    assert_int_equal(vcpu->pend_ext, 1u << 27);
    assert_int_equal(other->pend_ext, 1u << 27);
    assert_int_equal(second->pend_ext, 0);
    vcpu->pend_ext = other->pend_ext = 0;
    assert_int_equal(CALL(vcpu, raise_partition_ipvi_nr, 1, 22), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(vcpu, raise_partition_ipvi_nr, 2, 27), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(vcpu, raise_partition_ipvi_nr, 1, 26), PRTOS_INVALID_CONFIG);
    assert_int_equal(CALL(vcpu, raise_partition_ipvi_nr, 1, 29), PRTOS_INVALID_CONFIG);
    assert_int_equal(CALL(vcpu, raise_partition_ipvi_nr, 0, 29), PRTOS_OK);
    assert_int_equal(vcpu->pend_ext, 1u << 29);
    assert_int_equal(CALL(vcpu, raise_partition_ipvi_nr, 0, 29), PRTOS_NO_ACTION);
    assert_int_equal(CALL(vcpu, raise_partition_ipvi_nr, 1, 27), PRTOS_OK);
    assert_int_equal(other->pend_ext, 1u << 27);
    assert_int_equal(vcpu->pend_ext, 1u << 29);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(start_state),
        cmocka_unit_test(priorities),
        cmocka_unit_test(any_words_against_the_model),
        cmocka_unit_test(copies_are_not_read_back),
        cmocka_unit_test(traps_are_not_masked),
        cmocka_unit_test(routing),
        cmocka_unit_test(halted_vcpus_take_nothing),
        cmocka_unit_test(a_guest_that_cannot_take_it_is_halted),
        cmocka_unit_test(a_panic_may_restart_the_partition),
        cmocka_unit_test(who_is_woken),
        cmocka_unit_test(own_pending_words),
        cmocka_unit_test(masks_are_bitwise),
        cmocka_unit_test(lines_of_the_machine),
        cmocka_unit_test(edges_and_levels),
        cmocka_unit_test(ipvis),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
