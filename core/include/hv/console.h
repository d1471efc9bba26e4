/* SPDX-License-Identifier: Apache-2.0 */
/* Text out: each console device has a ring; a write goes into the ring, the ring drains in bounded
 * pieces and never by waiting for a busy device, a panic or halt excepted. */
#ifndef HV_CONSOLE_H
#define HV_CONSOLE_H

#include "conf/layout.h"
#include "hv/base.h"

struct cpu;

#define CONSOLE_LINE 128u /* longest write of a partition */

/* Devices by index of the configuration; `place` has the pool's room for each. */
void console_init(const struct conf_header *conf, u8 *place);

/* Takes up to `size` bytes whole; returns how many. Unknown or absent device: 0. */
u32 console_write(u32 device, const char *bytes, u32 size);

/* One bounded piece of every ring, a quarter of one if somebody waits; true if a device took
 * any. */
bool console_drain(bool little);

/* Everything, waiting for the device with a bound: for panic and halt. */
void console_flush(void);

/* The hypervisor's own text (format as lib/format.h). */
void console_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Whether a ring holds text. */
extern u32 console_pending;

#endif
