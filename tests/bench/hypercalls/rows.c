/* SPDX-License-Identifier: Apache-2.0 */
/* The calls that every architecture has, and all operations and commands of the objects. */
#include "rows.h"
#include <bail.h>
#include <string.h>

extern struct prtos_image_hdr prtos_image_hdr;

#define AT(thing) ((prtos_word_t)(thing))
#define SELF 0
#define BELOW 16 /* no partition's memory */
#define WHOLE_IRQS (1u << PRTOS_VT_EXT_IPVI7)
#define TRACE OBJDESC_BUILD(OBJ_CLASS_TRACE, SELF, 0)
#define TRACE_NOBODY OBJDESC_BUILD(OBJ_CLASS_TRACE, NOBODY, 0)
#define HM OBJDESC_BUILD(OBJ_CLASS_HM, PRTOS_HYPERVISOR_ID, 0)
#define HM_OTHER OBJDESC_BUILD(OBJ_CLASS_HM, OTHER, 0)
#define STATUS(id) OBJDESC_BUILD(OBJ_CLASS_STATUS, id, 0)
#define MEM OBJDESC_BUILD(OBJ_CLASS_MEM, SELF, 0)
#define SAMPLING(id) OBJDESC_BUILD(OBJ_CLASS_SAMPLING_PORT, SELF, id)
#define QUEUING(id) OBJDESC_BUILD(OBJ_CLASS_QUEUING_PORT, SELF, id)
#define NOWHERE 99 /* no port */

static char buffer[256] = "a line of sixty-four characters that the console has to take now";
static prtos_u32_t batch[] = {set_irqpend_nr, 2, 0, 0, set_irqpend_nr, 2, 0, 0};
static prtos_time_t time;
static prtos_u32_t flags, all = TRACE_BM_ALWAYS, previous;
static char name[16] = "other", nobody[16] = "nobody";
static prtos_trace_event_t event;
static prtos_hm_log_t entry;
static prtos_trace_status_t trace_status;
static prtos_hm_status_t hm_status;
static prtos_sampling_port_status_t sampling_status;
static prtos_queuing_port_status_t queuing_status;
static prtos_sampling_port_info_t sampling_info = {"so"}, no_sampling = {"xx"};
static prtos_queuing_port_info_t queuing_info = {"qo"}, no_queuing = {"xx"};
static struct prtos_create_sampling_port create_sampling = {"xx", SMALL, PRTOS_SOURCE_PORT, 0};
static struct prtos_create_queuing_port create_queuing = {"xx", 4, SMALL, PRTOS_SOURCE_PORT};
static union mem_cmd copy = {{SELF, 0, SELF, 0, SMALL}}, bad_copy = {{SELF, BELOW, SELF, 0, SMALL}};
static union status_fmd status;
static prtos_u32_t mode = PRTOS_OPMODE_NORMAL;
static prtos_phys_page_status_t page_status, no_page;

/* Ports by the order in which they are opened: so, si, qo, qi. */
#define WRITE_SAMPLING                                                                             \
    {                                                                                              \
        write_object_nr,                                                                           \
        {                                                                                          \
            SAMPLING(0), AT(buffer), SMALL, 0                                                      \
        }                                                                                          \
    }
#define SEND                                                                                       \
    {                                                                                              \
        write_object_nr,                                                                           \
        {                                                                                          \
            QUEUING(2), AT(buffer), SMALL, 0                                                       \
        }                                                                                          \
    }
#define RECEIVE                                                                                    \
    {                                                                                              \
        read_object_nr,                                                                            \
        {                                                                                          \
            QUEUING(3), AT(buffer), SMALL, 0                                                       \
        }                                                                                          \
    }
#define TRACE_ONE                                                                                  \
    {                                                                                              \
        write_object_nr,                                                                           \
        {                                                                                          \
            TRACE, AT(&event), sizeof(event), AT(&all)                                             \
        }                                                                                          \
    }

