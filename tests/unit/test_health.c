/* SPDX-License-Identifier: Apache-2.0 */
/* The health monitor: what each action does to a partition and to the system, what the log holds,
 * and how a system partition reads it. */
/* fake: core */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objects/hm.h>
#include <prtos_inc/objects/status.h>

#include "fake.h"
#include "hv/health.h"

#define EVENT PRTOS_HM_EV_X86_PAGE_FAULT
#define BLOCK (PHYS_BASE + 0x80000)
#define BUFFER (GUEST_BASE + 0x1000)
#define LOG OBJDESC_BUILD(OBJ_CLASS_HM, PRTOS_HYPERVISOR_ID, 0)

static struct vcpu *vcpu, *second;

/* Partition 0 with two vCPUs, which does it, and partition 1, which lives on. */
static void boot(u32 action, u32 log)
{
    fake_reset();
    fake_cpu();
    fake_plan(0, 3000);
    fake_span(1000, 0, 0);
    fake_span(2000, 1, 1);
    fake_span(3000, 2, 2);
    fake_plan(0, 500);
    fake_span(500, 2, 0);
    fake_partition("p0", 0, 2);
    fake_area(PHYS_BASE, 0x1000, PHYS_BASE, 0);
    fake_health(0, EVENT, action, log);
    fake_partition("p1", CONF_PARTITION_SYSTEM, 1);
    fake_area(PHYS_BASE + 0x1000, 0x1000, PHYS_BASE + 0x1000, 0);
    fake_health(CONF_NONE, EVENT, action, log);
    fake_conf()->health_log =
        fake_device(CONF_DEV_MEMORY, 0, BLOCK, 64 + 4 * sizeof(prtos_hm_log_t));
    fake_boot();
    fake_images();
    health_init(fake_conf());
    vcpu = vcpu_of(0);
    second = vcpu_of(1);
    fake_start(vcpu);
    fake_start(second);
    fake_start(vcpu_of(2));
    system_past = (struct system_past){.reset_counter = 5};
}

static void of_partition(void *arg)
{
    (void)arg;
    health_partition(vcpu, EVENT, 14, 0x7);
    while (vcpu->work & VCPU_WORK_CONT) /* telling and acting are pieces of their own */
        vcpu->cont.step(vcpu);
}

static void of_hypervisor(void *arg)
{
    (void)arg;
    health_hypervisor(cpus[0], EVENT, NULL);
}

static void states(enum vcpu_state first, enum vcpu_state other)
{
    assert_int_equal(vcpu->state, first);
    assert_int_equal(second->state, other);
    assert_int_equal(vcpu_of(2)->state, VCPU_READY);
}

