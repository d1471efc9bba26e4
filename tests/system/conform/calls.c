/* SPDX-License-Identifier: Apache-2.0 */
/* Codes of the calls that are judged by their arguments alone, from the contract's hypercalls.md,
 * section 4, in its order of checks. */
#include "conform.h"
#include <stdio.h>
#include <string.h>

#define OBJECT(class, partition, id) OBJDESC_BUILD(OBJ_CLASS_##class, partition, id)
#define CLASS(n, partition) ((prtos_u32_t)(n) << 24 | (partition) << 10)
#define TEXT PTR2ADDR(text)
#define ROOM PTR2ADDR(&room)
#define ABSENT 99u
#define NEGATIVE 0x80000000u

static char text[] = "";
static union status_fmd room;
static char name_plain[16] = "plain", name_none[16] = "zzz", name_longer[16] = "plainx";
static char name_full[16] = "sixteen_letters", name_plan[16] = "normal", name_plan1[16] = "spare";

static const struct row partitions[] = {
    {"halt.other", halt_partition_nr, {ABSENT}, PERM, PARAM},
    {"suspend.other", suspend_partition_nr, {ABSENT}, PERM, PARAM},
    {"resume.other", resume_partition_nr, {ABSENT}, PERM, PARAM},
    {"reset.other", reset_partition_nr, {ABSENT, 0, 0}, PERM, PARAM},
    {"shutdown.other", shutdown_partition_nr, {ABSENT}, PERM, PARAM},
    {"halt.first-beyond", halt_partition_nr, {PARTITIONS}, PERM, PARAM},
    {"suspend.minus", suspend_partition_nr, {~0u}, PERM, PARAM},
    {"resume.first-beyond", resume_partition_nr, {PARTITIONS}, PERM, PARAM},
    {"reset.first-beyond", reset_partition_nr, {PARTITIONS, 1, 0}, PERM, PARAM},
    {"shutdown.hypervisor", shutdown_partition_nr, {0xff}, PERM, PARAM},
    {"resume.self", resume_partition_nr, {SELF}, NONE, NONE},
    {"resume.running", resume_partition_nr, {SINK}, PERM, NONE},
    {"reset.mode", reset_partition_nr, {SELF, 2, 0}, PARAM, PARAM},
    {"reset.mode-minus", reset_partition_nr, {SELF, ~0u, 0}, PARAM, PARAM},
    {"reset.other-mode", reset_partition_nr, {SINK, 2, 0}, PERM, PARAM},
    {"reset.no-image-mode", reset_partition_nr, {NOBODY, 2, 0}, PERM, PARAM},
    {"reset.no-image", reset_partition_nr, {NOBODY, 0, 0}, PERM, CONFIG},
    {"reset.no-image-warm", reset_partition_nr, {NOBODY, 1, 0}, PERM, CONFIG},
    {"halt.no-image", halt_partition_nr, {NOBODY}, PERM, NONE},
    {"suspend.no-image", suspend_partition_nr, {NOBODY}, PERM, NONE},
    {"resume.no-image", resume_partition_nr, {NOBODY}, PERM, NONE},
    {"shutdown.no-image", shutdown_partition_nr, {NOBODY}, PERM, OK},
    {"shutdown.self", shutdown_partition_nr, {SELF}, OK, OK},
    {"reset_system.mode", reset_system_nr, {2}, PERM, PARAM},
    {"reset_system.mode-minus", reset_system_nr, {~0u}, PERM, PARAM},
};

/* Nothing but a refusal is expected of these from an ordinary partition. */
static const struct row refused[] = {
    {"halt_system", halt_system_nr, {0}, PERM, 0},
    {"reset_system.cold", reset_system_nr, {0}, PERM, 0},
    {"reset_system.warm", reset_system_nr, {1}, PERM, 0},
    {"halt.boss", halt_partition_nr, {BOSS}, PERM, 0},
    {"suspend.target", suspend_partition_nr, {TARGET}, PERM, 0},
    {"reset.target", reset_partition_nr, {TARGET, 0, 0}, PERM, 0},
    {"shutdown.target", shutdown_partition_nr, {TARGET}, PERM, 0},
};

