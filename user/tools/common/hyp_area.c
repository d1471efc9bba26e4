/* SPDX-License-Identifier: Apache-2.0 */
/* Sums over the hypervisor's area, and the configuration as the tools meet it: wrapped in a PEF.
 * Called by prtospack and rswbuild. */
#include "hyp_area.h"

#include "conf/pool.h"
#include "conf/verify.h"
#include "tool.h"

#define AARCH64_RAM_OFFSET 0x40000000ull /* virt: the configuration counts RAM from 0 */

u64 hyp_ram_offset(u32 arch)
{
    return arch == CONF_ARCH_AARCH64 ? AARCH64_RAM_OFFSET : 0;
}

static u64 pages_of(u64 size)
{
    return ROUND_UP(size, (u64)CONF_PAGE);
}

void hyp_area_of(const struct pef_file *core, const struct conf_header *conf, u64 container_size,
                 struct hyp_area *area)
{
    u64 low = ~0ull;
    u64 end = 0;

    if (core) {
        for (u32 i = 0; i < core->header->n_segments; i++) {
            const struct pef_segment *s = &core->segments[i];

            low = s->phys < low ? s->phys : low;
            end = s->phys + s->mem_size > end ? s->phys + s->mem_size : end;
        }
    } else {
        low = conf->area_start + hyp_ram_offset(conf->arch);
        end = low + conf_budget_of(conf->arch)->core;
    }
    area->base = low;
    area->core = pages_of(end - low);
    area->conf = pages_of(conf->size);
    area->pool = pages_of(conf->pool_size);
    area->container = pages_of(container_size);
    area->total = area->core + area->conf + area->pool + area->container;
}

void hyp_area_check(const struct hyp_area *area, const struct conf_header *conf, const char *path)
{
    const struct conf_budget *budget = conf_budget_of(conf->arch);

    if (area->core > budget->core)
        tool_error("%s: the core needs %llu KB of memory, its budget is %u KB [core-budget]", path,
                   area->core / 1024, budget->core / 1024);
    if (area->total > conf->area_size)
        tool_error("%s: the hypervisor's area has %llu KB, but %llu KB are needed: core %llu, "
                   "configuration %llu, pools %llu, container %llu KB; give its "
                   "PhysicalMemoryArea at least size=\"%lluKB\" [hypervisor-area-small]",
                   path, conf->area_size / 1024, area->total / 1024, area->core / 1024,
                   area->conf / 1024, area->pool / 1024, area->container / 1024,
                   area->total / 1024);
}

const struct conf_header *hyp_conf(const struct pef_file *pef)
{
    const struct conf_header *conf = (const void *)pef->data[0];
    const char *fault;

    if (pef->header->kind != PEF_FILE)
        tool_refuse("%s: a %s, not a configuration", pef->path, pef_kind_name(pef->header->kind));
    if (pef->segments[0].size < sizeof(*conf) || conf->magic != CONF_MAGIC)
        tool_refuse("%s: not a configuration (made by prtoscparser, wrapped by "
                    "`prtoseformat build -m`)",
                    pef->path);
    if (!conf_budget_of(conf->arch))
        tool_refuse("%s: configuration of an unknown architecture %u", pef->path, conf->arch);
    fault = conf_verify(conf, pef->segments[0].size, conf->arch);
    if (fault)
        tool_refuse("%s: not a sound configuration: %s", pef->path, fault);
    return conf;
}
