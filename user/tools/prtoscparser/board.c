/* SPDX-License-Identifier: Apache-2.0 */
/* What a system description leaves out comes from the platform; what it has and a platform chosen
 * by -p has not, is left out with a note. Called between reading and checking. */
#include <string.h>

#include "cf.h"

static void memory_take(struct cf *cf)
{
    const struct cf_platform *platform = cf->platform;

    for (u32 i = 0; !cf->regions_stated && i < platform->regions.n; i++)
        *CF_PUSH(&cf->regions) = platform->regions.at[i];
    if (!cf->area_stated)
        cf->hypervisor.size = platform->area_size;
}

static const struct cf_device *device_find(const struct cf *cf, const char *name, u32 type, u32 id)
{
    for (u32 i = 0; i < cf->devices.n; i++) {
        const struct cf_device *device = &cf->devices.at[i];

        if ((device->name && strcmp(device->name, name) == 0) ||
            (device->type == type && device->id == id))
            return device;
    }
    return NULL;
}

static bool is_used(const struct cf *cf, const char *name)
{
    if (cf->console.name && strcmp(cf->console.name, name) == 0)
        return true;
    for (u32 i = 0; i < cf->partitions.n; i++) {
        const char *console = cf->partitions.at[i].console.name;

        if (console && strcmp(console, name) == 0)
            return true;
    }
    return false;
}

/* Devices of the platform that a console names and the description does not declare. */
static void devices_take(struct cf *cf)
{
    const struct cf_platform *platform = cf->platform;

    for (u32 i = 0; i < platform->uarts.n; i++) {
        const struct cf_uart *uart = &platform->uarts.at[i];

        if (uart->driver && is_used(cf, uart->name) &&
            !device_find(cf, uart->name, CONF_DEV_UART, uart->id))
            *CF_PUSH(&cf->devices) = (struct cf_device){
                .place = uart->place,
                .name = uart->name,
                .type = CONF_DEV_UART,
                .id = uart->id,
                .baud = uart->baud,
            };
    }
    if (platform->vga && is_used(cf, platform->vga) &&
        !device_find(cf, platform->vga, CONF_DEV_VGA, 0))
        *CF_PUSH(&cf->devices) = (struct cf_device){
            .place = platform->place,
            .name = platform->vga,
            .type = CONF_DEV_VGA,
        };
}

static void screens_leave(struct cf *cf)
{
    for (u32 i = 0; i < cf->devices.n; i++) {
        struct cf_device *device = &cf->devices.at[i];

        if (device->type != CONF_DEV_VGA)
            continue;
        device->type = 0;
        cf_report(cf, device->place, CF_RULE_PLATFORM_LEFT_OUT,
                  "Vga '%s' is left out, platform %s has no screen: it means no device",
                  device->name, cf->platform->name);
    }
}

static void ports_leave(struct cf *cf)
{
    for (u32 i = 0; i < cf->partitions.n; i++) {
        struct cf_partition *partition = &cf->partitions.at[i];

        for (u32 j = 0; j < partition->n_ioports; j++) {
            const struct cf_ioport *range = &cf->ioports.at[partition->first_ioport + j];

            cf_report(cf, range->place, CF_RULE_PLATFORM_LEFT_OUT,
                      "ports 0x%x..0x%x of %s are left out, platform %s has no I/O ports",
                      range->base, range->base + range->count - 1, cf_partition_text(partition),
                      cf->platform->name);
        }
        partition->first_ioport = partition->n_ioports = 0;
    }
    cf->ioports.n = 0;
}

void cf_board_apply(struct cf *cf)
{
    memory_take(cf);
    for (u32 i = 0; i < cf->cpus.n; i++)
        if (!cf->cpus.at[i].khz)
            cf->cpus.at[i].khz = cf->platform->khz;
    devices_take(cf);
    if (cf->platform->chosen && !cf->platform->vga)
        screens_leave(cf);
    if (cf->platform->chosen && !cf->platform->has_ports)
        ports_leave(cf);
}
