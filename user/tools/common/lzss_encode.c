/* SPDX-License-Identifier: Apache-2.0 */
/* LZSS encoder: hash chains find the longest match among the last 4096 bytes for each position,
 * the nearest of equally long ones; then the shortest stream that these allow is chosen. Called
 * by prtoseformat. Never refers to anything before the input. */
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
#define TRIES 512u /* candidates looked at for one position */
#define LITERAL_BITS 9u
#define MATCH_BITS 17u

/* What begins at one position: first the longest match, then the item that is written. */
struct choice {
    u16 back;
    u8 length;
};

struct finder {
    const u8 *bytes;
    u32 size;
    u32 head[HASHES]; /* last position of each hash */
    u32 chain[RING];  /* position before it with the same hash */
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
    u32 tries = TRIES;
    u32 candidate;

    if (limit < MIN_MATCH)
        return 0;
    candidate = f->head[hash_at(f->bytes + at)];
    while (candidate != NOWHERE && at - candidate <= RING && best < limit && tries--) {
        u32 length = common_bytes(f->bytes + candidate, f->bytes + at, limit);

        if (length > best) {
            best = length;
            *back = at - candidate;
        }
        candidate = f->chain[candidate % RING];
    }
    return best < MIN_MATCH ? 0 : best;
}

/* The way through the input that costs the fewest bits, found from its end. `length` becomes that
 * of the item to take at that position: 1 for a literal, else as much of the match as is used. */
static void choose_items(struct choice *choice, u32 size)
{
    u32 *cost = tool_memory((size + 1ull) * sizeof(*cost));

    for (u32 at = size; at-- > 0;) {
        u32 longest = choice[at].length;
        u32 best = LITERAL_BITS + cost[at + 1];

        choice[at].length = 1;
        for (u32 length = MIN_MATCH; length <= longest; length++) {
            if (MATCH_BITS + cost[at + length] > best)
                continue;
            best = MATCH_BITS + cost[at + length];
            choice[at].length = (u8)length;
        }
        cost[at] = best;
    }
    free(cost);
}

static struct choice *find_items(const u8 *from, u32 size)
{
    struct choice *choice = tool_memory(size * (u64)sizeof(*choice));
    struct finder *f = tool_memory(sizeof(*f));

    memset(f->head, 0xff, sizeof(f->head));
    f->bytes = from;
    f->size = size;
    for (u32 at = 0; at < size; at++) {
        u32 back = 0;

        choice[at].length = (u8)finder_match(f, at, &back);
        choice[at].back = (u16)back;
        finder_add(f, at);
    }
    free(f);
    choose_items(choice, size);
    return choice;
}

u32 lzss_encode(const u8 *from, u32 size, u8 *to)
{
    struct choice *choice = find_items(from, size);
    u32 out = 0, flags = 0, item = 0;

    for (u32 at = 0; at < size; at += choice[at].length, item++) {
        if (item % 8 == 0) {
            flags = out++;
            to[flags] = 0;
        }
        if (choice[at].length > 1) {
            u32 position = (RING_START + at - choice[at].back) % RING;

            to[out++] = (u8)position;
            to[out++] = (u8)((position >> 4 & 0xf0) | (choice[at].length - MIN_MATCH));
        } else {
            to[flags] = (u8)(to[flags] | 1u << item % 8);
            to[out++] = from[at];
        }
    }
    free(choice);
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
