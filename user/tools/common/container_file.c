/* SPDX-License-Identifier: Apache-2.0 */
/* Opens containers: tables, the sum of every file, then what is in the files. Called by prtospack
 * and rswbuild. */
#include "container_file.h"

#include "conf/verify.h"
#include "pef_file.h"
#include "tool.h"

static void check_kind(const struct container_header *c, const char *path, u32 index, u32 kind)
{
    const struct container_file *f = container_files(c) + index;
    const struct pef_header *pef = (const void *)((const u8 *)c + f->offset);

    if (pef->kind != kind)
        tool_refuse("%s: file %u (%s): a %s, where a %s belongs", path, index,
                    (const char *)c + c->names_offset + f->name, pef_kind_name(pef->kind),
                    pef_kind_name(kind));
}

static void check_kinds(const struct container_header *c, const char *path)
{
    for (u32 i = 0; i < c->n_entries; i++) {
        const struct container_entry *e = container_entries(c) + i;

        check_kind(c, path, e->file, i ? PEF_PARTITION : PEF_HYPERVISOR);
        for (u32 k = 0; k < e->n_customs; k++)
            check_kind(c, path, e->custom[k], PEF_FILE);
    }
}

const struct container_header *container_open(const struct file *file)
{
    const struct container_header *c = (const void *)file->bytes;
    const char *fault = container_verify(file->bytes, file->size);
    struct pef_file pef;

    if (fault)
        tool_refuse("%s: %s", file->path, fault);
    for (u32 i = 0; i < c->n_files; i++) {
        fault = container_file_verify(c, i);
        if (fault)
            tool_refuse("%s: file %u (%s): %s", file->path, i,
                        (const char *)c + c->names_offset + container_files(c)[i].name, fault);
    }
    for (u32 i = 0; i < c->n_files; i++) {
        const struct container_file *f = container_files(c) + i;

        pef_open(&pef, file->path, file->bytes + f->offset, f->size);
    }
    check_kinds(c, file->path);
    return c;
}