struct row rows[] = {
    {"0", multicall_nr, {AT(batch), AT(batch) + sizeof(batch)}, {AT(batch) + 8, AT(batch)}},
    {"1", halt_partition_nr, {OTHER}, {NOBODY}, 0, {0}, {reset_partition_nr, {OTHER, 1, 0}}},
    {"2", suspend_partition_nr, {OTHER}, {NOBODY}, 0, {0}, {resume_partition_nr, {OTHER}}},
    {"3", resume_partition_nr, {OTHER}, {NOBODY}, 0, {suspend_partition_nr, {OTHER}}},
    {"4", reset_partition_nr, {OTHER, 1, 0}, {NOBODY, 1, 0}},
    {"5", shutdown_partition_nr, {OTHER}, {NOBODY}},
    {"6", halt_system_nr, {0}, {0}, ROW_NEVER_REFUSED | ROW_NEVER_VALID},
    {"7", reset_system_nr, {0}, {9}, ROW_NEVER_VALID},
    {"8", idle_self_nr, {0}, {0}, ROW_NEVER_REFUSED | ROW_NEVER_VALID},
    {"9", get_time_nr, {PRTOS_HW_CLOCK, AT(&time)}, {9, AT(&time)}},
    {"15", clear_irqmask_nr, {0, WHOLE_IRQS}, {0}, ROW_NEVER_REFUSED},
    {"16", set_irqmask_nr, {0, WHOLE_IRQS}, {0}, ROW_NEVER_REFUSED},
    {"17", set_irqpend_nr, {0, WHOLE_IRQS}, {0}, ROW_NEVER_REFUSED},
    {"18", clear_irqpend_nr, {0, WHOLE_IRQS}, {0}, ROW_NEVER_REFUSED},
    {"19", route_irq_nr, {PRTOS_EXTIRQ_TYPE, 9, 233}, {9, 9, 233}},
    {"23", raise_ipvi_nr, {PRTOS_VT_EXT_IPVI0}, {0}},
    {"24", raise_partition_ipvi_nr, {OTHER, PRTOS_VT_EXT_IPVI1}, {NOBODY, PRTOS_VT_EXT_IPVI1}},
    {"26", switch_sched_plan_nr, {1, AT(&previous)}, {9, AT(&previous)}},
    {"27",
     get_gid_by_name_nr,
     {AT(name), PRTOS_PARTITION_NAME},
     {AT(nobody), PRTOS_PARTITION_NAME}},
    {"28", reset_vcpu_nr, {1, 0, AT(start), 0}, {NOBODY, 0, 0, 0}},
    {"29", halt_vcpu_nr, {1}, {NOBODY}, 0, {0}, {reset_vcpu_nr, {1, 0, AT(start), 0}}},
    {"30", suspend_vcpu_nr, {1}, {NOBODY}, 0, {0}, {resume_vcpu_nr, {1}}},
    {"31", resume_vcpu_nr, {1}, {NOBODY}, 0, {suspend_vcpu_nr, {1}}},
    {"32", get_vcpuid_nr, {0}, {0}, ROW_NEVER_REFUSED},
    {"48", wait_irq_nr, {0}, {0}, ROW_NEVER_REFUSED | ROW_NEVER_VALID},
    {"12.1",
     write_object_nr,
     {OBJDESC_BUILD(OBJ_CLASS_CONSOLE, SELF, 0), AT(buffer), SMALL, 0},
     {OBJDESC_BUILD(OBJ_CLASS_CONSOLE, SELF, 0), BELOW, SMALL, 0}},
    {"12.2",
     write_object_nr,
     {TRACE, AT(&event), sizeof(event), AT(&all)},
     {TRACE_NOBODY, AT(&event), sizeof(event), AT(&all)}},
    {"11.2",
     read_object_nr,
     {TRACE, AT(&event), sizeof(event), 0},
     {TRACE_NOBODY, AT(&event), sizeof(event), 0},
     0,
     TRACE_ONE},
    {"13.2", seek_object_nr, {TRACE, 0, PRTOS_OBJ_SEEK_SET}, {TRACE_NOBODY, 0, PRTOS_OBJ_SEEK_SET}},
    {"14.2.0",
     ctrl_object_nr,
     {TRACE, PRTOS_TRACE_GET_STATUS, AT(&trace_status)},
     {TRACE_NOBODY, PRTOS_TRACE_GET_STATUS, AT(&trace_status)}},
    {"14.2.1", ctrl_object_nr, {TRACE, PRTOS_TRACE_LOCK, 0}, {TRACE_NOBODY, PRTOS_TRACE_LOCK, 0}},
    {"14.2.2",
     ctrl_object_nr,
     {TRACE, PRTOS_TRACE_UNLOCK, 0},
     {TRACE_NOBODY, PRTOS_TRACE_UNLOCK, 0}},
    {"14.2.3",
     ctrl_object_nr,
     {TRACE, PRTOS_TRACE_RESET, 0},
     {TRACE_NOBODY, PRTOS_TRACE_RESET, 0},
     0,
     TRACE_ONE},
    {"12.3",
     write_object_nr,
     {SAMPLING(0), AT(buffer), SMALL, 0},
     {SAMPLING(NOWHERE), AT(buffer), SMALL, 0}},
    {"11.3",
     read_object_nr,
     {SAMPLING(1), AT(buffer), SMALL, AT(&flags)},
     {SAMPLING(NOWHERE), AT(buffer), SMALL, AT(&flags)},
     0,
     WRITE_SAMPLING},
    {"14.3.0",
     ctrl_object_nr,
     {0},
     {SAMPLING(0), PRTOS_COMM_CREATE_PORT, AT(&create_sampling)},
     ROW_NEVER_VALID},
    {"14.3.1",
     ctrl_object_nr,
     {SAMPLING(0), PRTOS_COMM_GET_PORT_STATUS, AT(&sampling_status)},
     {SAMPLING(NOWHERE), PRTOS_COMM_GET_PORT_STATUS, AT(&sampling_status)}},
    {"14.3.2",
     ctrl_object_nr,
     {SAMPLING(0), PRTOS_COMM_GET_PORT_INFO, AT(&sampling_info)},
     {SAMPLING(0), PRTOS_COMM_GET_PORT_INFO, AT(&no_sampling)}},
    {"12.4",
     write_object_nr,
     {QUEUING(2), AT(buffer), SMALL, 0},
     {QUEUING(NOWHERE), AT(buffer), SMALL, 0},
     0,
     {0},
     RECEIVE},
    {"11.4",
     read_object_nr,
     {QUEUING(3), AT(buffer), SMALL, 0},
     {QUEUING(NOWHERE), AT(buffer), SMALL, 0},
     0,
     SEND},
    {"14.4.0",
     ctrl_object_nr,
     {0},
     {QUEUING(0), PRTOS_COMM_CREATE_PORT, AT(&create_queuing)},
     ROW_NEVER_VALID},
    {"14.4.1",
     ctrl_object_nr,
     {QUEUING(2), PRTOS_COMM_GET_PORT_STATUS, AT(&queuing_status)},
     {QUEUING(NOWHERE), PRTOS_COMM_GET_PORT_STATUS, AT(&queuing_status)}},
    {"14.4.2",
     ctrl_object_nr,
     {QUEUING(2), PRTOS_COMM_GET_PORT_INFO, AT(&queuing_info)},
     {QUEUING(2), PRTOS_COMM_GET_PORT_INFO, AT(&no_queuing)}},
    {"14.5.1",
     ctrl_object_nr,
     {MEM, PRTOS_OBJ_MEM_CPY_AREA, AT(&copy)},
     {MEM, PRTOS_OBJ_MEM_CPY_AREA, AT(&bad_copy)}},
    {"11.6",
     read_object_nr,
     {HM, AT(&entry), sizeof(entry), 0},
     {HM_OTHER, AT(&entry), sizeof(entry), 0},
     0,
     {seek_object_nr, {HM, 0, PRTOS_OBJ_SEEK_SET}}},
    {"13.6", seek_object_nr, {HM, 0, PRTOS_OBJ_SEEK_SET}, {HM_OTHER, 0, PRTOS_OBJ_SEEK_SET}},
    {"14.6.0",
     ctrl_object_nr,
     {HM, PRTOS_HM_GET_STATUS, AT(&hm_status)},
     {HM_OTHER, PRTOS_HM_GET_STATUS, AT(&hm_status)}},
    {"14.6.1", ctrl_object_nr, {HM, PRTOS_HM_LOCK_EVENTS, 0}, {HM_OTHER, PRTOS_HM_LOCK_EVENTS, 0}},
    {"14.6.2",
     ctrl_object_nr,
     {HM, PRTOS_HM_UNLOCK_EVENTS, 0},
     {HM_OTHER, PRTOS_HM_UNLOCK_EVENTS, 0}},
    {"14.6.3",
     ctrl_object_nr,
     {HM, PRTOS_HM_RESET_EVENTS, 0},
     {HM_OTHER, PRTOS_HM_RESET_EVENTS, 0}},
    {"14.7.0",
     ctrl_object_nr,
     {STATUS(OTHER), PRTOS_GET_SYSTEM_STATUS, AT(&status)},
     {STATUS(NOBODY), PRTOS_GET_SYSTEM_STATUS, AT(&status)}},
    {"14.7.1",
     ctrl_object_nr,
     {STATUS(SELF), PRTOS_GET_SCHED_PLAN_STATUS, AT(&status)},
     {STATUS(SELF), PRTOS_GET_SCHED_PLAN_STATUS, BELOW}},
    {"14.7.2",
     ctrl_object_nr,
     {STATUS(SELF), PRTOS_SET_PARTITION_OPMODE, AT(&mode)},
     {STATUS(NOBODY), PRTOS_SET_PARTITION_OPMODE, AT(&mode)}},
    {"14.7.3",
     ctrl_object_nr,
     {STATUS(SELF), PRTOS_GET_PHYSPAGE_STATUS, AT(&page_status)},
     {STATUS(SELF), PRTOS_GET_PHYSPAGE_STATUS, AT(&no_page)}},
    {"14.7.4",
     ctrl_object_nr,
     {STATUS(SELF), PRTOS_GET_VCPU_STATUS, AT(&status)},
     {STATUS(NOBODY), PRTOS_GET_VCPU_STATUS, AT(&status)}},
};
const prtos_u32_t n_rows = sizeof(rows) / sizeof(rows[0]);

