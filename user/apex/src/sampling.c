/* SPDX-License-Identifier: Apache-2.0 */
/* Sampling ports: the hypervisor's, opened before NORMAL. Validity is the hypervisor's judgement.
 * */
#include <comm.h>

#include "parts.h"

static struct apex_sampling_port *port_get(SAMPLING_PORT_ID_TYPE id)
{
    return apex_object_get(&apex_sampling_ports, id);
}

/* The period in the system description's unit. */
static prtos_time_t period_us(SYSTEM_TIME_TYPE refresh)
{
    if (refresh == INFINITE_TIME_VALUE)
        return PRTOS_INFINITE_TIME;
    return (prtos_time_t)((prtos_u64_t)refresh / NS_IN_US);
}

/* The hypervisor knows the period at both ends of a channel, the standard at its destinations. */
static RETURN_CODE_TYPE port_open(struct apex_sampling_port *port, char *name,
                                  SYSTEM_TIME_TYPE refresh)
{
    prtos_sampling_port_info_t info;
    prtos_time_t period = period_us(refresh);

    if (port->direction == SOURCE) {
        if (prtos_get_sampling_port_info(name, &info) != PRTOS_OK)
            return INVALID_CONFIG;
        period = info.valid_period;
    }
    port->port = prtos_create_sampling_port(
        name, (prtos_u32_t)port->size,
        port->direction == SOURCE ? PRTOS_SOURCE_PORT : PRTOS_DESTINATION_PORT, period);
    return port->port < 0 ? INVALID_CONFIG : NO_ERROR;
}

static RETURN_CODE_TYPE port_create(char *name, MESSAGE_SIZE_TYPE size,
                                    PORT_DIRECTION_TYPE direction, SYSTEM_TIME_TYPE refresh,
                                    SAMPLING_PORT_ID_TYPE *id)
{
    struct apex_sampling_port *port;
    char terminated[MAX_NAME_LENGTH + 1];
    RETURN_CODE_TYPE code = apex_object_place(&apex_sampling_ports, name, &port);

    if (code == NO_ACTION || code == INVALID_CONFIG)
        return code;
    if (size < 1 || size > SYSTEM_LIMIT_MESSAGE_SIZE || !refresh || !timeout_is_valid(refresh) ||
        (direction != SOURCE && direction != DESTINATION))
        return INVALID_PARAM;
    if (code != NO_ERROR)
        return code;
    apex_name_terminate(terminated, name);
    port->size = size;
    port->direction = (APEX_BYTE)direction;
    port->refresh = refresh;
    code = port_open(port, terminated, refresh);
    if (code == NO_ERROR) {
        apex_object_make(&port->object, name);
        *id = apex_object_id(&apex_sampling_ports, port);
    }
    return code;
}

void CREATE_SAMPLING_PORT(char *SAMPLING_PORT_NAME, MESSAGE_SIZE_TYPE MAX_MESSAGE_SIZE,
                          PORT_DIRECTION_TYPE PORT_DIRECTION, SYSTEM_TIME_TYPE REFRESH_PERIOD,
                          SAMPLING_PORT_ID_TYPE *SAMPLING_PORT_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = port_create(SAMPLING_PORT_NAME, MAX_MESSAGE_SIZE, PORT_DIRECTION, REFRESH_PERIOD,
                               SAMPLING_PORT_ID);
}

static RETURN_CODE_TYPE message_write(const struct apex_sampling_port *port, APEX_BYTE *message,
                                      MESSAGE_SIZE_TYPE length)
{
    if (!port || !message || length < 1)
        return INVALID_PARAM;
    if (length > port->size)
        return INVALID_CONFIG;
    if (port->direction != SOURCE)
        return INVALID_MODE;
    return prtos_write_sampling_message(port->port, message, (prtos_u32_t)length) < 0
               ? INVALID_PARAM
               : NO_ERROR;
}

void WRITE_SAMPLING_MESSAGE(SAMPLING_PORT_ID_TYPE SAMPLING_PORT_ID, MESSAGE_ADDR_TYPE MESSAGE_ADDR,
                            MESSAGE_SIZE_TYPE LENGTH, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = message_write(port_get(SAMPLING_PORT_ID), MESSAGE_ADDR, LENGTH);
}

static RETURN_CODE_TYPE message_read(const struct apex_sampling_port *port, APEX_BYTE *message,
                                     MESSAGE_SIZE_TYPE *length, VALIDITY_TYPE *validity)
{
    prtos_u32_t flags = 0;
    prtos_s32_t count;

    if (!port || !message || !length || !validity)
        return INVALID_PARAM;
    if (port->direction != DESTINATION)
        return INVALID_MODE;
    count = prtos_read_sampling_message(port->port, message, (prtos_u32_t)port->size, &flags);
    if (count < 0)
        return INVALID_PARAM;
    *length = count;
    *validity = count && flags & PRTOS_COMM_MSG_VALID ? VALID : INVALID;
    return count ? NO_ERROR : NO_ACTION;
}

void READ_SAMPLING_MESSAGE(SAMPLING_PORT_ID_TYPE SAMPLING_PORT_ID, MESSAGE_ADDR_TYPE MESSAGE_ADDR,
                           MESSAGE_SIZE_TYPE *LENGTH, VALIDITY_TYPE *VALIDITY,
                           RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = message_read(port_get(SAMPLING_PORT_ID), MESSAGE_ADDR, LENGTH, VALIDITY);
}

void GET_SAMPLING_PORT_ID(char *SAMPLING_PORT_NAME, SAMPLING_PORT_ID_TYPE *SAMPLING_PORT_ID,
                          RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = apex_object_ask(&apex_sampling_ports, SAMPLING_PORT_NAME, SAMPLING_PORT_ID);
}

void GET_SAMPLING_PORT_STATUS(SAMPLING_PORT_ID_TYPE SAMPLING_PORT_ID,
                              SAMPLING_PORT_STATUS_TYPE *SAMPLING_PORT_STATUS,
                              RETURN_CODE_TYPE *RETURN_CODE)
{
    const struct apex_sampling_port *port = port_get(SAMPLING_PORT_ID);
    prtos_sampling_port_status_t status;

    *RETURN_CODE = INVALID_PARAM;
    if (!port || !SAMPLING_PORT_STATUS)
        return;
    prtos_get_sampling_port_status((prtos_u32_t)port->port, &status);
    SAMPLING_PORT_STATUS->REFRESH_PERIOD = port->refresh;
    SAMPLING_PORT_STATUS->MAX_MESSAGE_SIZE = port->size;
    SAMPLING_PORT_STATUS->PORT_DIRECTION = (PORT_DIRECTION_TYPE)port->direction;
    SAMPLING_PORT_STATUS->LAST_MSG_VALIDITY = status.flags & PRTOS_COMM_MSG_VALID ? VALID : INVALID;
    *RETURN_CODE = NO_ERROR;
}
