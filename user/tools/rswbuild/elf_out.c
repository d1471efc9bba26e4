/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the bootable ELF file: one PT_LOAD for each segment of the core, one for the container,
 * everything at its physical address. Called by main.c, for x86. */
#include "rsw.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "conf/layout.h"
#include "tool.h"

#define MAX_PARTS (PEF_MAX_SEGMENTS + 1)
#define MULTIBOOT_MAGIC 0x1badb002u
#define MULTIBOOT_WITHIN 8192u /* of the file, at a multiple of 4 */
#define MULTIBOOT_HEADER 12u

/* One PT_LOAD. */
struct part {
    const u8 *bytes;
    u64 address;
    u64 size;
    u64 mem_size;
    u64 offset; /* in the file, the same as the address modulo a page */
    u32 flags;
};

struct plan {
    struct part part[MAX_PARTS];
    u32 n;
    u64 size;
    u64 entry;
};

static void add_part(struct plan *plan, const u8 *bytes, u64 address, u64 size, u64 mem_size,
                     u32 flags)
{
    struct part *p = &plan->part[plan->n++];
    u64 offset = ROUND_UP(plan->size, (u64)CONF_PAGE) + address % CONF_PAGE;

    *p = (struct part){bytes, address, size, mem_size, offset, flags};
    plan->size = offset + size;
}

static void put_headers(const struct plan *plan, u8 *bytes)
{
    Elf32_Ehdr h = {
        .e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS32, ELFDATA2LSB, EV_CURRENT},
        .e_type = ET_EXEC,
        .e_machine = EM_386,
        .e_version = EV_CURRENT,
        .e_entry = (u32)plan->entry,
        .e_phoff = sizeof(h),
        .e_ehsize = sizeof(h),
        .e_phentsize = sizeof(Elf32_Phdr),
        .e_phnum = (u16)plan->n,
        .e_shentsize = sizeof(Elf32_Shdr),
    };

    memcpy(bytes, &h, sizeof(h));
    for (u32 i = 0; i < plan->n; i++) {
        const struct part *p = &plan->part[i];
        Elf32_Phdr ph = {
            .p_type = PT_LOAD,
            .p_offset = (u32)p->offset,
            .p_vaddr = (u32)p->address,
            .p_paddr = (u32)p->address,
            .p_filesz = (u32)p->size,
            .p_memsz = (u32)p->mem_size,
            .p_flags = p->flags,
            .p_align = CONF_PAGE,
        };

        memcpy(bytes + sizeof(h) + i * sizeof(ph), &ph, sizeof(ph));
    }
}

static u32 word_at(const u8 *bytes)
{
    u32 value;

    memcpy(&value, bytes, sizeof(value));
    return value;
}

/* A boot loader must find the core's multiboot header where the specification says. */
static void check_multiboot(const struct rsw *rsw, const u8 *bytes, u64 size)
{
    for (u64 at = 0; at + MULTIBOOT_HEADER <= MULTIBOOT_WITHIN && at + MULTIBOOT_HEADER <= size;
         at += 4)
        if (word_at(bytes + at) == MULTIBOOT_MAGIC &&
            word_at(bytes + at) + word_at(bytes + at + 4) + word_at(bytes + at + 8) == 0)
            return;
    tool_refuse("%s: the core has no multiboot header at the start of its first segment",
                rsw->container.path);
}

u8 *rsw_elf(const struct rsw *rsw, u64 *size)
{
    struct plan plan = {.entry = rsw->entry};
    u8 *bytes;

    plan.size = sizeof(Elf32_Ehdr) + MAX_PARTS * sizeof(Elf32_Phdr);
    for (u32 i = 0; i < rsw->core.header->n_segments; i++) {
        const struct pef_segment *s = &rsw->core.segments[i];

        add_part(&plan, rsw->core.data[i], s->phys, s->size, s->mem_size, PF_R | PF_W | PF_X);
    }
    add_part(&plan, rsw->container.bytes, rsw->container_start, rsw->container.size,
             rsw->container.size, PF_R);
    if (plan.size > FILE_LIMIT)
        tool_refuse("%s: the bootable file would have more than %u bytes", rsw->container.path,
                    FILE_LIMIT);
    bytes = tool_memory(plan.size);
    for (u32 i = 0; i < plan.n; i++)
        memcpy(bytes + plan.part[i].offset, plan.part[i].bytes, (size_t)plan.part[i].size);
    put_headers(&plan, bytes);
    check_multiboot(rsw, bytes, plan.size);
    *size = plan.size;
    return bytes;
}
