/* SPDX-License-Identifier: Apache-2.0 */
/* Page tables of a partition: random calls, several half done at a time, some left for good,
 * against a model that knows the rules of the contract and counts everything anew: no table can be
 * written to, no entry leads out of the partition, every count is a recount. PAGES_OPERATIONS=n
 * does n of them (tests/fuzz/test_pages.py). */
/* fake: core */
/* sources: core/arch/x86/pages.c */
/* flags: -Icore/arch/x86 */
#include "pages_model.h"

#include <stdio.h>

#include "random.h"

#define OPERATIONS 20000u
#define ALL_EVERY 4u /* operations between two looks at everything */
#define TYPERS 3u
static struct {
    bool on;
    u32 page, type;
} typer[TYPERS];
static u32 done[8], begun, left;

/* Any entry, mostly a sensible one. */
static u32 entry_random(void)
{
    u32 page = (u32)random_below(10) ? (u32)random_below(24) : (u32)random_below(N_PAGES + 12);
    u32 value = phys(page) | LINKS | ((u32)random_u64() & (PTE_A | PTE_D | 0xe00));

    if (random_below(3) == 0)
        return 0;
    switch (random_below(24)) {
    case 0:
        return (u32)random_u64();
    case 1:
        return (u32)random_u64() & ~1u;
    case 2:
        return value ^ (1u << random_below(12));
    case 3:
        return (random_below(2) ? PCT : PCT + 4096) | LINKS;
    case 4:
    case 5:
    case 6:
        return value & ~(u32)PTE_W;
    default:
        return value;
    }
}

static void op_write(void)
{
    u32 page = (u32)random_below(4) ? (u32)random_below(24) : (u32)random_below(FOREIGN + 4);
    u32 slot = (u32)(random_below(8)   ? random_below(40)
                     : random_below(2) ? 1000 + random_below(24)
                                       : random_below(1024));
    u32 at = phys(page) + slot * 4 + (random_below(50) ? 0 : (u32)random_below(4));
    u32 value = entry_random(), wanted = value, before = bytes(page)[slot];
    bool good = !(at & 3) && page < N_PAGES && model[page].flags != NOBODYS &&
                !(model[page].flags & CONF_AREA_READONLY) && !model[page].half;
    s32 code;

    if (good && model[page].type != PPAG_STD)
        good = !model[page].busy && legal(model[page].type, slot, &wanted);
    code = pages_write(cpus[0], own, at, value);
    assert_int_equal(code, good ? PRTOS_OK : PRTOS_INVALID_PARAM);
    assert_int_equal(bytes(page)[slot], good ? wanted : before);
    done[0] += good;
}

/* Empties a table, but for what the loader has put there: else nothing can be given back. */
static void op_empty(void)
{
    u32 page = (u32)random_below(24);

    if (model[page].half || model[page].busy || model[page].type == PPAG_STD)
        return;
    for (u32 i = 0; i < entries_of(page); i++)
        if (bytes(page)[i] && !(page == ROOT && i == VIRT >> 22) && !(page == TABLE && i < N_PAGES))
            assert_int_equal(pages_write(cpus[0], own, phys(page) + i * 4, 0), PRTOS_OK);
}

/* What a guest may do by itself: write to ordinary memory. */
static void op_store(void)
{
    u32 page = (u32)random_below(24);

    if (is_table(page))
        return;
    if (random_below(3) == 0)
        memset(bytes(page), 0, 4096);
    for (u32 i = (u32)random_below(6); i--;)
        bytes(page)[random_below(4) ? random_below(40) : random_below(1024)] =
            random_below(3) ? phys(random_below(2) ? TABLE : (u32)random_below(24)) | LINKS
                            : entry_random();
}

