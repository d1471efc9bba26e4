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

/* One bounded piece of every ring, or a quarter of one of some, by their bits; true if a device
 * took any. */
#define CONSOLE_EVERY 0xffffffffu
#define CONSOLE_RECORDS 0x80000000u
static inline u32 console_bit(u32 device)
{
    return device < 31 ? 1u << device : CONSOLE_RECORDS;
}

bool console_drain(u32 bits);

/* What a partition with that device waits for where its slot begins: its own text and the records,
 * nobody else's. */
static inline u32 console_bits(u32 device)
{
    return CONSOLE_RECORDS | console_bit(device);
}

/* Everything, waiting for the device with a bound: for panic and halt. */
void console_flush(void);

/* Records: what the consoles take, once more on the UART that arch_records() names, each piece of
 * text behind a head. One that does not fit is dropped whole and counted. Nobody who writes sees a
 * difference. user/prtos/records.py reads them. */
#define RECORD_MARK 0x1eu   /* ASCII RS */
#define RECORD_TEXT 0u      /* as written, not by lines */
#define RECORD_NAME 1u      /* of the source; that of the system comes first after boot */
#define RECORD_LOST 2u      /* how many before this place, a u32 */
#define RECORD_SYSTEM 0xffu /* source: the hypervisor; others: number of the partition */

struct record_head {
    u8 mark;
    u8 kind;
    u8 source;
    u8 size; /* of what follows */
};

/* A record of text that a console took, or of a panic. */
void console_record(u32 source, const char *bytes, u32 size);

/* The hypervisor's own text (format as lib/format.h). */
void console_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Rings that hold text: bit n for device n, bit 31 for the records and devices from there on.
 * Atomic. */
extern u32 console_pending;

#endif
