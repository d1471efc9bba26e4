/* SPDX-License-Identifier: Apache-2.0 */
/* What the victim's eyes need on AArch64: the FPU's registers are held with the others. */
#include "watch.h"

extern prtos_u32_t held_fpu; /* hold.S */

void hold_prepare(void)
{
}

prtos_s32_t fpu_right(void)
{
    return held_fpu == 0;
}
