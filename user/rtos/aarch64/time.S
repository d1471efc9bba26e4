/* SPDX-License-Identifier: Apache-2.0 */
/* rtos_time_t port_clock_read(const struct prtos_clock *page, prtos_u32_t base): ns by a clock
 * page, from the base at that place in it, without a trap. The product has 96 bits; the shift is
 * 32 or less. */
#include <prtos.h>
#include <prtos_inc/arch/asm_offsets.h>

    .text
    .globl port_clock_read
port_clock_read:
    ldr w2, [x0, #PCT_CLOCK_SEQUENCE_OFF]
    isb /* the counter may not be read ahead of what stands before */
    mrs x3, cntvct_el0
    ldr x4, [x0, #PCT_CLOCK_COUNT_OFF]
    ldp w5, w6, [x0, #PCT_CLOCK_MULT_OFF]
    ldr x7, [x0, w1, uxtw]
    sub x3, x3, x4
    mul x4, x3, x5
    umulh x3, x3, x5
    mvn w5, w6 /* as a shift: 63 less it */
    lsl x3, x3, #1
    lsl x3, x3, x5
    lsr x4, x4, x6
    orr x3, x3, x4
    add x3, x3, x7
    tbnz w2, #0, port_clock_read
    ldr w4, [x0, #PCT_CLOCK_SEQUENCE_OFF]
    cmp w2, w4
    b.ne port_clock_read
    mov x0, x3
    ret

    .section .note.GNU-stack, "", @progbits
