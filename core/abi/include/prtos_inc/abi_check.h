/* SPDX-License-Identifier: Apache-2.0 */
/* Proof of the layouts while compiling: each check names the value on 32-bit and on 64-bit
 * architectures. A C11 compiler judges them; gnu89, which guests use, sees nothing. */
#ifndef PRTOS_INC_ABI_CHECK_H
#define PRTOS_INC_ABI_CHECK_H

#include <prtos_inc/arch/arch_types.h>

#if PRTOS_LOG2_WORD_SZ == 5
#define PRTOS_ABI_PICK(w32, w64) (w32)
#else
#define PRTOS_ABI_PICK(w32, w64) (w64)
#endif

#if defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define PRTOS_ABI_OFFSET(type, member, w32, w64)                                                   \
    _Static_assert(__builtin_offsetof(type, member) == PRTOS_ABI_PICK(w32, w64),                   \
                   "offset of " #member " in " #type)
#define PRTOS_ABI_SIZE(type, w32, w64)                                                             \
    _Static_assert(sizeof(type) == PRTOS_ABI_PICK(w32, w64), "size of " #type)
#else
#define PRTOS_ABI_OFFSET(type, member, w32, w64) struct prtos_abi_unchecked
#define PRTOS_ABI_SIZE(type, w32, w64) struct prtos_abi_unchecked
#endif

#endif
