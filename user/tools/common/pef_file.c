/* SPDX-License-Identifier: Apache-2.0 */
/* Opens PEF files: the core's checks first, then every segment is expanded once. Called by
 * prtoseformat, prtospack and rswbuild. */
#include "pef_file.h"

#include <string.h>

#include "conf/layout.h"
#include "conf/verify.h"
#include "lib/lzss.h"
#include "tool.h"

static u8 *segment_expand(const struct pef_file *pef, u32 index)
{
    const struct pef_segment *s = &pef->segments[index];
    const u8 *stored = (const u8 *)pef->header + s->offset;
    struct lzss state = {0};
    u8 *data;
    u32 got;

    if (s->size > FILE_LIMIT)
        tool_refuse("%s: segment %u says 0x%llx bytes, at most 0x%x are possible", pef->path, index,
                    s->size, FILE_LIMIT);
    data = tool_memory(s->size);
    if (!(s->flags & PEF_SEGMENT_COMPRESSED)) {
        memcpy(data, stored, s->stored);
        return data;
    }
    got = lzss_expand(&state, stored, s->stored, data, (u32)s->size);
    if (got != s->size)
        tool_refuse("%s: segment %u expands to 0x%x bytes, its header says 0x%llx", pef->path,
                    index, got, s->size);
    if (state.in != s->stored || state.left)
        tool_refuse("%s: segment %u has compressed bytes behind its end", pef->path, index);
    return data;
}

void pef_open(struct pef_file *pef, const char *path, const void *bytes, u64 size)
{
    const char *fault = pef_verify(bytes, size, 0, 0, 1);

    if (fault)
        tool_refuse("%s: %s", path, fault);
    *pef = (struct pef_file){.path = path, .header = bytes};
    pef->segments = pef_segments(pef->header);
    pef->customs = pef_customs(pef->header);
    for (u32 i = 0; i < pef->header->n_segments; i++)
        pef->data[i] = segment_expand(pef, i);
}

const char *pef_kind_name(u32 kind)
{
    switch (kind) {
    case PEF_HYPERVISOR:
        return "hypervisor";
    case PEF_PARTITION:
        return "partition";
    case PEF_FILE:
        return "customisation file";
    default:
        return "unknown";
    }
}

const char *pef_arch_name(u32 arch)
{
    switch (arch) {
    case CONF_ARCH_X86:
        return "x86";
    case CONF_ARCH_AARCH64:
        return "aarch64";
    default:
        return "any";
    }
}
