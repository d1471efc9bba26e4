/* SPDX-License-Identifier: Apache-2.0 */
/* Ranges of the integer types, as the compiler has them. */
#ifndef BAIL_LIMITS_H
#define BAIL_LIMITS_H

#define INT_MAX __INT_MAX__
#define INT_MIN (-INT_MAX - 1)
#define UINT_MAX (2U * INT_MAX + 1U)

#define LONG_MAX __LONG_MAX__
#define LONG_MIN (-LONG_MAX - 1L)
#define ULONG_MAX (2UL * LONG_MAX + 1UL)

#define LLONG_MAX __LONG_LONG_MAX__
#define LLONG_MIN (-LLONG_MAX - 1LL)
#define ULLONG_MAX (2ULL * LLONG_MAX + 1ULL)

/* The names of lower limits of unsigned types. */
#define UINT_MIN 0U
#define ULONG_MIN 0UL
#define ULLONG_MIN 0ULL

#endif
