/* SPDX-License-Identifier: Apache-2.0 */
/* LZSS decoder. Called by the loader for compressed segments and by the tools. Keeps no ring and
 * trusts no byte: it reads inside [from, from + stored), writes inside [to, to + room) only.
 *
 * Two speeds: far from both ends whole groups are expanded without a check for each byte, and
 * words are copied that may run past what was asked for (never past the room; the bytes are
 * overwritten by what follows). Near an end, one byte at a time. */
#include "lib/lzss.h"

#define BLANK 0x20
#define RING 4096u
#define RING_START 4078u
#define MIN_MATCH 3u
#define GROUP_IN (1 + 8 * 2 + 8)   /* stored bytes that one group may touch */
#define GROUP_OUT (8 * 18 + 4 + 8) /* output bytes that one group may touch */

/* A group's flags are kept inverted (1 = match) below a marker bit: 1 means "none left". */
#define FLAGS_NONE 1u
#define FLAGS_OF(byte) (((byte) ^ 0xffu) | 0x100u)

/* How far back a match lies whose ring position is in the two bytes, when `out` are written. */
static inline u32 match_back(u32 out, u32 low, u32 high)
{
    return ((out + RING_START - 1 - (low | (high & 0xf0) << 4)) & (RING - 1)) + 1;
}

static inline u32 match_length(u32 high)
{
    return (high & 0x0f) + MIN_MATCH;
}

static inline void copy4(u8 *to, const u8 *from)
{
    __builtin_memcpy(to, from, 4);
}

/* Copies at least `length` bytes from `back` behind `to`; writes up to 11 bytes more. */
static inline void copy_match(u8 *to, u32 back, u32 length)
{
    u8 *end = to + length;
    const u8 *from = to - back;

    if (back < 4) {
        /* A short run: three bytes more make its period four (1, 2) or six (3). */
        to[0] = from[0];
        to[1] = from[1];
        to[2] = from[2];
        to += 3;
        from = to - (back == 3 ? 6 : 4);
        if (back != 3)
            *to++ = *from++;
    }
    do {
        copy4(to, from);
        copy4(to + 4, from + 4);
        to += 8;
        from += 8;
    } while (to < end);
}

/* One byte of the match that is open. */
static inline void copy_byte(struct lzss *state, u8 *to)
{
    *to = state->match > state->out ? BLANK : *(to - state->match);
    state->left--;
    state->out++;
}

/* Takes the next literal or the head of the next match. Returns the bytes produced, 0 or 1;
 * `*end` is set if the input ends before it. */
static u32 take_item(struct lzss *state, const u8 *from, u32 stored, u8 *to, int *end)
{
    u32 rest = stored - state->in;

    if (state->flags <= FLAGS_NONE) {
        if (rest < 2) {
            *end = 1;
            return 0;
        }
        state->flags = FLAGS_OF(from[state->in]);
        state->in++;
        rest--;
    }
    if (rest < 1 + (state->flags & 1)) {
        *end = 1;
        return 0;
    }
    if (state->flags & 1) {
        state->match = (u16)match_back(state->out, from[state->in], from[state->in + 1]);
        state->left = (u16)match_length(from[state->in + 1]);
        state->in += 2;
        state->flags >>= 1;
        return 0;
    }
    *to = from[state->in++];
    state->flags >>= 1;
    state->out++;
    return 1;
}

/* Expands whole groups while both ends are far. Returns the bytes produced. */
static u32 expand_groups(struct lzss *state, const u8 *from, u32 stored, u8 *to, u32 room)
{
    const u8 *at = from + state->in;
    const u8 *at_last;
    const u8 *start = to;
    const u8 *to_last;
    u32 flags = state->flags;
    u32 before = state->out;

    if (stored - state->in < GROUP_IN || room < GROUP_OUT)
        return 0;
    at_last = from + (stored - GROUP_IN);
    to_last = to + (room - GROUP_OUT);
    while (at <= at_last && to <= to_last) {
        if (flags <= FLAGS_NONE)
            flags = FLAGS_OF(*at++);
        for (;;) {
            u32 literals = (u32)__builtin_ctz(flags);
            u32 out, back, length;

            copy4(to, at);
            copy4(to + 4, at + 4);
            to += literals;
            at += literals;
            flags >>= literals;
            if (flags == FLAGS_NONE)
                break;
            out = before + (u32)(to - start);
            back = match_back(out, at[0], at[1]);
            length = match_length(at[1]);
            if (back > out) /* blanks: left to the careful way */
                goto done;
            copy_match(to, back, length);
            to += length;
            at += 2;
            flags >>= 1;
        }
    }
done:
    state->flags = flags;
    state->in = (u32)(at - from);
    state->out = before + (u32)(to - start);
    return (u32)(to - start);
}

u32 lzss_expand(struct lzss *state, const u8 *from, u32 stored, u8 *to, u32 room)
{
    u32 done = 0;
    int end = 0;

    while (done < room && !end) {
        if (!state->left)
            done += expand_groups(state, from, stored, to + done, room - done);
        if (!state->left)
            done += take_item(state, from, stored, to + done, &end);
        while (state->left && done < room)
            copy_byte(state, to + done++);
    }
    return done;
}
