/* SPDX-License-Identifier: Apache-2.0 */
/* The addresses of each architecture's build. Constant data. */
#include "conf/platform.h"

#define MB 0x100000ull

static const struct conf_platform platforms[] = {
    {
        .arch = CONF_ARCH_X86,
        .area_start = 0x1000000,
        .area_max = 44 * MB,
        .address_end = 1ull << 32,
        .window_start = 0xfbf6e000,
        .window_end = 1ull << 32,
        .pct_start = 0xfbfc0000,
        .pct_size = 0x40000,
        .n_uarts = 2,
        /* UART 2 and 1, LAPIC timer, two IPIs */
        .reserved_lines = 1u << 2 | 1u << 4 | 1u << 0x18 | 1u << 0x1a | 1u << 0x1b,
        .n_reserved = 3,
        .reserved_page = {0xfec00, 0xfed00, 0xfee00},
    },
    {
        .arch = CONF_ARCH_AARCH64,
        .device_space = 1,
        .area_start = 0x100000, /* IPA of 0x40100000 */
        .area_max = 1024 * MB,
        .address_end = 1ull << 48,
        .window_start = 0xfbf6e000,
        .window_end = 0xfc000000,
        .pct_start = 0xfbfc0000,
        .pct_size = 0x40000,
        .n_uarts = 2,
    },
};

const struct conf_platform *conf_platform_of(u32 arch)
{
    for (u32 i = 0; i < ARRAY_SIZE(platforms); i++)
        if (platforms[i].arch == arch)
            return &platforms[i];
    return 0;
}