static void each_action_on_a_partition(void **state)
{
    u32 status = PRTOS_HM_RESET_STATUS_PARTITION_RESTART << 16 | EVENT;

    (void)state;
    boot(PRTOS_HM_AC_IGNORE, 0);
    assert_int_equal(fake_catch(of_partition, NULL), FAKE_RETURNED);
    states(VCPU_READY, VCPU_READY);
    assert_int_equal(vcpu->pend_ext | vcpu->arch.injected, 0);
    boot(PRTOS_HM_AC_SHUTDOWN, 0);
    assert_int_equal(fake_catch(of_partition, NULL), FAKE_RETURNED);
    states(VCPU_READY, VCPU_READY);
    assert_int_equal(vcpu->pend_ext & second->pend_ext, 1u << PRTOS_VT_EXT_SHUTDOWN);
    boot(PRTOS_HM_AC_PARTITION_COLD_RESET, 0);
    assert_int_equal(fake_catch(of_partition, NULL), FAKE_RETURNED);
    states(VCPU_READY, VCPU_HALTED);
    assert_int_equal(vcpu->pct->reset_status, status);
    assert_int_equal(vcpu->pct->reset_counter, 0);
    boot(PRTOS_HM_AC_PARTITION_WARM_RESET, 0);
    assert_int_equal(fake_catch(of_partition, NULL), FAKE_RETURNED);
    states(VCPU_READY, VCPU_HALTED);
    assert_int_equal(vcpu->pct->reset_status, status);
    assert_int_equal(vcpu->pct->reset_counter, 1);
    boot(PRTOS_HM_AC_PARTITION_WARM_RESET, 0); /* without an image there is nothing to restart */
    partitions[0].loaded = false;
    assert_int_equal(fake_catch(of_partition, NULL), FAKE_RETURNED);
    states(VCPU_HALTED, VCPU_HALTED);
    boot(PRTOS_HM_AC_SUSPEND, 0);
    assert_int_equal(fake_catch(of_partition, NULL), FAKE_RETURNED);
    states(VCPU_SUSPENDED, VCPU_SUSPENDED);
    boot(PRTOS_HM_AC_PARTITION_HALT, 0);
    assert_int_equal(fake_catch(of_partition, NULL), FAKE_RETURNED);
    states(VCPU_HALTED, VCPU_HALTED);
    boot(PRTOS_HM_AC_PROPAGATE, 0);
    assert_int_equal(fake_catch(of_partition, NULL), FAKE_RETURNED);
    states(VCPU_READY, VCPU_READY);
    assert_int_equal(vcpu->arch.trap, 14);
    assert_int_equal(vcpu->arch.error, 7);
    boot(PRTOS_HM_AC_PROPAGATE, 0); /* into a guest that cannot take it */
    vcpu->arch.deaf = true;
    assert_int_equal(fake_catch(of_partition, NULL), FAKE_RETURNED);
    states(VCPU_HALTED, second->state);
    boot(PRTOS_HM_AC_PROPAGATE, 0); /* ... whatever the table says of that */
    fake_health(0, PRTOS_HM_EV_FATAL_ERROR, PRTOS_HM_AC_IGNORE, 0);
    vcpu->arch.deaf = true;
    assert_int_equal(fake_catch(of_partition, NULL), FAKE_RETURNED);
    states(VCPU_HALTED, VCPU_READY);
    boot(PRTOS_HM_AC_PROPAGATE, 1); /* ... or if it is told first, and propagated */
    fake_health(0, PRTOS_HM_EV_FATAL_ERROR, PRTOS_HM_AC_PROPAGATE, 1);
    vcpu->arch.deaf = true;
    assert_int_equal(fake_catch(of_partition, NULL), FAKE_RETURNED);
    states(VCPU_HALTED, VCPU_READY);
}

static void each_action_on_the_system(void **state)
{
    void (*const who[])(void *) = {of_partition, of_hypervisor};
    u32 status = PRTOS_HM_RESET_STATUS_MODULE_RESTART << 16 | EVENT;

    (void)state;
    for (u32 i = 0; i < 2; i++) {
        boot(PRTOS_HM_AC_HYPERVISOR_COLD_RESET, 0);
        assert_int_equal(fake_catch(who[i], NULL), FAKE_RESTART);
        assert_int_equal(system_past.reset_counter, 0);
        assert_int_equal(system_past.reset_status, status);
        boot(PRTOS_HM_AC_HYPERVISOR_WARM_RESET, 0);
        assert_int_equal(fake_catch(who[i], NULL), FAKE_RESTART);
        assert_int_equal(system_past.reset_counter, 6);
        boot(PRTOS_HM_AC_HYPERVISOR_HALT, 0);
        assert_int_equal(fake_catch(who[i], NULL), FAKE_POWER_OFF);
        boot(PRTOS_HM_AC_SWITCH_TO_MAINTENANCE, 0);
        sched_init(cpus[0], 0);
        fake_time(100);
        fake_resume(cpus[0]);
        assert_int_equal(fake_catch(who[i], NULL), FAKE_RETURNED);
        assert_int_equal(fake_resume(cpus[0]), FAKE_ENTER);
        assert_int_equal(cpus[0]->plan_id, 1);
        assert_ptr_equal(fake.entered, vcpu_of(2));
    }
    boot(PRTOS_HM_AC_IGNORE, 0);
    assert_int_equal(fake_catch(of_hypervisor, NULL), FAKE_RETURNED);
    /* actions on a partition make no sense for the hypervisor itself: it ends */
    boot(PRTOS_HM_AC_SUSPEND, 0);
    assert_int_equal(fake_catch(of_hypervisor, NULL), FAKE_POWER_OFF);
}

