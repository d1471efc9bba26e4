/* SPDX-License-Identifier: Apache-2.0 */
/* Partition 0 works out pi, partition 1 e, over and over, each in many slots. Their numbers lie in
 * the same registers of one FPU, between which the hypervisor changes at each switch. */
#include <prtos.h>
#include <stdio.h>

#define TERMS 1000000
#define ROUNDS 4

/* Pi by Madhava and Leibniz, made quick by averaging the last two sums. */
static double pi(void)
{
    double sum = 0, last = 0, sign = 4;
    prtos_s32_t n;

    for (n = 0; n < TERMS; n++) {
        last = sum;
        sum += sign / (2 * n + 1);
        sign = -sign;
    }
    return (sum + last) / 2;
}

/* The mean of many equal sums of 1/n!, so that it takes as long; the compiler may not see it. */
static double euler(void)
{
    volatile double one = 1;
    double total = 0, sum, term;
    prtos_s32_t i, n;

    for (i = 0; i < TERMS / 5; i++) {
        sum = term = one;
        for (n = 1; n < 20; n++) {
            term /= n;
            sum += term;
        }
        total += sum;
    }
    return total / (TERMS / 5);
}

/* printf of partitions has no %f. */
static void tell(const char *name, double value, prtos_u32_t same, prtos_u32_t cuts)
{
    prtos_s32_t whole = (prtos_s32_t)value;

    printf("[P%d] %s is %d.%08d in %d of %d rounds, each in %s\n", PRTOS_PARTITION_SELF, name,
           whole, (prtos_s32_t)((value - whole) * 1e8 + 0.5), same, ROUNDS,
           cuts > 2 * ROUNDS ? "several slots" : "one go");
}

void partition_main(void)
{
    prtos_time_t before, now, used_before, used;
    prtos_u32_t round, cuts, same = 0;
    volatile double value; /* in memory it has 64 bits, in a register 80 */
    double first = 0;

    prtos_get_time(PRTOS_HW_CLOCK, &before);
    prtos_get_time(PRTOS_EXEC_CLOCK, &used_before);
    for (round = 0; round < ROUNDS; round++) {
        value = PRTOS_PARTITION_SELF ? euler() : pi();
        first = round ? first : value;
        same += value == first;
    }
    prtos_get_time(PRTOS_HW_CLOCK, &now);
    prtos_get_time(PRTOS_EXEC_CLOCK, &used);
    /* each end of a slot of 1 ms was followed by 3 ms of others */
    cuts = (prtos_u32_t)((now - before) - (used - used_before)) / 3000;
    if (PRTOS_PARTITION_SELF) {
        tell("e", first, same, cuts);
        return;
    }
    for (round = 0; round < 400; round++) /* until the others have told theirs */
        prtos_idle_self();
    tell("pi", first, same, cuts);
    prtos_halt_system();
}
