/* SPDX-License-Identifier: Apache-2.0 */
/* Partitions as wholes: codes over their vCPUs, who may ask for what, the end of the last one. */
/* fake: core */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objects/status.h>

#include "ruled.h"

/* What a call does to one vCPU of the target. */
static const struct {
    enum vcpu_state state;
    u32 nr;
    s32 code;
    enum vcpu_state next;
} cells[] = {
    {VCPU_READY, halt_partition_nr, PRTOS_OK, VCPU_HALTED},
    {VCPU_READY, suspend_partition_nr, PRTOS_OK, VCPU_SUSPENDED},
    {VCPU_READY, resume_partition_nr, PRTOS_NO_ACTION, VCPU_READY},
    {VCPU_SUSPENDED, halt_partition_nr, PRTOS_OK, VCPU_HALTED},
    {VCPU_SUSPENDED, suspend_partition_nr, PRTOS_NO_ACTION, VCPU_SUSPENDED},
    {VCPU_SUSPENDED, resume_partition_nr, PRTOS_OK, VCPU_READY},
    {VCPU_HALTED, halt_partition_nr, PRTOS_NO_ACTION, VCPU_HALTED},
    {VCPU_HALTED, suspend_partition_nr, PRTOS_NO_ACTION, VCPU_HALTED},
    {VCPU_HALTED, resume_partition_nr, PRTOS_NO_ACTION, VCPU_HALTED},
};

static u32 cell_of(enum vcpu_state state, u32 nr)
{
    u32 i = 0;

    while (cells[i].state != state || cells[i].nr != nr)
        i++;
    return i;
}

static u32 status_of(enum vcpu_state a, enum vcpu_state b)
{
    if (a == VCPU_READY || b == VCPU_READY)
        return PRTOS_STATUS_READY;
    return a == VCPU_SUSPENDED || b == VCPU_SUSPENDED ? PRTOS_STATUS_SUSPENDED
                                                      : PRTOS_STATUS_HALTED;
}

/* Every state of two vCPUs with every call: OK if it does something to one of them. */
static void each_state_with_each_call(void **state)
{
    static const u32 calls[] = {halt_partition_nr, suspend_partition_nr, resume_partition_nr};

    (void)state;
    for (u32 a = 0; a < VCPU_STATES; a++)
        for (u32 b = 0; b < VCPU_STATES; b++)
            for (u32 i = 0; i < ARRAY_SIZE(calls); i++) {
                u32 first = cell_of((enum vcpu_state)a, calls[i]);
                u32 second = cell_of((enum vcpu_state)b, calls[i]);
                bool ok = cells[first].code == PRTOS_OK || cells[second].code == PRTOS_OK;

                boot();
                state_set(v(B0), (enum vcpu_state)a);
                state_set(v(B1), (enum vcpu_state)b);
                assert_int_equal(partition_state(&partitions[1]),
                                 status_of((enum vcpu_state)a, (enum vcpu_state)b));
                assert_int_equal(CALL(v(A0), calls[i], 1), ok ? PRTOS_OK : PRTOS_NO_ACTION);
                vcpu_take_mail(v(B1));
                assert_int_equal(v(B0)->state, cells[first].next);
                assert_int_equal(v(B1)->state, cells[second].next);
                assert_int_equal(partition_state(&partitions[1]),
                                 status_of(cells[first].next, cells[second].next));
            }
}

/* A reset brings it to READY from every state: its first vCPU; the others halt. */
static void each_state_with_each_reset(void **state)
{
    (void)state;
    for (u32 a = 0; a < VCPU_STATES; a++)
        for (u32 b = 0; b < VCPU_STATES; b++)
            for (u32 mode = PRTOS_COLD_RESET; mode <= PRTOS_WARM_RESET; mode++) {
                u32 pieces = 0;

                boot();
                state_set(v(B0), (enum vcpu_state)a);
                state_set(v(B1), (enum vcpu_state)b);
                assert_int_equal(CALL(v(A0), reset_partition_nr, 1, mode, 5), PRTOS_OK);
                vcpu_take_mail(v(B1));
                for (; v(B0)->work & VCPU_WORK_CONT; pieces++) {
                    assert_in_range(pieces, 0, 100);
                    v(B0)->cont.step(v(B0));
                }
                assert_int_equal(v(B0)->state, VCPU_READY);
                assert_int_equal(v(B1)->state, VCPU_HALTED);
                assert_int_equal(partition_state(&partitions[1]), PRTOS_STATUS_READY);
                assert_int_equal(v(B0)->pct->reset_counter, mode == PRTOS_WARM_RESET);
            }
}

