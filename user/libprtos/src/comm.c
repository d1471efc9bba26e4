/* SPDX-License-Identifier: Apache-2.0 */
/* Sampling and queuing ports as functions. A port number that does not fit a descriptor would name
 * another port: it is refused here. */
#include "libprtos.h"

#define IS_PORT(port) ((prtos_u32_t)(port) <= OBJDESC_ID_MASK)

static __inline__ prtos_s32_t message_call(prtos_u32_t class, prtos_s32_t port, void *buffer,
                                           prtos_u32_t size, prtos_u32_t *flags, prtos_u32_t nr)
{
    prtos_s32_t result;

    if (!IS_PORT(port))
        return PRTOS_INVALID_PARAM;
    _PRTOS_HCALL4(PRTOS_SELF_DESC(class, port), buffer, size, flags, nr, result);
    return result;
}

/* Apart, so that the others, which call nothing, have no frame on the stack. */
static __attribute__((noinline, cold)) prtos_s32_t
message_behind_batch(prtos_u32_t class, prtos_s32_t port, void *buffer, prtos_u32_t size,
                     prtos_u32_t *flags, prtos_u32_t nr)
{
    PRTOS_FLUSH_FIRST;
    return message_call(class, port, buffer, size, flags, nr);
}

static __inline__ prtos_s32_t message(prtos_u32_t class, prtos_s32_t port, void *buffer,
                                      prtos_u32_t size, prtos_u32_t *flags, prtos_u32_t nr)
{
    if (__builtin_expect(prtos_batch_used != 0, 0))
        return message_behind_batch(class, port, buffer, size, flags, nr);
    return message_call(class, port, buffer, size, flags, nr);
}

static prtos_s32_t port_ctrl(prtos_u32_t class, prtos_u32_t port, prtos_u32_t cmd, void *arg)
{
    if (!arg || !IS_PORT(port))
        return PRTOS_INVALID_PARAM;
    return prtos_ctrl_object(PRTOS_SELF_DESC(class, port), cmd, arg);
}

prtos_s32_t prtos_create_sampling_port(char *name, prtos_u32_t max_size, prtos_u32_t direction,
                                       prtos_time_t valid_period)
{
    union sampling_port_cmd cmd;

    cmd.create.port_name = name;
    cmd.create.max_msg_size = max_size;
    cmd.create.direction = direction;
    cmd.create.valid_period = valid_period;
    return port_ctrl(OBJ_CLASS_SAMPLING_PORT, 0, PRTOS_COMM_CREATE_PORT, &cmd);
}

prtos_s32_t prtos_read_sampling_message(prtos_s32_t port, void *buffer, prtos_u32_t size,
                                        prtos_u32_t *flags)
{
    return message(OBJ_CLASS_SAMPLING_PORT, port, buffer, size, flags, read_object_nr);
}

prtos_s32_t prtos_write_sampling_message(prtos_s32_t port, void *buffer, prtos_u32_t size)
{
    return message(OBJ_CLASS_SAMPLING_PORT, port, buffer, size, 0, write_object_nr);
}

prtos_s32_t prtos_get_sampling_port_status(prtos_u32_t port, prtos_sampling_port_status_t *status)
{
    return port_ctrl(OBJ_CLASS_SAMPLING_PORT, port, PRTOS_COMM_GET_PORT_STATUS, status);
}

prtos_s32_t prtos_get_sampling_port_info(char *name, prtos_sampling_port_info_t *info)
{
    if (!info)
        return PRTOS_INVALID_PARAM;
    info->port_name = name;
    return port_ctrl(OBJ_CLASS_SAMPLING_PORT, 0, PRTOS_COMM_GET_PORT_INFO, info);
}

prtos_s32_t prtos_create_queuing_port(char *name, prtos_u32_t max_msgs, prtos_u32_t max_size,
                                      prtos_u32_t direction)
{
    union queuing_port_cmd cmd;

    cmd.create.port_name = name;
    cmd.create.max_num_of_msgs = max_msgs;
    cmd.create.max_msg_size = max_size;
    cmd.create.direction = direction;
    return port_ctrl(OBJ_CLASS_QUEUING_PORT, 0, PRTOS_COMM_CREATE_PORT, &cmd);
}

prtos_s32_t prtos_send_queuing_message(prtos_s32_t port, void *buffer, prtos_u32_t size)
{
    return message(OBJ_CLASS_QUEUING_PORT, port, buffer, size, 0, write_object_nr);
}

prtos_s32_t prtos_receive_queuing_message(prtos_s32_t port, void *buffer, prtos_u32_t size)
{
    return message(OBJ_CLASS_QUEUING_PORT, port, buffer, size, 0, read_object_nr);
}

prtos_s32_t prtos_get_queuing_port_status(prtos_u32_t port, prtos_queuing_port_status_t *status)
{
    return port_ctrl(OBJ_CLASS_QUEUING_PORT, port, PRTOS_COMM_GET_PORT_STATUS, status);
}

prtos_s32_t prtos_get_queuing_port_info(char *name, prtos_queuing_port_info_t *info)
{
    if (!info)
        return PRTOS_INVALID_PARAM;
    info->port_name = name;
    return port_ctrl(OBJ_CLASS_QUEUING_PORT, 0, PRTOS_COMM_GET_PORT_INFO, info);
}
