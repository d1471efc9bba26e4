/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds of ASCII characters. */
#ifndef BAIL_CTYPE_H
#define BAIL_CTYPE_H

#include <prtos_inc/arch/arch_types.h>

static __inline__ prtos_s32_t isdigit(prtos_s32_t c)
{
    return c >= '0' && c <= '9';
}

static __inline__ prtos_s32_t isspace(prtos_s32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static __inline__ prtos_s32_t isxdigit(prtos_s32_t c)
{
    return isdigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static __inline__ prtos_s32_t isalnum(prtos_s32_t c)
{
    return isdigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

#endif
