/* SPDX-License-Identifier: Apache-2.0 */
/* The board `virt` of QEMU: where its devices are (hw/arm/virt memory map; also in the device tree
 * that it hands over). The core maps them where they are. */
#ifndef HV_PLATFORM_H
#define HV_PLATFORM_H

#define PLATFORM_UART0 0x09000000
#define PLATFORM_UARTS 1u
#define PLATFORM_UART_CLOCK 24000000u

#endif
