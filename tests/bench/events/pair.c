/* SPDX-License-Identifier: Apache-2.0 */
/* Two vCPUs that compute, each in a function of its own: where one is entered again tells which
 * it is. */
#include <bail.h>
#include <prtos.h>

static __attribute__((noinline, noclone)) void first(void)
{
    for (;;)
        __asm__ __volatile__("nop" ::: "memory");
}

static __attribute__((noinline, noclone)) void second(void)
{
    for (;;)
        __asm__ __volatile__("nop; nop" ::: "memory");
}

void partition_main(void)
{
    setup_vcpus();
    if (PRTOS_VCPU_SELF == 0)
        first();
    second();
}
