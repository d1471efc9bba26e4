/* SPDX-License-Identifier: Apache-2.0 */
/* Queuing ports: the hypervisor's, with processes that wait at them. A waiting process is served in
 * the interrupt by which the hypervisor tells that something came or went; it is never asked again
 * and again. While somebody waits nobody passes: a message that came is the first one's. */
#include <comm.h>
#include <rtos/irq.h>

#include "parts.h"

#define IRQ_QUEUING RTOS_IRQ_EXT(PRTOS_VT_EXT_QUEUING_PORT)

static struct apex_queuing_port *port_get(QUEUING_PORT_ID_TYPE id)
{
    return apex_object_get(&apex_queuing_ports, id);
}

static int timeout_is_allowed(SYSTEM_TIME_TYPE timeout)
{
    return WAITS ? timeout_is_valid(timeout) : !timeout;
}

static RETURN_CODE_TYPE code_of(prtos_s32_t result)
{
    if (result == PRTOS_OP_NOT_ALLOWED)
        return NOT_AVAILABLE;
    return result < 0 ? INVALID_PARAM : NO_ERROR;
}

/* One message of a process that waits; negative: not yet. */
static prtos_s32_t waiting_serve(const struct apex_queuing_port *port, struct rtos_thread *thread)
{
    prtos_s32_t count;

    if (port->direction == SOURCE)
        return prtos_send_queuing_message(port->port, thread->value, (prtos_u32_t)thread->amount);
    count = prtos_receive_queuing_message(port->port, thread->value, (prtos_u32_t)port->size);
    if (count >= 0)
        thread->amount = (rtos_size_t)count;
    return count;
}

static void ports_changed(prtos_u32_t irq, void *arg)
{
    struct apex_queuing_port *port;
    APEX_INTEGER id;

    (void)irq;
    (void)arg;
    for (id = 1; (port = port_get(id)) != (struct apex_queuing_port *)0; id++)
        while (port->waitq.first && waiting_serve(port, port->waitq.first) >= 0)
            apex_wake(&port->waitq);
}

static RETURN_CODE_TYPE port_create(char *name, MESSAGE_SIZE_TYPE size, MESSAGE_RANGE_TYPE limit,
                                    PORT_DIRECTION_TYPE direction,
                                    QUEUING_DISCIPLINE_TYPE discipline, QUEUING_PORT_ID_TYPE *id)
{
    struct apex_queuing_port *port;
    char terminated[MAX_NAME_LENGTH + 1];
    RETURN_CODE_TYPE code = apex_object_place(&apex_queuing_ports, name, &port);

    if (code == NO_ACTION || code == INVALID_CONFIG)
        return code;
    if (size < 1 || size > SYSTEM_LIMIT_MESSAGE_SIZE || limit < 1 ||
        limit > SYSTEM_LIMIT_NUMBER_OF_MESSAGES || !discipline_is_valid(discipline) ||
        (direction != SOURCE && direction != DESTINATION))
        return INVALID_PARAM;
    if (code != NO_ERROR)
        return code;
    apex_name_terminate(terminated, name);
    port->port =
        prtos_create_queuing_port(terminated, (prtos_u32_t)limit, (prtos_u32_t)size,
                                  direction == SOURCE ? PRTOS_SOURCE_PORT : PRTOS_DESTINATION_PORT);
    if (port->port < 0)
        return INVALID_CONFIG;
    port->direction = (APEX_BYTE)direction;
    port->size = size;
    port->limit = limit;
    waitq_init(&port->waitq, discipline);
    apex_object_make(&port->object, name);
    *id = apex_object_id(&apex_queuing_ports, port);
    if (WAITS && *id == 1)
        rtos_irq_attach(IRQ_QUEUING, ports_changed, (void *)0);
    return NO_ERROR;
}

void CREATE_QUEUING_PORT(char *QUEUING_PORT_NAME, MESSAGE_SIZE_TYPE MAX_MESSAGE_SIZE,
                         MESSAGE_RANGE_TYPE MAX_NB_MESSAGE, PORT_DIRECTION_TYPE PORT_DIRECTION,
                         QUEUING_DISCIPLINE_TYPE QUEUING_DISCIPLINE,
                         QUEUING_PORT_ID_TYPE *QUEUING_PORT_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = port_create(QUEUING_PORT_NAME, MAX_MESSAGE_SIZE, MAX_NB_MESSAGE, PORT_DIRECTION,
                               QUEUING_DISCIPLINE, QUEUING_PORT_ID);
}

