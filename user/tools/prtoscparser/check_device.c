/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of devices, and of what refers to them; settles the references. */
#include <string.h>

#include "cf.h"

static bool is_null_name(const char *name)
{
    return strcmp(name, "NULL") == 0 || strcmp(name, "Null") == 0;
}

static void twin_check(struct cf *cf, u32 index)
{
    const struct cf_device *device = &cf->devices.at[index];

    if (device->type && is_null_name(device->name))
        cf_report(cf, device->place, CF_RULE_DEVICE_DUPLICATE,
                  "device name '%s' is used twice: it always means no device", device->name);
    for (u32 i = 0; i < index; i++) {
        const struct cf_device *other = &cf->devices.at[i];
        const char *where = cf_where(cf, other->place, device->place);

        if (device->name && other->name && strcmp(device->name, other->name) == 0)
            cf_report(cf, device->place, CF_RULE_DEVICE_DUPLICATE,
                      "device name '%s' is used twice (%s)", device->name, where);
        else if (device->type == CONF_DEV_UART && other->type == CONF_DEV_UART &&
                 device->id == other->id)
            cf_report(cf, device->place, CF_RULE_DEVICE_DUPLICATE,
                      "UART %u is '%s' and '%s' (%s): one device, one name", device->id,
                      device->name, other->name, where);
        else if (device->type == CONF_DEV_VGA && other->type == CONF_DEV_VGA)
            cf_report(cf, device->place, CF_RULE_DEVICE_DUPLICATE,
                      "the screen is '%s' and '%s' (%s): one device, one name", device->name,
                      other->name, where);
    }
}

static const char *driver_hint(const struct cf_platform *platform)
{
    for (u32 i = 0; i < platform->uarts.n; i++)
        if (platform->uarts.at[i].driver)
            return cf_text("; use id=\"%u\"", i);
    return "";
}

static void device_check(struct cf *cf, const struct cf_device *device)
{
    const struct cf_platform *platform = cf->platform;

    if (device->type == CONF_DEV_UART && device->id >= platform->uarts.n)
        cf_report(cf, device->place, CF_RULE_UART_ID, "'%s' is UART %u, platform %s has %s",
                  device->name, device->id, platform->name,
                  platform->uarts.n ? cf_text("UARTs 0..%u", platform->uarts.n - 1) : "none");
    else if (device->type == CONF_DEV_UART && !platform->uarts.at[device->id].driver)
        cf_report(cf, device->place, CF_RULE_UART_DRIVER,
                  "'%s' is UART %u, which has no driver: what is written to it is lost%s",
                  device->name, device->id, driver_hint(platform));
    if (device->type == CONF_DEV_VGA && !platform->vga)
        cf_report(cf, device->place, CF_RULE_SCHEMA,
                  "Vga is not expected here: platform %s has no screen", platform->name);
}

/* The declared device that is the platform's of that name, or null. */
static const struct cf_device *renamed_find(const struct cf *cf, const char *name)
{
    const struct cf_platform *platform = cf->platform;

    for (u32 i = 0; i < cf->devices.n; i++) {
        const struct cf_device *device = &cf->devices.at[i];
        const char *own = NULL;

        if (device->type == CONF_DEV_UART && device->id < platform->uarts.n)
            own = platform->uarts.at[device->id].name;
        else if (device->type == CONF_DEV_VGA)
            own = platform->vga;
        if (own && strcmp(own, name) == 0)
            return device;
    }
    return NULL;
}

static void use_unknown(struct cf *cf, const struct cf_device_use *use)
{
    const struct cf_platform *platform = cf->platform;
    const struct cf_device *renamed = renamed_find(cf, use->name);
    CF_LIST(const char *) names = {0};

    if (renamed) {
        cf_report(cf, use->place, CF_RULE_DEVICE_UNKNOWN,
                  "%s '%s' is named '%s' in Devices (%s): one device, one name", use->what,
                  use->name, renamed->name, cf_where(cf, renamed->place, use->place));
        return;
    }
    for (u32 i = 0; i < cf->devices.n; i++)
        *CF_PUSH(&names) = cf->devices.at[i].name;
    for (u32 i = 0; i < platform->uarts.n; i++)
        if (platform->uarts.at[i].driver)
            *CF_PUSH(&names) = platform->uarts.at[i].name;
    if (platform->vga)
        *CF_PUSH(&names) = platform->vga;
    cf_report(cf, use->place, CF_RULE_DEVICE_UNKNOWN,
              "%s '%s' is neither among the %u Devices nor one of platform %s%s", use->what,
              use->name, cf->devices.n, platform->name, cf_nearest(use->name, names.at, names.n));
}

/* The device's index in the image, where devices of no type are left out. */
static void use_settle(struct cf *cf, struct cf_device_use *use)
{
    u32 index = 0;

    if (!use->name || is_null_name(use->name))
        return;
    for (u32 i = 0; i < cf->devices.n; i++) {
        const struct cf_device *device = &cf->devices.at[i];

        if (!device->name || strcmp(device->name, use->name) != 0) {
            index += device->type != 0;
            continue;
        }
        if (device->type == 0)
            return;
        if ((device->type == CONF_DEV_MEMORY) == use->stores)
            use->device = index;
        else
            cf_report(cf, use->place, CF_RULE_DEVICE_KIND,
                      "%s '%s' is %s (%s) and has no effect: %s is needed", use->what, use->name,
                      use->stores ? "not a MemoryBlock" : "a MemoryBlock",
                      cf_where(cf, device->place, use->place),
                      use->stores ? "a MemoryBlock" : "a Uart or Vga");
        return;
    }
    use_unknown(cf, use);
}

void cf_check_devices(struct cf *cf)
{
    for (u32 i = 0; i < cf->devices.n; i++) {
        twin_check(cf, i);
        device_check(cf, &cf->devices.at[i]);
    }
    cf->console.device = cf->health_log.device = cf->trace.device = CONF_NONE;
    use_settle(cf, &cf->console);
    use_settle(cf, &cf->health_log);
    use_settle(cf, &cf->trace);
    for (u32 i = 0; i < cf->partitions.n; i++) {
        use_settle(cf, &cf->partitions.at[i].console);
        use_settle(cf, &cf->partitions.at[i].trace);
    }
}