static prtos_hm_log_t entry;

static s32 read_one(void)
{
    s32 result = CALL(vcpu_of(2), read_object_nr, LOG, BUFFER, sizeof(entry), 0);

    memcpy(&entry, guest_at(BUFFER), sizeof(entry));
    return result;
}

/* The one's complement sum of a whole entry, its checksum included, is all ones. */
static u32 entry_sum(void)
{
    u16 words[sizeof(entry) / 2];
    u32 sum = 0;

    memcpy(words, &entry, sizeof(words));
    for (u32 i = 0; i < ARRAY_SIZE(words); i++)
        sum += words[i];
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return sum;
}

static void what_the_log_holds(void **state)
{
    u32 sequence;

    (void)state;
    boot(PRTOS_HM_AC_IGNORE, 1);
    fake_time(7654321);
    health_partition(second, EVENT, 14, 0);
    assert_int_equal(read_one(), 0); /* telling is a piece of its own */
    second->cont.step(second);
    health_hypervisor(cpus[0], EVENT, NULL);
    assert_int_equal(read_one(), sizeof(entry));
    assert_int_equal(entry.signature, PRTOS_HMLOG_SIGNATURE);
    assert_int_equal(entry_sum(), 0xffff);
    assert_true(entry.timestamp == 7654);
    assert_int_equal(entry.op_code_lo, EVENT << 16 | 1 << 8 | 0);
    assert_int_equal(entry.op_code_hi & 3, HMLOG_OPCODE_VALID_CPUCTXT_MASK);
    assert_true(entry.cpu_ctxt.pc == second->arch.entry && entry.cpu_ctxt.psr == 0x202);
    sequence = entry.op_code_hi >> HMLOG_OPCODE_SEQ_BIT;
    assert_int_equal(read_one(), sizeof(entry));
    assert_int_equal(entry_sum(), 0xffff);
    assert_int_equal(entry.op_code_hi >> HMLOG_OPCODE_SEQ_BIT, sequence + 1);
    assert_int_equal(entry.op_code_hi & 3, HMLOG_OPCODE_SYS_MASK);
    assert_int_equal(entry.op_code_lo >> 16, EVENT);
    assert_int_equal(read_one(), 0);
}

/* The checksum's second carry: an event at the time that makes the sum of the first overflow. */
static void a_sum_that_carries_twice(void **state)
{
    u16 words[sizeof(entry) / 2];
    u32 sum = 0, us;

    (void)state;
    boot(PRTOS_HM_AC_IGNORE, 1);
    of_partition(NULL);
    assert_int_equal(read_one(), sizeof(entry));
    entry.checksum = 0;
    memcpy(words, &entry, sizeof(words));
    for (u32 i = 0; i < ARRAY_SIZE(words); i++)
        sum += words[i];
    sum += 1 << HMLOG_OPCODE_SEQ_BIT; /* the next one's sequence */
    assert_in_range(sum, 0x10000, 0x7ffff);
    us = 0xffff - (sum & 0xffff); /* 1 in the high half, ffff in the low one */
    fake_time(us * 1000ull);
    of_partition(NULL);
    assert_int_equal(read_one(), sizeof(entry));
    assert_true(entry.timestamp == us);
    assert_int_equal(entry_sum(), 0xffff);
}

static void events_without_log_are_counted_only(void **state)
{
    u64 before;

    (void)state;
    boot(PRTOS_HM_AC_IGNORE, 0);
    before = health_count();
    of_partition(NULL);
    of_hypervisor(NULL);
    assert_true(health_count() == before + 2);
    assert_int_equal(read_one(), 0);
}

static prtos_hm_status_t log_status(void)
{
    prtos_hm_status_t s;

    assert_int_equal(CALL(vcpu_of(2), ctrl_object_nr, LOG, PRTOS_HM_GET_STATUS, BUFFER), PRTOS_OK);
    memcpy(&s, guest_at(BUFFER), sizeof(s));
    return s;
}

