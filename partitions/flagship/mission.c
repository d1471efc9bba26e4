/* SPDX-License-Identifier: Apache-2.0 */
/* See mission.h: the few lines that all four partitions would otherwise repeat. */
#include <prtos.h>
#include <stdio.h>
#include <string.h>
#include "faults.h"
#include "mission.h"

prtos_u32_t slot_wait(void)
{
    prtos_time_t now;

    prtos_idle_self();
    prtos_get_time(PRTOS_HW_CLOCK, &now);
    return (prtos_u32_t)now;
}

static prtos_s32_t port_checked(const char *name, prtos_s32_t port)
{
    if (port >= 0)
        return port;
    printf("[P%d] port \"%s\" cannot be opened: %d\n", PRTOS_PARTITION_SELF, name, port);
    prtos_halt_partition(PRTOS_PARTITION_SELF);
    return port;
}

prtos_s32_t sampling_open(char *name, prtos_u32_t size, prtos_u32_t direction)
{
    return port_checked(name, prtos_create_sampling_port(name, size, direction, MESSAGE_VALID_US));
}

prtos_s32_t queuing_open(char *name, prtos_u32_t size, prtos_u32_t direction)
{
    return port_checked(name, prtos_create_queuing_port(name, QUEUE_ROOM, size, direction));
}

prtos_s32_t sampling_read(prtos_s32_t port, void *message, prtos_u32_t size)
{
    prtos_u32_t flags = 0;

    return prtos_read_sampling_message(port, message, size, &flags) == (prtos_s32_t)size &&
           (flags & PRTOS_COMM_MSG_VALID) != 0;
}

char *fix_text(char *text, fix_t value, prtos_s32_t width)
{
    fix_t size = fix_abs(value);
    char digits[FIX_TEXT];
    prtos_s32_t length, i;

    length = sprintf(digits, "%s%d.%03d", value < 0 ? "-" : "", size >> 16,
                     ((size & 0xffff) * 1000) >> 16);
    for (i = 0; i < width - length; i++)
        text[i] = ' ';
    strcpy(text + i, digits);
    return text;
}

const char *event_name(prtos_u32_t event)
{
    switch (event) {
    case EVENT_WILD_POINTER:
        return "page fault";
    case EVENT_DIVISION:
        return "divide error";
    case PRTOS_HM_EV_MEM_PROTECTION:
        return "memory protection";
    default:
        return "other";
    }
}
