/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that are not about objects: arguments, and their result by the contract's hypercalls.md,
 * section 4. Which calls there are, who may make them and where their pointers must be good comes
 * from the description; nothing from the core's code. */
#include <irqs.h>
#include <string.h>
#include "oracle.h"
#include "oracle_calls.h"

#define N_CALLS (sizeof(oracle_calls) / sizeof(oracle_calls[0]))
#define RANDOM_ID PICK(self, self, TARGET, TARGET, TARGET, NOBODY, PARTITIONS, 99, 0xff, ~0u)

/* What the system caller did to the target, and which interrupt waits at the monitor. */
static enum { READY, SUSPENDED, HALTED } target;
static prtos_u32_t raised;

void model_supplied(void)
{
    raised = 0;
}

/* Rights and range of a partition that is named; 0: go on. */
static prtos_s32_t named(prtos_u32_t id)
{
    if (id == self)
        return 0;
    return self != BOSS ? PERM : id >= PARTITIONS ? PARAM : 0;
}

static prtos_s32_t do_halt(struct trial *trial)
{
    prtos_s32_t code;

    if (A(0) == self) /* does not return */
        A(0) = TARGET;
    code = named(A(0));
    if (code)
        return code;
    if (A(0) == NOBODY || target == HALTED)
        return NONE;
    target = HALTED;
    return OK;
}

static prtos_s32_t do_suspend(struct trial *trial)
{
    prtos_s32_t code;

    if (A(0) == self) /* nobody resumes it */
        A(0) = TARGET;
    code = named(A(0));
    if (code)
        return code;
    if (A(0) == NOBODY || target != READY)
        return NONE;
    target = SUSPENDED;
    return OK;
}

static prtos_s32_t do_resume(struct trial *trial)
{
    prtos_s32_t code = named(A(0));

    if (code)
        return code;
    if (A(0) == self || A(0) == NOBODY || target != SUSPENDED)
        return NONE;
    target = READY;
    return OK;
}

static prtos_s32_t do_reset(struct trial *trial)
{
    prtos_s32_t code = named(A(0));

    A(1) = PICK(0, 1, 1, 2, 3, ~0u);
    if (A(0) == self)
        A(1) |= 2; /* else it does not return */
    if (code)
        return code;
    if (A(1) > PRTOS_WARM_RESET)
        return PARAM;
    if (A(0) == NOBODY)
        return CONFIG;
    target = READY;
    return OK;
}

static prtos_s32_t do_partition(struct trial *trial)
{
    A(0) = RANDOM_ID;
    switch (trial->nr) {
    case halt_partition_nr:
        return do_halt(trial);
    case suspend_partition_nr:
        return do_suspend(trial);
    case resume_partition_nr:
        return do_resume(trial);
    case reset_partition_nr:
        return do_reset(trial);
    default:
        return named(A(0)); /* shutdown */
    }
}

static prtos_s32_t do_system(struct trial *trial)
{
    if (trial->nr == halt_system_nr)
        trial->nr = reset_system_nr; /* the other one would be obeyed */
    A(0) |= 2;
    return PARAM;
}

static prtos_s32_t do_time(struct trial *trial)
{
    if (trial->nr == get_time_nr)
        return A(0) > PRTOS_EXEC_CLOCK ? PARAM : OK;
    return own_timer_is_legal(trial) && A(0) <= PRTOS_EXEC_CLOCK ? OK : PARAM;
}

/* Every vector stays the one that has a handler. */
static prtos_s32_t do_route(struct trial *trial)
{
    A(0) = PICK(0, 1, 2, 2, 3, ~0u);
    A(1) = random_word() % 2 ? random_word() % 40 : random_value();
    A(2) = A(0) == 2 ? (prtos_u32_t)BAIL_PRTOSEXT_TRAP(A(1) & 31) : A(1) & 31;
    return A(1) >= 32 || A(0) > PRTOS_EXTIRQ_TYPE ? PARAM : OK;
}

static prtos_s32_t do_ipvi(struct trial *trial)
{
    prtos_u32_t whole = trial->nr == raise_partition_ipvi_nr, mine = PRTOS_VT_EXT_IPVI0 + self;
    prtos_u32_t irq = PICK(24, 24, 25, 25, 26, 31, 32, 23, 0, 0x118, ~0u);
    prtos_u32_t before = raised;

    A(whole) = irq;
    if (whole)
        A(0) = PICK(MONITOR, MONITOR, MONITOR, self, TARGET, PARTITIONS, 99, ~0u);
    if (irq < 24 || irq > 31 || (whole && A(0) >= PARTITIONS))
        return PARAM;
    if (irq != mine || (whole && A(0) != MONITOR))
        return whole ? CONFIG : NONE;
    raised = 1;
    return whole && before ? NONE : OK;
}

/* There is one plan, and its number is 0. */
static prtos_s32_t do_plan(struct trial *trial)
{
    return A(0) == 0 ? NONE : PARAM;
}

