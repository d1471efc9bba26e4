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

static u32 piece_of(hv_addr at, u32 size)
{
    u32 room = CONF_PAGE - (at & (CONF_PAGE - 1));

    return size < room ? size : room;
}

/* The vCPU whose registers are in the processor; null: it is about to start anew. */
static const struct vcpu *loaded(void)
{
    return cpu_here()->arch.loaded;
}

bool arch_guest_read(void *to, hv_addr from, u32 size)
{
    const struct vcpu *vcpu = loaded();
    u8 *bytes = to;

    if (likely(vcpu && arch_quick_read(vcpu, to, from, size)))
        return true;
    while (size) {
        u32 piece = piece_of(from, size);
        const void *place = guest_place(from, false);

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
    const struct vcpu *vcpu = loaded();
    const u8 *bytes = from;

    if (likely(vcpu && arch_quick_write(vcpu, to, from, size)))
        return true;
    if (piece_of(to, size) != size && !guest_place(to + size - 1, true))
        return false;
    while (size) {
        u32 piece = piece_of(to, size);
        void *place = guest_place(to, true);

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
    if (!guest_place(to, true))
        return false;
    return piece_of(to, size) == size || guest_place(to + size - 1, true);
}
