/* SPDX-License-Identifier: Apache-2.0 */
/* From the boot loader (QEMU's -kernel, U-Boot's booti) to system_boot(), and the other CPUs from
 * PSCI to smp_secondary_main(). The image begins with the header that both look for (Linux,
 * Documentation/arm64/booting.rst). Also the place where a restart begins again. */
#include "aarch64.h"
#include "hv/platform.h"

#define TEXT_OFFSET (HV_LOAD - RAM_BASE) /* from a multiple of 2 MB */
#define IMAGE_FLAGS 2                    /* little endian, 4 KB pages */
#define IMAGE_MAGIC 0x644d5241           /* "ARM\x64" */
#define UART_FLAGS 0x18
#define UART_FULL_BIT 5

/* The table of vectors begins here too (core.lds): the first entry is for exceptions with SP_EL0,
 * which the core never has. */
        .section .boot.header, "ax"
        .globl  start
start:
        b       boot_first
        .long   0
        .quad   TEXT_OFFSET
        .quad   0                       /* size in memory: rswbuild */
        .quad   IMAGE_FLAGS
        .quad   0, 0, 0
        .long   IMAGE_MAGIC
        .long   0

        .section .boot, "ax"
/* x0: the device tree. */
boot_first:
        msr     daifset, #15
        mrs     x1, currentel
        cmp     x1, #2 << 2
        b.ne    wrong_level
        mrs     x1, sctlr_el2
        tbnz    w1, #0, core_fault      /* not from a boot loader (SCTLR_EL2.M) */
        mov     x19, x0
        mov     x1, #1 << 31            /* HCR_EL2: RW, not E2H, whatever the firmware had */
        msr     hcr_el2, x1
        isb
        bl      boot_tables
        adrp    x0, hv_root
        mov     w1, wzr
        bl      mmu_switch
        adrp    x1, boot_tree           /* not sooner: a cache may hold an old line of it */
        str     x19, [x1, #:lo12:boot_tree]

/* With the boot tables in use: nothing in .bss is kept but what lies in front of it (.past). */
        .globl  boot_clear
boot_clear:
        adrp    x0, boot_stack_top
        add     sp, x0, :lo12:boot_stack_top
        adrp    x0, vectors
        add     x0, x0, :lo12:vectors
        msr     vbar_el2, x0
        msr     tpidr_el2, xzr
        isb
        adrp    x0, bss_start
        add     x0, x0, :lo12:bss_start
        adrp    x1, bss_end
        add     x1, x1, :lo12:bss_end
1:      cmp     x0, x1
        b.hs    2f
        stp     xzr, xzr, [x0], #16
        b       1b
2:      mov     x29, xzr
        mov     x30, xzr
        b       system_boot

/* A restart: _Noreturn void boot_again(void). */
        .globl  boot_again
boot_again:
        adrp    x0, boot_stack_top
        add     sp, x0, :lo12:boot_stack_top
        bl      boot_mmu_off
        bl      boot_tables
        adrp    x0, hv_root
        mov     w1, wzr
        bl      mmu_switch
        b       boot_clear

/* The other CPUs: x0 is their struct cpu (smp.c). */
        .globl  secondary_start
secondary_start:
        msr     daifset, #15
        mov     x20, x0
        mov     x1, #1 << 31
        msr     hcr_el2, x1
        isb
        adrp    x0, hv_root
        mov     w1, #SCTLR_WXN
        bl      mmu_switch
        adrp    x0, vectors
        add     x0, x0, :lo12:vectors
        msr     vbar_el2, x0
        msr     tpidr_el2, x20
        isb
        mov     sp, x20
        mov     x0, x20
        mov     x29, xzr
        mov     x30, xzr
        b       smp_secondary_main

/* Level 1 for the boot: the first GB is devices, the next seven are RAM, to be executed too.
 * Written with the MMU off: what a cache holds of the page is dropped behind it (Arm ARM D8.17). */
boot_tables:
        adrp    x0, hv_root
        mov     x1, x0
        mov     x2, #512 / 2
1:      stp     xzr, xzr, [x1], #16
        subs    x2, x2, #1
        b.ne    1b
        mov     x2, #PTE_VALID | PTE_RES1 | PTE_AF | PTE_ATTR(ATTR_DEVICE)
        movk    x2, #0x0040, lsl #48    /* PTE_XN */
        str     x2, [x0]
        mov     x2, #PTE_VALID | PTE_RES1 | PTE_AF | PTE_SH_INNER | PTE_ATTR(ATTR_NORMAL)
        mov     x3, #RAM_BASE
        mov     x7, x3
        mov     x4, #8
        add     x5, x0, #8
1:      orr     x6, x2, x3
        str     x6, [x5], #8
        add     x3, x3, x7
        subs    x4, x4, #1
        b.ne    1b
        dmb     sy
        mrs     x1, ctr_el0
        ubfx    x1, x1, #16, #4
        mov     x2, #4
        lsl     x2, x2, x1
        add     x1, x0, #4096
1:      dc      ivac, x0
        add     x0, x0, x2
        cmp     x0, x1
        b.lo    1b
        dsb     sy
        ret

/* void mmu_switch(u64 root, u64 more): off, other tables, on with these bits of SCTLR_EL2 besides:
 * nothing is translated by two tables at once. */
        .text
        .globl  mmu_switch
mmu_switch:
        mov     x9, x30
        bl      boot_mmu_off
        mov     x2, #MAIR_EL2_VALUE & 0xffff
        movk    x2, #MAIR_EL2_VALUE >> 16, lsl #16
        msr     mair_el2, x2
        mov     x2, #TCR_EL2_VALUE & 0xffff
        movk    x2, #TCR_EL2_VALUE >> 16, lsl #16
        mrs     x3, id_aa64mmfr0_el1
        and     x3, x3, #0xf
        cmp     x3, #5                  /* 48 bits at most with 4 KB pages */
        mov     x4, #5
        csel    x3, x3, x4, lo
        bfi     x2, x3, #16, #3
        msr     tcr_el2, x2
        msr     ttbr0_el2, x0
        isb
        tlbi    alle2
        ic      iallu
        dsb     nsh
        isb
        mov     w2, #SCTLR_ON & 0xffff
        movk    w2, #SCTLR_ON >> 16, lsl #16
        orr     x1, x1, x2
        msr     sctlr_el2, x1
        isb
        ret     x9

/* Caches stay as they are: who comes here with them on goes on with them on. */
boot_mmu_off:
        mrs     x2, sctlr_el2
        bic     x2, x2, #SCTLR_M
        dsb     sy
        msr     sctlr_el2, x2
        isb
        ret

/* Not at EL2: say so on the board's UART and stay. */
        .section .boot, "ax"
wrong_level:
        adr     x1, wrong_text
        mov     x2, #PLATFORM_UART0
1:      ldrb    w3, [x1], #1
        cbz     w3, 3f
2:      ldr     w4, [x2, #UART_FLAGS]
        tbnz    w4, #UART_FULL_BIT, 2b
        str     w3, [x2]
        b       1b
3:      wfi
        b       3b
wrong_text:
        .asciz  "PRTOS must start at EL2 (QEMU: virtualization=on)\n"
        .balign 4

        .section .bss.past, "aw", @nobits
        .balign 8
        .globl  boot_tree
boot_tree:
        .skip   8

        .section .root, "aw", @nobits
        .balign 4096
        .globl  hv_root
hv_root:
        .skip   4096
        .skip   4096
boot_stack_top:
