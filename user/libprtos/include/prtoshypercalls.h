/* SPDX-License-Identifier: Apache-2.0 */
/* The hypercalls as C functions, batches of them, and the macros that define such functions. */
#ifndef LIBPRTOS_PRTOSHYPERCALLS_H
#define LIBPRTOS_PRTOSHYPERCALLS_H

#ifdef _PRTOS_KERNEL_
#error <prtoshypercalls.h> is for partitions, not for the hypervisor
#endif

#include <prtos_inc/hypercalls.h>
#include <prtos_inc/linkage.h>
#include <arch/prtoshypercalls.h>

#ifndef __ASSEMBLER__

#include <prtos_inc/guest.h>
#include <prtos_inc/objdir.h>
#include <prtos_inc/hypercall_protos.h>

/* Declared, but no call stands behind them on this architecture: a use does not link. */
prtos_s32_t prtos_flush_cache(prtos_u32_t cache);
prtos_s32_t prtos_set_cache_state(prtos_u32_t cache);

/* Batches: lazy calls wait in a buffer of the partition; the next ordinary call, or a full buffer,
 * makes them all with one multicall. Not reentrant: vCPUs and interrupt handlers of a partition
 * that use lazy calls at the same time must take turns. */
#define PRTOS_BATCH_WORDS 1024

extern prtos_u32_t prtos_batch_used; /* words that wait */

void prtos_lazy_hypercall(prtos_u32_t nr, prtos_s32_t nargs, ...);
prtos_s32_t prtos_flush_hyp_batch(void);
void init_batch(void);

void prtos_lazy_update_page32(prtos_address_t paddr, prtos_u32_t value);
void prtos_lazy_set_page_type(prtos_address_t paddr, prtos_u32_t type);

/* First statement of a wrapper: what waits comes first; if that fails, the call is not made. */
#define PRTOS_FLUSH_FIRST                                                                          \
    do {                                                                                           \
        if (__builtin_expect(prtos_batch_used != 0, 0)) {                                          \
            prtos_s32_t flushed_ = prtos_flush_hyp_batch();                                        \
            if (flushed_ < 0)                                                                      \
                return flushed_;                                                                   \
        }                                                                                          \
    } while (0)

#define PRTOS_FLUSH_FIRST_VOID                                                                     \
    do {                                                                                           \
        if (__builtin_expect(prtos_batch_used != 0, 0) && prtos_flush_hyp_batch() < 0)             \
            return;                                                                                \
    } while (0)

/* prtos_hcallN(name, type, argument...) defines prtos_<name>() without a result, prtos_hcallNr()
 * one with; prtos_lazy_hcallN() defines prtos_lazy_<name>(). */
#define prtos_hcall0(name)                                                                         \
    void prtos_##name(void)                                                                        \
    {                                                                                              \
        prtos_s32_t r_;                                                                            \
        PRTOS_FLUSH_FIRST_VOID;                                                                    \
        _PRTOS_HCALL0(name##_nr, r_);                                                              \
        (void)r_;                                                                                  \
    }
#define prtos_hcall1(name, t0, a0)                                                                 \
    void prtos_##name(t0 a0)                                                                       \
    {                                                                                              \
        prtos_s32_t r_;                                                                            \
        PRTOS_FLUSH_FIRST_VOID;                                                                    \
        _PRTOS_HCALL1(a0, name##_nr, r_);                                                          \
        (void)r_;                                                                                  \
    }
#define prtos_hcall2(name, t0, a0, t1, a1)                                                         \
    void prtos_##name(t0 a0, t1 a1)                                                                \
    {                                                                                              \
        prtos_s32_t r_;                                                                            \
        PRTOS_FLUSH_FIRST_VOID;                                                                    \
        _PRTOS_HCALL2(a0, a1, name##_nr, r_);                                                      \
        (void)r_;                                                                                  \
    }
#define prtos_hcall3(name, t0, a0, t1, a1, t2, a2)                                                 \
    void prtos_##name(t0 a0, t1 a1, t2 a2)                                                         \
    {                                                                                              \
        prtos_s32_t r_;                                                                            \
        PRTOS_FLUSH_FIRST_VOID;                                                                    \
        _PRTOS_HCALL3(a0, a1, a2, name##_nr, r_);                                                  \
        (void)r_;                                                                                  \
    }
#define prtos_hcall4(name, t0, a0, t1, a1, t2, a2, t3, a3)                                         \
    void prtos_##name(t0 a0, t1 a1, t2 a2, t3 a3)                                                  \
    {                                                                                              \
        prtos_s32_t r_;                                                                            \
        PRTOS_FLUSH_FIRST_VOID;                                                                    \
        _PRTOS_HCALL4(a0, a1, a2, a3, name##_nr, r_);                                              \
        (void)r_;                                                                                  \
    }
#define prtos_hcall5(name, t0, a0, t1, a1, t2, a2, t3, a3, t4, a4)                                 \
    void prtos_##name(t0 a0, t1 a1, t2 a2, t3 a3, t4 a4)                                           \
    {                                                                                              \
        prtos_s32_t r_;                                                                            \
        PRTOS_FLUSH_FIRST_VOID;                                                                    \
        _PRTOS_HCALL5(a0, a1, a2, a3, a4, name##_nr, r_);                                          \
        (void)r_;                                                                                  \
    }

#define prtos_hcall0r(name)                                                                        \
    prtos_s32_t prtos_##name(void)                                                                 \
    {                                                                                              \
        prtos_s32_t r_;                                                                            \
        PRTOS_FLUSH_FIRST;                                                                         \
        _PRTOS_HCALL0(name##_nr, r_);                                                              \
        return r_;                                                                                 \
    }
#define prtos_hcall1r(name, t0, a0)                                                                \
    prtos_s32_t prtos_##name(t0 a0)                                                                \
    {                                                                                              \
        prtos_s32_t r_;                                                                            \
        PRTOS_FLUSH_FIRST;                                                                         \
        _PRTOS_HCALL1(a0, name##_nr, r_);                                                          \
        return r_;                                                                                 \
    }
#define prtos_hcall2r(name, t0, a0, t1, a1)                                                        \
    prtos_s32_t prtos_##name(t0 a0, t1 a1)                                                         \
    {                                                                                              \
        prtos_s32_t r_;                                                                            \
        PRTOS_FLUSH_FIRST;                                                                         \
        _PRTOS_HCALL2(a0, a1, name##_nr, r_);                                                      \
        return r_;                                                                                 \
    }
#define prtos_hcall3r(name, t0, a0, t1, a1, t2, a2)                                                \
    prtos_s32_t prtos_##name(t0 a0, t1 a1, t2 a2)                                                  \
    {                                                                                              \
        prtos_s32_t r_;                                                                            \
        PRTOS_FLUSH_FIRST;                                                                         \
        _PRTOS_HCALL3(a0, a1, a2, name##_nr, r_);                                                  \
        return r_;                                                                                 \
    }
#define prtos_hcall4r(name, t0, a0, t1, a1, t2, a2, t3, a3)                                        \
    prtos_s32_t prtos_##name(t0 a0, t1 a1, t2 a2, t3 a3)                                           \
    {                                                                                              \
        prtos_s32_t r_;                                                                            \
        PRTOS_FLUSH_FIRST;                                                                         \
        _PRTOS_HCALL4(a0, a1, a2, a3, name##_nr, r_);                                              \
        return r_;                                                                                 \
    }
#define prtos_hcall5r(name, t0, a0, t1, a1, t2, a2, t3, a3, t4, a4)                                \
    prtos_s32_t prtos_##name(t0 a0, t1 a1, t2 a2, t3 a3, t4 a4)                                    \
    {                                                                                              \
        prtos_s32_t r_;                                                                            \
        PRTOS_FLUSH_FIRST;                                                                         \
        _PRTOS_HCALL5(a0, a1, a2, a3, a4, name##_nr, r_);                                          \
        return r_;                                                                                 \
    }

#define prtos_lazy_hcall0(name)                                                                    \
    void prtos_lazy_##name(void)                                                                   \
    {                                                                                              \
        prtos_lazy_hypercall(name##_nr, 0);                                                        \
    }
#define prtos_lazy_hcall1(name, t0, a0)                                                            \
    void prtos_lazy_##name(t0 a0)                                                                  \
    {                                                                                              \
        prtos_lazy_hypercall(name##_nr, 1, (prtos_u32_t)(a0));                                     \
    }
#define prtos_lazy_hcall2(name, t0, a0, t1, a1)                                                    \
    void prtos_lazy_##name(t0 a0, t1 a1)                                                           \
    {                                                                                              \
        prtos_lazy_hypercall(name##_nr, 2, (prtos_u32_t)(a0), (prtos_u32_t)(a1));                  \
    }
#define prtos_lazy_hcall3(name, t0, a0, t1, a1, t2, a2)                                            \
    void prtos_lazy_##name(t0 a0, t1 a1, t2 a2)                                                    \
    {                                                                                              \
        prtos_lazy_hypercall(name##_nr, 3, (prtos_u32_t)(a0), (prtos_u32_t)(a1),                   \
                             (prtos_u32_t)(a2));                                                   \
    }
#define prtos_lazy_hcall4(name, t0, a0, t1, a1, t2, a2, t3, a3)                                    \
    void prtos_lazy_##name(t0 a0, t1 a1, t2 a2, t3 a3)                                             \
    {                                                                                              \
        prtos_lazy_hypercall(name##_nr, 4, (prtos_u32_t)(a0), (prtos_u32_t)(a1),                   \
                             (prtos_u32_t)(a2), (prtos_u32_t)(a3));                                \
    }
#define prtos_lazy_hcall5(name, t0, a0, t1, a1, t2, a2, t3, a3, t4, a4)                            \
    void prtos_lazy_##name(t0 a0, t1 a1, t2 a2, t3 a3, t4 a4)                                      \
    {                                                                                              \
        prtos_lazy_hypercall(name##_nr, 5, (prtos_u32_t)(a0), (prtos_u32_t)(a1),                   \
                             (prtos_u32_t)(a2), (prtos_u32_t)(a3), (prtos_u32_t)(a4));             \
    }

#endif

#endif
