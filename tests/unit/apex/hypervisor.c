/* SPDX-License-Identifier: Apache-2.0 */
/* The hypervisor of the APEX tests: libprtos's functions, each as its contract says. */
#include <comm.h>
#include <status.h>
#include <trace.h>

#include "apex_host.h"

struct host_hypervisor host_hypervisor;
partition_control_table_t host_pct;
partition_control_table_t *prtos_only_pct = &host_pct;
struct lib_prtos_params lib_prtos_params;
int host_monitor_ends;
char host_diary[64];
PROCESS_ID_TYPE high, middle, low;

void host_port_reset(void);
void host_queue_changed(void);

#define VALID_US 5000
#define SIZE 8u
#define ROOM 2u

struct queue {
    unsigned used;
    struct {
        prtos_u32_t size;
        char bytes[SIZE];
    } message[ROOM];
};
static struct queue out_queue, in_queue;
static struct {
    prtos_u32_t size;
    rtos_time_t at;
    char bytes[SIZE];
} out_sample, in_sample;
static int open_ports;

static struct prtos_physical_mem_map areas[] = {
    {.name = "code", .mapped_at = 0x1000, .size = 0x2000},
    {.name = "", .mapped_at = 0x4000, .size = 0x1000, .flags = 0},
    {.name = "Pool", .mapped_at = 0x5000, .size = 0x3000, .flags = PRTOS_MEM_AREA_TAGGED},
    {.name = "table",
     .mapped_at = 0x8000,
     .size = 0x1000,
     .flags = PRTOS_MEM_AREA_TAGGED | PRTOS_MEM_AREA_READONLY},
};

static void class_clear(const struct apex_class *class)
{
    if (class)
        memset(class->table, 0, class->item * class->limit);
}

void host_reset(void)
{
    const struct apex_class *const classes[] = {
        &apex_processes, &apex_buffers, &apex_blackboards,    &apex_semaphores,
        &apex_events,    &apex_mutexes, &apex_sampling_ports, &apex_queuing_ports};

    host_port_reset();
    memset(&apex_state, 0, sizeof(apex_state));
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
        class_clear(classes[i]);
    if (&apex_handler_room)
        memset(apex_handler_room.handler, 0, sizeof(*apex_handler_room.handler));
    memset(&host_hypervisor, 0, sizeof(host_hypervisor));
    host_hypervisor.prev_plan = host_hypervisor.next_plan = -1;
    memset(&host_pct, 0, sizeof(host_pct));
    host_pct.id = 3;
    host_pct.num_of_vcpus = 1;
    host_pct.num_of_physical_mem_areas = sizeof(areas) / sizeof(areas[0]);
    lib_prtos_params.part_ctrl_table[0] = &host_pct;
    lib_prtos_params.part_mem_map[0] = areas;
    memset(&out_queue, 0, sizeof(out_queue));
    memset(&in_queue, 0, sizeof(in_queue));
    memset(&out_sample, 0, sizeof(out_sample));
    memset(&in_sample, 0, sizeof(in_sample));
    open_ports = 0;
    host_monitor_ends = 0;
    host_diary[0] = 0;
}

prtos_s32_t prtos_halt_partition(prtos_u32_t id)
{
    assert_int_equal(id, 3);
    host_hypervisor.halts++;
    host_end();
}

prtos_s32_t prtos_reset_partition(prtos_u32_t id, prtos_u32_t mode, prtos_u32_t status)
{
    assert_int_equal(id, 3);
    host_hypervisor.resets++;
    host_hypervisor.reset_mode = mode;
    host_hypervisor.reset_status = status;
    host_end();
}

prtos_s32_t prtos_clear_irqpend(prtos_u32_t hw, prtos_u32_t ext)
{
    assert_int_equal(hw, 0);
    assert_int_equal(ext, 1u << PRTOS_VT_EXT_CYCLIC_SLOT_START);
    return PRTOS_OK;
}

prtos_s32_t prtos_trace_event(prtos_u32_t bitmask, prtos_trace_event_t *event)
{
    assert_int_equal(bitmask, TRACE_BM_ALWAYS);
    if ((event->op_code_hi & TRACE_OPCODE_CRIT_MASK) >> TRACE_OPCODE_CRIT_BIT ==
        PRTOS_TRACE_UNRECOVERABLE) {
        host_hypervisor.n_errors++;
        for (int i = 0; i < 3; i++)
            host_hypervisor.error[i] = (prtos_u32_t)event->payload[i];
        if (host_monitor_ends)
            host_end();
    } else {
        memcpy(host_hypervisor.report + host_hypervisor.n_reports++ * sizeof(event->payload),
               event->payload, sizeof(event->payload));
    }
    return PRTOS_OK;
}

prtos_s32_t prtos_switch_sched_plan(prtos_u32_t plan, prtos_u32_t *before)
{
    if (!host_hypervisor.is_system)
        return PRTOS_PERM_ERROR;
    if ((prtos_s32_t)plan == host_hypervisor.plan)
        return PRTOS_NO_ACTION;
    if (plan < 1 || plan > 2)
        return PRTOS_INVALID_PARAM;
    *before = (prtos_u32_t)host_hypervisor.plan;
    host_hypervisor.next_plan = (prtos_s32_t)plan;
    return PRTOS_OK;
}

prtos_s32_t prtos_get_plan_status(prtos_plan_status_t *status)
{
    if (!host_hypervisor.is_system)
        return PRTOS_PERM_ERROR;
    status->switch_time = 77;
    status->current = host_hypervisor.plan;
    status->next = host_hypervisor.next_plan;
    status->prev = host_hypervisor.prev_plan;
    return PRTOS_OK;
}

