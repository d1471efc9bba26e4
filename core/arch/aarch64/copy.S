/* SPDX-License-Identifier: Apache-2.0 */
/* Copies by pairs of registers, 64 bytes a turn. In place of core/lib/copy.c. Memory is Normal: an
 * access need not be aligned (Arm ARM B2.5.2). In front of them the short ways between core and the
 * guest in the processor. */
#include "aarch64.h"

        .text
/* guest_place() of access.c in short, for what lies in one page of cached memory. */
.macro  GUEST_COPY guest, right, otherwise
        mrs     x9, par_el1
        at      s12e1\right, \guest
        isb
        mrs     x3, par_el1
        msr     par_el1, x9
        add     x4, \guest, x2
        sub     x4, x4, #1
        eor     x4, x4, \guest
        ror     x5, x3, #PAR_ATTRIBUTES
        lsr     x4, x4, #12
        and     x5, x5, #0x1ff          /* attributes and, above them, the bit of a fault */
        cmp     x5, #PAR_CACHED
        ccmp    x4, #0, #0, eq
        b.ne    \otherwise
        and     x3, x3, #PAR_ADDRESS
        bfxil   x3, \guest, #0, #12
        mov     \guest, x3
.endm

/* u64 guest_read_short(void *to, hv_addr from, u64 size): what memcpy() returns is not 0. */
        .globl  guest_read_short
guest_read_short:
        GUEST_COPY x1, r, guest_read_long
        b       memcpy

/* u64 guest_store_short(hv_addr to, u32 value) */
        .globl  guest_store_short
guest_store_short:
        mov     x2, #4
        GUEST_COPY x0, w, guest_store_long
        str     w1, [x0]
        ret

/* u64 guest_write_short(hv_addr to, const void *from, u64 size) */
        .globl  guest_write_short
guest_write_short:
        GUEST_COPY x0, w, guest_write_long
        .globl  memcpy
/* void *memcpy(void *to, const void *from, size_t size) */
memcpy:
        mov     x3, x0
        subs    x2, x2, #64
        b.lo    2f
1:      ldp     x4, x5, [x1]
        ldp     x6, x7, [x1, #16]
        ldp     x8, x9, [x1, #32]
        ldp     x10, x11, [x1, #48]
        add     x1, x1, #64
        stp     x4, x5, [x3]
        stp     x6, x7, [x3, #16]
        stp     x8, x9, [x3, #32]
        stp     x10, x11, [x3, #48]
        add     x3, x3, #64
        subs    x2, x2, #64
        b.hs    1b
2:      ands    x2, x2, #63
        b.eq    9f
        tbz     x2, #5, 3f
        ldp     x4, x5, [x1], #16
        ldp     x6, x7, [x1], #16
        stp     x4, x5, [x3], #16
        stp     x6, x7, [x3], #16
3:      tbz     x2, #4, 4f
        ldp     x4, x5, [x1], #16
        stp     x4, x5, [x3], #16
4:      tbz     x2, #3, 5f
        ldr     x4, [x1], #8
        str     x4, [x3], #8
5:      tbz     x2, #2, 6f
        ldr     w4, [x1], #4
        str     w4, [x3], #4
6:      tbz     x2, #1, 7f
        ldrh    w4, [x1], #2
        strh    w4, [x3], #2
7:      tbz     x2, #0, 9f
        ldrb    w4, [x1]
        strb    w4, [x3]
9:      ret

        .globl  memset
/* void *memset(void *to, int value, size_t size) */
memset:
        mov     x3, x0
        and     x1, x1, #0xff
        mov     x4, #0x0101010101010101
        mul     x1, x1, x4
        subs    x2, x2, #64
        b.lo    2f
1:      stp     x1, x1, [x3]
        stp     x1, x1, [x3, #16]
        stp     x1, x1, [x3, #32]
        stp     x1, x1, [x3, #48]
        add     x3, x3, #64
        subs    x2, x2, #64
        b.hs    1b
2:      ands    x2, x2, #63
        b.eq    9f
        tbz     x2, #5, 3f
        stp     x1, x1, [x3], #16
        stp     x1, x1, [x3], #16
3:      tbz     x2, #4, 4f
        stp     x1, x1, [x3], #16
4:      tbz     x2, #3, 5f
        str     x1, [x3], #8
5:      tbz     x2, #2, 6f
        str     w1, [x3], #4
6:      tbz     x2, #1, 7f
        strh    w1, [x3], #2
7:      tbz     x2, #0, 9f
        strb    w1, [x3]
9:      ret
