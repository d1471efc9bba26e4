/* SPDX-License-Identifier: Apache-2.0 */
/* From the multiboot loader (GRUB, QEMU) to system_boot() in the core's address space. Runs at
 * physical addresses until paging is on; also the place where a restart begins again. */
#include "x86.h"

#define PHYS(x) ((x) - HV_BASE + HV_LOAD)
#define MULTIBOOT_MAGIC 0x1BADB002 /* Multiboot specification 0.6.96, 3.1.1 */
#define MULTIBOOT_FLAGS 0x00000002 /* tell how much memory there is */
#define MULTIBOOT_LOADED 0x2BADB002
#define MULTIBOOT_HAS_LINE 0x04 /* 3.3: flags, bit 2 */
#define LINE_MAX 4096           /* as much of the command line is looked at */

        .section .boot, "ax"
        .balign 4
        .long   MULTIBOOT_MAGIC, MULTIBOOT_FLAGS, -(MULTIBOOT_MAGIC + MULTIBOOT_FLAGS)

        .globl  start
start:
        cli
        cld
        cmpl    $MULTIBOOT_LOADED, %eax
        jne     2f
        movl    8(%ebx), %eax           /* mem_upper: KB from 1 MB on */
        movl    %eax, PHYS(boot_memory)
        /* The word records=<one character> of the command line, if there is one. */
        xorl    %eax, %eax
        testb   $MULTIBOOT_HAS_LINE, (%ebx)
        jz      5f
        movl    16(%ebx), %esi
        movl    $LINE_MAX, %ecx
        movb    $' ', %dl               /* the character in front */
3:      cmpb    $' ', %dl
        jne     4f
        cmpl    $0x6f636572, (%esi)     /* "reco" */
        jne     4f
        cmpl    $0x3d736472, 4(%esi)    /* "rds=" */
        jne     4f
        testb   $~' ', 9(%esi)          /* nothing or a blank */
        jnz     4f
        movzbl  8(%esi), %eax
4:      movb    (%esi), %dl
        incl    %esi
        testb   %dl, %dl
        loopne  3b
5:      movl    %eax, PHYS(boot_records)
        /* 4 MB pages: the area at HV_BASE, the devices, and the first area page where we run. */
        movl    $PHYS(hv_root), %edi
        movl    $HV_LOAD | PTE_P | PTE_W | PTE_PS, %eax
        movl    %eax, (HV_LOAD >> 22) * 4(%edi)
        leal    HV_PDE * 4(%edi), %ebx
        movl    $HV_AREA_MAX >> 22, %ecx
1:      movl    %eax, (%ebx)
        addl    $0x400000, %eax
        addl    $4, %ebx
        decl    %ecx
        jnz     1b
        movl    $HV_DEVICES | PTE_P | PTE_W | PTE_PS | PTE_PCD | PTE_PWT, %eax
        movl    %eax, (HV_DEVICES >> 22) * 4(%edi)
        movl    %cr4, %eax
        orl     $CR4_PSE, %eax
        movl    %eax, %cr4
        movl    %edi, %cr3
        movl    $CR0_PG | CR0_WP | CR0_NE | CR0_ET | CR0_PE, %eax
        movl    %eax, %cr0
        movl    $high, %eax
        jmp     *%eax
2:      hlt
        jmp     2b

        .text
        /* Segments of the loader are flat, but their table is not ours. */
high:
        movl    $hv_root, %edi
        movl    $0, (HV_LOAD >> 22) * 4(%edi)
        movl    %edi, %eax
        subl    $HV_BASE - HV_LOAD, %eax
        movl    %eax, %cr3
        lgdt    boot_gdt_reg
        ljmp    $SEL_CS, $1f
1:      movl    $SEL_DS, %eax
        movl    %eax, %ds
        movl    %eax, %es
        movl    %eax, %ss

        /* A restart comes here with the boot mapping loaded: nothing in .bss is kept but what
         * lies in front of it (.past). */
        .globl  boot_again
boot_again:
        movl    $boot_stack_top, %esp
        xorl    %eax, %eax
        movl    %eax, %fs
        movl    %eax, %gs
        lldt    %ax
        movl    $bss_start, %edi
        movl    $bss_end, %ecx
        subl    %edi, %ecx
        shrl    $2, %ecx
        cld
        rep stosl
        xorl    %ebp, %ebp
        jmp     system_boot

        .section .rodata
        .balign 8
        .globl  boot_gdt
        /* Only entries 32 and 33, at the places where every later table has them. */
boot_gdt = . - SEL_CS
        .quad   0x00CF9A000000FFFF
        .quad   0x00CF92000000FFFF
        .globl  boot_gdt_reg
boot_gdt_reg:
        .word   SEL_DS + 7
        .long   boot_gdt

        .section .bss.past, "aw", @nobits
        .balign 4
        .globl  boot_memory
boot_memory:
        .skip   4
        .globl  boot_records
boot_records:
        .skip   4

        .section .root, "aw", @nobits
        .balign 4096
        .globl  hv_root
hv_root:
        .skip   4096
        .globl  boot_stack_top
        .skip   4096
boot_stack_top:
