/* SPDX-License-Identifier: Apache-2.0 */
/* The only door to guest memory. Works on the vCPU whose address space is loaded. Every function
 * answers false, with nothing half done that matters, when the range is null, wraps, touches the
 * hypervisor's space, or is not mapped with the right to do it. */
#ifndef HV_GUESTMEM_H
#define HV_GUESTMEM_H

#include "hv/arch.h"
#include "hv/base.h"

#define GUEST_PIECE 2048u /* bytes copied in one piece at most */

/* How much of a copy is done at once. */
static inline u32 guest_first_piece(u32 size)
{
    return size > GUEST_PIECE ? GUEST_PIECE : size;
}

/* Whether [addr, addr + size) can be a guest's at all. size > 0. */
static inline bool guest_range(hv_addr addr, u32 size)
{
    return ARCH_GUEST_SIZE(size) && addr - 1 <= ARCH_GUEST_LIMIT - 1 - size;
}

/* Whether a store to all of a buffer can be half done: it ends in another page than it begins. Then
 * both ends are tried first. */
static inline bool guest_ends_writable(hv_addr addr, u32 size)
{
    return likely(((addr + size - 1) ^ addr) < CONF_PAGE) || arch_guest_touch(addr, size);
}

/* One copy of up to GUEST_PIECE bytes. */
static inline bool guest_read(void *to, hv_addr from, u32 size)
{
    return guest_range(from, size) && arch_guest_read(to, from, size);
}

/* All or nothing: the last byte is tried first. */
static inline bool guest_write(hv_addr to, const void *from, u32 size)
{
    return guest_range(to, size) && arch_guest_touch(to, size) && arch_guest_write(to, from, size);
}

/* One word. */
static inline bool guest_store32(hv_addr to, u32 value)
{
    return guest_range(to, sizeof(value)) && arch_guest_store32(to, value);
}

/* The data path's way, in line, up to GUEST_PIECE bytes: false says only that the others may still
 * do it. Of a write it is asked first whether it would be half done. */
static __hot_inline bool guest_quick_read(const struct vcpu *vcpu, void *to, hv_addr from, u32 size)
{
    return likely(ARCH_QUICK_RANGE(from, size)) && arch_quick_read(vcpu, to, from, size);
}

static __hot_inline bool guest_quick_writable(hv_addr to, u32 size)
{
    return likely(ARCH_QUICK_RANGE(to, size)) &&
           (ARCH_QUICK_WHOLE || guest_ends_writable(to, size));
}

static __hot_inline bool guest_quick_write(const struct vcpu *vcpu, hv_addr to, const void *from,
                                           u32 size)
{
    return arch_quick_write(vcpu, to, from, size);
}

static __hot_inline bool guest_quick_store32(const struct vcpu *vcpu, hv_addr to, u32 value)
{
    return likely(ARCH_QUICK_RANGE(to, sizeof(value))) && arch_quick_store32(vcpu, to, value);
}

/* Whether the caller may read, or write, all of a buffer that nothing is copied to or from after
 * all. Looks at a byte of each page, of at most 6: the rest of a larger one is believed. */
bool guest_buffer(hv_addr addr, u32 size, bool write);

/* Whether `size` (1 to 8) bytes at addr, in one page or two, can be written; changes nothing. */
bool guest_writable(hv_addr addr, u32 size);

#endif