/* Pieces of what a vCPU is in, up to `most`. */
static u32 finish_pieces(struct vcpu *vcpu, u32 most)
{
    u32 pieces = 0;

    for (; vcpu->work & VCPU_WORK_CONT && pieces < most; pieces++)
        vcpu->cont.step(vcpu);
    return pieces;
}

/* Pieces of a reset of B. */
static u32 reset_pieces(u32 mode, u32 most)
{
    assert_int_equal(CALL(v(A0), reset_partition_nr, 1, mode, 5), PRTOS_OK);
    vcpu_take_mail(v(B1));
    return finish_pieces(v(B0), most);
}

/* Page tables that the partition changed are built anew by a warm reset too, a reset that cuts
 * this short included; its memory stays. */
static void changed_page_tables_are_built_anew(void **state)
{
    const struct loader *loader;
    u32 plain;

    (void)state;
    boot();
    loader = &partitions[1].loader;
    fake.space_steps = 9;
    plain = reset_pieces(PRTOS_WARM_RESET, 100);
    partitions[1].remapped = true;
    memset(fake_phys + 0x1000, 0x5b, 16);
    assert_int_equal(reset_pieces(PRTOS_WARM_RESET, 100), plain + fake.space_steps);
    assert_int_equal(loader->phase, LOADER_DONE);
    reset_pieces(PRTOS_WARM_RESET, 4);
    assert_int_equal(loader->phase, LOADER_SPACE);
    partitions[1].remapped = false;
    assert_int_equal(reset_pieces(PRTOS_WARM_RESET, 100), plain + fake.space_steps);
    assert_int_equal(loader->phase, LOADER_DONE);
    assert_int_equal(fake_phys[0x1000], 0x5b);
    /* Its other vCPU changes them while it is asked to halt. */
    vcpu_start(v(B1), 0x1000, 0, 7);
    assert_int_equal(CALL(v(A0), reset_partition_nr, 1, PRTOS_WARM_RESET, 5), PRTOS_OK);
    v(B0)->cont.step(v(B0));
    partitions[1].remapped = true;
    vcpu_take_mail(v(B1));
    assert_int_equal(finish_pieces(v(B0), 100), plain + fake.space_steps);
    partitions[1].remapped = false;
    assert_int_equal(reset_pieces(PRTOS_WARM_RESET, 100), plain);
}

static void codes_over_all_vcpus_of_a_partition(void **state)
{
    (void)state;
    boot();
    assert_int_equal(partition_resume(cpus[0], &partitions[1]), PRTOS_NO_ACTION);
    assert_int_equal(partition_suspend(cpus[0], &partitions[1]), PRTOS_OK);
    assert_int_equal(v(B0)->state, VCPU_SUSPENDED);
    assert_int_equal(v(B1)->mail, VCPU_MAIL_SUSPEND);
    assert_int_equal(partition_state(&partitions[1]), PRTOS_STATUS_READY);
    vcpu_take_mail(v(B1));
    assert_int_equal(partition_state(&partitions[1]), PRTOS_STATUS_SUSPENDED);
    assert_int_equal(partition_suspend(cpus[0], &partitions[1]), PRTOS_NO_ACTION);
    state_set(v(B1), VCPU_HALTED);
    assert_int_equal(partition_suspend(cpus[0], &partitions[1]), PRTOS_NO_ACTION);
    assert_int_equal(partition_resume(cpus[0], &partitions[1]), PRTOS_OK);
    assert_int_equal(v(B0)->state, VCPU_READY);
    assert_int_equal(v(B1)->state, VCPU_HALTED);
    assert_int_equal(partition_halt(cpus[0], &partitions[1]), PRTOS_OK);
    assert_false(partition_alive(&partitions[1]));
    assert_int_equal(partition_state(&partitions[1]), PRTOS_STATUS_HALTED);
    assert_int_equal(partition_halt(cpus[0], &partitions[1]), PRTOS_NO_ACTION);
    assert_int_equal(partition_resume(cpus[0], &partitions[1]), PRTOS_NO_ACTION);
}

