/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a platform: one of those built in, or a file in the same form, with the same care as a
 * system description. Judges single values, and that the core's own facts are in it. Called by
 * main.c. */
#include "platform.h"

#include <string.h>

#include "attr.h"
#include "embedded.h"

static const struct {
    const char *name;
    const char *arch;
    const unsigned char *bytes;
    const unsigned *size;
} built_in[] = {
    {"pc", "x86", cf_platform_pc, &cf_platform_pc_size},
    {"virt", "aarch64", cf_platform_virt, &cf_platform_virt_size},
};

static u32 built_in_find(const char *name)
{
    u32 i = 0;

    while (i < ARRAY_SIZE(built_in) && strcmp(built_in[i].name, name) != 0)
        i++;
    return i;
}

const char *cf_platform_default(const char *arch)
{
    for (u32 i = 0; i < ARRAY_SIZE(built_in); i++)
        if (strcmp(built_in[i].arch, arch) == 0)
            return built_in[i].name;
    return NULL;
}

const char *cf_platform_names(void)
{
    const char *text = "";

    for (u32 i = 0; i < ARRAY_SIZE(built_in); i++)
        text = cf_text("%s%s%s", text, i ? ", " : "", built_in[i].name);
    return text;
}

bool cf_platform_exists(const char *name)
{
    return strchr(name, '/') || built_in_find(name) < ARRAY_SIZE(built_in);
}

static void window_read(struct cf *cf, xmlNodePtr node, struct cf_window *window)
{
    window->place = cf_place_of(node);
    window->start = cf_attr_address(cf, node, "start", 0);
    window->size = cf_attr_size(cf, node, "size");
    window->what = cf_attr_text(node, "what");
    if (!cf_range_fits(cf, window->place, (const char *)node->name, window->start, window->size))
        window->size = 0;
    if (window->start % CONF_PAGE || window->size % CONF_PAGE)
        cf_report(cf, window->place, CF_RULE_AREA_ALIGNMENT,
                  "%s 0x%llx + %s is not made of whole pages of 4KB", node->name, window->start,
                  cf_size_text(window->size));
}

static void memory_read(struct cf *cf, struct cf_platform *platform, xmlNodePtr node)
{
    CF_EACH_CHILD(child, node)
    {
        if (cf_is(child, "Region"))
            cf_read_region(cf, child, CF_PUSH(&platform->regions));
        else
            window_read(cf, child, CF_PUSH(&platform->reserved));
    }
}

static void area_read(struct cf *cf, struct cf_platform *platform, xmlNodePtr node)
{
    platform->area_size = cf_attr_size(cf, node, "size");
}

static void processors_read(struct cf *cf, struct cf_platform *platform, xmlNodePtr node)
{
    platform->n_cpus = cf_attr_id(cf, node, "count", 1);
    platform->khz = cf_attr_khz(cf, node, "frequency");
}

static void uart_read(struct cf *cf, struct cf_platform *platform, xmlNodePtr node)
{
    struct cf_uart *uart = CF_PUSH(&platform->uarts);

    uart->place = cf_place_of(node);
    uart->name = cf_attr_name(cf, node, "name", CONF_NAME_MAX);
    uart->driver = cf_attr_text(node, "driver");
    uart->address = cf_attr_address(cf, node, "address", 0);
    uart->id = cf_attr_id(cf, node, "id", 0);
    uart->baud = cf_attr_id(cf, node, "baudRate", 0);
}

static void devices_read(struct cf *cf, struct cf_platform *platform, xmlNodePtr node)
{
    CF_EACH_CHILD(child, node)
    {
        if (cf_is(child, "Uart"))
            uart_read(cf, platform, child);
        else
            platform->vga = cf_attr_name(cf, child, "name", CONF_NAME_MAX);
    }
}

static void interrupts_read(struct cf *cf, struct cf_platform *platform, xmlNodePtr node)
{
    const char *text = cf_attr_text(node, "reserved");
    u32 line;

    platform->lines_place = cf_place_of(node);
    while (text && cf_list_next(cf, node, &text, &line)) {
        if (line < 32)
            platform->reserved_lines |= 1u << line;
        else
            cf_report(cf, platform->lines_place, CF_RULE_IRQ_LINE,
                      "line %u is reserved, there are lines 0..31", line);
    }
}

static void ports_read(struct cf *cf, struct cf_platform *platform, xmlNodePtr node)
{
    platform->has_ports = true;
    CF_EACH_CHILD(child, node)
    {
        struct cf_port_range *range = cf_is(child, "Reserved") ? CF_PUSH(&platform->reserved_ports)
                                                               : CF_PUSH(&platform->dma_ports);

        range->place = cf_place_of(child);
        range->base = cf_attr_hex(cf, child, "base");
        range->count = cf_attr_id(cf, child, "noPorts", 1);
        range->what = cf_attr_text(child, "what");
        cf_ports_fit(cf, range->place, range->base, range->count);
    }
}

