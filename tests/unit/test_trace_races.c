/* SPDX-License-Identifier: Apache-2.0 */
/* Trace streams between CPUs: each CPU is a thread, the thread sanitizer watches. All write to the
 * hypervisor's stream and to their own; no number is lost or given twice, none goes backwards. */
/* fake: thread */
#include <prtos_inc/hypercalls.h>

#include "fake.h"
#include "hv/trace.h"

#include <pthread.h>

#define CPUS 3u
#define EVENTS 1000u
#define SIZE ((u32)sizeof(log_entry))
#define TOTAL (2 * CPUS * EVENTS)
#define BUFFER (GUEST_BASE + 0x1000)
#define FILTER (GUEST_BASE + 0x800)

static u8 seen[TOTAL];

static void boot(void)
{
    u32 block;

    fake_reset();
    for (u32 i = 0; i < CPUS; i++) {
        fake_cpu();
        fake_plan(i, 1000000);
        fake_span(1000000, i, 0);
    }
    for (u32 i = 0; i < CPUS; i++)
        fake_partition("p", CONF_PARTITION_SYSTEM, 1);
    fake_conf()->trace = fake_device(CONF_DEV_MEMORY, 0, PHYS_BASE, 64 + CPUS * EVENTS * SIZE);
    block = fake_device(CONF_DEV_MEMORY, 0, PHYS_BASE + 0x40000, CPUS * (128 + EVENTS * SIZE));
    for (u32 i = 0; i < CPUS; i++) {
        fake_conf_partition(i)->trace = block;
        fake_conf_partition(i)->trace_mask = 1;
    }
    fake_boot();
    for (u32 i = 0; i < CPUS; i++)
        fake_start(vcpu_of(i));
    trace_init(fake_conf());
}

static void *writer(void *arg)
{
    struct vcpu *vcpu = arg;
    u32 id = vcpu->partition->id;
    u32 filter = 1;

    fake.no_interrupts = true;
    fake_space_load(vcpu);
    memcpy(guest_at(FILTER), &filter, sizeof(filter));
    for (u32 i = 0; i < EVENTS; i++) {
        log_entry entry = {.payload = {i, ~i}};

        fake_looks = 0; /* time stands still */
        memcpy(guest_at(BUFFER), &entry, SIZE);
        if (CALL(vcpu, write_object_nr, OBJDESC_BUILD(OBJ_CLASS_TRACE, id, 0), BUFFER, SIZE,
                 FILTER) != (s32)SIZE)
            return arg;
        trace_event(vcpu->cpu, id, 2, (const u32[]){i, ~i});
    }
    return NULL;
}

/* Each stream: whole entries, rising numbers, and each writer's in its order. */
static void stream_check(struct vcpu *vcpu, u32 stream, u32 n, u32 shift)
{
    u32 next[CPUS] = {0}, last = 0;
    log_entry entry;

    fake_space_load(vcpu);
    for (u32 i = 0; i < n; i++) {
        u32 number, who;

        assert_int_equal(
            CALL(vcpu, read_object_nr, OBJDESC_BUILD(OBJ_CLASS_TRACE, stream, 0), BUFFER, SIZE, 0),
            SIZE);
        memcpy(&entry, guest_at(BUFFER), SIZE);
        number = entry.op_code_hi >> TRACE_OPCODE_SEQ_BIT;
        who = entry.op_code_lo >> shift & 0xff;
        assert_true(i == 0 || number > last);
        last = number;
        assert_true(number < TOTAL && !seen[number]);
        seen[number] = 1;
        assert_true(who < CPUS);
        assert_int_equal(entry.payload[0], next[who]);
        assert_int_equal((u32)entry.payload[1], ~next[who]);
        next[who]++;
    }
}

static void all_at_once(void **state)
{
    pthread_t thread[CPUS];

    (void)state;
    boot();
    for (u32 i = 0; i < CPUS; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, writer, vcpu_of(i)), 0);
    for (u32 i = 0; i < CPUS; i++) {
        void *failed;

        pthread_join(thread[i], &failed);
        assert_null(failed);
    }
    stream_check(vcpu_of(0), PRTOS_HYPERVISOR_ID, CPUS * EVENTS, TRACE_OPCODE_CODE_BIT);
    for (u32 i = 0; i < CPUS; i++)
        stream_check(vcpu_of(0), i, EVENTS, TRACE_OPCODE_PARTID_BIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_at_once),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
