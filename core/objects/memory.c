/* SPDX-License-Identifier: Apache-2.0 */
/* The memory object: copies between areas by physical addresses, as memmove() would, in pieces
 * through the CPU's mapping windows. Never touches the registers of devices; never writes to page
 * tables, to read-only memory, or to the hypervisor's area. */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/object_ids.h>
#include <prtos_inc/objects/mem.h>

#include "conf/access.h"
#include "hv/arch.h"
#include "hv/guestmem.h"
#include "hv/object.h"
#include "hv/partition.h"
#include "hv/system.h"
#include "lib/string.h"

#define PIECE 1024u
#define PIECE_ANY 256u /* where each partition is asked about its page tables */
#define BOUNCE 64u     /* pieces that overlap themselves go by the stack */
#define WINDOW_FROM 0u
#define WINDOW_TO 1u

static u32 smaller(u32 a, u32 b)
{
    return a < b ? a : b;
}

static u32 in_page(hv_addr at)
{
    return (u32)at & (CONF_PAGE - 1);
}

/* Whether the page that is written to is no page table of a partition, and stays none until
 * arch_page_release(). */
static bool page_claim(struct cpu *cpu, u32 id, u32 page)
{
    const struct partition *one = &partitions[id == UNCHECKED_ID ? 0 : id];
    u32 left = id == UNCHECKED_ID ? partition_count : 1;

    for (; left; left--, one++)
        if (page >= one->page_first && page < one->page_end && !arch_page_claim(cpu, one, page))
            return false;
    return true;
}

/* One piece within a page on either side; from the end on if the destination lies behind. False if
 * that is a page table. */
static bool copy_piece(struct vcpu *vcpu)
{
    struct vcpu_cont *cont = &vcpu->cont;
    hv_addr from = (hv_addr)cont->object, to = cont->guest;
    bool down = to > from;
    hv_addr apart = down ? to - from : from - to;
    u32 n = smaller(cont->aux == UNCHECKED_ID ? PIECE_ANY : PIECE, cont->size - cont->done);
    u32 at;
    bool good;
    u8 bounce[BOUNCE];
    u8 *source, *place;

    if (apart < n)
        n = smaller(n, apart > BOUNCE ? (u32)apart : BOUNCE);
    if (down) {
        at = cont->size - cont->done;
        n = smaller(n, in_page(from + at - 1) + 1);
        n = smaller(n, in_page(to + at - 1) + 1);
        at -= n;
    } else {
        at = cont->done;
        n = smaller(n, CONF_PAGE - in_page(from + at));
        n = smaller(n, CONF_PAGE - in_page(to + at));
    }
    good = page_claim(vcpu->cpu, cont->aux, (u32)((to + at) / CONF_PAGE));
    source = (u8 *)arch_window(vcpu->cpu, WINDOW_FROM, from + at) + in_page(from + at);
    place = (u8 *)arch_window(vcpu->cpu, WINDOW_TO, to + at) + in_page(to + at);
    arch_memory_written(source, n); /* by somebody who has it uncached */
    if (apart < n) {
        memcpy(bounce, source, n);
        source = bounce;
    }
    if (good) {
        memcpy(place, source, n);
        arch_memory_written(place, n);
    }
    arch_page_release(vcpu->cpu);
    cont->done += n;
    return good;
}

static void copy_step(struct vcpu *vcpu)
{
    bool good = copy_piece(vcpu);

    if (!good || vcpu->cont.done == vcpu->cont.size)
        vcpu_finish(vcpu, good ? (s32)vcpu->cont.size : PRTOS_INVALID_PARAM);
}

/* Any memory of the machine, the hypervisor's own apart. */
static bool memory_usable(hv_phys at, u32 size, bool write)
{
    const struct conf_region *region = conf_regions(system_conf);
    u64 core = system_conf->area_start;
    bool found = false;

    if (at < core + system_conf->area_size && core < at + size)
        return false;
    for (u32 i = 0; i < conf_count(system_conf, CONF_T_REGION); i++)
        if (at >= region[i].start && at - region[i].start <= region[i].size &&
            size <= region[i].size - (at - region[i].start))
            found = !write || region[i].type == CONF_REGION_RAM;
    return found;
}

static bool range_usable(u32 id, hv_phys at, u32 size, bool write)
{
    const struct conf_area *area;

    if (id == UNCHECKED_ID)
        return memory_usable(at, size, write);
    if (id >= partition_count)
        return false;
    area = partition_area(&partitions[id], at, size);
    return area && !(area->flags & CONF_AREA_DEVICE) &&
           !(write && area->flags & (CONF_AREA_READONLY | CONF_AREA_ROM));
}

static s32 memory_ctrl(struct vcpu *vcpu, u32 desc)
{
    u32 self = vcpu->partition->id;
    struct cpy_area copy;

    (void)desc;
    if (object_cmd(vcpu) != PRTOS_OBJ_MEM_CPY_AREA ||
        !guest_read(&copy, object_arg(vcpu), sizeof(copy)))
        return PRTOS_INVALID_PARAM;
    if (copy.size <= 0)
        return 0;
    if ((copy.dst_id != self || copy.src_id != self) && !vcpu->partition->system)
        return PRTOS_PERM_ERROR;
    if (!range_usable((u32)copy.dst_id, copy.dst_addr, (u32)copy.size, true) ||
        !range_usable((u32)copy.src_id, copy.src_addr, (u32)copy.size, false))
        return PRTOS_INVALID_PARAM;
    vcpu_continue(vcpu, &(struct vcpu_cont){.step = copy_step,
                                            .guest = copy.dst_addr,
                                            .object = (void *)copy.src_addr,
                                            .size = (u32)copy.size,
                                            .aux = (u32)copy.dst_id});
    return vcpu_pieces(vcpu);
}

const struct object_ops memory_ops = {object_absent, object_absent, object_absent, memory_ctrl};
