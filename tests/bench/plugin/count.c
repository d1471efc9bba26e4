/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A plugin for QEMU (which loads it, hence the licence; no part of PRTOS does). Counts
 * executed instructions, of each CPU for itself; logs each change between code ranges and each
 * execution of a marked address; within windows counts per address. Reads a specification, writes
 * two files, changes nothing in the guest. QEMU's header is not packaged: the declarations are
 * written anew from the plugin interface's documentation, version 1.
 *   count.so,spec=FILE,out=FILE
 * Lines of the specification, numbers hexadecimal:
 *   range LOW HIGH, mark ADDRESS, begin ADDRESS, end ADDRESS, limit EVENTS
 *   leave KIND     a window also ends where a range of this kind or a later one is entered
 *   cut ADDRESS    interrupts are let in here; root ADDRESS: names a stretch; step ADDRESS
 *   void ADDRESS   a cut that a call on its own path does not pass
 * A stretch is what CPU 0 executes in range 0 without a cut, once a range of kind 3 was entered; a
 * call is what it executes there from a range of kind 3 or later until the same one comes back.
 * FILE: records of u64 count, u32 address, u32 kind (range + 1 entered, 0 none; 0x100 + mark; the
 * CPU from bit 24 on).
 * FILE.hits: text, "windows N" and "ADDRESS HITS" of the windows; "stretch ROOT LENGTH" and the
 * "step ADDRESS OFFSET" on its way for the longest stretch of each root; "call ROOT LENGTH". */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t qemu_plugin_id_t;
struct qemu_info;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS };

#define EXPORT __attribute__((visibility("default")))

extern void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
                                                  void (*call)(qemu_plugin_id_t,
                                                               struct qemu_plugin_tb *));
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
extern struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t i);
extern uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
extern void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn,
                                                   void (*call)(unsigned int, void *),
                                                   enum qemu_plugin_cb_flags flags, void *data);
extern void qemu_plugin_register_atexit_cb(qemu_plugin_id_t id,
                                           void (*call)(qemu_plugin_id_t, void *), void *data);

EXPORT int qemu_plugin_version = 1;
EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info, int argc,
                               char **argv);

#define CELLS (1u << 20)
#define MAX_RANGES 80
#define MAX_MARKS 1024
#define MAX_TRAIL 200
#define MAX_CPUS 8
#define CPU_BIT 24
#define FLAG_MARK 1
#define FLAG_BEGIN 2
#define FLAG_END 4
#define FLAG_CUT 8
#define FLAG_ROOT 16
#define FLAG_STEP 32
#define FLAG_VOID 64

/* One for each address that was ever translated. */
struct cell {
    uint64_t hits;
    uint32_t address;
    uint16_t mark;
    uint8_t used, kind, flags;
};

struct stretch {
    uint32_t root;
    unsigned int n_trail;
    uint64_t start, length;
    struct {
        uint32_t address, offset;
    } trail[MAX_TRAIL];
};

struct event {
    uint64_t count;
    uint32_t address, kind;
};

static struct cell cells[CELLS];
static struct {
    uint32_t low, high;
} ranges[MAX_RANGES];
static struct {
    uint32_t address;
    uint8_t flags;
} marks[MAX_MARKS];
static unsigned int n_ranges, n_marks;
/* With -icount one thread runs all CPUs in turn. */
static struct cpu {
    uint64_t count;
    uint8_t kind;
    bool active;
} cpus[MAX_CPUS];
static uint64_t n_events, limit = 1u << 24, windows;
static uint8_t kind_leave = 0xff;
static bool guests_run;
static struct stretch stretch, longest[MAX_MARKS];
static unsigned int n_longest;
static struct {
    uint32_t root;
    uint8_t from; /* 0: none that counts */
    uint64_t start;
} call;
static struct {
    uint32_t root;
    uint64_t length;
} calls[MAX_MARKS];
static unsigned int n_calls;
static FILE *out;
static char out_name[4096];

static void fail(const char *what)
{
    fprintf(stderr, "count.so: %s\n", what);
    exit(1);
}

