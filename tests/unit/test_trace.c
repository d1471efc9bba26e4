/* SPDX-License-Identifier: Apache-2.0 */
/* Trace streams: blocks that several users share, numbers over all streams, filters, the report of
 * an error, calls cut short at every breath; and what the hypervisor tells of itself. */
/* fake: core */
#include <prtos_inc/hm_events.h>
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objects/hm.h>

#include "fake.h"
#include "hv/health.h"
#include "hv/trace.h"

#define BLOCK (PHYS_BASE + 0x80000)
#define SIZE ((u32)sizeof(log_entry))
#define PLACES 6u /* entries in each third of the block */
#define EVENTS (GUEST_BASE + 0x1000)
#define FILTER (GUEST_BASE + 0x800)
#define INTO (GUEST_BASE + 0x4000)
#define STREAM(id) OBJDESC_BUILD(OBJ_CLASS_TRACE, id, 0)

static struct vcpu *first, *second;
static log_entry got;

/* Health log, hypervisor's stream and both partitions': the log has a block of its own, the others
 * share one; 63 bytes are left over. */
static void boot(u32 action)
{
    u32 block;

    fake_reset();
    fake_cpu();
    fake_plan(0, 2000);
    fake_span(1000, 0, 0);
    fake_span(2000, 1, 1);
    fake_partition("p0", CONF_PARTITION_SYSTEM, 1);
    fake_area(PHYS_BASE, 0x1000, PHYS_BASE, 0);
    fake_health(0, PRTOS_HM_EV_PARTITION_ERROR, action, 1);
    fake_partition("p1", 0, 1);
    fake_area(PHYS_BASE + 0x1000, 0x1000, PHYS_BASE + 0x1000, 0);
    fake_health(1, PRTOS_HM_EV_PARTITION_ERROR, action, 1);
    fake_conf()->health_log = fake_device(CONF_DEV_MEMORY, 0, PHYS_BASE + 0x90000, 0x1000);
    block = fake_device(CONF_DEV_MEMORY, 0, BLOCK, 3 * ROUND_UP(64 + PLACES * SIZE, 64u) + 63);
    fake_conf()->trace = block;
    fake_conf_partition(0)->trace = block;
    fake_conf_partition(1)->trace = block;
    fake_conf_partition(0)->trace_mask = 1;
    fake_conf_partition(1)->trace_mask = 6;
    fake_boot();
    fake_images();
    health_init(fake_conf());
    trace_init(fake_conf());
    first = vcpu_of(0);
    second = vcpu_of(1);
    fake_start(first);
    fake_start(second);
}

static s32 finish(struct vcpu *vcpu, s32 result)
{
    if (!(vcpu->work & VCPU_WORK_CONT))
        return result;
    while (vcpu->work & VCPU_WORK_CONT)
        vcpu->cont.step(vcpu);
    return arch_vcpu_answer(vcpu);
}

static s32 event_write(struct vcpu *vcpu, u32 n, u32 filter, u32 criticality, u32 word)
{
    fake_space_load(vcpu);
    memcpy(guest_at(FILTER), &filter, sizeof(filter));
    for (u32 i = 0; i < n; i++) {
        log_entry entry = {.op_code_hi = criticality << TRACE_OPCODE_CRIT_BIT,
                           .op_code_lo = (0x100 + i) << TRACE_OPCODE_CODE_BIT,
                           .payload = {word + i}};

        memcpy(guest_at(EVENTS + i * SIZE), &entry, SIZE);
    }
    return finish(
        vcpu, CALL(vcpu, write_object_nr, STREAM(vcpu->partition->id), EVENTS, n * SIZE, FILTER));
}

static s32 event_read(u32 stream)
{
    s32 result = CALL(first, read_object_nr, STREAM(stream), INTO, SIZE, 0);

    memcpy(&got, guest_at(INTO), SIZE);
    return result;
}

static u32 number(void)
{
    return got.op_code_hi >> TRACE_OPCODE_SEQ_BIT;
}

static void streams_share_a_block(void **state)
{
    prtos_trace_status_t status;

    (void)state;
    boot(PRTOS_HM_AC_IGNORE);
    memset(fake_phys + (BLOCK - PHYS_BASE) + 3 * ROUND_UP(64 + PLACES * SIZE, 64u), 0x5a, 63);
    assert_int_equal(event_write(first, 2, 1, PRTOS_TRACE_NOTIFY, 10), 2 * SIZE);
    assert_int_equal(event_write(second, 9, 2, PRTOS_TRACE_WARNING, 20), 9 * SIZE);
    assert_int_equal(event_write(first, 1, ~0u, PRTOS_TRACE_DEBUG, 30), SIZE);
    for (u32 i = 0; i < 3; i++) {
        assert_int_equal(event_read(0), SIZE);
        assert_int_equal(got.payload[0], i < 2 ? 10 + i : 30);
        assert_int_equal(number(), i < 2 ? i : 11);
    }
    assert_int_equal(event_read(0), 0);
    /* six places: the oldest three are gone */
    for (u32 i = 3; i < 9; i++) {
        assert_int_equal(event_read(1), SIZE);
        assert_int_equal(got.payload[0], 20 + i);
        assert_int_equal(number(), 2 + i);
        assert_int_equal(got.op_code_lo, (0x100 + i) << 16 | 1);
    }
    assert_int_equal(event_read(PRTOS_HYPERVISOR_ID), 0);
    CALL(first, ctrl_object_nr, STREAM(0), PRTOS_TRACE_GET_STATUS, INTO);
    memcpy(&status, guest_at(INTO), sizeof(status));
    assert_int_equal(status.max_events, PLACES);
    for (u32 i = 0; i < 63; i++)
        assert_int_equal(fake_phys[BLOCK - PHYS_BASE + 3 * ROUND_UP(64 + PLACES * SIZE, 64u) + i],
                         0x5a);
    /* a new run finds them */
    trace_init(fake_conf());
    assert_int_equal(partitions[1].trace.store.count, PLACES);
    assert_int_equal(partitions[0].trace.store.count, 3);
}

