/* SPDX-License-Identifier: Apache-2.0 */
/* rswbuild: joins the core that is in a container and the container itself to one bootable file.
 * The core finds its container through struct boot_record, which is filled in here. */
#include "rsw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "conf/access.h"
#include "conf/verify.h"
#include "container_file.h"
#include "tool.h"

static const char usage[] =
    "usage: rswbuild <container> <output>\n"
    "Joins the container (made by `prtospack build`) and the core in it to one bootable file: on\n"
    "x86 an ELF file, a multiboot 1 kernel for GRUB or `qemu-system-i386 -kernel`; on AArch64 an\n"
    "arm64 image for `qemu-system-aarch64 -kernel` or U-Boot's booti. Prints a summary; the date\n"
    "in it comes from SOURCE_DATE_EPOCH, if set.\n";

static void open_container(struct rsw *rsw, const char *path)
{
    const struct container_entry *hypervisor;
    const struct container_header *c;
    const struct container_file *f;
    struct pef_file conf;

    file_read(&rsw->container, path);
    c = container_open(&rsw->container);
    hypervisor = container_entries(c);
    f = container_files(c) + hypervisor->file;
    pef_open(&rsw->core, path, rsw->container.bytes + f->offset, f->size);
    f = container_files(c) + hypervisor->custom[0];
    pef_open(&conf, path, rsw->container.bytes + f->offset, f->size);
    rsw->conf = hyp_conf(&conf);
    if (rsw->conf->arch != rsw->core.header->arch)
        tool_refuse("%s: the core is for %s, the configuration for %s", path,
                    pef_arch_name(rsw->core.header->arch), pef_arch_name(rsw->conf->arch));
}

/* Where everything comes to lie; the core must begin where its area does. */
static void place(struct rsw *rsw)
{
    const char *path = rsw->container.path;
    u64 start = rsw->conf->area_start + hyp_ram_offset(rsw->conf->arch);
    const struct pef_header *h = rsw->core.header;

    hyp_area_of(&rsw->core, rsw->conf, rsw->container.size, &rsw->area);
    if (rsw->area.base != start)
        tool_refuse("%s: the core begins at 0x%llx, the hypervisor's area at 0x%llx", path,
                    rsw->area.base, start);
    hyp_area_check(&rsw->area, rsw->conf, path);
    tool_stop_on_errors();
    rsw->container_start = start + rsw->area.core + rsw->area.conf + rsw->area.pool;
    for (u32 i = 0; i < h->n_segments; i++) {
        const struct pef_segment *s = &rsw->core.segments[i];

        if (h->entry >= s->virt && h->entry - s->virt < s->size)
            rsw->entry = s->phys + (h->entry - s->virt);
    }
    if (!rsw->entry)
        tool_refuse("%s: the core's entry point 0x%llx lies in no segment with bytes", path,
                    h->entry);
}

/* The core has exactly one boot record, aligned to 8 in memory. */
static void fill_boot_record(struct rsw *rsw)
{
    static const u32 magic[2] = {BOOT_RECORD_MAGIC0, BOOT_RECORD_MAGIC1};
    struct boot_record record = {BOOT_RECORD_MAGIC0, BOOT_RECORD_MAGIC1, rsw->container_start,
                                 rsw->container.size};
    u8 *found = 0;
    u64 address = 0;
    u32 count = 0;

    for (u32 i = 0; i < rsw->core.header->n_segments; i++) {
        const struct pef_segment *s = &rsw->core.segments[i];

        for (u64 at = 0; at + sizeof(record) <= s->size; at++) {
            if (memcmp(rsw->core.data[i] + at, magic, sizeof(magic)) != 0)
                continue;
            found = rsw->core.data[i] + at;
            address = s->phys + at;
            count++;
        }
    }
    if (count != 1)
        tool_refuse("%s: the core has %u boot records, exactly one is needed", rsw->container.path,
                    count);
    if (address % 8)
        tool_refuse("%s: the core's boot record at 0x%llx is not at a multiple of 8",
                    rsw->container.path, address);
    memcpy(found, &record, sizeof(record));
}

static void print_date(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char *end = 0;
    char text[32];
    struct tm tm;
    time_t when;

    if (!epoch)
        return;
    when = (time_t)strtoll(epoch, &end, 10);
    if (end == epoch || *end || !gmtime_r(&when, &tm) ||
        !strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S UTC", &tm))
        return;
    printf("  date           %s\n", text);
}

static void print_file(const struct container_header *c, u32 number)
{
    const struct container_file *f = container_files(c) + number;
    char digest[DIGEST_TEXT];

    file_digest((const u8 *)c + f->offset, f->size, digest);
    printf("  file %-2u        %s  %s (%u bytes)\n", number, digest,
           (const char *)c + c->names_offset + f->name, f->size);
}

static void print_summary(const struct rsw *rsw, const char *output, const u8 *bytes, u64 size)
{
    const struct container_header *c = (const void *)rsw->container.bytes;
    const struct hyp_area *a = &rsw->area;
    u32 version = rsw->conf->file_version;
    char digest[DIGEST_TEXT];

    printf("%s: bootable system \"%s\" %u.%u.%u for %s\n", output,
           conf_text(rsw->conf, rsw->conf->name), version >> 16 & 255, version >> 8 & 255,
           version & 255, pef_arch_name(rsw->conf->arch));
    print_date();
    printf("  memory         core %llu, configuration %llu, pools %llu, container %llu: "
           "%llu of %llu KB\n",
           a->core / 1024, a->conf / 1024, a->pool / 1024, a->container / 1024, a->total / 1024,
           rsw->conf->area_size / 1024);
    printf("  entry point    0x%llx\n", rsw->entry);
    printf("  container      0x%llx, %llu bytes\n", rsw->container_start, rsw->container.size);
    for (u32 i = 0; i < c->n_files; i++)
        print_file(c, i);
    file_digest(rsw->container.bytes, rsw->container.size, digest);
    printf("  container      %s\n", digest);
    file_digest(bytes, size, digest);
    printf("  bootable file  %s  (%llu bytes)\n", digest, size);
}

int main(int argc, char **argv)
{
    struct rsw rsw = {.entry = 0};
    u8 *bytes;
    u64 size;

    tool_start("rswbuild", usage);
    tool_option(argc, argv, "");
    if (argc - optind != 2)
        tool_usage("%d operands, expected <container> and <output>", argc - optind);
    open_container(&rsw, argv[optind]);
    place(&rsw);
    fill_boot_record(&rsw);
    bytes = rsw.conf->arch == CONF_ARCH_X86 ? rsw_elf(&rsw, &size) : rsw_image(&rsw, &size);
    file_write(argv[optind + 1], bytes, size, 1);
    print_summary(&rsw, argv[optind + 1], bytes, size);
    return TOOL_OK;
}