static RETURN_CODE_TYPE message_send(struct apex_queuing_port *port, APEX_BYTE *message,
                                     MESSAGE_SIZE_TYPE length, SYSTEM_TIME_TYPE timeout)
{
    prtos_s32_t result = PRTOS_OP_NOT_ALLOWED;
    prtos_u32_t key;

    if (!port || !message || length < 1 || !timeout_is_allowed(timeout))
        return INVALID_PARAM;
    if (length > port->size)
        return INVALID_CONFIG;
    if (port->direction != SOURCE)
        return INVALID_MODE;
    key = apex_lock();
    if (!WAITS || !port->waitq.first)
        result = prtos_send_queuing_message(port->port, message, (prtos_u32_t)length);
    if (WAITS && result == PRTOS_OP_NOT_ALLOWED)
        return apex_wait(&port->waitq, timeout, message, (rtos_size_t)length, key);
    apex_unlock(key);
    return code_of(result);
}

void SEND_QUEUING_MESSAGE(QUEUING_PORT_ID_TYPE QUEUING_PORT_ID, MESSAGE_ADDR_TYPE MESSAGE_ADDR,
                          MESSAGE_SIZE_TYPE LENGTH, SYSTEM_TIME_TYPE TIME_OUT,
                          RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = message_send(port_get(QUEUING_PORT_ID), MESSAGE_ADDR, LENGTH, TIME_OUT);
}

static RETURN_CODE_TYPE message_receive(struct apex_queuing_port *port, SYSTEM_TIME_TYPE timeout,
                                        APEX_BYTE *message, MESSAGE_SIZE_TYPE *length)
{
    prtos_s32_t result = PRTOS_OP_NOT_ALLOWED;
    RETURN_CODE_TYPE code;
    prtos_u32_t key;

    if (!port || !message || !length || !timeout_is_allowed(timeout))
        return INVALID_PARAM;
    if (port->direction != DESTINATION)
        return INVALID_MODE;
    key = apex_lock();
    if (!WAITS || !port->waitq.first)
        result = prtos_receive_queuing_message(port->port, message, (prtos_u32_t)port->size);
    if (WAITS && result == PRTOS_OP_NOT_ALLOWED) {
        code = apex_wait(&port->waitq, timeout, message, 0, key);
        *length = code == NO_ERROR ? (MESSAGE_SIZE_TYPE)rtos_kernel.current->amount : 0;
        return code;
    }
    apex_unlock(key);
    *length = result < 0 ? 0 : result;
    return code_of(result);
}

void RECEIVE_QUEUING_MESSAGE(QUEUING_PORT_ID_TYPE QUEUING_PORT_ID, SYSTEM_TIME_TYPE TIME_OUT,
                             MESSAGE_ADDR_TYPE MESSAGE_ADDR, MESSAGE_SIZE_TYPE *LENGTH,
                             RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = message_receive(port_get(QUEUING_PORT_ID), TIME_OUT, MESSAGE_ADDR, LENGTH);
}

void GET_QUEUING_PORT_ID(char *QUEUING_PORT_NAME, QUEUING_PORT_ID_TYPE *QUEUING_PORT_ID,
                         RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = apex_object_ask(&apex_queuing_ports, QUEUING_PORT_NAME, QUEUING_PORT_ID);
}

void GET_QUEUING_PORT_STATUS(QUEUING_PORT_ID_TYPE QUEUING_PORT_ID,
                             QUEUING_PORT_STATUS_TYPE *QUEUING_PORT_STATUS,
                             RETURN_CODE_TYPE *RETURN_CODE)
{
    const struct apex_queuing_port *port = port_get(QUEUING_PORT_ID);
    prtos_queuing_port_status_t status;
    prtos_u32_t key;

    *RETURN_CODE = INVALID_PARAM;
    if (!port || !QUEUING_PORT_STATUS)
        return;
    key = apex_lock();
    prtos_get_queuing_port_status((prtos_u32_t)port->port, &status);
    QUEUING_PORT_STATUS->NB_MESSAGE = (MESSAGE_RANGE_TYPE)status.num_of_msgs;
    QUEUING_PORT_STATUS->MAX_NB_MESSAGE = port->limit;
    QUEUING_PORT_STATUS->MAX_MESSAGE_SIZE = port->size;
    QUEUING_PORT_STATUS->PORT_DIRECTION = (PORT_DIRECTION_TYPE)port->direction;
    QUEUING_PORT_STATUS->WAITING_PROCESSES = WAITS ? waitq_count(&port->waitq) : 0;
    apex_unlock(key);
    *RETURN_CODE = NO_ERROR;
}

void CLEAR_QUEUING_PORT(QUEUING_PORT_ID_TYPE QUEUING_PORT_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    const struct apex_queuing_port *port = port_get(QUEUING_PORT_ID);
    MESSAGE_RANGE_TYPE i;
    APEX_BYTE first;

    *RETURN_CODE = port ? NO_ERROR : INVALID_PARAM;
    if (port && port->direction != DESTINATION)
        *RETURN_CODE = INVALID_MODE;
    /* Of each message its first byte, the rest is dropped. */
    for (i = 0; *RETURN_CODE == NO_ERROR && i < port->limit; i++)
        if (prtos_receive_queuing_message(port->port, &first, 1) < 0)
            return;
}
