/* SPDX-License-Identifier: Apache-2.0 */
/* Its data is long enough that a reload takes many of its slots. */
#include "reload.h"

#define WORDS 4096

static volatile prtos_u32_t data[WORDS] = {
    0x600d, 1, 2, 3, [WORDS / 2] = 0x1234, [WORDS - 1] = 0x600d};

void partition_main(void)
{
    BOARD->starts++;
    BOARD->data = data[0];
    BOARD->data_end = data[WORDS - 1];
    data[0] = data[WORDS - 1] = 0xbad;
    for (;;) {
        BOARD->beats++;
        prtos_idle_self();
    }
}
