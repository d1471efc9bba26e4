/* SPDX-License-Identifier: Apache-2.0 */
/* Boot, halt, restart and panic. Boot reads like a table of contents: container, configuration,
 * memory, CPUs, partitions, images, plans. Whatever is wrong is said, and nothing starts. */
#include "hv/system.h"

#include <prtos_inc/hypercalls.h>

#include "conf/access.h"
#include "conf/pool.h"
#include "conf/verify.h"
#include "hv/arch.h"
#include "hv/clock.h"
#include "hv/console.h"
#include "hv/driver.h"
#include "hv/health.h"
#include "hv/loader.h"
#include "hv/partition.h"
#include "hv/plans.h"
#include "hv/port.h"
#include "hv/setup.h"
#include "hv/trace.h"
#include "hv/vcpu.h"
#include "lib/format.h"
#include "lib/string.h"

#define CLOCK_APART 1000u  /* ns between the counters of two CPUs */
#define START_DELAY 20000u /* ns from the end of boot to the first frame, on every CPU */

const struct conf_header *system_conf;
struct system_past system_past __attribute__((section(".bss.past")));

/* The configuration, right behind the core; its end is where the pools begin. */
static u8 *configuration_load(void)
{
    u64 size;
    u32 bytes;
    u8 *place = arch_image_end();
    const void *container = arch_container(&size);
    const char *error;

    if (!container)
        system_panic("No container: join one with rswbuild.");
    error = loader_init(container, size);
    if (error)
        system_panic("The container is not usable: %s.", error);
    error = loader_configuration(place, (u32)((const u8 *)container - place), &bytes);
    if (!error)
        error = conf_verify(place, bytes, ARCH_CONF);
    if (error)
        system_panic("The configuration is not usable: %s.", error);
    system_conf = (const void *)place;
    return place + ROUND_UP(bytes, CONF_PAGE);
}

/* Pools and control tables, all zero; mapped for good. */
static void memory_setup(u8 *place)
{
    struct conf_pool_need need;
    struct conf_pool pool;
    u64 container_size;
    const u8 *container = arch_container(&container_size);

    conf_pool_need_of(system_conf, &need);
    conf_pool_layout(&need, &pool);
    if (place + pool.total > container)
        system_panic("The container was joined for another configuration.");
    memset(place, 0, (u32)pool.total);
    setup_pools(system_conf, place, &pool);
    arch_memory_init(system_conf, place + pool.tables);
}

/* The configuration may ask for more memory than there is. */
static void memory_check(void)
{
    const struct conf_area *area = conf_areas(system_conf);
    u64 end = system_conf->area_start + system_conf->area_size;

    for (u32 i = 0; i < conf_count(system_conf, CONF_T_AREA); i++)
        if (!(area[i].flags & (CONF_AREA_DEVICE | CONF_AREA_ROM)) &&
            area[i].start + area[i].size > end)
            end = area[i].start + area[i].size;
    if (end > arch_memory_end())
        system_panic("The areas end at 0x%llx, this machine's memory at 0x%llx.", end,
                     arch_memory_end());
}

static void images_load(struct cpu *cpu)
{
    for (u32 i = 0; i < partition_count; i++) {
        struct partition *partition = &partitions[i];

        loader_begin(partition, true);
        while (loader_step(cpu, partition))
            ;
        partition->loaded = partition->loader.phase == LOADER_DONE;
        if (!partition->loaded) {
            console_print("P%u %s does not start: %s.\n", i, partition->name,
                          partition->loader.error);
            continue;
        }
        if (!partition_has_slot(partition))
            continue;
        vcpu_start(&partition->vcpus[0], (hv_addr)loader_image(partition)->entry, 0,
                   system_past.reset_status);
    }
}

static void banner(void)
{
    console_print("PRTOS 1.0.0, system %s: %u partition%s on %u CPU%s at %u MHz\n",
                  conf_text(system_conf, system_conf->name), partition_count,
                  partition_count == 1 ? "" : "s", cpu_count, cpu_count == 1 ? "" : "s",
                  clock_khz() / 1000);
    for (u32 i = 0; i < partition_count; i++) {
        const struct partition *partition = &partitions[i];

        console_print("  P%u %s%s\n", i, partition->name, partition->system ? " (system)" : "");
        for (u32 j = 0; j < partition->conf->n_areas; j++)
            console_print("     0x%08llx + %u KB\n", partition->areas[j].start,
                          (u32)(partition->areas[j].size / 1024));
    }
}

/* The clock is one for all CPUs: their counters must be. */
static void cpus_check(void)
{
    for (u32 i = 1; i < cpu_count; i++) {
        s64 apart = clock_apart(cpus[i]);

        if (apart > CLOCK_APART || apart < -(s64)CLOCK_APART)
            system_panic("The counter of CPU %u is %llu ns %s that of CPU 0, at most %u are "
                         "allowed: let the firmware start all counters together.",
                         i, (u64)(apart < 0 ? -apart : apart), apart < 0 ? "behind" : "ahead of",
                         CLOCK_APART);
    }
}

void system_boot(void)
{
    u64 base;
    u32 khz, found;
    u8 *place;

    uart_driver.init(0, 115200);
    arch_boot();
    khz = arch_clock_measure(&base);
    clock_start(base, khz);
    place = configuration_load();
    memory_check();
    memory_setup(place);
    arch_cpu_start(cpus[0]);
    console_init(system_conf, setup_devices());
    if (cpu_count > 1) {
        found = arch_cpus_boot(cpu_count);
        if (found < cpu_count)
            system_panic("The configuration needs %u CPUs, this machine has %u.", cpu_count, found);
        cpus_check();
    }
    health_init(system_conf);
    trace_init(system_conf);
    banner();
    images_load(cpus[0]);
    console_flush();
    plans_init(clock_now() + START_DELAY);
    arch_cpus_release();
    arch_cpu_enter(cpus[0]);
}

void system_halt(struct cpu *self)
{
    TRACE_EVENT(self, SCHED, HYP_HALT, 0);
    arch_stop_others(self);
    console_print("System halted.\n");
    console_flush();
    arch_power_off(true);
}

void system_reset(struct cpu *self, u32 mode, u32 status)
{
    TRACE_EVENT(self, SCHED, HYP_RESET, mode, status);
    console_flush();
    system_past.reset_counter = mode == PRTOS_WARM_RESET ? system_past.reset_counter + 1 : 0;
    system_past.reset_status = status;
    arch_restart(self);
}

/* Said on the first UART even if the configuration names no console, or there is none yet. */
void system_panic(const char *format, ...)
{
    char text[255];
    va_list args;
    u32 length, done = 0;
    u32 tries = 0;

    va_start(args, format);
    length = (u32)format_text(text, sizeof(text) - 1, format, args);
    va_end(args);
    text[length++] = '\n';
    arch_stop_others(NULL);
    console_record(RECORD_SYSTEM, text, length);
    console_flush();
    while (done < length && tries++ < 2000000u)
        done += uart_driver.push(0, text + done, length - done);
    arch_power_off(false);
}
