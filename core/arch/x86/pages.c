/* SPDX-License-Identifier: Apache-2.0 */
/* Direct page tables: types of pages, what refers to them, and the entries that a guest may have.
 * An entry is judged and counted before it is written, and a page becomes a table only when nothing
 * can write to it, so whatever a table holds at any moment is harmless. */
#include "pages.h"

#include <prtos_inc/hypercalls.h>

#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/partition.h"
#include "hv/trace.h"
#include "lib/string.h"
#include "pte.h"

#define WINDOW_PAGE 0u
#define WINDOW_DIRECTORY 0u
#define WINDOW_TABLE 1u

/* Instructions, about, of one piece: what is absent, what is looked up in so many areas. */
#define STEP 400u
#define STEP_ABSENT 22u
#define STEP_PRESENT 100u
#define STEP_AREA 14u

#define NEVER (CONF_AREA_SHARED | CONF_AREA_READONLY | CONF_AREA_ROM | CONF_AREA_DEVICE)

extern u32 hv_root[1024];

static u32 type_of(u32 word)
{
    return word >> PAGE_TYPE_SHIFT & PAGE_TYPE;
}

const struct conf_area *pages_find(const struct partition *partition, u32 page, u32 **word)
{
    const struct conf_area *area = partition->areas;
    const struct conf_area *end = area + partition->conf->n_areas;
    u32 before = 0; /* pages */

    for (; area < end; area++) {
        u32 offset = page - (u32)area->start;

        if (offset < (u32)area->size) {
            *word = area->flags & NEVER ? NULL : &partition->pages[before + (offset >> 12)];
            return area;
        }
        if (!(area->flags & CONF_AREA_DEVICE))
            before += (u32)area->size >> 12;
    }
    return NULL;
}

/* An entry of a directory: a whole table of this partition. */
static bool directory_entry_take(const struct partition *partition, u32 *entry)
{
    u32 *word;

    if (!(*entry & PTE_P))
        return true;
    *entry |= PTE_U;
    if (*entry & (PTE_PS | PTE_G) || !pages_find(partition, *entry & ~0xfffu, &word) || !word ||
        *word - PAGE_IS(PPAG_PTDL2) >= PAGE_COUNT)
        return false;
    ++*word;
    return true;
}

/* An entry of a table: own memory as the area allows it, page tables and control tables only to be
 * read. */
static bool table_entry_take(const struct partition *partition, u32 *entry)
{
    u32 page = *entry & ~0xfffu;
    const struct conf_area *area;
    u32 *word;

    if (!(*entry & PTE_P))
        return true;
    if (*entry & (PTE_PS | PTE_G))
        return false;
    *entry |= PTE_U;
    area = pages_find(partition, page, &word);
    if (!area) {
        *entry &= ~(u32)PTE_W;
        return page - (u32)partition->pct < partition->n_vcpus * partition->pct_stride;
    }
    if (area->flags & (CONF_AREA_UNCACHEABLE | CONF_AREA_DEVICE))
        *entry |= PTE_PCD | PTE_PWT;
    if (area->flags & (CONF_AREA_READONLY | CONF_AREA_ROM) || (word && page_is_table(*word)))
        *entry &= ~(u32)PTE_W;
    if (word && (*entry & PTE_W)) {
        if (*word == PAGE_COUNT)
            return false;
        ++*word;
    }
    return true;
}

static bool entry_take(const struct partition *partition, u32 type, u32 *entry)
{
    return type == PPAG_PTDL1 ? directory_entry_take(partition, entry)
                              : table_entry_take(partition, entry);
}

/* For the audit: no such page, a page that is referred to, an entry that nobody may have. */
static __cold void tell(struct cpu *cpu, u32 event, u32 at, u32 word)
{
    if (TRACE_WANTS(VMM))
        trace_event(cpu, TRACE_CODE(VMM, event), 2, (const u32[]){at, word});
}

static __cold void tell_entry(struct cpu *cpu, u32 type, u32 at, u32 entry)
{
    tell(cpu, type == PPAG_PTDL1 ? AUDIT_VMM_BAD_DIRECTORY_ENTRY : AUDIT_VMM_PAGE_NOT_OWNED, at,
         entry);
}

/* What an entry referred to has one reference less. */
static void entry_drop(const struct partition *partition, u32 type, u32 entry)
{
    u32 *word;

    if ((entry & PTE_P) && (type == PPAG_PTDL1 || (entry & PTE_W)) &&
        pages_find(partition, entry & ~0xfffu, &word) && word)
        --*word;
}

/* One exchange: the processor may write the A and D bits of the same entry. */
s32 pages_write(struct cpu *cpu, struct partition *partition, u32 at, u32 value)
{
    u32 slot = (at & 0xfffu) / 4;
    u32 *word = NULL, *entries;
    const struct conf_area *area = pages_find(partition, at & ~0xfffu, &word);
    u32 state = word ? *word : 0;

    if (!area)
        tell(cpu, AUDIT_VMM_PAGE_UNKNOWN, at, 0);
    if (at & 3 || !area || area->flags & (CONF_AREA_READONLY | CONF_AREA_ROM | CONF_AREA_DEVICE))
        return PRTOS_INVALID_PARAM;
    entries = arch_window(cpu, WINDOW_PAGE, at & ~0xfffu);
    if (!page_is_table(state)) {
        write_once(entries[slot], value);
        return PRTOS_OK;
    }
    if (state & (PAGE_BUSY | PAGE_HALF) ||
        (type_of(state) == PPAG_PTDL1 && slot >= PAGES_GUEST_SLOTS) ||
        !entry_take(partition, type_of(state), &value)) {
        tell_entry(cpu, type_of(state), at, value);
        return PRTOS_INVALID_PARAM;
    }
    write_once(partition->remapped, true);
    value = __atomic_exchange_n(&entries[slot], value, __ATOMIC_SEQ_CST);
    entry_drop(partition, type_of(state), value);
    return PRTOS_OK;
}