static void calls_ask_for_permission_first(void **state)
{
    (void)state;
    boot();
    /* C is no system partition, A is */
    assert_int_equal(CALL(v(C0), halt_partition_nr, 0), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(v(C0), halt_partition_nr, 99), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(v(C0), suspend_partition_nr, 1), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(v(C0), resume_partition_nr, 1), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(v(C0), resume_partition_nr, 2), PRTOS_NO_ACTION);
    assert_int_equal(CALL(v(C0), reset_partition_nr, 1, 9, 0), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(v(C0), shutdown_partition_nr, 1), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(v(A0), halt_partition_nr, 3), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(v(A0), suspend_partition_nr, 3), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(v(A0), resume_partition_nr, 3), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(v(A0), reset_partition_nr, 3, 0, 0), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(v(A0), reset_partition_nr, 1, 2, 0), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(v(A0), shutdown_partition_nr, 3), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(v(A0), resume_partition_nr, 0), PRTOS_NO_ACTION);
    assert_int_equal(CALL(v(A0), suspend_partition_nr, 2), PRTOS_OK);
    assert_int_equal(v(C0)->mail, VCPU_MAIL_SUSPEND);
    assert_int_equal(CALL(v(C0), halt_partition_nr, 2), PRTOS_OK); /* itself */
    assert_int_equal(v(C0)->state, VCPU_HALTED);
}

static void shutdown_tells_those_that_live(void **state)
{
    (void)state;
    boot();
    state_set(v(B1), VCPU_HALTED);
    assert_int_equal(CALL(v(A0), shutdown_partition_nr, 1), PRTOS_OK);
    assert_int_equal(v(B0)->pend_ext, 1u << PRTOS_VT_EXT_SHUTDOWN);
    assert_int_equal(v(B1)->pend_ext, 0);
    assert_int_equal(v(B0)->state, VCPU_READY);
}

/* Ends the test if it takes the system for dead. */
static void look_alive(void)
{
    cpus[1]->alive_from = 0;
    partition_look_alive(cpus[1]);
}

static void reset_by_its_last_vcpu(void *caller)
{
    assert_int_equal(CALL((struct vcpu *)caller, reset_partition_nr, 1, PRTOS_WARM_RESET, 0),
                     PRTOS_OK);
}

/* In between none of its vCPUs runs; nobody may take the system for dead. */
static void the_last_partition_restarts(void **state)
{
    static const u32 others[] = {A0, A1, C0};

    (void)state;
    for (u32 caller = B0; caller <= B1; caller++) {
        boot();
        for (u32 i = 0; i < ARRAY_SIZE(others); i++)
            state_set(v(others[i]), VCPU_HALTED);
        state_set(v(caller == B0 ? B1 : B0), VCPU_HALTED);
        assert_int_equal(fake_catch(reset_by_its_last_vcpu, v(caller)), FAKE_RETURNED);
        look_alive();
        vcpu_take_mail(v(B1));
        look_alive();
        vcpu_take_mail(v(B0));
        look_alive();
        finish(v(B0));
        assert_int_equal(v(B0)->state, VCPU_READY);
        assert_int_equal(v(B1)->state, VCPU_HALTED);
    }
}

static void no_image_no_reset(void **state)
{
    (void)state;
    boot();
    partitions[2].loaded = false;
    assert_int_equal(CALL(v(A0), reset_partition_nr, 2, PRTOS_WARM_RESET, 0), PRTOS_INVALID_CONFIG);
    assert_int_equal(v(C0)->mail, 0);
    assert_int_equal(v(C0)->state, VCPU_READY);
}

