/* SPDX-License-Identifier: Apache-2.0 */
/* offsetof, NULL and the compiler's size types. */
#ifndef BAIL_STDDEF_H
#define BAIL_STDDEF_H

#ifndef NULL
#define NULL ((void *)0)
#endif

typedef __SIZE_TYPE__ size_t;
typedef __PTRDIFF_TYPE__ ptrdiff_t;

#ifndef offsetof
#define offsetof(type, member) __builtin_offsetof(type, member)
#endif

#endif
