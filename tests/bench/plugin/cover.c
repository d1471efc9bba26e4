/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A plugin for QEMU (which loads it, hence the licence; no part of PRTOS does). Which instructions
 * of some address ranges were executed: a counter for each, in the translated code, so that
 * a run is hardly slower. QEMU's header is not packaged: the declarations are written anew from
 * the plugin interface's documentation, version 1.
 *   cover.so,out=FILE,low=ADDRESS,high=ADDRESS[,low=...,high=...]    hexadecimal, high included
 * FILE: the address of each instruction, hexadecimal, one a line. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t qemu_plugin_id_t;
struct qemu_info;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum qemu_plugin_op { QEMU_PLUGIN_INLINE_ADD_U64 };

#define EXPORT __attribute__((visibility("default")))

extern void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
                                                  void (*call)(qemu_plugin_id_t,
                                                               struct qemu_plugin_tb *));
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
extern struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t i);
extern uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
extern void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *insn,
                                                       enum qemu_plugin_op op, void *data,
                                                       uint64_t value);
extern void qemu_plugin_register_atexit_cb(qemu_plugin_id_t id,
                                           void (*call)(qemu_plugin_id_t, void *), void *data);

EXPORT int qemu_plugin_version = 1;
EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info, int argc,
                               char **argv);

#define MAX_RANGES 4

static struct {
    uint64_t low, high;
    uint64_t *hits; /* by byte of the range */
} ranges[MAX_RANGES];
static unsigned int n_low, n_high;
static char out_name[4096];

static void fail(const char *what)
{
    fprintf(stderr, "cover.so: %s\n", what);
    exit(1);
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    size_t n = qemu_plugin_tb_n_insns(tb);

    (void)id;
    for (size_t i = 0; i < n; i++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
        uint64_t at = qemu_plugin_insn_vaddr(insn);

        for (unsigned int r = 0; r < n_low; r++)
            if (at >= ranges[r].low && at <= ranges[r].high)
                qemu_plugin_register_vcpu_insn_exec_inline(insn, QEMU_PLUGIN_INLINE_ADD_U64,
                                                           &ranges[r].hits[at - ranges[r].low], 1);
    }
}

static void finished(qemu_plugin_id_t id, void *data)
{
    FILE *out = fopen(out_name, "w");

    (void)id;
    (void)data;
    if (!out)
        fail("cannot write");
    for (unsigned int r = 0; r < n_low; r++)
        for (uint64_t at = ranges[r].low; at <= ranges[r].high; at++)
            if (ranges[r].hits[at - ranges[r].low])
                fprintf(out, "%" PRIx64 "\n", at);
    if (fclose(out))
        fail("cannot write");
}

int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info, int argc, char **argv)
{
    (void)info;
    for (int i = 0; i < argc; i++) {
        if (!strncmp(argv[i], "out=", 4))
            snprintf(out_name, sizeof(out_name), "%s", argv[i] + 4);
        else if (!strncmp(argv[i], "low=", 4) && n_low < MAX_RANGES)
            ranges[n_low++].low = strtoull(argv[i] + 4, 0, 16);
        else if (!strncmp(argv[i], "high=", 5) && n_high < n_low)
            ranges[n_high++].high = strtoull(argv[i] + 5, 0, 16);
        else
            fail("unknown word");
    }
    if (!out_name[0] || !n_low || n_low != n_high)
        fail("it needs out=, low= and high=");
    for (unsigned int r = 0; r < n_low; r++) {
        ranges[r].hits = calloc(ranges[r].high - ranges[r].low + 1, sizeof(uint64_t));
        if (!ranges[r].hits)
            fail("no memory");
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    qemu_plugin_register_atexit_cb(id, finished, NULL);
    return 0;
}
