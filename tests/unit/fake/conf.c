/* SPDX-License-Identifier: Apache-2.0 */
/* Configurations for tests, built in the layout of conf/layout.h without the compiler of XML, and
 * the pools that the core's setup fills from them. */
#include <prtos_inc/hm_events.h>

#include "conf/pool.h"
#include "fake.h"
#include "hv/console.h"
#include "hv/setup.h"

#define MAX_ROWS 64u

void fake_arch_reset(void);
extern const u32 fake_budget;

static struct {
    struct conf_header header;
    struct conf_cpu cpu[CONF_MAX_CPUS];
    struct conf_plan plan[MAX_ROWS];
    struct conf_span span[1024];
    struct conf_partition partition[GUEST_SPACES];
    struct conf_vcpu vcpu[GUEST_SPACES * CONF_MAX_VCPUS];
    struct conf_region region[8];
    struct conf_area area[MAX_ROWS];
    struct conf_port port[512];
    struct conf_channel channel[MAX_ROWS];
    u32 dest[256];
    struct conf_ipvi ipvi[MAX_ROWS];
    u32 target[256];
    struct conf_health health[(GUEST_SPACES + 1) * CONF_HM_EVENTS];
    struct conf_device device[8];
    char string[8192];
} conf;

static u8 *pools;

#define TABLE(id, member, row_count)                                                               \
    conf.header.table[id] = (struct conf_table)                                                    \
    {                                                                                              \
        (u32)((char *)conf.member - (char *)&conf), (row_count)                                    \
    }
#define COUNT(id) conf.header.table[id].count

void fake_reset(void)
{
    fake_arch_reset();
    memset(&conf, 0, sizeof(conf));
    conf.header = (struct conf_header){.magic = CONF_MAGIC,
                                       .version = CONF_VERSION,
                                       .size = sizeof(conf),
                                       .arch = CONF_ARCH_X86,
                                       .area_start = 0x1000000,
                                       .area_size = 0x400000,
                                       .console = CONF_NONE,
                                       .health_log = CONF_NONE,
                                       .trace = CONF_NONE};
    TABLE(CONF_T_CPU, cpu, 0);
    TABLE(CONF_T_PLAN, plan, 0);
    TABLE(CONF_T_SPAN, span, 0);
    TABLE(CONF_T_PARTITION, partition, 0);
    TABLE(CONF_T_VCPU, vcpu, 0);
    TABLE(CONF_T_REGION, region, 0);
    TABLE(CONF_T_AREA, area, 0);
    TABLE(CONF_T_PORT, port, 0);
    TABLE(CONF_T_CHANNEL, channel, 0);
    TABLE(CONF_T_DEST, dest, 0);
    TABLE(CONF_T_IPVI, ipvi, 0);
    TABLE(CONF_T_TARGET, target, 0);
    TABLE(CONF_T_HEALTH, health, CONF_HM_EVENTS);
    TABLE(CONF_T_DEVICE, device, 0);
    TABLE(CONF_T_STRING, string, 1);
    system_conf = &conf.header;
}

struct conf_header *fake_conf(void)
{
    return &conf.header;
}

struct conf_partition *fake_conf_partition(u32 id)
{
    return &conf.partition[id];
}

static u32 text(const char *value)
{
    u32 at = COUNT(CONF_T_STRING);

    strcpy(conf.string + at, value);
    COUNT(CONF_T_STRING) += (u32)strlen(value) + 1;
    return at;
}

u32 fake_cpu(void)
{
    return COUNT(CONF_T_CPU)++;
}

u32 fake_plan(u32 cpu, u64 frame)
{
    u32 index = COUNT(CONF_T_PLAN)++;
    char name[CONF_NAME_MAX + 1] = "plan0";

    if (!conf.cpu[cpu].n_plans)
        conf.cpu[cpu].first_plan = index;
    name[4] = (char)('0' + conf.cpu[cpu].n_plans++);
    conf.plan[index] = (struct conf_plan){
        .name = text(name), .cpu = cpu, .first_span = COUNT(CONF_T_SPAN), .frame = frame};
    return index;
}

void fake_span(u64 end, u32 vcpu, u32 slot_id)
{
    struct conf_plan *plan = &conf.plan[COUNT(CONF_T_PLAN) - 1];
    struct conf_span *span = &conf.span[COUNT(CONF_T_SPAN)];
    u64 start = plan->n_spans ? span[-1].end : 0;
    u32 slots = 0;

    for (u32 i = 0; i < plan->n_spans; i++)
        slots += conf.span[plan->first_span + i].vcpu != CONF_NONE;
    *span = (struct conf_span){.start = start, .end = end, .vcpu = vcpu};
    if (vcpu != CONF_NONE) {
        span->slot_id = slot_id;
        span->slot_index = slots;
        span->slot_us = (u32)((end - start) / 1000);
    }
    COUNT(CONF_T_SPAN)++;
    plan->n_spans++;
}

u32 fake_partition(const char *name, u32 flags, u32 n_vcpus)
{
    u32 id = COUNT(CONF_T_PARTITION)++;

    conf.partition[id] = (struct conf_partition){.name = text(name),
                                                 .flags = flags,
                                                 .first_vcpu = COUNT(CONF_T_VCPU),
                                                 .n_vcpus = n_vcpus,
                                                 .first_area = COUNT(CONF_T_AREA),
                                                 .first_port = COUNT(CONF_T_PORT),
                                                 .first_health = COUNT(CONF_T_HEALTH),
                                                 .console = CONF_NONE,
                                                 .trace = CONF_NONE};
    for (u32 i = 0; i < n_vcpus; i++)
        conf.vcpu[COUNT(CONF_T_VCPU)++] = (struct conf_vcpu){id, i, CONF_NONE, 0};
    for (u32 i = 0; i < CONF_HM_EVENTS; i++)
        fake_health(id, i, PRTOS_HM_AC_PARTITION_HALT, 0);
    COUNT(CONF_T_HEALTH) += CONF_HM_EVENTS;
    return id;
}

void fake_region(u64 start, u64 size, u32 type)
{
    conf.region[COUNT(CONF_T_REGION)++] = (struct conf_region){start, size, type, 0};
}

u32 fake_area(u64 start, u64 size, u64 mapped_at, u32 flags)
{
    u32 index = COUNT(CONF_T_AREA)++;

    conf.area[index] = (struct conf_area){start, size, mapped_at, flags, text("area")};
    conf.partition[COUNT(CONF_T_PARTITION) - 1].n_areas++;
    return index;
}

u32 fake_port(const char *name, u32 type, u32 direction)
{
    u32 index = COUNT(CONF_T_PORT)++;
    u32 id = COUNT(CONF_T_PARTITION) - 1;

    conf.port[index] = (struct conf_port){.partition = id,
                                          .number = conf.partition[id].n_ports++,
                                          .name = text(name),
                                          .type = type,
                                          .direction = direction,
                                          .channel = CONF_NONE};
    return index;
}

u32 fake_channel(u32 type, u32 message_size, u32 n_messages, u64 valid_period, u32 source,
                 const u32 *dests, u32 n_dests)
{
    u32 index = COUNT(CONF_T_CHANNEL)++;

    conf.channel[index] = (struct conf_channel){.type = type,
                                                .message_size = message_size,
                                                .n_messages = n_messages,
                                                .source = source,
                                                .first_dest = COUNT(CONF_T_DEST),
                                                .n_dests = n_dests,
                                                .valid_period = valid_period};
    conf.port[source].channel = index;
    for (u32 i = 0; i < n_dests; i++) {
        conf.dest[COUNT(CONF_T_DEST)++] = dests[i];
        conf.port[dests[i]].channel = index;
        conf.port[dests[i]].position = i;
    }
    return index;
}

u32 fake_ipvi(u32 source, u32 number, const u32 *targets, u32 n_targets)
{
    u32 index = COUNT(CONF_T_IPVI)++;

    conf.ipvi[index] = (struct conf_ipvi){source, number, COUNT(CONF_T_TARGET), n_targets};
    for (u32 i = 0; i < n_targets; i++)
        conf.target[COUNT(CONF_T_TARGET)++] = targets[i];
    return index;
}

u32 fake_device(u32 type, u32 id, u64 start, u64 size)
{
    u32 index = COUNT(CONF_T_DEVICE)++;

    conf.device[index] = (struct conf_device){type, id, text("device"), 115200, start, size};
    return index;
}

void fake_health(u32 partition, u32 event, u32 action, u32 log)
{
    u32 row = partition == CONF_NONE ? 0 : conf.partition[partition].first_health;

    conf.health[row + event] = (struct conf_health){(u16)action, (u16)log};
}

/* Each vCPU belongs to the CPU whose spans name it. */
static void vcpus_place(void)
{
    for (u32 i = 0; i < COUNT(CONF_T_PLAN); i++)
        for (u32 j = 0; j < conf.plan[i].n_spans; j++) {
            u32 vcpu = conf.span[conf.plan[i].first_span + j].vcpu;

            if (vcpu != CONF_NONE)
                conf.vcpu[vcpu].cpu = conf.plan[i].cpu;
        }
}

void fake_boot(void)
{
    struct conf_pool_need need;
    struct conf_pool pool;

    vcpus_place();
    assert_int_equal(fake_budget, 1);
    conf_pool_need_of(&conf.header, &need);
    conf_pool_layout(&need, &pool);
    free(pools);
    pools = aligned_alloc(CONF_PAGE, pool.total);
    assert_non_null(pools);
    memset(pools, 0, pool.total);
    console_pending = 0;
    clock_start(fake_count, 1000000);
    setup_pools(&conf.header, pools, &pool);
}

void fake_start(struct vcpu *vcpu)
{
    vcpu->partition->loaded = true;
    vcpu_start(vcpu, 0x6000000, 0, 0);
}

void fake_one_cpu(void)
{
    fake_reset();
    fake_cpu();
    fake_plan(0, 1000000);
    fake_span(1000000, 0, 0);
}
