/* SPDX-License-Identifier: Apache-2.0 */
/* Writer of the stream that lib/lzss.h reads. Used by prtoseformat. */
#ifndef LZSS_ENCODE_H
#define LZSS_ENCODE_H

#include "lib/types.h"

/* Room that the worst input needs. */
#define LZSS_WORST(size) ((size) + ((size) + 7) / 8)

/* Compresses `size` bytes to `to` (LZSS_WORST(size) bytes) and returns the stored bytes. The same
 * input gives the same stream, everywhere. */
u32 lzss_encode(const u8 *from, u32 size, u8 *to);

/* Does the stream expand to exactly these bytes? Asks the decoder that the core uses. */
int lzss_gives(const u8 *stream, u32 stored, const u8 *bytes, u32 size);

#endif
