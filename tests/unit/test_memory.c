/* SPDX-License-Identifier: Apache-2.0 */
/* The memory object against memmove(): any place, distance and size, cut short at every breath; no
 * byte besides, and none where the destination may not be written. */
/* fake: core */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objdir.h>
#include <prtos_inc/objects/mem.h>

#include "fake.h"
#include "random.h"

#define ARG (GUEST_BASE + 0x2000)
#define OWN PHYS_BASE
#define OWN_SIZE 0x10000u
#define FROZEN (PHYS_BASE + 0x10000)
#define REGISTERS (PHYS_BASE + 0x18000) /* of a device */
#define OTHERS (PHYS_BASE + 0x20000)
#define NOBODYS (PHYS_BASE + 0x40000)
#define CORE (PHYS_BASE + 0x80000) /* as if the hypervisor's area were here */
#define DESC OBJDESC_BUILD(OBJ_CLASS_MEM, 0, 0)

static struct vcpu *plain, *boss;

static void boot(void)
{
    fake_one_cpu();
    fake_partition("plain", 0, 1);
    fake_area(OWN, OWN_SIZE, OWN, 0);
    fake_area(FROZEN, 0x1000, FROZEN, CONF_AREA_READONLY);
    fake_area(REGISTERS, 0x1000, REGISTERS, CONF_AREA_DEVICE);
    fake_partition("boss", CONF_PARTITION_SYSTEM, 1);
    fake_area(OTHERS, 0x1000, OTHERS, 0);
    fake_conf()->area_start = CORE;
    fake_conf()->area_size = 0x10000;
    fake_region(PHYS_BASE, 0xc0000, CONF_REGION_RAM);
    fake_region(PHYS_BASE + 0xc0000, 0x1000, CONF_REGION_ROM);
    fake_boot();
    plain = vcpu_of(0);
    boss = vcpu_of(1);
    boss->cpu = cpus[0];
    fake_start(plain);
    fake_start(boss);
}

static s32 copy(struct vcpu *vcpu, u32 dst_id, u64 dst, u32 src_id, u64 src, s64 size)
{
    union mem_cmd cmd = {.cpy_area = {dst_id, (prtos_address_t)dst, src_id, (prtos_address_t)src,
                                      (prtos_s_size_t)size}};
    s32 result;

    fake_space_load(vcpu);
    memcpy(guest_at(ARG), &cmd, sizeof(cmd));
    result = CALL(vcpu, ctrl_object_nr, DESC, PRTOS_OBJ_MEM_CPY_AREA, ARG);
    if (!(vcpu->work & VCPU_WORK_CONT))
        return result;
    memset(guest_at(ARG), 0xee, sizeof(cmd)); /* it is not read again */
    while (vcpu->work & VCPU_WORK_CONT)
        vcpu->cont.step(vcpu);
    return arch_vcpu_answer(vcpu);
}

static void as_memmove(void **state)
{
    static u8 model[PHYS_SIZE];

    (void)state;
    boot();
    for (u32 round = 0; round < 3000; round++) {
        u32 size = 1 + (u32)random_below(round % 4 ? 300 : 9000);
        u32 from = (u32)random_below(OWN_SIZE - size + 1), to;

        to = (u32)random_below(OWN_SIZE - size + 1);
        if (round % 2 && from + 64 < OWN_SIZE - size)
            to = from + (u32)random_below(64);
        for (u32 i = 0; i < 64; i++)
            fake_phys[random_below(OWN_SIZE)] = (u8)random_below(256);
        memcpy(model, fake_phys, PHYS_SIZE);
        memmove(model + to, model + from, size);
        fake.no_interrupts = round % 3 == 0;
        assert_int_equal(copy(plain, 0, OWN + to, 0, OWN + from, size), size);
        assert_memory_equal(fake_phys, model, PHYS_SIZE);
    }
}

