/* SPDX-License-Identifier: Apache-2.0 */
/* CRC-32C by four tables: about four instructions a byte on i386. Called by the image checks of
 * core and tools. The tables are made at the first use (14 000 instructions, once): that is smaller
 * than carrying them. Reads aligned words only (targets with strict alignment). */
#include "lib/crc32c.h"

#define POLYNOMIAL 0x82f63b78u /* Castagnoli, reflected */

typedef u32 __attribute__((may_alias)) word;

/* Row n: what one byte, followed by n zero bytes, does to the sum. */
static u32 table[4][256];

static void table_make(void)
{
    for (u32 byte = 0; byte < 256; byte++) {
        u32 sum = byte;

        for (u32 bit = 0; bit < 8; bit++)
            sum = (sum >> 1) ^ (sum & 1 ? POLYNOMIAL : 0);
        table[0][byte] = sum;
    }
    for (u32 row = 1; row < 4; row++)
        for (u32 byte = 0; byte < 256; byte++) {
            u32 before = table[row - 1][byte];

            table[row][byte] = (before >> 8) ^ table[0][before & 0xff];
        }
}

static inline u32 sum_byte(u32 sum, u8 byte)
{
    return (sum >> 8) ^ table[0][(sum ^ byte) & 0xff];
}

static inline u32 sum_word(u32 sum, u32 value)
{
    sum ^= value;
    return table[3][sum & 0xff] ^ table[2][(sum >> 8) & 0xff] ^ table[1][(sum >> 16) & 0xff] ^
           table[0][sum >> 24];
}

u32 crc32c_update(u32 sum, const void *bytes, u32 length)
{
    const u8 *at = bytes;
    const word *words;

    if (!table[0][1])
        table_make();
    while (length && ((__UINTPTR_TYPE__)at & 3)) {
        sum = sum_byte(sum, *at++);
        length--;
    }
    words = (const word *)(const void *)at;
    for (; length >= 16; length -= 16, words += 4) {
        sum = sum_word(sum, words[0]);
        sum = sum_word(sum, words[1]);
        sum = sum_word(sum, words[2]);
        sum = sum_word(sum, words[3]);
    }
    for (; length >= 4; length -= 4)
        sum = sum_word(sum, *words++);
    at = (const u8 *)words;
    while (length--)
        sum = sum_byte(sum, *at++);
    return sum;
}

u32 crc32c_with_hole(const void *bytes, u32 length, u32 hole)
{
    static const u8 zero[4];
    const u8 *at = bytes;
    u32 sum = crc32c_update(CRC32C_START, at, hole);

    sum = crc32c_update(sum, zero, sizeof(zero));
    return crc32c_end(crc32c_update(sum, at + hole + 4, length - hole - 4));
}