static void log_event(const struct cpu *cpu, uint32_t address, uint32_t kind)
{
    struct event event = {cpu->count, address, kind | (uint32_t)(cpu - cpus) << CPU_BIT};

    if (n_events++ < limit)
        fwrite(&event, sizeof(event), 1, out);
}

/* What was executed since the last one is judged, and the next begins. */
static void stretch_end(void)
{
    unsigned int i = 0;

    stretch.length = cpus[0].count - stretch.start;
    while (i < n_longest && longest[i].root != stretch.root)
        i++;
    if (i < MAX_MARKS && (i == n_longest || stretch.length > longest[i].length)) {
        longest[i] = stretch;
        n_longest += i == n_longest;
    }
}

static void stretch_begin(void)
{
    stretch.start = cpus[0].count;
    stretch.root = 0;
    stretch.n_trail = 0;
}

static void call_begin(uint8_t from)
{
    call.start = cpus[0].count;
    call.root = 0;
    call.from = from;
}

static void call_end(uint8_t to)
{
    uint64_t length = cpus[0].count - call.start;
    unsigned int i = 0;

    if (to != call.from || !call.root)
        return;
    while (i < n_calls && calls[i].root != call.root)
        i++;
    if (i == MAX_MARKS)
        return;
    calls[i].root = call.root;
    if (i == n_calls || length > calls[i].length)
        calls[i].length = length;
    n_calls += i == n_calls;
}

static void stretch_step(const struct cell *cell)
{
    if (cell->flags & FLAG_VOID)
        call.from = 0;
    if (!call.root && cell->flags & FLAG_ROOT)
        call.root = cell->address;
    if (cell->flags & (FLAG_CUT | FLAG_VOID)) {
        stretch_end();
        stretch_begin();
    }
    if (!stretch.root && cell->flags & FLAG_ROOT)
        stretch.root = cell->address;
    if (stretch.n_trail < MAX_TRAIL) {
        stretch.trail[stretch.n_trail].address = cell->address;
        stretch.trail[stretch.n_trail++].offset = (uint32_t)(cpus[0].count - stretch.start);
    }
}

static void kind_changed(struct cpu *cpu, const struct cell *cell)
{
    uint8_t before = cpu->kind;

    cpu->kind = cell->kind;
    log_event(cpu, cell->address, cpu->kind);
    if (cpu->kind >= kind_leave)
        cpu->active = false;
    if (!guests_run) {
        guests_run = cpu->kind >= 3;
        return;
    }
    if (cpu != cpus)
        return;
    if (cpu->kind == 1) {
        stretch_begin();
        call_begin(before);
    } else if (before == 1) {
        stretch_end();
        call_end(cpu->kind);
    }
}

static void executed(unsigned int number, void *data)
{
    struct cpu *cpu = &cpus[number % MAX_CPUS];
    struct cell *cell = data;

    if (cell->kind != cpu->kind)
        kind_changed(cpu, cell);
    if (cell->flags) {
        if (guests_run && cpu == cpus && cell->flags >= FLAG_CUT)
            stretch_step(cell);
        if (cell->flags & FLAG_MARK)
            log_event(cpu, cell->address, 0x100u + cell->mark);
        if (cell->flags & FLAG_END)
            cpu->active = false;
        if (cell->flags & FLAG_BEGIN) {
            cpu->active = true;
            windows++;
        }
    }
    if (cpu->active)
        cell->hits++;
    cpu->count++;
}

static struct cell *cell_of(uint32_t address)
{
    uint32_t i = (address * 2654435761u) >> 12;

    while (cells[i].used && cells[i].address != address)
        i = (i + 1) % CELLS;
    if (cells[i].used)
        return &cells[i];
    cells[i].used = 1;
    cells[i].address = address;
    for (unsigned int r = 0; r < n_ranges; r++)
        if (address >= ranges[r].low && address <= ranges[r].high)
            cells[i].kind = (uint8_t)(r + 1);
    for (unsigned int m = 0; m < n_marks; m++)
        if (address == marks[m].address) {
            if (marks[m].flags & FLAG_MARK)
                cells[i].mark = (uint16_t)m;
            cells[i].flags |= marks[m].flags;
        }
    return &cells[i];
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    size_t n = qemu_plugin_tb_n_insns(tb);

