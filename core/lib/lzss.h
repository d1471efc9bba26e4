/* SPDX-License-Identifier: Apache-2.0 */
/* LZSS as the contract's tools.md describes it: 4096-byte ring, blanks before the start, flag
 * byte least significant bit first, 1 = literal, 0 = two bytes (ring position, length 3..18).
 * Pure; the decoder works in pieces and keeps no ring: it looks back into its own output. */
#ifndef LIB_LZSS_H
#define LIB_LZSS_H

#include "lib/types.h"

/* State of one expansion. Start from {0}. */
struct lzss {
    u32 in;    /* stored bytes taken */
    u32 out;   /* bytes produced so far */
    u32 flags; /* what is left of the flag byte, with a marker bit above */
    u16 match; /* rest of a match that a piece's end cut: how far back */
    u16 left;  /* ... and how many bytes */
};

/* Produces up to `room` bytes at `to`, by up to `effort` steps (at least 1): one is up to eight
 * literals and a match, up to 80 instructions; near an end of either side it counts as five. Bytes
 * of the room behind those produced may be overwritten. The 4096 bytes in front of `to` must be
 * readable wherever output already lies there. Returns the bytes produced, 0 only for an empty room
 * and at the end of the input. Never reads beyond `stored`. */
u32 lzss_expand_some(struct lzss *state, const u8 *from, u32 stored, u8 *to, u32 room, u32 effort);

/* The same until the room is full or the input ends. */
u32 lzss_expand(struct lzss *state, const u8 *from, u32 stored, u8 *to, u32 room);

#endif