static s32 begin_code(u32 page, u32 type)
{
    if (page >= N_PAGES || model[page].flags == NOBODYS ||
        (type != PPAG_STD && !can_be_table(page)))
        return PRTOS_INVALID_PARAM;
    if (model[page].busy)
        return PRTOS_OP_NOT_ALLOWED;
    if (model[page].half)
        return PRTOS_OK;
    if (model[page].type == type)
        return PRTOS_NO_ACTION;
    if (page == ROOT || page == TABLE)
        return PRTOS_OP_NOT_ALLOWED;
    return references(page) == (model[page].type == PPAG_STD && own_writable(page))
               ? PRTOS_OK
               : PRTOS_OP_NOT_ALLOWED;
}

/* Whether all entries of a page would do, if nothing else happens meanwhile. */
static bool content_legal(u32 page, u32 type)
{
    for (u32 i = 0; i < (type == PPAG_PTDL1 ? 1008u : 1024u); i++) {
        u32 entry = bytes(page)[i];

        if (!legal(type, i, &entry))
            return false;
    }
    return true;
}

/* One piece; false when the call is over. `code`: what it came to. */
static bool typer_step(u32 i, s32 *code)
{
    u32 page = typer[i].page;
    enum pages_result result = pages_step(cpus[0], own, phys(ROOT), phys(page), typer[i].type);
    u32 word = *word_of(page);

    model[page].type = word >> PAGE_TYPE_SHIFT & PAGE_TYPE;
    model[page].half = word & PAGE_HALF;
    if (result == PAGES_BAD) {
        typer[i].type = PPAG_STD;
        *code = PRTOS_INVALID_PARAM;
    }
    if (result != PAGES_DONE)
        return true;
    assert_false(model[page].half);
    assert_int_equal(model[page].type, typer[i].type);
    model[page].busy = typer[i].on = false;
    return false;
}

static void op_begin(bool whole)
{
    u32 page = (u32)random_below(3) ? (u32)random_below(20) : (u32)random_below(FOREIGN + 4);
    u32 type = (u32)random_below(3), i = 0;
    u32 from = page < N_PAGES ? model[page].type : 0;
    bool was_half = page < N_PAGES && model[page].half, plain;
    s32 wanted = begin_code(page, type), code;

    while (i < TYPERS && typer[i].on)
        i++;
    if (i == TYPERS)
        return;
    code = pages_begin(cpus[0], own, phys(ROOT), phys(page), type);
    assert_int_equal(code, wanted);
    done[-code]++;
    if (code)
        return;
    plain = from == PPAG_STD && !was_half;
    typer[i].on = model[page].busy = true;
    typer[i].page = page;
    typer[i].type = type;
    if (plain) {
        model[page].type = type;
        model[page].half = true;
        assert_false(own_writable(page));
        wanted = content_legal(page, type) ? PRTOS_OK : PRTOS_INVALID_PARAM;
    }
    begun++;
    while (whole && typer_step(i, &code))
        ;
    if (whole && plain)
        assert_int_equal(code, wanted);
    if (whole && !was_half && from == PPAG_PTDL1) /* nothing of the core's entries is left */
        for (u32 slot = 1008; slot < 1024; slot++)
            assert_int_equal(bytes(page)[slot], 0);
    if (whole && type == PPAG_STD)
        assert_true(!(model[page].flags & CONF_AREA_UNMAPPED) || *word_of(page) == 0);
}

/* A piece of a call that is half done, or its vCPU is halted there. */
static void op_step(void)
{
    u32 i = (u32)random_below(TYPERS);
    s32 code;

    if (!typer[i].on)
        return;
    if (random_below(12) == 0) {
        *word_of(typer[i].page) &= ~PAGE_BUSY; /* type_cancel() */
        model[typer[i].page].busy = typer[i].on = false;
        left++;
        return;
    }
    for (u32 n = 1 + (u32)random_below(12); n-- && typer_step(i, &code);)
        ;
}

static void area(u32 first, u32 n, u32 flags)
{
    fake_area(phys(first), n * 4096, VIRT + first * 4096, flags);
    for (u32 page = first; page < first + n; page++)
        model[page] = (struct model_page){.flags = flags};
}