static void halt_last(void *arg)
{
    (void)arg;
    CALL(v(A0), halt_partition_nr, 0);
    assert_int_equal(cpus[0]->alive_from, 0);
    partition_look_alive(cpus[0]); /* as soon as it is idle */
}

static void the_last_partition_ends_the_system(void **state)
{
    (void)state;
    boot();
    state_set(v(C0), VCPU_HALTED);
    state_set(v(B0), VCPU_HALTED);
    assert_int_equal(fake_catch(halt_last, NULL), FAKE_RETURNED); /* B1 lives */
    boot();
    state_set(v(C0), VCPU_HALTED);
    state_set(v(B0), VCPU_HALTED);
    state_set(v(B1), VCPU_HALTED);
    assert_int_equal(fake_catch(halt_last, NULL), FAKE_POWER_OFF);
    assert_true(fake.powered_off_good);
    assert_int_equal(fake.stops, 1);
    /* a restart that is on its way counts as life */
    boot();
    state_set(v(C0), VCPU_HALTED);
    state_set(v(B0), VCPU_HALTED);
    state_set(v(B1), VCPU_HALTED);
    vcpu_post(cpus[0], v(C0), VCPU_MAIL_RESET);
    assert_int_equal(fake_catch(halt_last, NULL), FAKE_RETURNED);
}

/* It looks at some partitions at a time, and no further when it has found a live one. */
static void many_partitions(void **state)
{
    (void)state;
    for (u32 live = 0; live < 12; live++) {
        fake_one_cpu();
        for (u32 i = 0; i < 12; i++) {
            fake_partition("p", 0, 1);
            fake_area(AREA + i * 0x1000, 0x1000, AREA + i * 0x1000, 0);
        }
        fake_boot();
        fake_start(vcpu_of(live));
        cpus[0]->alive_from = 0;
        partition_look_alive(cpus[0]);
        assert_int_equal(cpus[0]->alive_from, live < 8 ? CPU_ALIVE_KNOWN : 8);
        if (live >= 8)
            partition_look_alive(cpus[0]);
        assert_int_equal(cpus[0]->alive_from, CPU_ALIVE_KNOWN);
    }
}

static void look(void *arg)
{
    (void)arg;
    partition_look_alive(cpus[0]);
}

/* Between two looks the last live one starts one that was found dead, and ends. */
static void a_start_behind_the_look(void **state)
{
    (void)state;
    fake_one_cpu();
    for (u32 i = 0; i < 12; i++) {
        fake_partition("p", 0, 1);
        fake_area(AREA + i * 0x1000, 0x1000, AREA + i * 0x1000, 0);
    }
    fake_boot();
    fake_start(vcpu_of(9));
    cpus[0]->alive_from = 0;
    partition_look_alive(cpus[0]);
    vcpu_post(cpus[0], vcpu_of(0), VCPU_MAIL_RESET);
    state_set(vcpu_of(9), VCPU_HALTED);
    cpus[0]->alive_from = 8;
    assert_int_equal(fake_catch(look, NULL), FAKE_RETURNED);
    assert_int_equal(cpus[0]->alive_from, 0);
    assert_int_equal(fake_catch(look, NULL), FAKE_RETURNED);
    assert_int_equal(cpus[0]->alive_from, CPU_ALIVE_KNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_state_with_each_call),
        cmocka_unit_test(each_state_with_each_reset),
        cmocka_unit_test(changed_page_tables_are_built_anew),
        cmocka_unit_test(codes_over_all_vcpus_of_a_partition),
        cmocka_unit_test(calls_ask_for_permission_first),
        cmocka_unit_test(shutdown_tells_those_that_live),
        cmocka_unit_test(the_last_partition_restarts),
        cmocka_unit_test(no_image_no_reset),
        cmocka_unit_test(the_last_partition_ends_the_system),
        cmocka_unit_test(many_partitions),
        cmocka_unit_test(a_start_behind_the_look),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