static const struct row others[] = {
    {"get_time.hw", get_time_nr, {0, ROOM}, OK, OK},
    {"get_time.exec", get_time_nr, {1, ROOM}, OK, OK},
    {"get_time.clock", get_time_nr, {2, ROOM}, PARAM, PARAM},
    {"get_time.clock-minus", get_time_nr, {~0u, ROOM}, PARAM, PARAM},
    {"get_time.null", get_time_nr, {0, 0}, PARAM, PARAM},
    {"set_timer.abs", set_timer_nr, {0, TIMES(0, NEGATIVE, 0, 0)}, PARAM, PARAM},
    {"set_timer.interval", set_timer_nr, {0, TIMES(0, 0, 0, NEGATIVE)}, PARAM, PARAM},
    {"set_timer.clock", set_timer_nr, {2, TIMES(0, 0, 0, 0)}, PARAM, PARAM},
    {"set_timer.disarm-hw", set_timer_nr, {0, TIMES(0, 0, 0, 0)}, OK, OK},
    {"set_timer.disarm-exec", set_timer_nr, {1, TIMES(0, 0, 0, 0)}, OK, OK},
    {"set_timer.far", set_timer_nr, {0, TIMES(~0u, 0x7fffffff, ~0u, 0x7fffffff)}, OK, OK},
    {"set_timer.far-exec", set_timer_nr, {1, TIMES(~0u, 0x7fffffff, 0, 0)}, OK, OK},
    {"set_timer.disarm-again", set_timer_nr, {0, TIMES(0, 0, 0, 0)}, OK, OK},
    {"set_timer.disarm-exec-again", set_timer_nr, {1, TIMES(0, 0, 5, 0)}, OK, OK},
    {"gid.plain", get_gid_by_name_nr, {PTR2ADDR(name_plain), 0}, PLAIN, PLAIN},
    {"gid.full", get_gid_by_name_nr, {PTR2ADDR(name_full), 0}, NOBODY, NOBODY},
    {"gid.none", get_gid_by_name_nr, {PTR2ADDR(name_none), 0}, CONFIG, CONFIG},
    {"gid.longer", get_gid_by_name_nr, {PTR2ADDR(name_longer), 0}, CONFIG, CONFIG},
    {"gid.plan", get_gid_by_name_nr, {PTR2ADDR(name_plan), 1}, 0, 0},
    {"gid.plan1", get_gid_by_name_nr, {PTR2ADDR(name_plan1), 1}, 1, 1},
    {"gid.plan-none", get_gid_by_name_nr, {PTR2ADDR(name_plain), 1}, CONFIG, CONFIG},
    {"gid.entity", get_gid_by_name_nr, {PTR2ADDR(name_plain), 2}, PARAM, PARAM},
    {"gid.entity-minus", get_gid_by_name_nr, {PTR2ADDR(name_plain), ~0u}, PARAM, PARAM},
    {"gid.null", get_gid_by_name_nr, {0, 0}, PARAM, PARAM},
    {"vcpuid", get_vcpuid_nr, {0}, 0, 0},
    {"halt_vcpu.beyond", halt_vcpu_nr, {1}, PARAM, PARAM},
    {"halt_vcpu.minus", halt_vcpu_nr, {~0u}, PARAM, PARAM},
    {"suspend_vcpu.beyond", suspend_vcpu_nr, {1}, PARAM, PARAM},
    {"suspend_vcpu.minus", suspend_vcpu_nr, {~0u}, PARAM, PARAM},
    {"resume_vcpu.beyond", resume_vcpu_nr, {1}, PARAM, PARAM},
    {"resume_vcpu.minus", resume_vcpu_nr, {~0u}, PARAM, PARAM},
    {"resume_vcpu.running", resume_vcpu_nr, {0}, NONE, NONE},
    {"reset_vcpu.beyond", reset_vcpu_nr, {1, 0, 0, 0}, PARAM, PARAM},
    {"reset_vcpu.minus", reset_vcpu_nr, {~0u, 0, 0, 0}, PARAM, PARAM},
    {"plan.current", switch_sched_plan_nr, {0, ROOM}, PERM, NONE},
    {"plan.null", switch_sched_plan_nr, {1, 0}, PERM, PARAM},
    {"plan.null-current", switch_sched_plan_nr, {0, 0}, PERM, PARAM},
    {"plan.beyond", switch_sched_plan_nr, {2, ROOM}, PERM, PARAM},
    {"plan.minus", switch_sched_plan_nr, {~0u, ROOM}, PERM, PARAM},
    {"route.irq", route_irq_nr, {0, 32, 5}, PARAM, PARAM},
    {"route.irq-minus", route_irq_nr, {1, ~0u, 5}, PARAM, PARAM},
    {"route.type", route_irq_nr, {3, 0, 5}, PARAM, PARAM},
    {"route.type-minus", route_irq_nr, {~0u, 0, 5}, PARAM, PARAM},
    {"route.trap", route_irq_nr, {0, 31, 0x1234}, OK, OK},
    {"route.hw", route_irq_nr, {1, 31, 0x2345}, OK, OK},
};

