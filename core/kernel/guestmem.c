/* SPDX-License-Identifier: Apache-2.0 */
/* Guest memory: what is not worth inlining. */
#include "hv/guestmem.h"

#define BUFFER_PAGES 6u /* looked at: 20 to 80 instructions each */

bool guest_writable(hv_addr addr, u32 size)
{
    return guest_range(addr, size) && arch_guest_touch(addr, size);
}

static bool byte_there(hv_addr addr, bool write)
{
    u8 byte;

    return write ? arch_guest_touch(addr, 1) : arch_guest_read(&byte, addr, 1);
}

bool guest_buffer(hv_addr addr, u32 size, bool write)
{
    hv_addr last = addr + size - 1;

    if (!guest_range(addr, size))
        return false;
    for (u32 i = 0; i < BUFFER_PAGES && addr <= last; i++) {
        if (!byte_there(addr, write))
            return false;
        addr = (addr & ~(hv_addr)(CONF_PAGE - 1)) + CONF_PAGE;
    }
    return addr > last || byte_there(last, write);
}