static prtos_s32_t do_name(struct trial *trial)
{
    static const char names[][16] = {"plain", "boss",  "monitor", "nobody",
                                     "only",  "Plain", "",        "plai"};
    static const prtos_s32_t ids[] = {PLAIN, BOSS, MONITOR, NOBODY, -1, -1, -1, -1};
    prtos_u32_t i = random_word() % 8;

    A(1) = PICK(0, 0, 1, 2, ~0u);
    if (accessible(A(0), 16, 1))
        memcpy(AT(char, A(0)), names[i], 16);
    if (A(1) > 1)
        return PARAM;
    if (A(1) == PRTOS_PLAN_NAME)
        return i == 4 ? 0 : CONFIG;
    return ids[i] < 0 ? CONFIG : ids[i];
}

static prtos_s32_t do_vcpu(struct trial *trial)
{
    if (trial->nr == reset_vcpu_nr) {
        own_reset(trial); /* so that it is refused */
        return PARAM;
    }
    if (trial->nr != resume_vcpu_nr)
        A(0) |= 1; /* else it does not return */
    return A(0) ? PARAM : NONE;
}

/* An empty batch, or one that is none. */
static prtos_s32_t do_batch(struct trial *trial)
{
    prtos_u32_t *word = AT(prtos_u32_t, ROOM);

    switch (random_word() % 4) {
    case 0:
        A(0) = A(1) = ROOM + 64;
        return OK;
    case 1:
        A(0) = ROOM + 64;
        A(1) = ROOM + random_word() % 16 * 4;
        return PARAM;
    case 2:
        A(0) = PICK(FROZEN, 0x10000, HYPERVISOR_BASE - 4, ROOM + AREA - 4);
        A(1) = A(0) + 8;
        return PARAM;
    default:
        word[0] = PICK(get_vcpuid_nr, get_vcpuid_nr, multicall_nr, halt_partition_nr, wait_irq_nr,
                       51, ~0u);
        word[1] = random_word() % 2;
        A(0) = ROOM;
        A(1) = ROOM + 8 + word[1] * 4;
        return word[0] == get_vcpuid_nr && word[1] == 0 ? OK : PRTOS_MULTICALL_ERROR;
    }
}

static prtos_s32_t (*const rules[])(struct trial *) = {
    [multicall_nr] = do_batch,
    [halt_partition_nr] = do_partition,
    [suspend_partition_nr] = do_partition,
    [resume_partition_nr] = do_partition,
    [reset_partition_nr] = do_partition,
    [shutdown_partition_nr] = do_partition,
    [halt_system_nr] = do_system,
    [reset_system_nr] = do_system,
    [get_time_nr] = do_time,
    [set_timer_nr] = do_time,
    [route_irq_nr] = do_route,
    [raise_ipvi_nr] = do_ipvi,
    [raise_partition_ipvi_nr] = do_ipvi,
    [switch_sched_plan_nr] = do_plan,
    [get_gid_by_name_nr] = do_name,
    [reset_vcpu_nr] = do_vcpu,
    [halt_vcpu_nr] = do_vcpu,
    [suspend_vcpu_nr] = do_vcpu,
    [resume_vcpu_nr] = do_vcpu,
};

static const struct oracle_call *row_of(prtos_u32_t nr)
{
    prtos_u32_t i;

    for (i = 0; i < N_CALLS; i++)
        if (oracle_calls[i].nr == nr)
            return &oracle_calls[i];
    return 0;
}

static prtos_s32_t result_of(struct trial *trial)
{
    const struct oracle_call *row = row_of(trial->nr);
    prtos_u32_t size, word, good = 1;
    prtos_s32_t code;

    if (!row || !row->built)
        return UNKNOWN;
    if (row->system && self != BOSS)
        return PERM;
    size = row->pointer[0].size;
    word = row->pointer[0].word;
    if (size) {
        trial->arg[word] = random_pointer(ROOM, size);
        good = accessible(trial->arg[word], size, row->pointer[0].out);
    }
    code = trial->nr < sizeof(rules) / sizeof(rules[0]) && rules[trial->nr]
               ? rules[trial->nr](trial)
               : own_call(trial);
    return good ? code : PARAM;
}

void model_call(struct trial *trial)
{
    prtos_u32_t i, kind = random_word() % 64;

    for (i = 0; i < 5; i++)
        trial->arg[i] = random_value();
    trial->nr = kind ? random_word() % 52 : random_value();
    if (kind < 24)
        trial->nr = read_object_nr + kind % 4;
    if ((trial->nr == idle_self_nr || trial->nr == wait_irq_nr) && random_word() % 16)
        trial->nr = get_vcpuid_nr;
    if (trial->nr >= read_object_nr && trial->nr <= ctrl_object_nr)
        objects_call(trial);
    else
        trial->low = trial->high = result_of(trial);
}
