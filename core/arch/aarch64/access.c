/* SPDX-License-Identifier: Apache-2.0 */
/* Memory of the guest that has the processor, by the addresses it uses itself: translated by the
 * processor through both stages, with the rights of its EL1 (AT S12E1R and W, Arm ARM D8.12). What
 * comes out is in the partition's areas or control tables: stage 2 holds nothing else. */
#include "aarch64.h"
#include "conf/layout.h"
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/vcpu.h"
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

/* How much of a range there is in one piece, and where; null: it cannot be reached. */
static void *guest_piece(hv_addr at, u32 size, bool write, u32 *piece)
{
    const struct vcpu *vcpu = cpu_here()->arch.loaded;
    u32 room = CONF_PAGE - (at & (CONF_PAGE - 1));

    *piece = size;
    if (vcpu && size <= vcpu->arch.near.size &&
        at - vcpu->arch.near.start <= vcpu->arch.near.size - size)
        return (void *)(at + vcpu->arch.near.place);
    if (room < size)
        *piece = room;
    return guest_place(at, write);
}

bool arch_guest_read(void *to, hv_addr from, u32 size)
{
    u8 *bytes = to;

    while (size) {
        u32 piece;
        const void *place = guest_piece(from, size, false, &piece);

        if (!place)
            return false;
        memcpy(bytes, place, piece);
        bytes += piece;
        from += piece;
        size -= piece;
    }
    return true;
}

/* All or nothing: what is refused may not be half written. */
bool arch_guest_write(hv_addr to, const void *from, u32 size)
{
    const u8 *bytes = from;
    u32 piece;

    if (size > CONF_PAGE - (to & (CONF_PAGE - 1)) && !guest_piece(to + size - 1, 1, true, &piece))
        return false;
    while (size) {
        void *place = guest_piece(to, size, true, &piece);

        if (!place)
            return false;
        memcpy(place, bytes, piece);
        bytes += piece;
        to += piece;
        size -= piece;
    }
    return true;
}

bool arch_guest_store32(hv_addr to, u32 value)
{
    return arch_guest_write(to, &value, sizeof(value));
}

bool arch_guest_touch(hv_addr to, u32 size)
{
    u32 piece;

    return guest_piece(to, size, true, &piece) &&
           (piece == size || guest_piece(to + size - 1, 1, true, &piece));
}
