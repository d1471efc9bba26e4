/* SPDX-License-Identifier: Apache-2.0 */
/* Log storage in a memory block. Its state stands at the start of the block, so that the entries
 * of a run can be read after a restart; the block is the hypervisor's alone. */
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/driver.h"
#include "lib/string.h"

#define LOG_MAGIC 0x474f4c50u
#define LOG_HEAD 64u /* bytes in front of the entries */
#define LOG_WINDOW 2u

struct log_head {
    u32 magic;
    u32 entry;
    u32 max;
    u32 first;
    u32 count;
    u32 check; /* of the five words above */
};

static u32 head_check(const struct log_head *head)
{
    return head->magic ^ head->entry * 31u ^ head->max * 131u ^ head->first * 1031u ^
           head->count * 8209u;
}

/* Copies between an entry of the block and core memory, page by page. */
static void copy(struct cpu *cpu, hv_phys at, void *core, u32 size, bool out)
{
    u8 *bytes = core;

    while (size) {
        u32 in_page = (u32)at & (CONF_PAGE - 1);
        u32 piece = CONF_PAGE - in_page < size ? CONF_PAGE - in_page : size;
        u8 *place = (u8 *)arch_window(cpu, LOG_WINDOW, at) + in_page;

        if (out)
            memcpy(bytes, place, piece);
        else
            memcpy(place, bytes, piece);
        bytes += piece;
        at += piece;
        size -= piece;
    }
}

static void head_write(struct cpu *cpu, const struct log_store *store)
{
    u8 *page = arch_window(cpu, LOG_WINDOW, store->start);
    struct log_head *head = (void *)(page + ((u32)store->start & (CONF_PAGE - 1)));

    *head = (struct log_head){LOG_MAGIC, store->entry, store->max, store->first, store->count, 0};
    head->check = head_check(head);
}

void log_open(struct cpu *cpu, struct log_store *store, hv_phys start, u64 size, u32 entry)
{
    struct log_head head;
    u64 max = size > LOG_HEAD ? size - LOG_HEAD : 0;

    *store = (struct log_store){.start = start, .entry = entry};
    /* Blocks are below 4 GB (rule value-range): 32-bit division. */
    store->max = max > 0xffffffffu ? 0xffffffffu / entry : (u32)max / entry;
    if (!store->max)
        return;
    copy(cpu, start, &head, sizeof(head), true);
    if (head.magic == LOG_MAGIC && head.entry == entry && head.max == store->max &&
        head.first < head.max && head.count <= head.max && head.check == head_check(&head)) {
        store->first = head.first;
        store->count = head.count;
    } else {
        head_write(cpu, store);
    }
}

static hv_phys entry_at(const struct log_store *store, u32 index)
{
    u32 place = store->first + index;

    if (place >= store->max)
        place -= store->max;
    return store->start + LOG_HEAD + (u64)place * store->entry;
}

bool log_append(struct cpu *cpu, struct log_store *store, const void *bytes)
{
    if (!log_takes(store))
        return false;
    if (store->count >= store->max) {
        store->first = store->first + 1 == store->max ? 0 : store->first + 1;
        store->count = store->max - 1;
        if (store->cursor)
            store->cursor--;
    }
    copy(cpu, entry_at(store, store->count), (void *)(unsigned long)bytes, store->entry, false);
    store->count++;
    head_write(cpu, store);
    return true;
}

bool log_read(struct cpu *cpu, struct log_store *store, u32 index, void *to)
{
    if (index >= store->count)
        return false;
    copy(cpu, entry_at(store, index), to, store->entry, true);
    return true;
}

void log_reset(struct cpu *cpu, struct log_store *store)
{
    store->first = store->count = store->cursor = 0;
    if (store->max)
        head_write(cpu, store);
}