static void windows_read(struct cf *cf, struct cf_platform *platform, xmlNodePtr node)
{
    static const struct cf_word others[] = {{"none", 0}, {"dma-capable", 1}, {NULL, 0}};
    static const struct cf_word dma[] = {{"no", 0}, {"yes", 1}, {NULL, 0}};

    platform->other_windows = cf_attr_words(cf, node, "others", others);
    CF_EACH_CHILD(child, node)
    {
        struct cf_window *window = CF_PUSH(&platform->windows);

        window_read(cf, child, window);
        window->dma = cf_attr_words(cf, child, "dma", dma);
    }
}

static void parts_read(struct cf *cf, struct cf_platform *platform, xmlNodePtr root)
{
    static const struct {
        const char *name;
        void (*read)(struct cf *cf, struct cf_platform *platform, xmlNodePtr node);
    } parts[] = {
        {"MemoryLayout", memory_read},   {"HypervisorArea", area_read},
        {"Processors", processors_read}, {"Devices", devices_read},
        {"Interrupts", interrupts_read}, {"IoPorts", ports_read},
        {"DeviceWindows", windows_read},
    };

    platform->place = cf_place_of(root);
    platform->name = cf_attr_name(cf, root, "name", CONF_NAME_MAX);
    platform->arch = cf_attr_text(root, "architecture");
    platform->conf =
        conf_platform_of(strcmp(platform->arch, "x86") == 0 ? CONF_ARCH_X86 : CONF_ARCH_AARCH64);
    CF_EACH_CHILD(child, root)
    for (u32 i = 0; i < ARRAY_SIZE(parts); i++)
        if (cf_is(child, parts[i].name))
            parts[i].read(cf, platform, child);
}

static void uarts_check(struct cf *cf, const struct cf_platform *platform)
{
    for (u32 i = 0; i < platform->uarts.n; i++) {
        const struct cf_uart *uart = &platform->uarts.at[i];

        if (uart->id != i || i >= platform->conf->n_uarts)
            cf_report(cf, uart->place, CF_RULE_UART_ID,
                      "'%s' is UART %u: ids are 0, 1, 2 in order, the core knows 0..%u", uart->name,
                      uart->id, platform->conf->n_uarts - 1);
        for (u32 j = 0; j < i; j++)
            if (strcmp(uart->name, platform->uarts.at[j].name) == 0)
                cf_report(cf, uart->place, CF_RULE_DEVICE_DUPLICATE,
                          "device name '%s' is used twice (%s)", uart->name,
                          cf_where(cf, platform->uarts.at[j].place, uart->place));
        if (platform->vga && strcmp(uart->name, platform->vga) == 0)
            cf_report(cf, uart->place, CF_RULE_DEVICE_DUPLICATE,
                      "device name '%s' is the screen's too", uart->name);
    }
}

/* The core refuses what it reserves itself, so a platform must not leave it out. */
static void core_check(struct cf *cf, const struct cf_platform *platform)
{
    const struct conf_platform *conf = platform->conf;
    u32 missing = conf->reserved_lines & ~platform->reserved_lines;

    for (u32 i = 0; i < conf->n_reserved; i++) {
        u64 page = (u64)conf->reserved_page[i] * CONF_PAGE;

        if (!cf_window_of(platform->reserved.at, platform->reserved.n, page, CONF_PAGE))
            cf_report(cf, platform->place, CF_RULE_PLATFORM_CORE,
                      "page 0x%llx is not Reserved, but the core for %s keeps it", page,
                      platform->arch);
    }
    for (u32 i = 0; i < 32; i++)
        if (missing >> i & 1)
            cf_report(cf, platform->lines_place.line ? platform->lines_place : platform->place,
                      CF_RULE_PLATFORM_CORE,
                      "line %u is not reserved, but the core for %s keeps it", i, platform->arch);
}

const struct cf_window *cf_window_of(const struct cf_window *window, u32 n, u64 start, u64 size)
{
    for (; n; n--, window++)
        if (start >= window->start && start + size <= window->start + window->size)
            return window;
    return NULL;
}

bool cf_platform_read(struct cf *cf, const char *name, bool chosen)
{
    static struct cf_platform platform;
    u32 index = built_in_find(name), errors = cf->n_errors;
    xmlDocPtr doc = index < ARRAY_SIZE(built_in)
                        ? cf_source_built_in(cf, built_in[index].bytes, *built_in[index].size)
                        : cf_source_read(cf, name, false);

    if (!doc || !cf_schema_check(cf, doc, &cf_schema_platform)) {
        xmlFreeDoc(doc);
        return false;
    }
    platform = (struct cf_platform){.chosen = chosen};
    cf->platform = &platform;
    parts_read(cf, &platform, xmlDocGetRootElement(doc));
    xmlFreeDoc(doc);
    cf_check_regions(cf, platform.regions.at, platform.regions.n);
    uarts_check(cf, &platform);
    core_check(cf, &platform);
    return cf->n_errors == errors;
}
