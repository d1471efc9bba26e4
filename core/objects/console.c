/* SPDX-License-Identifier: Apache-2.0 */
/* Console devices and the object through which partitions write to theirs. A ring for each device;
 * the lock around it is held for one line at most. If the boot loader asked for it, what the
 * consoles take goes out on another UART too, as records that say who wrote. */
#include "hv/console.h"

#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objdir.h>

#include "conf/access.h"
#include "conf/pool.h"
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/driver.h"
#include "hv/guestmem.h"
#include "hv/lock.h"
#include "hv/object.h"
#include "hv/partition.h"
#include "hv/system.h"
#include "lib/format.h"
#include "lib/string.h"

#define RING 4096u
#define FLUSH_TRIES 2000000u /* looks at a device that takes nothing, then it is given up */

struct console {
    const struct text_driver *driver; /* null: not a text device */
    u32 id;
    u32 room;  /* of the ring */
    u32 first; /* place of the oldest byte */
    u32 held;
    struct lock lock;
    char ring[];
};

static struct console *consoles; /* a pool's room apart */
static u32 console_count;
static u32 console_stride;
u32 console_pending;

static struct console *records; /* null: nobody asked for them */
static u32 records_lost;        /* and not told yet */

/* The one behind the last is that of the records; null: there is none. */
static struct console *console_of(u32 device)
{
    if (device == console_count)
        return records;
    return (struct console *)(void *)((u8 *)consoles + (size_t)device * console_stride);
}

static void console_open(struct console *console, const struct text_driver *driver, u32 id,
                         u32 baud, u32 room)
{
    console->driver = driver;
    console->id = id;
    console->room = room;
    driver->init(id, baud);
}

/* Under the lock: up to `piece` bytes to the device. */
static u32 drain(struct console *console, u32 piece)
{
    u32 size = console->held;
    u32 done;

    if (size > piece)
        size = piece;
    if (size > console->room - console->first)
        size = console->room - console->first;
    done = console->driver->push(console->id, console->ring + console->first, size);
    console->held -= done;
    console->first += done;
    if (console->first == console->room)
        console->first = 0;
    return done;
}

/* Under the lock, where there is room for them. */
static void append(struct console *console, const void *bytes, u32 size)
{
    u32 at = console->first + console->held;
    u32 front;

    if (at >= console->room)
        at -= console->room;
    front = size < console->room - at ? size : console->room - at;
    memcpy(console->ring + at, bytes, front);
    memcpy(console->ring, (const u8 *)bytes + front, size - front);
    console->held += size;
}

/* Under the lock: whether it holds text. */
static void console_told(const struct console *console, u32 bit)
{
    if (console->held)
        atomic_or(&console_pending, bit);
}

static bool record_append(u32 kind, u32 source, const void *bytes, u32 size)
{
    struct record_head head = {RECORD_MARK, (u8)kind, (u8)source, (u8)size};

    if (records->room - records->held < sizeof(head) + size)
        return false;
    append(records, &head, sizeof(head));
    append(records, bytes, size);
    return true;
}

static void records_tell_lost(void)
{
    if (records_lost && record_append(RECORD_LOST, 0, &records_lost, sizeof(records_lost)))
        records_lost = 0;
}

static __cold void record_write(u32 kind, u32 source, const char *bytes, u32 size)
{
    lock_take(&records->lock);
    records_tell_lost();
    if (!record_append(kind, source, bytes, size))
        records_lost++;
    /* More than a writer is given of its own console, for the heads. */
    drain(records, uart_driver.piece + 16);
    console_told(records, CONSOLE_RECORDS);
    lock_release(&records->lock);
}

static void record_name(u32 source, const char *name)
{
    record_write(RECORD_NAME, source, name, (u32)strlen(name));
}

void console_record(u32 source, const char *bytes, u32 size)
{
    if (unlikely(records) && size)
        record_write(RECORD_TEXT, source, bytes, size);
}

