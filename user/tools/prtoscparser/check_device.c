/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of devices, and of what refers to them; settles the references. */
#include <stdlib.h>
#include <string.h>

#include "cf.h"

static bool is_null_name(const char *name)
{
    return name && (strcmp(name, "NULL") == 0 || strcmp(name, "Null") == 0);
}

/* By name, unnamed ones last; equal ones in the order of the file. */
static int name_compare(const void *a, const void *b)
{
    const struct cf_device *x = *(const struct cf_device *const *)a;
    const struct cf_device *y = *(const struct cf_device *const *)b;
    int order = x->name && y->name ? strcmp(x->name, y->name) : !x->name - !y->name;

    return order ? order : (x < y ? -1 : x > y);
}

/* By kind and number. */
static int unit_compare(const void *a, const void *b)
{
    const struct cf_device *x = *(const struct cf_device *const *)a;
    const struct cf_device *y = *(const struct cf_device *const *)b;

    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return x->id != y->id ? (x->id < y->id ? -1 : 1) : (x < y ? -1 : x > y);
}

static bool is_same_name(const struct cf_device *a, const struct cf_device *b)
{
    return a->name && b->name && strcmp(a->name, b->name) == 0;
}

/* Each device against the first one of its name. */
static void names_check(struct cf *cf, const struct cf_device **sorted)
{
    const struct cf_device *first = NULL;

    for (u32 i = 0; i < cf->devices.n; i++) {
        const struct cf_device *device = sorted[i];

        if (device->type && is_null_name(device->name))
            cf_report(cf, device->place, CF_RULE_DEVICE_DUPLICATE,
                      "device name '%s' is used twice: it always means no device", device->name);
        if (first && is_same_name(first, device))
            cf_report(cf, device->place, CF_RULE_DEVICE_DUPLICATE,
                      "device name '%s' is used twice (%s)", device->name,
                      cf_where(cf, first->place, device->place));
        else
            first = device;
    }
}

/* Each UART and screen against the first one that is the same device. */
static void units_check(struct cf *cf, const struct cf_device **sorted)
{
    const struct cf_device *first = NULL;

    for (u32 i = 0; i < cf->devices.n; i++) {
        const struct cf_device *device = sorted[i];
        const char *where;

        if (!first || first->type != device->type || first->id != device->id) {
            first = device;
            continue;
        }
        if (is_same_name(first, device))
            continue;
        where = cf_where(cf, first->place, device->place);
        if (device->type == CONF_DEV_UART)
            cf_report(cf, device->place, CF_RULE_DEVICE_DUPLICATE,
                      "UART %u is '%s' and '%s' (%s): one device, one name", device->id,
                      device->name, first->name, where);
        else if (device->type == CONF_DEV_VGA)
            cf_report(cf, device->place, CF_RULE_DEVICE_DUPLICATE,
                      "the screen is '%s' and '%s' (%s): one device, one name", device->name,
                      first->name, where);
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
    const struct cf_device *renamed = cf_hint_left() ? renamed_find(cf, use->name) : NULL;
    CF_LIST(const char *) names = {0};

    if (renamed) {
        cf_report(cf, use->place, CF_RULE_DEVICE_UNKNOWN,
                  "%s '%s' is named '%s' in Devices (%s): one device, one name", use->what,
                  use->name, renamed->name, cf_where(cf, renamed->place, use->place));
        return;
    }
    for (u32 i = 0; cf_hint_left() && i < cf->devices.n; i++)
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

/* The first device of that name, or null. */
static const struct cf_device *device_find(const struct cf *cf, const struct cf_device **sorted,
                                           const char *name)
{
    u32 low = 0, high = cf->devices.n;

    while (low < high) {
        u32 middle = (low + high) / 2;

        if (sorted[middle]->name && strcmp(sorted[middle]->name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == cf->devices.n || !sorted[low]->name || strcmp(sorted[low]->name, name) != 0)
        return NULL;
    return sorted[low];
}

static void use_settle(struct cf *cf, const struct cf_device **sorted, struct cf_device_use *use)
{
    const struct cf_device *device;

    if (!use->name || is_null_name(use->name))
        return;
    device = device_find(cf, sorted, use->name);
    if (!device)
        use_unknown(cf, use);
    else if (device->type && (device->type == CONF_DEV_MEMORY) == use->stores)
        use->device = device->index;
    else if (device->type)
        cf_report(cf, use->place, CF_RULE_DEVICE_KIND,
                  "%s '%s' is %s (%s) and has no effect: %s is needed", use->what, use->name,
                  use->stores ? "not a MemoryBlock" : "a MemoryBlock",
                  cf_where(cf, device->place, use->place),
                  use->stores ? "a MemoryBlock" : "a Uart or Vga");
}

/* Fills in the devices' places in the image; gives them as a list. */
static const struct cf_device **devices_list(struct cf *cf)
{
    CF_LIST(const struct cf_device *) list = {0};
    u32 index = 0;

    for (u32 i = 0; i < cf->devices.n; i++) {
        *CF_PUSH(&list) = &cf->devices.at[i];
        cf->devices.at[i].index = index;
        index += cf->devices.at[i].type != 0;
    }
    return list.at;
}

void cf_check_devices(struct cf *cf)
{
    const struct cf_device **sorted = devices_list(cf);

    if (cf->devices.n)
        qsort(sorted, cf->devices.n, sizeof(*sorted), unit_compare);
    units_check(cf, sorted);
    if (cf->devices.n)
        qsort(sorted, cf->devices.n, sizeof(*sorted), name_compare);
    names_check(cf, sorted);
    for (u32 i = 0; i < cf->devices.n; i++)
        device_check(cf, &cf->devices.at[i]);
    cf->console.device = cf->health_log.device = cf->trace.device = CONF_NONE;
    use_settle(cf, sorted, &cf->console);
    use_settle(cf, sorted, &cf->health_log);
    use_settle(cf, sorted, &cf->trace);
    for (u32 i = 0; i < cf->partitions.n; i++) {
        use_settle(cf, sorted, &cf->partitions.at[i].console);
        use_settle(cf, sorted, &cf->partitions.at[i].trace);
    }
    free(sorted);
}
