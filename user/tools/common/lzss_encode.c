/* SPDX-License-Identifier: Apache-2.0 */
/* Greedy LZSS encoder with hash chains: the longest match among the last 4096 bytes, the nearest
 * of equally long ones. Called by prtoseformat. Never refers to anything before the input. */
#include "lzss_encode.h"

#include <stdlib.h>
#include <string.h>

#include "lib/lzss.h"
#include "tool.h"

#define RING 4096u
#define RING_START 4078u
#define MIN_MATCH 3u
#define MAX_MATCH 18u
#define HASHES 8192u
#define NOWHERE 0xffffffffu

struct finder {
    const u8 *bytes;
    u32 size;
    u32 *head;       /* last position of each hash */
    u32 chain[RING]; /* position before it with the same hash */
};

static u32 hash_at(const u8 *b)
{
    return ((b[0] | (u32)b[1] << 8 | (u32)b[2] << 16) * 2654435761u) >> 19;
}

static void finder_add(struct finder *f, u32 at)
{
    u32 hash;

    if (f->size - at < MIN_MATCH)
        return;
    hash = hash_at(f->bytes + at);
    f->chain[at % RING] = f->head[hash];
    f->head[hash] = at;
}

static u32 common_bytes(const u8 *a, const u8 *b, u32 limit)
{
    u32 n = 0;

    while (n < limit && a[n] == b[n])
        n++;
    return n;
}

/* Longest match for position `at`: its length (0: none) and how far back it lies. */
static u32 finder_match(const struct finder *f, u32 at, u32 *back)
{
    u32 limit = f->size - at < MAX_MATCH ? f->size - at : MAX_MATCH;
    u32 best = 0;
    u32 candidate;

    if (limit < MIN_MATCH)
        return 0;
    candidate = f->head[hash_at(f->bytes + at)];
    while (candidate != NOWHERE && at - candidate <= RING && best < limit) {
        u32 length = common_bytes(f->bytes + candidate, f->bytes + at, limit);

        if (length > best) {
            best = length;
            *back = at - candidate;
        }
        candidate = f->chain[candidate % RING];
    }
    return best < MIN_MATCH ? 0 : best;
}

u32 lzss_encode(const u8 *from, u32 size, u8 *to)
{
    struct finder *f = tool_memory(sizeof(*f));
    u32 *head = tool_memory(HASHES * sizeof(*head));
    u32 at = 0, out = 0, flags = 0, item = 0;

    memset(head, 0xff, HASHES * sizeof(*head));
    f->bytes = from;
    f->size = size;
    f->head = head;
    for (; at < size; item++) {
        u32 back = 0;
        u32 length = finder_match(f, at, &back);
        u32 taken = length ? length : 1;

        if (item % 8 == 0) {
            flags = out++;
            to[flags] = 0;
        }
        if (length) {
            u32 position = (RING_START + at - back) % RING;

            to[out++] = (u8)position;
            to[out++] = (u8)((position >> 4 & 0xf0) | (length - MIN_MATCH));
        } else {
            to[flags] = (u8)(to[flags] | 1u << item % 8);
            to[out++] = from[at];
        }
        while (taken--)
            finder_add(f, at++);
    }
    free(head);
    free(f);
    return out;
}

int lzss_gives(const u8 *stream, u32 stored, const u8 *bytes, u32 size)
{
    struct lzss state = {0};
    u8 *out = tool_memory(size);
    int same = lzss_expand(&state, stream, stored, out, size) == size && state.in == stored &&
               !state.left && memcmp(out, bytes, size) == 0;

    free(out);
    return same;
}
