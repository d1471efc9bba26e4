/* SPDX-License-Identifier: Apache-2.0 */
/* Frames of propagated exceptions, of the partition's own and of what EL2 stopped, and the
 * instructions that call somebody for all n. */
#include <irqs.h>
#include <stdio.h>
#include "../../system/guest/check.h"

#define NONE 0xffffffffu
#define FOREIGN 0x5000000ul
#define FROZEN 0x6300000ul
#define FAR_AWAY (1ul << 55) /* no address of a memory without translation */
#define FLAGS 0x3c5u         /* PSTATE of this program */
#define NEXT 4u

void fire(const void *code, prtos_u64_t far);
void fired(void);
extern prtos_u32_t soft[];

static volatile struct {
    prtos_u32_t nr, flags, registers, iflags;
    prtos_u64_t ip;
} seen;

/* Which registers are not as fire() has left them; x1 and x17 are its own. */
static prtos_u32_t changed(const trap_ctxt_t *ctxt)
{
    const prtos_u64_t *x = &ctxt->x0;
    prtos_u32_t i, found = 0;

    for (i = 0; i <= 18; i++)
        if (i != 1 && i != 17 && x[i] != i * 0x111)
            found |= 1u << i;
    return found | (ctxt->fp != 29 * 0x111) << 29 | (prtos_u32_t)(ctxt->lr != 30 * 0x111) << 30;
}

static void on_trap(trap_ctxt_t *ctxt)
{
    seen.nr = (prtos_u32_t)ctxt->irq_nr;
    seen.ip = ctxt->ip;
    seen.flags = (prtos_u32_t)ctxt->flags & 0x3dfu;
    seen.registers = changed(ctxt);
    seen.iflags = prtos_get_pct()->iflags;
    ctxt->ip = PTR2ADDR(fired);
}

struct row {
    const char *name;
    const void *code;
    prtos_u64_t far;
    prtos_u32_t nr;
    prtos_u64_t ip; /* from the code on; 0 for FAR: there */
};

#define DO(name) extern char do_##name[];
DO(udf)
DO(brk)
DO(svc)
DO(hvc)
DO(denied)
DO(cache)
DO(read)
DO(write)
DO(pair)
DO(jump)
#define THERE 1u

static const struct row rows[] = {
    {"udf", do_udf, 0, AARCH64_UNDEFINED_INSTR, 0},
    {"brk", do_brk, 0, AARCH64_UNDEFINED_INSTR, 0},
    {"svc", do_svc, 0, AARCH64_SVC_TRAP, NEXT},
    {"hvc", do_hvc, 0, AARCH64_UNDEFINED_INSTR, NEXT},
    {"denied", do_denied, 0, AARCH64_UNDEFINED_INSTR, 0},
    {"cache", do_cache, 0, AARCH64_UNDEFINED_INSTR, 0},
    {"read", do_read, FOREIGN, AARCH64_LOAD_PAGE_FAULT, 0},
    {"write", do_write, FOREIGN, AARCH64_LOAD_PAGE_FAULT, 0},
    {"write-frozen", do_write, FROZEN + 0xffc, AARCH64_LOAD_PAGE_FAULT, 0},
    {"write-across", do_write, FROZEN - 4, AARCH64_LOAD_PAGE_FAULT, 0},
    {"pair", do_pair, FOREIGN + 0xff0, AARCH64_LOAD_PAGE_FAULT, 0},
    {"read-far", do_read, FAR_AWAY, AARCH64_DATA_ABORT, 0},
    {"write-far", do_write, ~0ul << 3, AARCH64_DATA_ABORT, 0},
    {"jump", do_jump, FOREIGN, AARCH64_INSTR_PAGE_FAULT, THERE},
    {"jump-null", do_jump, 0, AARCH64_INSTR_PAGE_FAULT, THERE},
    {"jump-odd", do_jump, FROZEN + 2, AARCH64_PREFETCH_ABORT, THERE},
    {"jump-far", do_jump, FAR_AWAY, AARCH64_PREFETCH_ABORT, THERE},
};

static void note(const char *one, const char *two, prtos_u32_t expected, prtos_u32_t got)
{
    char both[40];

    sprintf(both, "%s.%s", one, two);
    check_word(both, expected, got);
}

static void check_frames(void)
{
    prtos_u32_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *row = &rows[i];
        prtos_u64_t ip = row->ip == THERE ? row->far : PTR2ADDR(row->code) + row->ip;

        seen.nr = NONE;
        fire(row->code, row->far);
        note(row->name, "trap", row->nr, seen.nr);
        note(row->name, "ip", (prtos_u32_t)ip, (prtos_u32_t)seen.ip);
        note(row->name, "ip-high", (prtos_u32_t)(ip >> 32), (prtos_u32_t)(seen.ip >> 32));
        note(row->name, "flags", FLAGS, seen.flags);
        note(row->name, "registers", 0, seen.registers);
        note(row->name, "if", 0, seen.iflags & PRTOS_IFLAGS_IF); /* the virtual one is clear */
    }
}

/* All n of an instruction `word`, in these steps: trap nr, at the next instruction or at this. */
static void check_numbers(const char *name, prtos_u32_t word, prtos_u32_t step, prtos_u32_t nr,
                          prtos_u32_t behind)
{
    prtos_u32_t n, wrong = 0, first = NONE;

    for (n = 1; n < 0x10000; n += step) {
        soft[0] = word | n << 5;
        __asm__ __volatile__("dc cvau, %0\n\tdsb ish\n\tic ivau, %0\n\tdsb ish\n\tisb"
                             :
                             : "r"(soft)
                             : "memory");
        seen.nr = NONE;
        fire(soft, 0);
        if (seen.nr != nr || seen.ip != PTR2ADDR(soft) + behind || seen.registers) {
            wrong++;
            first = first == NONE ? n : first;
        }
    }
    note(name, "all", 0, wrong);
    note(name, "first-wrong", NONE, first);
}

/* The hypercall instruction with odd registers: the number decides, the rest is kept. */
static void check_odd_calls(void)
{
    prtos_u32_t i;

    for (i = 0; i < 1000; i++)
        call(get_vcpuid_nr, i, ~0ul - i, (prtos_u64_t)i << 48, 0, 0);
    check_word("odd.damage", 0, raw_damage);
}

void partition_main(void)
{
    prtos_s32_t i;

    for (i = 0; i < NO_TRAPS; i++)
        install_trap_handler(i, on_trap);
    check_frames();
    check_numbers("hvc", 0xd4000002, 1, AARCH64_UNDEFINED_INSTR, NEXT);
    check_numbers("svc", 0xd4000001, 257, AARCH64_SVC_TRAP, NEXT);
    check_numbers("brk", 0xd4200000, 257, AARCH64_UNDEFINED_INSTR, 0);
    check_numbers("hlt", 0xd4400000, 257, AARCH64_UNDEFINED_INSTR, 0);
    check_odd_calls();
    check_end();
    prtos_halt_system();
}
