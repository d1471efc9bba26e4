/* SPDX-License-Identifier: Apache-2.0 */
/* Memory of the guest that has the processor, by the addresses it uses itself: translated by the
 * processor through both stages, with the rights of its EL1 (AT S12E1R and W, Arm ARM D8.12). What
 * comes out is in the partition's areas or control tables: stage 2 holds nothing else. */
#include "aarch64.h"
#include "conf/layout.h"
#include "hv/arch.h"
#include "lib/string.h"

/* PAR_EL1 is the guest's. A device is no memory: it is never cached, and lies below what is
 * uncached. Tables of the guest that lie in a device are a fault of the guest (HCR_EL2.PTW), not an
 * abort of the core. */
static void *guest_place(hv_addr addr, bool write)
{
    u64 kept = sysreg_read(par_el1);
    u64 par, place;

    if (write)
        __asm__ volatile("at s12e1w, %0" : : "r"(addr) : "memory");
    else
        __asm__ volatile("at s12e1r, %0" : : "r"(addr) : "memory");
    isb();
    par = sysreg_read(par_el1);
    sysreg_write(par_el1, kept);
    if (unlikely(par & PAR_FAULT))
        return NULL;
    place = par & PAR_ADDRESS;
    if (unlikely(par >> PAR_ATTRIBUTES != PAR_CACHED)) {
        if (place < uncached_start)
            return NULL;
        place |= UNCACHED;
    }
    return (void *)(place | (addr & (CONF_PAGE - 1)));
}

static u64 piece_of(hv_addr at, u64 size)
{
    u64 room = CONF_PAGE - (at & (CONF_PAGE - 1));

    return size < room ? size : room;
}

u64 guest_read_long(void *to, hv_addr from, u64 size)
{
    u8 *bytes = to;

    while (size) {
        u64 piece = piece_of(from, size);
        const void *place = guest_place(from, false);

        if (!place)
            return 0;
        memcpy(bytes, place, piece);
        bytes += piece;
        from += piece;
        size -= piece;
    }
    return 1;
}

/* All or nothing: what is refused may not be half written. */
u64 guest_write_long(hv_addr to, const void *from, u64 size)
{
    const u8 *bytes = from;

    if (piece_of(to, size) != size && !guest_place(to + size - 1, true))
        return 0;
    while (size) {
        u64 piece = piece_of(to, size);
        void *place = guest_place(to, true);

        if (!place)
            return 0;
        memcpy(place, bytes, piece);
        bytes += piece;
        to += piece;
        size -= piece;
    }
    return 1;
}

u64 guest_store_long(hv_addr to, u32 value)
{
    return guest_write_long(to, &value, sizeof(value));
}

bool arch_guest_touch(hv_addr to, u32 size)
{
    if (!guest_place(to, true))
        return 0;
    return !(((to + size - 1) ^ to) >> 12) || guest_place(to + size - 1, true);
}
