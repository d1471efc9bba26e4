/* SPDX-License-Identifier: Apache-2.0 */
/* The decoder as the contract's tools.md describes it, with its ring: what lib/lzss.h equals. */
#ifndef LZSS_MODEL_H
#define LZSS_MODEL_H

#include <stdlib.h>
#include <string.h>

#include "lib/types.h"

#define MODEL_RING 4096u

/* `size` bytes came out of the first `taken` stored ones. */
struct model {
    u8 *out;
    u32 size;
    u32 taken;
};

static inline void model_put(struct model *m, u8 *ring, u32 *write, u8 byte, u32 room)
{
    if (m->size < room)
        m->out[m->size++] = byte;
    ring[*write] = byte;
    *write = (*write + 1) % MODEL_RING;
}

/* Up to `room` bytes; m->out is to be freed. */
static inline void model_expand(struct model *m, const u8 *from, u32 stored, u32 room)
{
    u8 ring[MODEL_RING];
    u32 write = 4078;
    u32 in = 0;

    memset(ring, 0x20, sizeof(ring));
    m->out = malloc(room + 1);
    m->size = 0;
    if (!m->out)
        abort();
    while (stored - in >= 2 && m->size < room) {
        u32 flags = from[in++];

        for (u32 bit = 0; bit < 8 && m->size < room; bit++) {
            u32 position, length;

            if (flags >> bit & 1) {
                if (in == stored)
                    break;
                model_put(m, ring, &write, from[in++], room);
                continue;
            }
            if (stored - in < 2)
                goto end;
            position = from[in] | (from[in + 1] & 0xf0u) << 4;
            length = (from[in + 1] & 0x0fu) + 3;
            in += 2;
            while (length--)
                model_put(m, ring, &write, ring[position++ % MODEL_RING], room);
        }
    }
end:
    m->taken = in;
}

#endif