static void reading_and_seeking(void **state)
{
    struct vcpu *reader;

    (void)state;
    boot(PRTOS_HM_AC_IGNORE, 1);
    reader = vcpu_of(2);
    for (u32 i = 0; i < 6; i++) { /* four fit */
        fake_time(i * 1000);
        of_partition(NULL);
    }
    assert_int_equal(log_status().num_of_events, 4);
    assert_int_equal(log_status().max_events, 4);
    read_one();
    assert_true(entry.timestamp == 2);
    assert_int_equal(log_status().current_event, 1);
    assert_int_equal(CALL(reader, seek_object_nr, LOG, 1, PRTOS_OBJ_SEEK_CUR), PRTOS_OK);
    read_one();
    assert_true(entry.timestamp == 4);
    assert_int_equal(CALL(reader, seek_object_nr, LOG, (u32)-1, PRTOS_OBJ_SEEK_END), PRTOS_OK);
    read_one();
    assert_true(entry.timestamp == 5);
    assert_int_equal(CALL(reader, seek_object_nr, LOG, 0, PRTOS_OBJ_SEEK_SET), PRTOS_OK);
    assert_int_equal(CALL(reader, seek_object_nr, LOG, (u32)-1, PRTOS_OBJ_SEEK_CUR),
                     PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(reader, seek_object_nr, LOG, 5, PRTOS_OBJ_SEEK_SET), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(reader, seek_object_nr, LOG, 0, 3), PRTOS_INVALID_PARAM);
    assert_int_equal(log_status().current_event, 0);
    /* an entry that cannot be stored stays next */
    guest_rights(BUFFER, CONF_PAGE, GUEST_READ);
    assert_int_equal(CALL(reader, read_object_nr, LOG, BUFFER, 100, 0), PRTOS_INVALID_PARAM);
    guest_rights(BUFFER, CONF_PAGE, GUEST_READ | GUEST_WRITE);
    assert_int_equal(CALL(reader, read_object_nr, LOG, BUFFER, sizeof(entry) - 1, 0),
                     PRTOS_INVALID_PARAM);
    assert_int_equal(log_status().current_event, 0);
    assert_int_equal(CALL(reader, ctrl_object_nr, LOG, PRTOS_HM_LOCK_EVENTS, 0), PRTOS_OK);
    of_partition(NULL);
    read_one();
    assert_true(entry.timestamp == 2);
    assert_int_equal(CALL(reader, ctrl_object_nr, LOG, PRTOS_HM_UNLOCK_EVENTS, 0), PRTOS_OK);
    of_partition(NULL);
    read_one();
    assert_true(entry.timestamp == 3);
    assert_int_equal(CALL(reader, ctrl_object_nr, LOG, PRTOS_HM_RESET_EVENTS, 0), PRTOS_OK);
    assert_int_equal(log_status().num_of_events, 0);
    assert_int_equal(CALL(reader, ctrl_object_nr, LOG, 4, BUFFER), PRTOS_INVALID_PARAM);
}

static void who_may_read(void **state)
{
    u32 own = OBJDESC_BUILD(OBJ_CLASS_HM, 1, 0);

    (void)state;
    boot(PRTOS_HM_AC_IGNORE, 1);
    assert_int_equal(CALL(vcpu, read_object_nr, LOG, BUFFER, 100, 0), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(vcpu, seek_object_nr, LOG, 0, 1), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(vcpu, ctrl_object_nr, LOG, 0, BUFFER), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(vcpu_of(2), read_object_nr, own, BUFFER, 100, 0), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(vcpu_of(2), write_object_nr, LOG, BUFFER, 100, 0), PRTOS_OP_NOT_ALLOWED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_action_on_a_partition),
        cmocka_unit_test(each_action_on_the_system),
        cmocka_unit_test(what_the_log_holds),
        cmocka_unit_test(a_sum_that_carries_twice),
        cmocka_unit_test(events_without_log_are_counted_only),
        cmocka_unit_test(reading_and_seeking),
        cmocka_unit_test(who_may_read),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