static void filters(void **state)
{
    u32 before;

    (void)state;
    boot(PRTOS_HM_AC_IGNORE);
    event_write(first, 1, 1, PRTOS_TRACE_NOTIFY, 0);
    event_read(0);
    before = number();
    assert_int_equal(event_write(first, 1, 0xfffffffe, PRTOS_TRACE_NOTIFY, 1), 0);
    assert_int_equal(event_write(second, 3, 1, PRTOS_TRACE_NOTIFY, 1), 0);
    assert_int_equal(partitions[0].trace.store.count + partitions[1].trace.store.count, 1);
    /* what was not stored has no number */
    partitions[1].trace.store.locked = 1;
    assert_int_equal(event_write(second, 7, 4, PRTOS_TRACE_NOTIFY, 1), PLACES * SIZE);
    assert_int_equal(event_write(first, 1, 1, PRTOS_TRACE_NOTIFY, 1), SIZE);
    event_read(0);
    assert_int_equal(number(), before + 1 + PLACES);
}

/* The health monitor hears of each, stored or not, and has the last word. */
static void errors_are_reported(void **state)
{
    u64 before = health_count();

    (void)state;
    boot(PRTOS_HM_AC_IGNORE);
    /* it ends the call: the events behind it are not looked at */
    assert_int_equal(event_write(second, 2, 4, PRTOS_TRACE_UNRECOVERABLE, 7), SIZE);
    assert_int_equal(event_write(second, 1, 0, PRTOS_TRACE_UNRECOVERABLE, 9), 0);
    assert_int_equal(health_count() - before, 2);
    for (u32 i = 0; i < 2; i++) {
        prtos_hm_log_t log;

        CALL(first, read_object_nr, OBJDESC_BUILD(OBJ_CLASS_HM, PRTOS_HYPERVISOR_ID, 0), INTO, SIZE,
             0);
        memcpy(&log, guest_at(INTO), SIZE);
        assert_int_equal(log.op_code_lo, PRTOS_HM_EV_PARTITION_ERROR << 16 | 1);
        assert_int_equal(log.op_code_hi & 0xf, 0);
        assert_int_equal(log.payload[0], i ? 9 : 7);
    }
    boot(PRTOS_HM_AC_PARTITION_HALT);
    event_write(second, 3, 4, PRTOS_TRACE_UNRECOVERABLE, 7);
    assert_int_equal(second->state, VCPU_HALTED);
    assert_int_equal(partitions[1].trace.store.count, 1);
    boot(PRTOS_HM_AC_PARTITION_WARM_RESET);
    event_write(second, 3, 4, PRTOS_TRACE_UNRECOVERABLE, 7);
    assert_int_equal(second->reset_counter, 1);
    assert_int_equal(partitions[1].trace.store.count, 1);
}

/* Off: nothing at all. On: in order, with whom it concerns. */
static void the_hypervisor_tells(void **state)
{
    const hv_addr read_null[5] = {0, 1, 2, 3};

    (void)state;
    boot(PRTOS_HM_AC_IGNORE);
    CALL(first, halt_partition_nr, 1);
    assert_int_equal(event_read(PRTOS_HYPERVISOR_ID), 0);
    trace_mask = 1u << TRACE_SCHED_MODULE;
    CALL(first, shutdown_partition_nr, 1);
    assert_int_equal(event_read(PRTOS_HYPERVISOR_ID), SIZE);
    assert_int_equal(got.op_code_lo >> 16, TRACE_SCHED_MODULE << 8 | AUDIT_SCHED_PART_SHUTDOWN);
    assert_int_equal(got.op_code_hi & 0xf, TRACE_OPCODE_SYS_MASK);
    assert_int_equal(got.op_code_lo & TRACE_OPCODE_PARTID_MASK, PRTOS_HYPERVISOR_ID);
    assert_int_equal(got.payload[0], 1);
    trace_mask = 1u << TRACE_HCALLS_MODULE;
    cpus[0]->current = first;
    memcpy(first->arch.arg, read_null, sizeof(read_null));
    assert_int_equal(trace_call(first, read_object_nr), PRTOS_OP_NOT_ALLOWED);
    trace_mask = 0;
    for (u32 i = 0; i < 3; i++) {
        static const u8 events[] = {AUDIT_HCALLS_BEGIN, AUDIT_HCALLS_BEGIN2, AUDIT_HCALLS_END};

        assert_int_equal(event_read(PRTOS_HYPERVISOR_ID), SIZE);
        assert_int_equal(got.op_code_lo, (TRACE_HCALLS_MODULE << 8 | events[i]) << 16);
        assert_int_equal(got.payload[0], read_object_nr);
    }
    assert_int_equal(got.payload[1], (u32)PRTOS_OP_NOT_ALLOWED);
    assert_int_equal(event_read(PRTOS_HYPERVISOR_ID), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(streams_share_a_block),
        cmocka_unit_test(filters),
        cmocka_unit_test(errors_are_reported),
        cmocka_unit_test(the_hypervisor_tells),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
