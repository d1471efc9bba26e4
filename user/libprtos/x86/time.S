/* SPDX-License-Identifier: Apache-2.0 */
/* prtos_get_time(clock, time): from the clock page of the own vCPU, in at most 60 instructions and
 * without a trap. The trap is taken for the code of a bad argument, and where a pointer is not
 * provably own: the hypervisor judges it then. The 96-bit product is needed only if more than 2^32
 * counts have passed since the vCPU was dispatched. */
#include <prtos.h>
#include <prtos_inc/arch/asm_offsets.h>
#include <prtos_inc/arch/segments.h>

#define WINDOW0 prtos_windows
#define WINDOW1 prtos_windows + 8

    .text
ENTRY(prtos_get_time)
    cmpl $0, prtos_batch_used
    jne .Lflush
.Lflushed:
    movl 8(%esp), %ecx
    testb $3, %cl
    jnz .Ltrap
    movl %ecx, %eax
    subl WINDOW0, %eax
    cmpl WINDOW0 + 4, %eax
    jae .Lother_window
.Lown:
    movl prtos_only_clock, %eax
    testl %eax, %eax
    jz .Lfind_clock
.Lclock:
    pushl %ebx
    pushl %esi
    pushl %edi
    pushl %ebp
    movl %eax, %ebx
    movl 20(%esp), %ebp
    cmpl $1, %ebp
    ja .Lpop_trap

    /* ebx clock page, ebp clock, edi sequence; then count - base in edx:eax */
.Lagain:
    movl PCT_CLOCK_SEQUENCE_OFF(%ebx), %edi
    testl $1, %edi
    jnz .Lpop_trap
    rdtsc
    subl PCT_CLOCK_COUNT_OFF(%ebx), %eax
    sbbl PCT_CLOCK_COUNT_OFF + 4(%ebx), %edx
    jnz .Llong_ago
    mull PCT_CLOCK_MULT_OFF(%ebx)
    movl PCT_CLOCK_SHIFT_OFF(%ebx), %ecx
    cmpl $32, %ecx
    je .Lby_word
    shrdl %cl, %edx, %eax
    shrl %cl, %edx
.Lscaled:
    addl PCT_CLOCK_BASE_OFF(%ebx, %ebp, 8), %eax
    adcl PCT_CLOCK_BASE_OFF + 4(%ebx, %ebp, 8), %edx
    cmpl PCT_CLOCK_SEQUENCE_OFF(%ebx), %edi
    jne .Lagain

    /* edx:eax ns -> us: the high word first, its rest in front of the low one */
    movl %eax, %esi
    movl %edx, %eax
    xorl %edx, %edx
    movl $1000, %ecx
    divl %ecx
    xchgl %eax, %esi
    divl %ecx
    movl 24(%esp), %ecx
    movl %eax, (%ecx)
    movl %esi, 4(%ecx)
    xorl %eax, %eax
    popl %ebp
    popl %edi
    popl %esi
    popl %ebx
    ret

.Lby_word:
    movl %edx, %eax
    xorl %edx, %edx
    jmp .Lscaled

    /* delta in edx:eax, high part not 0: product in edx:eax:esi */
.Llong_ago:
    movl %edx, %ecx
    mull PCT_CLOCK_MULT_OFF(%ebx)
    movl %eax, %esi
    movl %ecx, %eax
    movl %edx, %ecx
    mull PCT_CLOCK_MULT_OFF(%ebx)
    addl %ecx, %eax
    adcl $0, %edx
    movl PCT_CLOCK_SHIFT_OFF(%ebx), %ecx
    cmpl $32, %ecx
    je .Lscaled
    shrdl %cl, %eax, %esi
    shrdl %cl, %edx, %eax
    movl %eax, %edx
    movl %esi, %eax
    jmp .Lscaled

.Lother_window:
    movl %ecx, %eax
    subl WINDOW1, %eax
    cmpl WINDOW1 + 4, %eax
    jb .Lown
    jmp .Ltrap

    /* Several vCPUs: lsl leaves eax alone where the hypervisor offers no number. */
.Lfind_clock:
    movl $CONFIG_MAX_NO_VCPUS, %eax
    movl $GUEST_VCPU_SEL, %edx
    lsl %edx, %eax
    cmpl $CONFIG_MAX_NO_VCPUS, %eax
    jae .Ltrap
    movl prtos_clocks(, %eax, 4), %eax
    testl %eax, %eax
    jnz .Lclock
    jmp .Ltrap

.Lpop_trap:
    popl %ebp
    popl %edi
    popl %esi
    popl %ebx
.Ltrap:
    pushl %ebx
    movl 8(%esp), %ebx
    movl 12(%esp), %ecx
    movl $get_time_nr, %eax
    __PRTOS_HC
    popl %ebx
    ret

.Lflush:
    call prtos_flush_hyp_batch
    testl %eax, %eax
    jns .Lflushed
    ret

    .size prtos_get_time, . - prtos_get_time
    .type prtos_get_time, @function

    .section .note.GNU-stack, "", @progbits
