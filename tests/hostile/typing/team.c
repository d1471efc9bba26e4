/* SPDX-License-Identifier: Apache-2.0 */
/* vCPU 0 makes a page a table, looks for entries that no table may have, and makes it ordinary
 * again. vCPU 1 writes such entries by every mapping that it has or had. vCPU 2 makes every call
 * about pages, and is reset in the middle of them. */
#include <bail.h>
#include <irqs.h>
#include <string.h>
#include "../../system/guest/check.h"
#include "board.h"

#define ROUNDS 200u
#define LOOKS 16
#define TRIES 100u
#define USED_SLOT (TABLES + 4 * 0x21)
#define WINDOW 0x63fe000u
#define TABLES ((prtos_u32_t)prtos_image_hdr.page_table)
#define STORE_BYTES 2

extern struct prtos_image_hdr prtos_image_hdr;

static prtos_u32_t entry_at(prtos_u32_t address)
{
    return (((const prtos_u32_t *)TABLES)[address >> 22] & ~0xfffu) + (address >> 12 & 1023) * 4;
}

/* A store that was refused is stepped over. */
static void on_fault(trap_ctxt_t *ctxt)
{
    BOARD->faults[PRTOS_VCPU_SELF]++;
    ctxt->ip += STORE_BYTES;
}

static void on_tick(trap_ctxt_t *ctxt)
{
    (void)ctxt;
}

static void store(prtos_u32_t at, prtos_u32_t value)
{
    __asm__ __volatile__("movl %0, (%1)" : : "a"(value), "d"(at) : "memory");
}

static prtos_u32_t illegal_entries(void)
{
    const volatile prtos_u32_t *page = (const volatile prtos_u32_t *)JUDGED;
    prtos_u32_t i, n = 0;

    for (i = 0; i < 1024; i++)
        n += (page[i] & PTE_PRESENT) && (page[i] & PTE_WRITE);
    return n;
}

/* Entries that map memory to be read only: any other comes from those who race. */
static void fill(void)
{
    prtos_u32_t i;

    for (i = 0; i < 1024; i++)
        store(JUDGED + i * 4, i % 3 ? 0 : MAPPED | PTE_PRESENT | PTE_USER);
}

static void judge(void)
{
    prtos_u32_t round, look, typed = 0, refused = 0, bad = 0, illegal = 0, stuck = 0;

    for (round = 0; round < ROUNDS; round++) {
        prtos_s32_t code;

        BOARD->rounds = round;
        fill();
        prtos_update_page32(entry_at(WINDOW), 0);
        BOARD->open = round % 2; /* attacked from the beginning, or when it is a table */
        code = prtos_set_page_type(JUDGED, PPAG_PTDL2);
        BOARD->open = 1;
        typed += code == PRTOS_OK;
        refused += code == PRTOS_OP_NOT_ALLOWED;
        bad += code == PRTOS_INVALID_PARAM;
        for (look = 0; code == PRTOS_OK && look < LOOKS; look++)
            illegal += illegal_entries();
        BOARD->open = 0;
        for (look = 0; code == PRTOS_OK && look < TRIES; look++) {
            prtos_update_page32(USED_SLOT, 0); /* the caller may have been reset in between */
            if (prtos_set_page_type(JUDGED, PPAG_STD) == PRTOS_OK)
                break;
        }
        stuck += look == TRIES;
        if (round % 8 == 0)
            prtos_reset_vcpu(2, TABLES, PTR2ADDR(start), 0);
    }
    check_word("illegal", 0, illegal);
    check_word("stuck", 0, stuck);
    check_range("typed", ROUNDS / 8, ROUNDS, typed);
    check_range("refused", 0, ROUNDS, refused);
    check_word("others", 0, ROUNDS - typed - refused - bad);
    check_range("faults", 10, ~0u, BOARD->faults[1]);
    check_range("writer.turns", 10, ~0u, BOARD->turns[1]);
    check_range("caller.turns", 10, ~0u, BOARD->turns[2]);
    check_range("caller.lives", 3, ROUNDS, BOARD->lives[2]);
}

/* What does no harm, so that its TLB has every mapping; then what does. */
static void write_all(void)
{
    prtos_u32_t turn, value = 0;

    for (turn = 0;; turn++) {
        if (BOARD->open && !value)
            delay(BOARD->rounds);
        value = BOARD->open ? ILLEGAL : 0;
        BOARD->turns[1]++;
        store(JUDGED + turn % 1024 * 4, value);
        store(WINDOW + turn * 5 % 1024 * 4, value);
    }
}

/* One of the calls on one of the pages; what they answer is of no interest. */
static void call_all(void)
{
    prtos_u32_t turn, draw = 2463534242u + BOARD->lives[2];

    for (turn = 0;; turn++) {
        prtos_u32_t slot;

        draw ^= draw << 13;
        draw ^= draw >> 17;
        draw ^= draw << 5;
        slot = (draw >> 8 & 1023) * 4;
        BOARD->turns[2]++;
        switch (draw % 12) {
        case 0: /* a mapping that the writer has, then only its TLB */
            prtos_update_page32(entry_at(WINDOW), JUDGED | BITS);
            break;
        case 1:
        case 2:
        case 3:
            prtos_update_page32(entry_at(WINDOW), 0);
            break;
        case 4:
            prtos_update_page32(JUDGED + slot, ILLEGAL);
            break;
        case 5:
            prtos_update_page32(JUDGED + slot, MAPPED | PTE_PRESENT | PTE_USER);
            break;
        case 6:
            prtos_set_page_type(FREE, draw >> 20 & 1 ? PPAG_PTDL2 : PPAG_STD);
            break;
        case 7:
            prtos_update_page32(FREE + slot, JUDGED | BITS);
            prtos_update_page32(FREE + slot, 0);
            break;
        case 8:
            prtos_update_page32(USED_SLOT, (draw & 1 << 30 ? FREE : JUDGED) | BITS);
            prtos_update_page32(USED_SLOT, 0);
            break;
        case 9:
            if (prtos_set_page_type(SPARE, PPAG_STD) >= PRTOS_NO_ACTION) {
                memcpy((void *)SPARE, (const void *)TABLES, PAGE_SIZE);
                prtos_set_page_type(SPARE, PPAG_PTDL1);
            }
            break;
        case 10:
            prtos_x86_load_cr3(draw >> 20 & 1 ? SPARE : JUDGED);
            prtos_x86_set_user_root(draw >> 21 & 1 ? SPARE : 0);
            break;
        case 11:
            prtos_x86_load_cr3(TABLES);
            break;
        }
    }
}

void partition_main(void)
{
    prtos_u32_t self = PRTOS_VCPU_SELF, vcpu;

    BOARD->lives[self]++;
    install_trap_handler(PAGE_FAULT, on_fault);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_HW_TIMER), on_tick);
    prtos_clear_irqmask(0, 1 << PRTOS_VT_EXT_HW_TIMER);
    prtos_set_timer(PRTOS_HW_CLOCK, TICK, TICK);
    hw_sti();
    if (self == 1)
        write_all();
    if (self == 2)
        call_all();
    for (vcpu = 1; vcpu < 3; vcpu++)
        prtos_reset_vcpu(vcpu, TABLES, PTR2ADDR(start), 0);
    judge();
    check_end();
    BOARD->done = 1;
    for (;;)
        ;
}
