/* SPDX-License-Identifier: Apache-2.0 */
/* The memory object by guest-abi.md, section 8: who may copy what where, and that it copies as
 * memmove does. Areas are mapped where they are, so physical addresses are the program's own. */
#include "conform.h"
#include <string.h>

#define DESC OBJDESC_BUILD(OBJ_CLASS_MEM, PRTOS_PARTITION_SELF, 0)
#define BOTH 0x6800000u
#define FROZEN 0x6a00000u
#define TARGET_ROOM 0x62f0000u /* unused memory of the target */
#define FREE 0x7000000u        /* nobody's */
#define ANY 0xffu
#define ROOM 16384u

static prtos_u8_t work[ROOM], model[ROOM];

prtos_s32_t copy_cmd(prtos_u32_t cmd, prtos_u32_t dst_id, prtos_u32_t dst, prtos_u32_t src_id,
                     prtos_u32_t src, prtos_s32_t size)
{
    union mem_cmd arg;

    arg.cpy_area.dst_id = dst_id;
    arg.cpy_area.dst_addr = dst;
    arg.cpy_area.src_id = src_id;
    arg.cpy_area.src_addr = src;
    arg.cpy_area.size = size;
    return call(ctrl_object_nr, DESC, cmd, PTR2ADDR(&arg), 0, 0);
}

static prtos_s32_t copy(prtos_u32_t dst_id, prtos_u32_t dst, prtos_u32_t src_id, prtos_u32_t src,
                        prtos_s32_t size)
{
    return copy_cmd(PRTOS_OBJ_MEM_CPY_AREA, dst_id, dst, src_id, src, size);
}

static void fill(prtos_u32_t seed)
{
    prtos_u32_t i;

    for (i = 0; i < ROOM; i++)
        work[i] = model[i] = (prtos_u8_t)((i + seed) * 2654435761u >> 13);
}

/* Every distance and alignment that the pieces may stumble over. */
static void check_moves(prtos_u32_t self)
{
    static const prtos_s32_t apart[] = {0,    1,    2,    3,     4,     31,    63,    64,   65, 100,
                                        1023, 1024, 1025, 4095,  4096,  5000,  -1,    -2,   -3, -7,
                                        -63,  -64,  -65,  -1000, -1024, -1025, -4096, -6001};
    prtos_u32_t i, wrong = 0, answers = 0;

    for (i = 0; i < sizeof(apart) / sizeof(apart[0]); i++) {
        prtos_u32_t from = 6500 + i, to = (prtos_u32_t)((prtos_s32_t)from + apart[i]);
        prtos_s32_t size = 4500 + (prtos_s32_t)i * 7;

        fill(i);
        answers += copy(self, PTR2ADDR(&work[to]), self, PTR2ADDR(&work[from]), size) == size;
        memmove(&model[to], &model[from], (prtos_u_size_t)size);
        wrong += memcmp(work, model, ROOM) != 0;
    }
    check("memory.moves", 0, (prtos_s32_t)wrong);
    check("memory.moves.answers", (prtos_s32_t)i, (prtos_s32_t)answers);
    check("memory.lib", 5, prtos_memory_copy(self, PTR2ADDR(work), self, PTR2ADDR(model), 5));
}

static void check_ranges(prtos_u32_t self)
{
    prtos_u32_t at = PTR2ADDR(work);

    fill(1);
    check("memory.nothing", 0, copy(self, 0, self, 0, 0));
    check("memory.negative", 0, copy(ANY, 0, 99, 0, -1));
    check("memory.command", PARAM, copy_cmd(0, self, at, self, at, 4));
    check("memory.command2", PARAM, copy_cmd(2, self, at, self, at, 4));
    check("memory.null", PARAM, call(ctrl_object_nr, DESC, 1, 0, 0, 0));
    check("memory.area-end", 4, copy(self, BOTH + 0xfffc, self, at, 4));
    check("memory.over-end", PARAM, copy(self, BOTH + 0xfffd, self, at, 4));
    check("memory.before", PARAM, copy(self, BOTH - 1, self, at, 4));
    check("memory.source-end", PARAM, copy(self, at, self, BOTH + 0xfffd, 4));
    check("memory.nowhere", PARAM, copy(self, 0x10, self, at, 4));
    check("memory.wrap", PARAM, copy(self, 0xfffffffe, self, at, 4));
    check("memory.large", PARAM, copy(self, BOTH, self, at, 0x7fffffff));
    check("memory.two-areas", PARAM, copy(self, at, self, at, 0x1000000));
    check("memory.control-table", PARAM, copy(self, PCT_BASE, self, at, 4));
    check("memory.frozen", PARAM, copy(self, FROZEN, self, at, 4));
    check("memory.from-frozen", 4, copy(self, at, self, FROZEN, 4));
}

