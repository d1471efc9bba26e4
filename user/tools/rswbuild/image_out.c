/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the bootable image of AArch64: memory from the core's first byte to the container's last,
 * as QEMU's -kernel and U-Boot's booti place it (Linux, Documentation/arm64/booting.rst). The core
 * begins with the header, in which the size is filled in here. Called by main.c. */
#include "rsw.h"

#include <string.h>

#include "tool.h"

#define HEADER_SIZE 64u
#define HEADER_TEXT_OFFSET 8u /* of the image, from a multiple of 2 MB */
#define HEADER_IMAGE_SIZE 16u
#define HEADER_MAGIC 56u
#define MAGIC 0x644d5241u /* "ARM\x64" */
#define OFFSET_UNIT 0x200000u

static u64 value_at(const u8 *bytes, u32 size)
{
    u64 value = 0;

    memcpy(&value, bytes, size);
    return value;
}

static void fill_header(const struct rsw *rsw, u8 *bytes, u64 size)
{
    if (rsw->core.segments[0].size < HEADER_SIZE || value_at(bytes + HEADER_MAGIC, 4) != MAGIC ||
        value_at(bytes + HEADER_TEXT_OFFSET, 8) != rsw->area.base % OFFSET_UNIT)
        tool_refuse("%s: the core does not begin with an arm64 image header for 0x%llx",
                    rsw->container.path, rsw->area.base);
    if (rsw->entry != rsw->area.base)
        tool_refuse("%s: the core's entry point 0x%llx is not its first byte", rsw->container.path,
                    rsw->entry);
    memcpy(bytes + HEADER_IMAGE_SIZE, &size, sizeof(size));
}

u8 *rsw_image(const struct rsw *rsw, u64 *size)
{
    u64 base = rsw->area.base;
    u8 *bytes;

    *size = rsw->container_start - base + rsw->container.size;
    if (*size > FILE_LIMIT)
        tool_refuse("%s: the bootable file would have more than %u bytes", rsw->container.path,
                    FILE_LIMIT);
    bytes = tool_memory(*size);
    for (u32 i = 0; i < rsw->core.header->n_segments; i++) {
        const struct pef_segment *s = &rsw->core.segments[i];

        memcpy(bytes + (s->phys - base), rsw->core.data[i], (size_t)s->size);
    }
    memcpy(bytes + (rsw->container_start - base), rsw->container.bytes,
           (size_t)rsw->container.size);
    fill_header(rsw, bytes, *size);
    return bytes;
}
