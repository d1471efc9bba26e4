/* SPDX-License-Identifier: Apache-2.0 */
/* PEF files: what the tools accept the core accepts, what they refuse they say; a configuration
 * in one can be walked. The mutator mends size and sum. */
/* sources: user/tools/prtoseformat/read.c */
#include "fuzz.h"

#include "../../user/tools/prtoseformat/eformat.h"
#include "hyp_area.h"
#include "lib/lzss.h"
#include "tool.h"

static int show(void *argument)
{
    (void)argument;
    eformat_read("in", SHOW_HEADER | SHOW_SEGMENTS | SHOW_CUSTOMS);
    return TOOL_OK;
}

static int read_configuration(void *argument)
{
    struct pef_file pef;

    (void)argument;
    pef_open(&pef, "in", seam_read.bytes, seam_read.size);
    fuzz_walk_conf(hyp_conf(&pef));
    return TOOL_OK;
}

/* All segments as the core's loader expands them, by pieces into their exact room. */
static void expand(const u8 *bytes)
{
    const struct pef_header *p = (const void *)bytes;

    for (u32 i = 0; i < p->n_segments; i++) {
        const struct pef_segment *s = &pef_segments(p)[i];
        struct lzss state = {0};
        u32 size = (u32)s->size, piece;
        u8 *room;

        if (!(s->flags & PEF_SEGMENT_COMPRESSED))
            continue;
        room = malloc(size ? size : 1);
        for (u32 done = 0; done < size; done += piece) {
            u32 left = size - done < 4096 ? size - done : 4096;

            piece = lzss_expand_some(&state, bytes + s->offset, s->stored, room + done, left, 16);
            DEMAND(piece && piece <= left);
        }
        DEMAND(state.in == s->stored);
        free(room);
    }
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    u8 *copy = fuzz_copy(data, size);
    const struct pef_header *p = (const void *)copy;
    const char *fault = pef_verify(copy, size, 0, 0, 1);
    int code;

    seam_read = (struct seam_bytes){copy, size};
    code = seam_run(show, 0);
    DEMAND(code == TOOL_OK || code == TOOL_REFUSED);
    DEMAND(!fault || code == TOOL_REFUSED);
    if (code == TOOL_OK) {
        DEMAND(!pef_verify(copy, size, p->kind, p->arch, 1));
        DEMAND(!pef_verify(copy, size, p->kind, p->arch, 0));
        expand(copy);
    }
    if (code == TOOL_OK && p->kind == PEF_FILE)
        seam_run(read_configuration, 0);
    free(copy);
    return 0;
}

/* A word of the header or of a row becomes an edge, or some more than it was. */
static void word_change(u8 *data, size_t size, unsigned *seed)
{
    size_t end = size < 512 ? size : 512;
    u32 value = (u32)fuzz_edge(seed), old;
    size_t at = fuzz_random(seed) % (end / 4) * 4;

    memcpy(&old, data + at, 4);
    if (fuzz_random(seed) % 2)
        value = old + (fuzz_random(seed) % 2 ? 8u : ~7u);
    memcpy(data + at, &value, 4);
}

size_t LLVMFuzzerCustomMutator(u8 *data, size_t size, size_t max, unsigned seed)
{
    if (size < sizeof(struct pef_header) || fuzz_random(&seed) % 2)
        size = LLVMFuzzerMutate(data, size, max);
    else
        word_change(data, size, &seed);
    if (fuzz_random(&seed) % 8)
        size -= size % 8;
    if (fuzz_random(&seed) % 32)
        fuzz_seal_pef(data, size);
    return size;
}