    (void)id;
    for (size_t i = 0; i < n; i++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);

        qemu_plugin_register_vcpu_insn_exec_cb(insn, executed, QEMU_PLUGIN_CB_NO_REGS,
                                               cell_of((uint32_t)qemu_plugin_insn_vaddr(insn)));
    }
}

static void finished(qemu_plugin_id_t id, void *data)
{
    char name[4200];
    FILE *hits;

    (void)id;
    (void)data;
    if (fclose(out))
        fail("cannot write the log");
    snprintf(name, sizeof(name), "%s.hits", out_name);
    hits = fopen(name, "w");
    if (!hits)
        fail("cannot write the hits");
    fprintf(hits, "windows %" PRIu64 "\nlost %" PRIu64 "\n", windows,
            n_events > limit ? n_events - limit : 0);
    for (unsigned int i = 0; i < CELLS; i++)
        if (cells[i].hits)
            fprintf(hits, "%x %" PRIu64 "\n", cells[i].address, cells[i].hits);
    for (unsigned int i = 0; i < n_longest; i++) {
        fprintf(hits, "stretch %x %" PRIu64 "\n", longest[i].root, longest[i].length);
        for (unsigned int j = 0; j < longest[i].n_trail; j++)
            fprintf(hits, "step %x %" PRIu32 "\n", longest[i].trail[j].address,
                    longest[i].trail[j].offset);
    }
    for (unsigned int i = 0; i < n_calls; i++)
        fprintf(hits, "call %x %" PRIu64 "\n", calls[i].root, calls[i].length);
    fclose(hits);
}

static void mark_add(uint32_t address, uint8_t flags)
{
    if (n_marks == MAX_MARKS)
        fail("too many marks");
    marks[n_marks].address = address;
    marks[n_marks++].flags = flags;
}

static const struct {
    const char *word;
    uint8_t flags;
} words[] = {{"mark", FLAG_MARK}, {"begin", FLAG_BEGIN}, {"end", FLAG_END},  {"cut", FLAG_CUT},
             {"root", FLAG_ROOT}, {"step", FLAG_STEP},   {"void", FLAG_VOID}};

static void specification_read(const char *name)
{
    FILE *file = fopen(name, "r");
    char word[16];
    uint32_t a, b;

    if (!file)
        fail("cannot read the specification");
    while (fscanf(file, "%15s %" SCNx32, word, &a) == 2) {
        if (!strcmp(word, "range")) {
            if (fscanf(file, "%" SCNx32, &b) != 1 || n_ranges == MAX_RANGES)
                fail("bad range");
            ranges[n_ranges].low = a;
            ranges[n_ranges++].high = b;
        } else if (!strcmp(word, "leave")) {
            kind_leave = (uint8_t)a;
        } else if (!strcmp(word, "limit")) {
            limit = a;
        } else {
            unsigned int i = 0;

            while (i < sizeof(words) / sizeof(words[0]) && strcmp(word, words[i].word))
                i++;
            if (i == sizeof(words) / sizeof(words[0]))
                fail("unknown line in the specification");
            mark_add(a, words[i].flags);
        }
    }
    fclose(file);
}

int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info, int argc, char **argv)
{
    (void)info;
    for (int i = 0; i < argc; i++) {
        if (!strncmp(argv[i], "spec=", 5))
            specification_read(argv[i] + 5);
        else if (!strncmp(argv[i], "out=", 4))
            snprintf(out_name, sizeof(out_name), "%s", argv[i] + 4);
    }
    out = out_name[0] ? fopen(out_name, "wb") : NULL;
    if (!out)
        fail("cannot open the log");
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    qemu_plugin_register_atexit_cb(id, finished, NULL);
    return 0;
}
