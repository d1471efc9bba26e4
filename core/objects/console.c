/* SPDX-License-Identifier: Apache-2.0 */
/* Console devices and the object through which partitions write to theirs. A ring for each device;
 * the lock around it is held for one line at most. */
#include "hv/console.h"

#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objdir.h>

#include "conf/access.h"
#include "conf/pool.h"
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
    u32 head; /* bytes ever written */
    u32 tail; /* bytes ever drained */
    struct lock lock;
    char ring[RING];
};

static struct console *consoles; /* a pool's room apart */
static u32 console_count;
static u32 console_stride;
u32 console_pending;

static struct console *console_of(u32 device)
{
    return (struct console *)(void *)((u8 *)consoles + (size_t)device * console_stride);
}

void console_init(const struct conf_header *conf, u8 *place)
{
    const struct conf_device *device = conf_devices(conf);

    console_stride = conf_budget_of(conf->arch)->device;
    console_count = conf_count(conf, CONF_T_DEVICE);
    consoles = (struct console *)(void *)place;
    for (u32 i = 0; i < console_count; i++) {
        struct console *console = console_of(i);

        console->id = device[i].id;
        if (device[i].type == CONF_DEV_UART)
            console->driver = &uart_driver;
        else if (device[i].type == CONF_DEV_VGA)
            console->driver = &vga_driver;
        if (console->driver)
            console->driver->init(device[i].id, device[i].baud);
    }
}

/* Under the lock: up to `piece` bytes to the device. */
static u32 drain(struct console *console, u32 piece)
{
    u32 at = console->tail % RING;
    u32 size = console->head - console->tail;
    u32 done;

    if (size > piece)
        size = piece;
    if (size > RING - at)
        size = RING - at;
    done = console->driver->push(console->id, console->ring + at, size);
    console->tail += done;
    return done;
}

u32 console_write(u32 device, const char *bytes, u32 size)
{
    struct console *console;
    u32 at, room;

    if (device >= console_count || !console_of(device)->driver)
        return 0;
    console = console_of(device);
    lock_take(&console->lock);
    room = RING - (console->head - console->tail);
    if (size > room)
        size = room;
    at = console->head % RING;
    if (size <= RING - at) {
        memcpy(console->ring + at, bytes, size);
    } else {
        memcpy(console->ring + at, bytes, RING - at);
        memcpy(console->ring, bytes + (RING - at), size - (RING - at));
    }
    console->head += size;
    drain(console, console->driver->piece);
    if (console->head != console->tail)
        console_pending = 1;
    lock_release(&console->lock);
    return size;
}

bool console_drain(bool little)
{
    bool progress = false;
    bool left = false;

    for (u32 i = 0; i < console_count; i++) {
        struct console *console = console_of(i);

        if (!console->driver || console->head == console->tail)
            continue;
        lock_take(&console->lock);
        progress |=
            drain(console, little ? console->driver->piece / 4 : console->driver->piece) != 0;
        left |= console->head != console->tail;
        lock_release(&console->lock);
    }
    console_pending = left;
    return progress;
}

void console_flush(void)
{
    u32 tries = 0;

    console_pending = 1;
    while (console_pending && tries++ < FLUSH_TRIES)
        if (console_drain(false))
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
        console_write(system_conf->console, text, (u32)length);
}

static s32 write_object(struct vcpu *vcpu, u32 desc)
{
    hv_addr buffer = object_buffer(vcpu);
    char text[CONSOLE_LINE];
    u32 size = object_size(vcpu);

    if (OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id)
        return PRTOS_PERM_ERROR;
    if (size > sizeof(text) || !guest_range(buffer, size ? size : 1))
        return PRTOS_INVALID_PARAM;
    if (!size)
        return 0;
    if (!guest_read(text, buffer, size))
        return PRTOS_INVALID_PARAM;
    return (s32)console_write(vcpu->partition->conf->console, text, size);
}

const struct object_ops console_ops = {object_absent, write_object, object_absent, object_absent};
