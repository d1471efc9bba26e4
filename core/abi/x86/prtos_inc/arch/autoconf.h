/* SPDX-License-Identifier: Apache-2.0 */
/* Build-time values of 32-bit x86. Macros only. */
#ifndef PRTOS_INC_ARCH_AUTOCONF_H
#define PRTOS_INC_ARCH_AUTOCONF_H

#ifndef CONFIG_x86
#define CONFIG_x86 1
#endif

#define CONFIG_PARTITION_NO_GDT_ENTRIES 32
#define CONFIG_PRTOS_OFFSET 0xFC000000
#define CONFIG_PRTOS_LOAD_ADDR 0x1000000

#endif