static void check_rights(prtos_u32_t self)
{
    prtos_u32_t at = PTR2ADDR(work), target = self == BOSS;

    fill(2);
    check("memory.to-other", target ? 8 : PERM, copy(TARGET, TARGET_ROOM, self, at, 8));
    check("memory.from-other", target ? 8 : PERM, copy(self, at + 64, TARGET, TARGET_ROOM, 8));
    check("memory.there-and-back", target ? 0 : 1, memcmp(work, work + 64, 8) != 0);
    check("memory.other-beyond", target ? PARAM : PERM, copy(self, at, TARGET, 0x6300000, 4));
    check("memory.id", target ? PARAM : PERM, copy(PARTITIONS, at, self, at, 4));
    check("memory.source-id", target ? PARAM : PERM, copy(self, at, ~0u, at, 4));
    check("memory.bad-and-foreign", target ? PARAM : PERM, copy(self, 0, PARTITIONS, 0, 4));
    check("memory.any", target ? 16 : PERM, copy(ANY, FREE, self, at, 16));
    check("memory.from-any", target ? 16 : PERM, copy(self, at + 64, ANY, FREE, 16));
    check("memory.any-and-back", target ? 0 : 1, memcmp(work, work + 64, 16) != 0);
    check("memory.core", target ? PARAM : PERM, copy(ANY, OWN_CORE, self, at, 4));
    check("memory.into-core", target ? PARAM : PERM, copy(ANY, OWN_CORE - 3, self, at, 4));
    check("memory.core-end", target ? PARAM : PERM, copy(ANY, OWN_CORE + 0x3fffff, self, at, 4));
    check("memory.from-core", target ? PARAM : PERM, copy(self, at, ANY, OWN_CORE, 4));
    check("memory.no-memory", target ? PARAM : PERM, copy(ANY, 0x20000000, self, at, 4));
    check("memory.memory-end", target ? PARAM : PERM, copy(ANY, 0x1ffffffd, self, at, 4));
    check("memory.apic", target ? PARAM : PERM, copy(ANY, 0xfee00000, self, at, 4));
}

/* Type and counter of the page of an address; -1: refused. */
prtos_s32_t page_of(prtos_u32_t partition, prtos_u32_t address)
{
    prtos_phys_page_status_t page = {address, 3, 7, 99};
    prtos_s32_t result = call(ctrl_object_nr, OBJDESC_BUILD(OBJ_CLASS_STATUS, partition, 0),
                              PRTOS_GET_PHYSPAGE_STATUS, PTR2ADDR(&page), 0, 0);

    if (result != OK)
        return result;
    return page.p_addr == address && page.unused == 0 ? page.type * 16 + page.counter : -99;
}

static void check_pages(prtos_u32_t self)
{
    prtos_phys_page_status_t page;
    prtos_s32_t foreign = self == BOSS ? PARAM : PERM;

    page.p_addr = PTR2ADDR(work);
    check("page", OK,
          call(ctrl_object_nr, OBJDESC_BUILD(OBJ_CLASS_STATUS, self, 0), PRTOS_GET_PHYSPAGE_STATUS,
               PTR2ADDR(&page), 0, 0));
    check("page.ordinary", PPAG_STD * 16 + 1, page_of(self, PTR2ADDR(work) + 5));
    check("page.frozen", PPAG_STD * 16 + 1, page_of(self, FROZEN));
    check("page.nowhere", PARAM, page_of(self, 0x10));
    check("page.behind", PARAM, page_of(self, BOTH + 0x10000));
    check("page.control-table", PARAM, page_of(self, PCT_BASE));
    check("page.core", PARAM, page_of(self, OWN_CORE));
    check("page.other", self == BOSS ? PPAG_STD * 16 + 1 : PERM, page_of(TARGET, TARGET_ROOM));
    check("page.not-others", foreign, page_of(TARGET, PTR2ADDR(work)));
    check("page.hypervisor", foreign, page_of(PRTOS_HYPERVISOR_ID, PTR2ADDR(work)));
    check("page.lib", OK, prtos_get_physpage_status(PTR2ADDR(work), &page));
    check("page.lib.type", PPAG_STD, (prtos_s32_t)page.type);
}

void check_memory(void)
{
    prtos_u32_t self = PRTOS_PARTITION_SELF;

    check_ranges(self);
    check_pages(self);
    check_rights(self);
    check_moves(self);
    check_own_memory(self);
}
