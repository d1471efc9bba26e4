/* SPDX-License-Identifier: Apache-2.0 */
/* Boot state by guest-abi.md, section 3, and the control table by section 5: offsets in bytes as
 * the contract lists them (own.h), not as the headers have them. */
#include <stdio.h>
#include <string.h>
#include "start.h"

#define TABLE ((volatile prtos_u8_t *)PCT_BASE)
#define AREAS_PLAIN 4
#define MAP_USED (__builtin_offsetof(struct prtos_physical_mem_map, flags) + 4)

prtos_u32_t word(prtos_u32_t offset)
{
    return *(volatile prtos_u32_t *)(TABLE + offset);
}

static prtos_u32_t half(prtos_u32_t offset)
{
    return *(volatile prtos_u16_t *)(TABLE + offset);
}

static prtos_u32_t self(void)
{
    return word(AT_ID) & 0xff;
}

void note(const char *life, const char *name, prtos_u32_t expected, prtos_u32_t got)
{
    char both[64];

    sprintf(both, "%s.%s", life, name);
    check_word(both, expected, got);
}

/* BAIL has loaded its tables and routed the external interrupts to 224.. by now. */
static void check_routing(const char *life)
{
    prtos_u32_t i, wrong = 0;

    for (i = 0; i < 32; i++) {
        wrong += half(AT_TRAPS + i * 2) != TRAP_VECTOR(i);
        wrong += half(AT_TRAPS + 64 + i * 2) != 0x20 + i;
        wrong += half(AT_TRAPS + 128 + i * 2) != 224 + i;
    }
    note(life, "routes", 0, wrong);
}

void check_table(const struct life *life)
{
    static const char *const names[] = {"plain", "sixteen_letters_"};
    prtos_u32_t system = self() == 1;
    char text[17] = "";

    note(life->name, "magic", 0xa5a55a5a, word(0));
    note(life->name, "version", 0x010000, word(4));
    note(life->name, "abi", 0x010000, word(8));
    note(life->name, "api", 0x010000, word(12));
    note(life->name, "reset_counter", life->reset_counter, word(AT_RESET_COUNTER));
    note(life->name, "reset_status", life->reset_status, word(AT_RESET_STATUS));
    check_range("khz", KHZ * 99 / 100, KHZ * 101 / 100, word(AT_KHZ));
    note(life->name, "id", system, word(AT_ID));
    note(life->name, "vcpus", 1, word(AT_VCPUS));
    note(life->name, "flags", system ? 0x2u | 0x10 | 0x200 | 2 << 16 : 0x10, word(AT_FLAGS));
    note(life->name, "image_start", 0, word(AT_IMAGE_START));
    note(life->name, "hw_irqs", system ? 1u << 5 | 1u << 9 : 0, word(AT_HW_IRQS));
    note(life->name, "areas", system ? 2 : AREAS_PLAIN, word(AT_AREAS));
    note(life->name, "ports", system ? 0 : 2, word(AT_PORTS));
    memcpy(text, (const void *)(PCT_BASE + AT_NAME), 16);
    check(text, 0, strncmp(text, names[system], 16));
    note(life->name, "name-padding", 0, system ? 0 : TABLE[AT_NAME + 5] | TABLE[AT_NAME + 15]);
    note(life->name, "iflags", START_IFLAGS, word(AT_IFLAGS));
    note(life->name, "hw_pend", 0, word(AT_HW_PEND));
    note(life->name, "hw_mask", ~0u, word(AT_HW_MASK));
    note(life->name, "ext_pend", 1u << 8, word(AT_EXT_PEND) | 1u << 8);
    note(life->name, "ext_mask", ~0u, word(AT_EXT_MASK));
    if (!strcmp(life->name, "boot")) { /* filled at the begin of a slot only */
        note(life->name, "slot", system ? 0 : 1, word(AT_SLOT));
        note(life->name, "slot.id", system ? 0 : 1, word(AT_SLOT + 4));
        note(life->name, "slot.us", system ? 4000 : 6000, word(AT_SLOT + 8));
    }
    check_own_table(life->name, system);
    check_routing(life->name);
    check_range("table-size", AT_END + (system ? 2 * MAP_ROW : 4 * MAP_ROW + 4), 4096, word(16));
}

void check_map(const char *life)
{
    static const struct prtos_physical_mem_map plain[AREAS_PLAIN] = {
        {"", 0x6000000, 0x6000000, 0x100000, 0},
        {"a_name_of_16char", 0x6300000, 0x6300000, 0x10000, 0x203},
        {"frozen", 0x6400000, 0x6400000, 0x2000, 0x200 | 4 | 8 | 0x80},
        {"kept", 0x6500000, 0x7500000, 0x10000, 0x200},
    };
    static const struct prtos_physical_mem_map system[2] = {
        {"", 0x6100000, 0x6100000, 0x100000, 0},
        {"kept", 0x6600000, 0x7500000, 0x10000, 0x200},
    };
    const struct prtos_physical_mem_map *want = self() ? system : plain;
    const struct prtos_physical_mem_map *have = prtos_get_partition_mmap();
    prtos_u32_t i;
    char name[8];

    for (i = 0; i < (self() ? 2u : AREAS_PLAIN); i++) {
        sprintf(name, "area%d", i);
        note(life, name, 0, memcmp(&want[i], &have[i], MAP_USED) != 0);
        if (memcmp(&want[i], &have[i], MAP_USED) != 0)
            note(life, "area.start", want[i].start_addr + want[i].flags,
                 have[i].start_addr + have[i].flags);
    }
    if (prtos_get_pct()->num_of_comm_ports)
        note(life, "news", 0, prtos_get_commport_bitmap()[0]);
}

void check_clock(const char *life)
{
    volatile struct prtos_clock *clock =
        (struct prtos_clock *)(PCT_BASE + prtos_get_pct()->clock_offset);
    prtos_time_t now;

    note(life, "clock.magic", PRTOS_CLOCK_MAGIC, clock->magic);
    note(life, "clock.version", 1, clock->version);
    note(life, "clock.even", 0, clock->sequence & 1);
    note(life, "clock.in-table", 1,
         prtos_get_pct()->clock_offset + sizeof(*clock) <= prtos_get_pct()->part_ctrl_table_size);
    call(get_time_nr, PRTOS_HW_CLOCK, PTR2ADDR(&now), 0, 0, 0);
    check_range("clock.time", (prtos_u32_t)now, (prtos_u32_t)now + 3,
                (prtos_u32_t)(clock_ns() / 1000));
}