prtos_s32_t prtos_get_gid_by_name(prtos_u8_t *name, prtos_u32_t entity)
{
    assert_int_equal(entity, PRTOS_PLAN_NAME);
    return strcmp((char *)name, "climb") ? PRTOS_INVALID_CONFIG : 2;
}

/* Ports by name: the id, or the contract's errors. */
static prtos_s32_t port_open(const char *name, const char *source, const char *destination, int id,
                             prtos_u32_t direction, int fits)
{
    int is_source = !strcmp(name, source);

    if (!is_source && strcmp(name, destination))
        return PRTOS_INVALID_PARAM;
    if (direction != (is_source ? PRTOS_SOURCE_PORT : PRTOS_DESTINATION_PORT))
        return PRTOS_INVALID_CONFIG;
    id += !is_source;
    if (open_ports >> id & 1)
        return PRTOS_NO_ACTION;
    if (!fits)
        return PRTOS_INVALID_CONFIG;
    open_ports |= 1 << id;
    return id;
}

prtos_s32_t prtos_create_sampling_port(char *name, prtos_u32_t max_size, prtos_u32_t direction,
                                       prtos_time_t valid_period)
{
    return port_open(name, "OUT", "IN", 1, direction, max_size == SIZE && valid_period == VALID_US);
}

prtos_s32_t prtos_get_sampling_port_info(char *name, prtos_sampling_port_info_t *info)
{
    if (strcmp(name, "OUT") && strcmp(name, "IN"))
        return PRTOS_INVALID_PARAM;
    info->valid_period = VALID_US;
    return PRTOS_OK;
}

prtos_s32_t prtos_write_sampling_message(prtos_s32_t port, void *buffer, prtos_u32_t size)
{
    assert_int_equal(port, 1);
    out_sample.size = size;
    memcpy(out_sample.bytes, buffer, size);
    return PRTOS_OK;
}

static int in_is_valid(void)
{
    return in_sample.size && in_sample.at + RTOS_US(VALID_US) > host_port.now;
}

prtos_s32_t prtos_read_sampling_message(prtos_s32_t port, void *buffer, prtos_u32_t size,
                                        prtos_u32_t *flags)
{
    assert_int_equal(port, 2);
    assert_int_equal(size, SIZE);
    memcpy(buffer, in_sample.bytes, in_sample.size);
    *flags = in_is_valid() ? PRTOS_COMM_MSG_VALID : 0;
    return (prtos_s32_t)in_sample.size;
}

prtos_s32_t prtos_get_sampling_port_status(prtos_u32_t port, prtos_sampling_port_status_t *status)
{
    status->flags = port == 2 && in_is_valid() ? PRTOS_COMM_MSG_VALID : 0;
    return PRTOS_OK;
}

void host_sampling_write(const void *message, prtos_u32_t size)
{
    in_sample.size = size;
    in_sample.at = host_port.now;
    memcpy(in_sample.bytes, message, size);
}

prtos_u32_t host_sampling_written(void *message)
{
    memcpy(message, out_sample.bytes, out_sample.size);
    return out_sample.size;
}

prtos_s32_t prtos_create_queuing_port(char *name, prtos_u32_t max_msgs, prtos_u32_t max_size,
                                      prtos_u32_t direction)
{
    return port_open(name, "QOUT", "QIN", 3, direction, max_msgs == ROOM && max_size == SIZE);
}

static prtos_s32_t queue_put(struct queue *queue, const void *message, prtos_u32_t size)
{
    if (queue->used == ROOM)
        return PRTOS_OP_NOT_ALLOWED;
    queue->message[queue->used].size = size;
    memcpy(queue->message[queue->used++].bytes, message, size);
    return PRTOS_OK;
}

static prtos_s32_t queue_take(struct queue *queue, void *message, prtos_u32_t room)
{
    prtos_u32_t size = queue->message[0].size;

    if (!queue->used)
        return PRTOS_OP_NOT_ALLOWED;
    if (size > room)
        size = room;
    memcpy(message, queue->message[0].bytes, size);
    memmove(&queue->message[0], &queue->message[1], sizeof(queue->message[0]));
    queue->used--;
    return (prtos_s32_t)size;
}

prtos_s32_t prtos_send_queuing_message(prtos_s32_t port, void *buffer, prtos_u32_t size)
{
    assert_int_equal(port, 3);
    return queue_put(&out_queue, buffer, size);
}

prtos_s32_t prtos_receive_queuing_message(prtos_s32_t port, void *buffer, prtos_u32_t size)
{
    assert_int_equal(port, 4);
    return queue_take(&in_queue, buffer, size);
}

prtos_s32_t prtos_get_queuing_port_status(prtos_u32_t port, prtos_queuing_port_status_t *status)
{
    status->num_of_msgs = port == 3 ? out_queue.used : in_queue.used;
    return PRTOS_OK;
}

int host_queue_fill(const void *message, prtos_u32_t size)
{
    return queue_put(&in_queue, message, size);
}

int host_queue_put(const void *message, prtos_u32_t size)
{
    prtos_s32_t result = queue_put(&in_queue, message, size);

    host_queue_changed();
    return result;
}

int host_queue_take(void *message)
{
    prtos_s32_t result = queue_take(&out_queue, message, SIZE);

    host_queue_changed();
    return result;
}

prtos_id_t prtos_get_vcpuid(void)
{
    return 0;
}
