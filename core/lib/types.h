/* SPDX-License-Identifier: Apache-2.0 */
/* Fixed-width names used by the core, the image formats and the host tools.
 * The same on every compiler we build with; includes nothing of any C library. */
#ifndef LIB_TYPES_H
#define LIB_TYPES_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef signed short s16;
typedef signed int s32;
typedef signed long long s64;

_Static_assert(sizeof(u16) == 2 && sizeof(u32) == 4 && sizeof(u64) == 8, "fixed-width types");

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* Rounds v up to a multiple of the power of two a. No mask by a complement: that of a
 * 32-bit a would cut a 64-bit v. */
#define ROUND_UP(v, a) ((((v)-1) | ((a)-1)) + 1)

#endif