/* The entry that maps a page at its own place; null: there is none. */
static u32 *own_entry(struct cpu *cpu, u32 root, const struct conf_area *area, u32 page)
{
    u32 at = page - (u32)area->start + (u32)area->mapped_at;
    u32 entry = ((u32 *)arch_window(cpu, WINDOW_DIRECTORY, root))[at >> 22];
    u32 *slot;

    if (area->flags & CONF_AREA_UNMAPPED || !(entry & PTE_P))
        return NULL;
    slot = (u32 *)arch_window(cpu, WINDOW_TABLE, entry & ~0xfffu) + (at >> 12 & 1023);
    return (*slot & PTE_P) && (*slot & ~0xfffu) == page ? slot : NULL;
}

s32 pages_begin(struct cpu *cpu, struct partition *partition, u32 root, u32 page, u32 type)
{
    u32 *word, *own;
    const struct conf_area *area = pages_find(partition, page, &word);

    if (!area)
        tell(cpu, AUDIT_VMM_PAGE_UNKNOWN, page, 0);
    if (page & 0xfff || !area ||
        (type != PPAG_STD && (!page || !word || area->flags & CONF_AREA_UNCACHEABLE)))
        return PRTOS_INVALID_PARAM;
    if (!word)
        return PRTOS_NO_ACTION;
    if (*word & PAGE_BUSY)
        return PRTOS_OP_NOT_ALLOWED;
    if (*word >> PAGE_TYPE_SHIFT == type)
        return PRTOS_NO_ACTION;
    if (!page_is_table(*word)) {
        own = own_entry(cpu, root, area, page);
        if (own && !(*own & PTE_W))
            own = NULL;
        if (*word != (own ? 1 : 0)) {
            tell(cpu, AUDIT_VMM_PAGE_IN_USE, page, *word);
            return PRTOS_OP_NOT_ALLOWED;
        }
        if (own)
            atomic_and(own, ~(u32)PTE_W);
        *word = PAGE_BUSY | PAGE_HALF | PAGE_IS(type);
    } else {
        if (page - (u32)partition->root < partition->table_bytes ||
            (!(*word & PAGE_HALF) && (*word & PAGE_COUNT))) {
            tell(cpu, AUDIT_VMM_PAGE_IN_USE, page, *word & PAGE_COUNT);
            return PRTOS_OP_NOT_ALLOWED;
        }
        *word |= PAGE_BUSY;
    }
    write_once(partition->remapped, true);
    return PRTOS_OK;
}

/* Entries are judged and counted from the first one on, given back from the last one on. */
enum pages_result pages_step(struct cpu *cpu, const struct partition *partition, u32 root, u32 page,
                             u32 type)
{
    u32 *entries = arch_window(cpu, WINDOW_PAGE, page);
    u32 *word, *own;
    const struct conf_area *area = pages_find(partition, page, &word);
    u32 from = type_of(*word);
    u32 end = from == PPAG_PTDL1 ? PAGES_GUEST_SLOTS : 1024;
    u32 at = *word & PAGE_COUNT;
    bool good = true;

    if (!(*word & PAGE_HALF)) {
        at = end;
        memset(&entries[end], 0, (1024 - end) * sizeof(u32));
    }
    for (u32 cost = 0; good && cost < STEP && at != (from == type ? end : 0);) {
        u32 *entry = &entries[from == type ? at++ : --at];

        cost += STEP_ABSENT;
        if (!(*entry & PTE_P))
            continue;
        cost += STEP_PRESENT + STEP_AREA * partition->conf->n_areas;
        if (from != type)
            entry_drop(partition, from, *entry);
        else
            good = entry_take(partition, type, entry);
    }
    if (!good)
        at--;
    *word = PAGE_BUSY | PAGE_HALF | PAGE_IS(from) | at;
    if (!good) {
        tell_entry(cpu, type, page + at * 4, entries[at]);
        return PAGES_BAD;
    }
    if (at != (from == type ? end : 0))
        return PAGES_MORE;
    if (from == type) { /* a directory gets the core's entries */
        memcpy(&entries[end], &hv_root[end], (1024 - end) * sizeof(u32));
        *word = PAGE_IS(type);
        return PAGES_DONE;
    }
    if (type != PPAG_STD) {
        *word = PAGE_BUSY | PAGE_HALF | PAGE_IS(type);
        return PAGES_MORE;
    }
    /* Ordinary: the guest may write to it where it has its own place. */
    own = own_entry(cpu, root, area, page);
    if (own)
        atomic_or(own, PTE_W);
    *word = own ? 1 : 0;
    return PAGES_DONE;
}
