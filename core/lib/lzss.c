/* SPDX-License-Identifier: Apache-2.0 */
/* LZSS decoder. Called by the loader for compressed segments and by the tools. Keeps no ring and
 * trusts no byte: it reads inside [from, from + stored), writes inside [to, to + room) only.
 *
 * Two speeds: away from both ends it copies words that may run past what was asked for (never past
 * the room; what follows overwrites them), near an end it copies single bytes. */
#include "lib/lzss.h"

#define BLANK 0x20
#define RING 4096u
#define RING_START 4078u
#define MIN_MATCH 3u
#define GROUP_IN 25 /* stored bytes that a fast group may touch: flags, 8 matches, 8 read ahead */
#define CAREFUL 5u  /* what a careful step counts */
#define STEP_OUT 28 /* output bytes that a fast step may touch: 8 literals, a match of 20 */

/* A group's flags are kept inverted (1 = match) below a marker bit: 1 means "none left". */
#define FLAGS_NONE 1u
#define FLAGS_OF(byte) (((byte) ^ 0xffu) | 0x100u)

typedef __UINTPTR_TYPE__ address;

/* The state while lzss_expand() runs. */
struct run {
    const u8 *at; /* next stored byte */
    const u8 *at_end;
    u8 *to; /* next output byte */
    u8 *to_end;
    u32 effort;     /* steps that may still be done */
    address origin; /* of the first output byte, in an earlier piece perhaps */
    u32 flags;
};

static inline void copy4(u8 *to, const u8 *from)
{
    __builtin_memcpy(to, from, 4);
}

static inline void copy8(u8 *to, const u8 *from)
{
    copy4(to, from);
    copy4(to + 4, from + 4);
}

/* How far back a match lies whose ring position is in `pair`; bias: see steps_fast(). */
static inline u32 match_back(const u8 *to, address bias, u32 pair)
{
    return (u32)(((address)to + bias - ((pair & 0xff) | (pair >> 4 & 0xf00))) & (RING - 1)) + 1;
}

static inline u32 match_length(u32 pair)
{
    return (pair >> 8 & 15) + MIN_MATCH;
}

/* Copies at least `length` (3..18) bytes from behind `to`; writes at most 20. */
static inline void copy_match(u8 *to, const u8 *from, u32 length)
{
    if (to - from < 4) {
        /* A short run: some single bytes make its period four (1, 2) or six (3). */
        to[0] = from[0];
        to[1] = from[1];
        to[2] = from[2];
        to[3] = from[3];
        from = to - from == 3 ? to - 2 : to;
        copy8(to + 4, from);
        copy8(to + 12, from + 8);
        return;
    }
    copy8(to, from);
    if (length > 8) {
        copy8(to + 8, from + 8);
        copy4(to + 16, from + 16);
    }
}

/* Copies exactly `length` bytes from `back` behind `to`, when `out` bytes were written before. */
static inline void copy_exact(u8 *to, u32 back, u32 length, u32 out)
{
    const u8 *from;

    for (; length && back > out; length--, out++)
        *to++ = BLANK;
    from = to - back;
    if (back >= 4)
        for (; length >= 4; length -= 4, to += 4, from += 4)
            copy4(to, from);
    for (; length; length--)
        *to++ = *from++;
}

/* Copies what fits of a match; the rest is kept for the next piece. */
static inline void match_careful(struct run *run, struct lzss *state, u32 back, u32 length)
{
    u32 room = (u32)(run->to_end - run->to);
    u32 now = length < room ? length : room;

    copy_exact(run->to, back, now, (u32)((address)run->to - run->origin));
    run->to += now;
    state->match = (u16)back;
    state->left = (u16)(length - now);
}

/* One step near an end: flags, literals and a match. Answers 0 if the input ends before it. */
static inline int step_careful(struct run *run, struct lzss *state)
{
    u32 pair;

    if (run->flags <= FLAGS_NONE) {
        if (run->at_end - run->at < 2)
            return 0;
        run->flags = FLAGS_OF(*run->at++);
    }
    for (; !(run->flags & 1); run->flags >>= 1) {
        if (run->at == run->at_end || run->to == run->to_end)
            return run->to == run->to_end;
        *run->to++ = *run->at++;
    }
    if (run->flags == FLAGS_NONE || run->to == run->to_end)
        return 1;
    if (run->at_end - run->at < 2)
        return 0;
    pair = run->at[0] | (u32)run->at[1] << 8;
    run->at += 2;
    run->flags >>= 1;
    match_careful(run, state, match_back(run->to, RING_START - 1 - run->origin, pair),
                  match_length(pair));
    return 1;
}

/* Many steps while both ends are far. Where it stops early, step_careful() goes on. */
static void steps_fast(struct run *run)
{
    const u8 *at = run->at;
    const u8 *at_last = run->at_end - GROUP_IN;
    u8 *to = run->to;
    u8 *to_last = run->to_end - STEP_OUT;
    u32 flags = run->flags;
    u32 effort = run->effort;
    address bias = RING_START - 1 - run->origin;

    for (; to < to_last && effort; effort--) {
        u32 back, pair;

        if (flags <= FLAGS_NONE) {
            if (at > at_last)
                break;
            flags = FLAGS_OF(*at++);
        }
        if (!(flags & 1)) {
            u32 literals = (u32)__builtin_ctz(flags);

            copy8(to, at);
            to += literals;
            at += literals;
            flags >>= literals;
            if (flags == FLAGS_NONE)
                continue;
        }
        pair = at[0] | (u32)at[1] << 8;
        back = match_back(to, bias, pair);
        if (back > (address)to - run->origin) /* blanks */
            break;
        copy_match(to, to - back, match_length(pair));
        to += match_length(pair);
        at += 2;
        flags >>= 1;
    }
    run->at = at;
    run->to = to;
    run->flags = flags;
    run->effort = effort;
}

u32 lzss_expand_some(struct lzss *state, const u8 *from, u32 stored, u8 *to, u32 room, u32 effort)
{
    struct run run = {
        .at = from + state->in,
        .at_end = from + stored,
        .to = to,
        .to_end = to + room,
        .effort = effort,
        .origin = (address)to - state->out,
        .flags = state->flags ? state->flags : FLAGS_NONE,
    };

    if (state->left)
        match_careful(&run, state, state->match, state->left);
    while (run.to < run.to_end && run.effort) {
        if (run.at_end - run.at >= GROUP_IN && run.to_end - run.to > STEP_OUT)
            steps_fast(&run);
        if ((run.effort < CAREFUL && run.to != to) || !step_careful(&run, state))
            break;
        run.effort -= run.effort < CAREFUL ? run.effort : CAREFUL;
    }
    state->in = (u32)(run.at - from);
    state->out += (u32)(run.to - to);
    state->flags = run.flags;
    return (u32)(run.to - to);
}

u32 lzss_expand(struct lzss *state, const u8 *from, u32 stored, u8 *to, u32 room)
{
    return lzss_expand_some(state, from, stored, to, room, ~0u);
}
