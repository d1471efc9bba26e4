/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 over one piece of memory. Called by file_digest(). */
#include "sha256.h"

#include <string.h>

#define BLOCK 64u

/* Fractions of the cube roots of the first 64 primes. */
static const u32 constant[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static u32 rotate(u32 v, u32 n)
{
    return v >> n | v << (32 - n);
}

static u32 big_endian(const u8 *b)
{
    return (u32)b[0] << 24 | (u32)b[1] << 16 | (u32)b[2] << 8 | b[3];
}

static void take_block(u32 h[8], const u8 *block)
{
    u32 w[64];
    u32 v[8];

    for (u32 i = 0; i < 16; i++)
        w[i] = big_endian(block + 4 * i);
    for (u32 i = 16; i < 64; i++) {
        u32 a = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
        u32 b = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;

        w[i] = w[i - 16] + a + w[i - 7] + b;
    }
    memcpy(v, h, sizeof(v));
    for (u32 i = 0; i < 64; i++) {
        u32 s1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25);
        u32 t1 = v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + constant[i] + w[i];
        u32 s0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22);
        u32 t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));

        memmove(v + 1, v, 7 * sizeof(v[0]));
        v[4] += t1;
        v[0] = t1 + t2;
    }
    for (u32 i = 0; i < 8; i++)
        h[i] += v[i];
}

void sha256(const void *bytes, u64 size, u8 digest[SHA256_SIZE])
{
    /* Fractions of the square roots of the first 8 primes. */
    u32 h[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    const u8 *at = bytes;
    u64 rest = size;
    u8 tail[2 * BLOCK] = {0};
    u32 tail_size;

    for (; rest >= BLOCK; rest -= BLOCK, at += BLOCK)
        take_block(h, at);
    if (rest)
        memcpy(tail, at, (size_t)rest);
    tail[rest] = 0x80;
    tail_size = rest < BLOCK - 8 ? BLOCK : 2 * BLOCK;
    for (u32 i = 0; i < 8; i++)
        tail[tail_size - 1 - i] = (u8)(size * 8 >> 8 * i);
    for (u32 i = 0; i < tail_size; i += BLOCK)
        take_block(h, tail + i);
    for (u32 i = 0; i < SHA256_SIZE; i++)
        digest[i] = (u8)(h[i / 4] >> (24 - 8 * (i % 4)));
}