static const struct row ipvis[] = {
    {"ipvi.low", raise_ipvi_nr, {23}, PARAM, PARAM},
    {"ipvi.high", raise_ipvi_nr, {32}, PARAM, PARAM},
    {"ipvi.zero", raise_ipvi_nr, {0}, PARAM, PARAM},
    {"ipvi.beyond-byte", raise_ipvi_nr, {0x118}, PARAM, PARAM},
    {"ipvi.not-mine", raise_ipvi_nr, {26}, NONE, NONE},
    {"pipvi.low", raise_partition_ipvi_nr, {SINK, 23}, PARAM, PARAM},
    {"pipvi.high", raise_partition_ipvi_nr, {SINK, 32}, PARAM, PARAM},
    {"pipvi.beyond-byte", raise_partition_ipvi_nr, {SINK, 0x119}, PARAM, PARAM},
    {"pipvi.id", raise_partition_ipvi_nr, {ABSENT, 24}, PARAM, PARAM},
    {"pipvi.id-edge", raise_partition_ipvi_nr, {PARTITIONS, 25}, PARAM, PARAM},
    {"pipvi.unconfigured", raise_partition_ipvi_nr, {SINK, 31}, CONFIG, CONFIG},
    {"pipvi.not-destination", raise_partition_ipvi_nr, {TARGET, 24}, CONFIG, CONFIG},
    {"pipvi.not-destination1", raise_partition_ipvi_nr, {TARGET, 25}, CONFIG, CONFIG},
    {"pipvi.0", raise_partition_ipvi_nr, {SINK, 24}, OK, CONFIG},
    {"pipvi.1", raise_partition_ipvi_nr, {SINK, 25}, CONFIG, OK},
    {"ipvi.0", raise_ipvi_nr, {24}, OK, NONE},
    {"ipvi.1", raise_ipvi_nr, {25}, NONE, OK},
};