static void who_may_copy_where(void **state)
{
    static u8 before[PHYS_SIZE];

    (void)state;
    boot();
    fake.no_interrupts = true;
    fake.tables = OWN + 0x4000;
    for (u32 i = 0; i < PHYS_SIZE; i++)
        fake_phys[i] = (u8)(i * 7);
    memcpy(before, fake_phys, PHYS_SIZE);
#define REFUSED(code, ...) assert_int_equal(copy(__VA_ARGS__), code)
    REFUSED(0, plain, 7, 0, 9, 0, 0);
    REFUSED(0, plain, 7, 0, 9, 0, -1);
    REFUSED(PRTOS_PERM_ERROR, plain, 1, OTHERS, 0, OWN, 4);
    REFUSED(PRTOS_PERM_ERROR, plain, 0, OWN, 0xff, OWN, 4);
    REFUSED(PRTOS_PERM_ERROR, plain, 9, 0, 0, 0, 4);
    REFUSED(PRTOS_INVALID_PARAM, boss, 2, OTHERS, 1, OTHERS, 4);
    REFUSED(PRTOS_INVALID_PARAM, plain, 0, FROZEN, 0, OWN, 4);
    REFUSED(PRTOS_INVALID_PARAM, plain, 0, REGISTERS, 0, OWN, 4);
    REFUSED(PRTOS_INVALID_PARAM, plain, 0, OWN, 0, REGISTERS, 4);
    REFUSED(PRTOS_INVALID_PARAM, plain, 0, OWN + OWN_SIZE - 3, 0, OWN, 4); /* two areas */
    REFUSED(PRTOS_INVALID_PARAM, plain, 0, OWN, 0, FROZEN + 0xffd, 4);
    REFUSED(PRTOS_INVALID_PARAM, plain, 0, OWN - 1, 0, OWN, 4);
    REFUSED(PRTOS_INVALID_PARAM, plain, 0, OWN, 0, OWN, 0x7fffffff);
    REFUSED(PRTOS_INVALID_PARAM, plain, 0, fake.tables, 0, OWN, 1);
    REFUSED(PRTOS_INVALID_PARAM, plain, 0, fake.tables - 3, 0, OWN, 4);
    REFUSED(PRTOS_INVALID_PARAM, plain, 0, fake.tables + 0x1fff, 0, OWN, 1);
    REFUSED(PRTOS_INVALID_PARAM, boss, 0xff, fake.tables, 0, OWN, 1);
    REFUSED(PRTOS_INVALID_PARAM, boss, 0xff, CORE, 0, OWN, 1);
    REFUSED(PRTOS_INVALID_PARAM, boss, 0xff, CORE - 3, 0, OWN, 4);
    REFUSED(PRTOS_INVALID_PARAM, boss, 0xff, CORE + 0xffff, 0, OWN, 1);
    REFUSED(PRTOS_INVALID_PARAM, boss, 1, OTHERS, 0xff, CORE, 1);
    REFUSED(PRTOS_INVALID_PARAM, boss, 0xff, PHYS_BASE + 0xc0000, 0, OWN, 1);
    REFUSED(PRTOS_INVALID_PARAM, boss, 0xff, PHYS_BASE + 0xbffff, 0, OWN, 2);
    REFUSED(PRTOS_INVALID_PARAM, boss, 0xff, PHYS_BASE - 1, 0, OWN, 2);
    REFUSED(PRTOS_INVALID_PARAM, boss, 0xff, 0xfee00000, 0, OWN, 2);
    assert_memory_equal(fake_phys, before, PHYS_SIZE);
    assert_int_equal(copy(plain, 0, OWN, 0, FROZEN, 8), 8);
    assert_int_equal(copy(plain, 0, OWN + 8, 0, fake.tables, 8), 8);
    assert_int_equal(copy(boss, 1, OTHERS, 0, OWN, 8), 8);
    assert_int_equal(copy(boss, 0xff, NOBODYS, 0xff, PHYS_BASE + 0xc0000, 0x1000), 0x1000);
    assert_memory_equal(fake_phys + 0x40000, before + 0xc0000, 0x1000);
    assert_memory_equal(fake_phys + 0x20000, before + 0x10000, 8);
}

/* A page that becomes a table amid a copy ends it; the page keeps what it has. */
static void a_table_ends_it(void **state)
{
    (void)state;
    for (u32 id = 0; id < 2; id++) {
        boot();
        memset(fake_phys + 0x8000, 1, 0x2000);
        fake_space_load(boss);
        memcpy(guest_at(ARG),
               &(union mem_cmd){.cpy_area = {id ? 0xff : 0, OWN + 0x8000, 0, OWN, 0x2000}},
               sizeof(union mem_cmd));
        CALL(boss, ctrl_object_nr, DESC, PRTOS_OBJ_MEM_CPY_AREA, ARG);
        boss->cont.step(boss);
        fake.tables = OWN + 0x8000;
        while (boss->work & VCPU_WORK_CONT) {
            assert_int_equal(boss->cpu->arch.claimed, 0);
            boss->cont.step(boss);
        }
        assert_int_equal(arch_vcpu_answer(boss), PRTOS_INVALID_PARAM);
        assert_int_equal(fake_phys[0x8000], 1);
        assert_int_equal(fake_phys[0x9fff], 0);
    }
}

/* A vCPU that is halted amid a copy copies no more. */
static void a_halt_ends_it(void **state)
{
    (void)state;
    boot();
    fake_phys[0x8fff] = 1;
    fake_space_load(plain);
    memcpy(guest_at(ARG), &(union mem_cmd){.cpy_area = {0, OWN + 0x8000, 0, OWN, 0x1000}},
           sizeof(union mem_cmd));
    CALL(plain, ctrl_object_nr, DESC, PRTOS_OBJ_MEM_CPY_AREA, ARG);
    assert_non_null(plain->cont.step);
    vcpu_quiet(plain);
    assert_null(plain->cont.step);
    assert_false(plain->work & VCPU_WORK_CONT);
    assert_int_equal(fake_phys[0x8fff], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_memmove),
        cmocka_unit_test(who_may_copy_where),
        cmocka_unit_test(a_table_ends_it),
        cmocka_unit_test(a_halt_ends_it),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