void rows_prepare(void)
{
    prtos_u32_t i;

    prtos_create_sampling_port("so", SMALL, PRTOS_SOURCE_PORT, PRTOS_INFINITE_TIME);
    prtos_create_sampling_port("si", SMALL, PRTOS_DESTINATION_PORT, PRTOS_INFINITE_TIME);
    prtos_create_queuing_port("qo", 4, SMALL, PRTOS_SOURCE_PORT);
    prtos_create_queuing_port("qi", 4, SMALL, PRTOS_DESTINATION_PORT);
    copy.cpy_area.dst_addr = AT(buffer) + 128;
    copy.cpy_area.src_addr = bad_copy.cpy_area.src_addr = AT(buffer);
    page_status.p_addr = AT(buffer) & ~(prtos_word_t)4095;
    no_page.p_addr = BELOW;
    for (i = 0; i < n_rows; i++) {
        if (rows[i].nr == reset_vcpu_nr)
            rows[i].valid[1] = (prtos_word_t)prtos_image_hdr.page_table;
        if (rows[i].after.nr == reset_vcpu_nr)
            rows[i].after.args[1] = (prtos_word_t)prtos_image_hdr.page_table;
    }
}

/* The plan that does not run is asked for. */
void rows_round(void)
{
    prtos_u32_t i;

    prtos_get_plan_status(&status.plan);
    for (i = 0; i < n_rows; i++)
        if (rows[i].nr == switch_sched_plan_nr)
            rows[i].valid[0] = 1 - (prtos_word_t)status.plan.current;
}