static const struct row objects[] = {
    {"read.class8", read_object_nr, {CLASS(8, 0), ROOM, 4, 0}, PARAM, PARAM},
    {"write.class8", write_object_nr, {CLASS(8, 0), ROOM, 4, 0}, PARAM, PARAM},
    {"seek.class8", seek_object_nr, {CLASS(8, 0), 0, 0}, PARAM, PARAM},
    {"ctrl.class8", ctrl_object_nr, {CLASS(8, 0), 0, ROOM}, PARAM, PARAM},
    {"read.class127", read_object_nr, {CLASS(127, 0), ROOM, 4, 0}, PARAM, PARAM},
    {"read.null", read_object_nr, {CLASS(0, 0), ROOM, 4, 0}, NOTALLOWED, NOTALLOWED},
    {"write.null", write_object_nr, {CLASS(0, 0), ROOM, 4, 0}, NOTALLOWED, NOTALLOWED},
    {"seek.null", seek_object_nr, {CLASS(0, 0), 0, 0}, NOTALLOWED, NOTALLOWED},
    {"ctrl.null", ctrl_object_nr, {CLASS(0, 0), 0, ROOM}, NOTALLOWED, NOTALLOWED},
    {"read.console", read_object_nr, {CLASS(1, 0), ROOM, 4, 0}, NOTALLOWED, NOTALLOWED},
    {"seek.console", seek_object_nr, {CLASS(1, 0), 0, 0}, NOTALLOWED, NOTALLOWED},
    {"ctrl.console", ctrl_object_nr, {CLASS(1, 0), 0, ROOM}, NOTALLOWED, NOTALLOWED},
    {"seek.sampling", seek_object_nr, {CLASS(3, 0), 0, 0}, NOTALLOWED, NOTALLOWED},
    {"seek.queuing", seek_object_nr, {CLASS(4, 0), 0, 0}, NOTALLOWED, NOTALLOWED},
    {"read.mem", read_object_nr, {CLASS(5, 0), ROOM, 4, 0}, NOTALLOWED, NOTALLOWED},
    {"write.mem", write_object_nr, {CLASS(5, 0), ROOM, 4, 0}, NOTALLOWED, NOTALLOWED},
    {"seek.mem", seek_object_nr, {CLASS(5, 0), 0, 0}, NOTALLOWED, NOTALLOWED},
    {"write.hm", write_object_nr, {CLASS(6, 0xff), ROOM, 4, 0}, NOTALLOWED, NOTALLOWED},
    {"read.status", read_object_nr, {CLASS(7, 0), ROOM, 4, 0}, NOTALLOWED, NOTALLOWED},
    {"write.status", write_object_nr, {CLASS(7, 0), ROOM, 4, 0}, NOTALLOWED, NOTALLOWED},
    {"seek.status", seek_object_nr, {CLASS(7, 0), 0, 0}, NOTALLOWED, NOTALLOWED},
    {"console.other", write_object_nr, {CLASS(1, 2), TEXT, 0, 0}, PERM, PERM},
    {"console.other-bad", write_object_nr, {CLASS(1, 2), 0, 999, 0}, PERM, PERM},
    {"hm.read-partition", read_object_nr, {CLASS(6, 2), ROOM, 64, 0}, PARAM, PARAM},
    {"hm.seek-partition", seek_object_nr, {CLASS(6, 2), 0, 1}, PARAM, PARAM},
    {"hm.ctrl-partition", ctrl_object_nr, {CLASS(6, 2), 0, ROOM}, PARAM, PARAM},
    {"hm.lock-partition", ctrl_object_nr, {CLASS(6, 2), 1, ROOM}, PARAM, PARAM},
    {"hm.unlock-partition", ctrl_object_nr, {CLASS(6, 2), 2, ROOM}, PARAM, PARAM},
    {"hm.reset-partition", ctrl_object_nr, {CLASS(6, 2), 3, ROOM}, PARAM, PARAM},
    {"hm.read", read_object_nr, {CLASS(6, 0xff), ROOM, 64, 0}, PERM, 0},
    {"hm.seek", seek_object_nr, {CLASS(6, 0xff), 0, 1}, PERM, OK},
    {"hm.status", ctrl_object_nr, {CLASS(6, 0xff), 0, ROOM}, PERM, OK},
    {"hm.lock", ctrl_object_nr, {CLASS(6, 0xff), 1, ROOM}, PERM, OK},
    {"hm.unlock", ctrl_object_nr, {CLASS(6, 0xff), 2, ROOM}, PERM, OK},
    {"hm.reset", ctrl_object_nr, {CLASS(6, 0xff), 3, ROOM}, PERM, OK},
    {"status.system", ctrl_object_nr, {CLASS(7, 0xff), 0, ROOM}, PERM, OK},
    {"status.other", ctrl_object_nr, {CLASS(7, 2), 0, ROOM}, PERM, OK},
    {"status.other-plan", ctrl_object_nr, {CLASS(7, 2), 1, ROOM}, PERM, OK},
    {"status.other-vcpu", ctrl_object_nr, {CLASS(7, 2), 4, ROOM}, PERM, OK},
    {"status.beyond-plan", ctrl_object_nr, {CLASS(7, PARTITIONS), 1, ROOM}, PERM, PARAM},
    {"status.beyond", ctrl_object_nr, {CLASS(7, PARTITIONS), 0, ROOM}, PERM, PARAM},
    {"status.beyond-opmode", ctrl_object_nr, {CLASS(7, ABSENT), 2, ROOM}, PERM, PARAM},
    {"status.hypervisor-opmode", ctrl_object_nr, {CLASS(7, 0xff), 2, ROOM}, PERM, PARAM},
};

void run_rows(const struct row *row, prtos_u32_t n)
{
    prtos_u32_t self = PRTOS_PARTITION_SELF;

    for (; n; n--, row++) {
        prtos_word_t first = row->arg[0] == SELF ? self : row->arg[0];
        prtos_s32_t got = call(row->nr, first, row->arg[1], row->arg[2], row->arg[3], row->arg[4]);

        check(row->name, self == BOSS ? row->boss : row->plain, got);
    }
}

#define RUN(table) run_rows(table, sizeof(table) / sizeof(table[0]))

