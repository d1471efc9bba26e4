/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of bytes that come from outside: configuration, PEF and container. Pure, also compiled
 * on the host. Each answers null if all is well, else a short text that says what is wrong;
 * nothing outside [bytes, bytes + length) is read, whatever the bytes say. */
#ifndef CONF_VERIFY_H
#define CONF_VERIFY_H

#include "conf/image.h"
#include "conf/layout.h"
#include "conf/verify_text.h"

/* Bytes of an entry of each table of a configuration. */
extern const u16 conf_entry_size[CONF_TABLES];

/* Configuration of `arch`, exactly `length` bytes at an address that is a multiple of 8: sum,
 * version, every index and range. */
const char *conf_verify(const void *bytes, u64 length, u32 arch);

/* One PEF: sum (if `sum`), bounds of tables and segments, kind and architecture. `kind` 0 takes
 * any. */
const char *pef_verify(const void *bytes, u64 length, u32 kind, u32 arch, int sum);

/* Container: header, tables, their sum; not the files' own sums. */
const char *container_verify(const void *bytes, u64 length);

/* Sum of file `index` of a container that passed container_verify(). */
const char *container_file_verify(const void *container, u32 index);

static inline const struct container_entry *container_entries(const struct container_header *c)
{
    return (const struct container_entry *)(const void *)(c + 1);
}

static inline const struct container_file *container_files(const struct container_header *c)
{
    return (const struct container_file *)(const void *)(container_entries(c) + c->n_entries);
}

static inline const struct pef_segment *pef_segments(const struct pef_header *p)
{
    return (const struct pef_segment *)(const void *)(p + 1);
}

static inline const struct pef_custom *pef_customs(const struct pef_header *p)
{
    return (const struct pef_custom *)(const void *)(pef_segments(p) + p->n_segments);
}

#endif
