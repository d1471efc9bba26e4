/* SPDX-License-Identifier: Apache-2.0 */
/* Copies by pairs of registers, 64 bytes a turn. In place of core/lib/copy.c. Memory is Normal: an
 * access need not be aligned (Arm ARM B2.5.2). With them the data path's ways between core and the
 * guest in the processor: x0 is in the core, x1 in the guest, x2 bytes, x3 the vCPU; they answer 0
 * if they cannot, and change x0 to x8 only. */
#include "aarch64.h"
#include "asm_offsets.h"

/* In the area that the vCPU started in, while its own translation is off (hv/arch_types.h)? */
.macro  NEAR place, otherwise
        ldp     x4, x5, [x3, #V_NEAR]
        ldr     x6, [x3, #V_NEAR + 16]
        sub     x4, x1, x4
        subs    x5, x5, x2
        ccmp    x4, x5, #2, hs
        b.hi    \otherwise
        add     \place, x1, x6
.endm

/* guest_place() of access.c in short, for what lies in one page of cached memory: x3; `eq` if it
 * does not. */
.macro  PLACE right
        mrs     x6, par_el1
        at      s12e1\right, x1
        isb
        mrs     x3, par_el1
        msr     par_el1, x6
        add     x4, x1, x2
        sub     x4, x4, #1
        eor     x4, x4, x1
        ror     x5, x3, #PAR_ATTRIBUTES
        lsr     x4, x4, #12
        and     x5, x5, #0x1ff          /* attributes and, above them, the bit of a fault */
        and     x3, x3, #PAR_ADDRESS
        cmp     x5, #PAR_CACHED
        bfxil   x3, x1, #0, #12
        ccmp    x4, #0, #0, eq
        ccmp    x1, #0, #4, eq          /* null is nowhere */
.endm

.macro  FUNCTION name
        .section .text.\name, "ax"
        .globl  \name
\name:
.endm

/* Of the word w0. */
        FUNCTION guest_quick_store
        NEAR    x3, 2f
1:      str     w0, [x3]
        mov     x0, #1
        ret
2:      mov     x8, x30
        bl      place_write
        mov     x30, x8
        b.ne    1b
        mov     x0, #0
        ret

        FUNCTION place_write
        PLACE   w
        ret

        FUNCTION guest_quick_read
        NEAR    x1, 1f
        mov     x3, x0
        b       copy
1:      PLACE   r
        mov     x1, x3
        mov     x3, x0
        b.ne    copy
        mov     x0, #0
        ret

        FUNCTION write_placed
        mov     x8, x30
        bl      place_write
        mov     x30, x8
        mov     x1, x0
        b.ne    copy
        mov     x0, #0
        ret

        FUNCTION guest_quick_write
        NEAR    x3, write_placed
        mov     x1, x0
/* From x1 to x3. x0 stays: it is not 0. */
copy:   subs    x2, x2, #64
        b.lo    copy_rest
1:      ldp     x4, x5, [x1, #16]
        ldp     x6, x7, [x1, #32]
        stp     x4, x5, [x3, #16]
        stp     x6, x7, [x3, #32]
        ldp     x4, x5, [x1, #48]
        ldp     x6, x7, [x1], #64
        stp     x4, x5, [x3, #48]
        stp     x6, x7, [x3], #64
        subs    x2, x2, #64
        b.hs    1b
        cmn     x2, #64
        b.ne    copy_rest
        ret
        .globl  memcpy
/* void *memcpy(void *to, const void *from, size_t size) */
memcpy:
        mov     x3, x0
        subs    x2, x2, #64
        b.lo    copy_rest
        b       1b

/* Up to 63 bytes more: the low bits of x2. */
        FUNCTION copy_rest
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

/* void *memset(void *to, int value, size_t size) */
        FUNCTION memset
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