/* As the loader leaves it (space.c). */
static void boot(void)
{
    for (u32 page = 0; page < N_PAGES; page++)
        model[page].flags = NOBODYS;
    memset(typer, 0, sizeof(typer));
    fake_one_cpu();
    fake_partition("own", 0, 1);
    area(0, 24, 0);
    area(32, 8, CONF_AREA_UNMAPPED);
    area(48, 4, CONF_AREA_SHARED);
    area(56, 4, CONF_AREA_READONLY);
    area(64, 4, CONF_AREA_UNCACHEABLE);
    fake_partition("other", 0, 1);
    fake_area(phys(FOREIGN), 4 * 4096, VIRT, 0);
    fake_boot();
    own = &partitions[0];
    own->root = phys(ROOT);
    own->table_bytes = 2 * 4096;
    own->pct = PCT;
    own->pct_stride = 4096;
    for (u32 i = 1008; i < 1024; i++)
        hv_root[i] = 0xabc00003 + (i << 12);
    memcpy(&bytes(ROOT)[1008], &hv_root[1008], 16 * sizeof(u32));
    bytes(ROOT)[VIRT >> 22] = phys(TABLE) | LINKS;
    model[ROOT].type = PPAG_PTDL1;
    model[TABLE].type = PPAG_PTDL2;
    *word_of(ROOT) = PAGE_IS(PPAG_PTDL1);
    *word_of(TABLE) = PAGE_IS(PPAG_PTDL2) | 1;
    for (u32 page = 0; page < N_PAGES; page++) {
        u32 entry = phys(page) | LINKS;

        if (model[page].flags == NOBODYS || model[page].flags & CONF_AREA_UNMAPPED)
            continue;
        assert_true(legal(PPAG_PTDL2, 0, &entry));
        bytes(TABLE)[page] = entry;
        if (entry & PTE_W && word_of(page))
            *word_of(page) = 1;
    }
    check_all();
}

static void as_the_model(void **state)
{
    const char *wish = getenv("PAGES_OPERATIONS");
    u32 n = wish ? (u32)strtoul(wish, NULL, 10) : OPERATIONS;

    (void)state;
    boot();
    for (u32 i = 0; i < n; i++) {
        u64 draw = random_below(100);

        if (draw < 3)
            op_empty();
        else if (draw < 40)
            op_write();
        else if (draw < 55)
            op_store();
        else if (draw < 80)
            op_begin(random_below(2));
        else
            op_step();
        if (i % ALL_EVERY == 0)
            check_all();
    }
    check_all();
    printf("%u calls: %u entries, %u pages begun, %u left half way, %u refused, %u used\n", n,
           done[0], begun, left, done[-PRTOS_INVALID_PARAM], done[-PRTOS_OP_NOT_ALLOWED]);
    for (u32 code = 0; code < 8; code++)
        if (code == 0 || code == 1 || code == 3 || code == 7)
            assert_true(done[code] > n / 1000);
    assert_true(begun > n / 100 && left > n / 2000);
}

/* A count that is full takes no more. */
static void counts_end(void **state)
{
    u32 at = phys(TABLE) + 40 * 4;

    (void)state;
    boot();
    *word_of(5) = PAGE_COUNT - 1;
    assert_int_equal(pages_write(cpus[0], own, at, phys(5) | LINKS), PRTOS_OK);
    assert_int_equal(*word_of(5), PAGE_COUNT);
    assert_int_equal(pages_write(cpus[0], own, at + 4, phys(5) | LINKS), PRTOS_INVALID_PARAM);
    assert_int_equal(pages_write(cpus[0], own, at + 4, phys(5) | PTE_P), PRTOS_OK);
    assert_int_equal(*word_of(5), PAGE_COUNT);
    *word_of(TABLE) = PAGE_IS(PPAG_PTDL2) | PAGE_COUNT;
    at = phys(ROOT) + 9 * 4;
    assert_int_equal(pages_write(cpus[0], own, at, phys(TABLE) | LINKS), PRTOS_INVALID_PARAM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_the_model),
        cmocka_unit_test(counts_end),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
