/* SPDX-License-Identifier: Apache-2.0 */
/* Build-time values of AArch64. Macros only. */
#ifndef PRTOS_INC_ARCH_AUTOCONF_H
#define PRTOS_INC_ARCH_AUTOCONF_H

#ifndef CONFIG_AARCH64
#define CONFIG_AARCH64 1
#endif

#define CONFIG_PARTITION_NO_GDT_ENTRIES 32
#define CONFIG_PRTOS_OFFSET 0xA0000100000
#define CONFIG_PRTOS_LOAD_ADDR 0x40100000

#endif
