/* SPDX-License-Identifier: Apache-2.0 */
/* See checks.h. The figure itself is printed only when it is out of its bounds, so that a good run
 * looks the same on every machine. */
#include <prtos.h>
#include <stdio.h>
#include <string.h>
#include "checks.h"

#define TEXT_WIDTH 64

static prtos_s32_t n_checks, n_failures;

static void print_text(const char *what)
{
    prtos_s32_t i;

    n_checks++;
    printf("[P0] %s ", what);
    for (i = (prtos_s32_t)strlen(what); i < TEXT_WIDTH; i++)
        putchar('.');
}

void check_bounds(const char *what, prtos_time_t value, prtos_time_t low, prtos_time_t high)
{
    print_text(what);
    if (value >= low && value <= high) {
        printf(" ok (%d to %d)\n", (prtos_s32_t)low, (prtos_s32_t)high);
        return;
    }
    n_failures++;
    printf(" FAILED: %d is not in %d to %d\n", (prtos_s32_t)value, (prtos_s32_t)low,
           (prtos_s32_t)high);
}

void check_true(const char *what, prtos_s32_t truth)
{
    print_text(what);
    printf(truth ? " ok\n" : " FAILED\n");
    if (!truth)
        n_failures++;
}

prtos_s32_t checks_end(void)
{
    printf("[P0] %d checks, %d failed\n", n_checks, n_failures);
    return n_failures;
}