/* In the first device's room, behind its ring. UART 0 is kept for the last words of a panic. */
static void records_open(const struct conf_header *conf)
{
    u32 id = arch_records();
    const struct conf_device *device = conf_devices(conf);
    bool free;

    if (id == CONF_NONE || !console_count)
        return;
    free = arch_uart_free(conf, id);
    for (u32 i = 0; i < console_count; i++)
        if (device[i].type == CONF_DEV_UART && device[i].id == id)
            free = false;
    if (!free) {
        console_print("No records: UART %u is in use or absent.\n", id);
        return;
    }
    records = (struct console *)(void *)(consoles->ring + RING);
    console_open(records, &uart_driver, id, 0,
                 console_stride - 2 * (u32)sizeof(struct console) - RING);
    record_name(RECORD_SYSTEM, conf_text(conf, conf->name));
    for (u32 i = 0; i < partition_count; i++)
        record_name(i, partitions[i].name);
}

void console_init(const struct conf_header *conf, u8 *place)
{
    const struct conf_device *device = conf_devices(conf);

    console_stride = conf_budget_of(conf->arch)->device;
    console_count = conf_count(conf, CONF_T_DEVICE);
    consoles = (struct console *)(void *)place;
    for (u32 i = 0; i < console_count; i++) {
        if (device[i].type < TEXT_DRIVERS && text_drivers[device[i].type])
            console_open(console_of(i), text_drivers[device[i].type], device[i].id, device[i].baud,
                         RING);
    }
    records_open(conf);
}

u32 console_write(u32 device, const char *bytes, u32 size)
{
    struct console *console;
    u32 room;

    if (device >= console_count || !console_of(device)->driver)
        return 0;
    console = console_of(device);
    lock_take(&console->lock);
    room = console->room - console->held;
    if (size > room)
        size = room;
    append(console, bytes, size);
    drain(console, console->driver->piece);
    console_told(console, console_bit(device));
    lock_release(&console->lock);
    return size;
}

bool console_drain(u32 bits)
{
    bool progress = false, little = bits != CONSOLE_EVERY;

    bits &= read_once(console_pending);
    /* First: who writes meanwhile says so again. */
    atomic_and(&console_pending, ~bits);
    for (u32 i = 0; i <= console_count; i++) {
        u32 bit = i < console_count ? console_bit(i) : CONSOLE_RECORDS;
        struct console *console = bits & bit ? console_of(i) : NULL;

        if (!console || !console->held)
            continue;
        lock_take(&console->lock);
        progress |=
            drain(console, little ? console->driver->piece / 4 : console->driver->piece) != 0;
        if (console == records)
            records_tell_lost();
        console_told(console, bit);
        lock_release(&console->lock);
    }
    return progress;
}

void console_flush(void)
{
    u32 tries = 0;

    console_pending = CONSOLE_EVERY;
    while (console_pending && tries++ < FLUSH_TRIES)
        if (console_drain(CONSOLE_EVERY))
            tries = 0;
}

void console_print(const char *format, ...)
{
    char text[CONSOLE_LINE];
    va_list args;
    size_t length;

    va_start(args, format);
    length = format_text(text, sizeof(text), format, args);
    va_end(args);
    if (system_conf)
        console_record(RECORD_SYSTEM, text, console_write(system_conf->console, text, (u32)length));
}

static s32 write_object(struct vcpu *vcpu, u32 desc)
{
    hv_addr buffer = object_buffer(vcpu);
    char text[CONSOLE_LINE];
    u32 size = object_size(vcpu);
    u32 taken;

    if (OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id)
        return PRTOS_PERM_ERROR;
    if (size > sizeof(text) || !guest_range(buffer, size ? size : 1))
        return PRTOS_INVALID_PARAM;
    if (!size)
        return 0;
    if (!guest_read(text, buffer, size))
        return PRTOS_INVALID_PARAM;
    taken = console_write(vcpu->partition->conf->console, text, size);
    console_record(vcpu->partition->id, text, taken);
    return (s32)taken;
}

const struct object_ops console_ops = {object_absent, write_object, object_absent, object_absent};