/* Numbers that are in the contract but not in this version, and numbers that nobody has. */
static void check_unknown(void)
{
    static const prtos_u32_t numbers[] = {LATER_CALLS, 46,         47,         50,  51,  63,
                                          64,          127,        128,        255, 256, 0x109,
                                          0x7fffffff,  0x80000000, 0x80000009, ~0u};
    prtos_u32_t i;
    char name[24];

    for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        sprintf(name, "unknown.%x", numbers[i]);
        check(name, UNKNOWN, call(numbers[i], PTR2ADDR(&room), 1, 2, 3, 4));
    }
}

/* Own status: every command, every code. */
static void check_status(void)
{
    prtos_u32_t self = PRTOS_PARTITION_SELF;
    prtos_u32_t desc = OBJECT(STATUS, self, 0);

    memset(&room, 0x5a, sizeof(room));
    check("status.self", OK, call(ctrl_object_nr, desc, 0, ROOM, 0, 0));
    check("status.self.state", PRTOS_STATUS_READY, (prtos_s32_t)room.partition.state);
    check("status.self.opmode", PRTOS_OPMODE_NORMAL, (prtos_s32_t)room.partition.op_mode);
    check("status.self.resets", 0, (prtos_s32_t)room.partition.reset_counter);
    check("status.self.reset_status", 0, (prtos_s32_t)room.partition.reset_status);
    check("status.command", PARAM, call(ctrl_object_nr, desc, 5, ROOM, 0, 0));
    check("status.command-minus", PARAM, call(ctrl_object_nr, desc, ~0u, ROOM, 0, 0));
    check("status.vcpu", OK, call(ctrl_object_nr, desc, 4, ROOM, 0, 0));
    check("status.vcpu.state", PRTOS_STATUS_READY, (prtos_s32_t)room.vcpu.state);
    check("status.vcpu.opmode", PRTOS_OPMODE_NORMAL, (prtos_s32_t)room.vcpu.op_mode);
    check("status.vcpu-beyond", PARAM, call(ctrl_object_nr, desc | 1u << 20, 4, ROOM, 0, 0));
    check("status.vcpu-last", PARAM, call(ctrl_object_nr, desc | 15u << 20, 4, ROOM, 0, 0));
    check("status.plan", OK, call(ctrl_object_nr, desc, 1, ROOM, 0, 0));
    check("status.plan.current", 0, room.plan.current);
    check("status.plan.prev", -1, room.plan.prev);
    room.op_mode = 4;
    check("status.opmode4", PARAM, call(ctrl_object_nr, desc, 2, ROOM, 0, 0));
    room.op_mode = ~0u;
    check("status.opmode-minus", PARAM, call(ctrl_object_nr, desc, 2, ROOM, 0, 0));
    room.op_mode = PRTOS_OPMODE_WARM_RESET;
    check("status.opmode", OK, call(ctrl_object_nr, desc, 2, ROOM, 0, 0));
    call(ctrl_object_nr, desc, 0, ROOM, 0, 0);
    check("status.opmode.set", PRTOS_OPMODE_WARM_RESET, (prtos_s32_t)room.partition.op_mode);
    prtos_idle_self();
    call(ctrl_object_nr, desc, 0, ROOM, 0, 0);
    check("status.opmode.slot", PRTOS_OPMODE_NORMAL, (prtos_s32_t)room.partition.op_mode);
}

static void check_console(void)
{
    prtos_u32_t desc = OBJECT(CONSOLE, PRTOS_PARTITION_SELF, 0);
    static char line[129];

    memset(line, ' ', sizeof(line));
    line[127] = '\n';
    check("console.nothing", 0, call(write_object_nr, desc, TEXT, 0, 0, 0));
    check("console.longest", 128, call(write_object_nr, desc, PTR2ADDR(line), 128, 0, 0));
    check("console.longer", PARAM, call(write_object_nr, desc, PTR2ADDR(line), 129, 0, 0));
    check("console.longest-bad", PARAM, call(write_object_nr, desc, PTR2ADDR(line), ~0u, 0, 0));
    check("console.null", PARAM, call(write_object_nr, desc, 0, 1, 0, 0));
}

void check_calls(void)
{
    name_full[15] = '_';
    RUN(partitions);
    if (PRTOS_PARTITION_SELF != BOSS)
        RUN(refused);
    RUN(others);
    RUN(ipvis);
    RUN(objects);
    check_unknown();
    check_status();
    check_console();
}
