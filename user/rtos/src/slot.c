/* SPDX-License-Identifier: Apache-2.0 */
/* What a program may know of its slots. The hypervisor tells place and length of the slot that
 * runs; when the next one begins is learned: a plan repeats, so the distance to the next slot of
 * the partition is what it was a frame ago. A slot that does not fit what was learned (another
 * plan) begins the learning anew. */
#include <rtos/time.h>

#include "kernel.h"

static struct {
    struct {
        rtos_time_t length, to_next; /* to_next 0: not known */
    } learned[RTOS_SLOTS_LEARNED];
    rtos_time_t last_began;
    prtos_u32_t last_place; /* index + 1; 0: none */
} plans[RTOS_INSTANCES];

#define OWN plans[INSTANCE]

/* Beginnings are seen up to this late. */
#define SLACK 20000

void rtos_slot_learn(rtos_time_t began)
{
    prtos_u32_t index = port_slot_index();
    rtos_time_t length = port_slot_length(), distance = began - OWN.last_began;

    if (OWN.last_place && OWN.last_place <= RTOS_SLOTS_LEARNED) {
        rtos_time_t before = OWN.learned[OWN.last_place - 1].to_next;

        if (before && (distance > before + SLACK || distance < before - SLACK))
            __builtin_memset(OWN.learned, 0, sizeof(OWN.learned));
        else
            OWN.learned[OWN.last_place - 1].to_next = distance;
    }
    if (index < RTOS_SLOTS_LEARNED) {
        if (OWN.learned[index].length && OWN.learned[index].length != length)
            __builtin_memset(OWN.learned, 0, sizeof(OWN.learned));
        OWN.learned[index].length = length;
    }
    OWN.last_place = index + 1;
    OWN.last_began = began;
}

enum rtos_status rtos_slot_next(rtos_time_t *start)
{
    enum rtos_status status = RTOS_NOT_AVAILABLE;
    prtos_u32_t key;

    CHECK(start, RTOS_INVALID_PARAM);
    key = port_lock();
    if (OWN.last_place && OWN.last_place <= RTOS_SLOTS_LEARNED &&
        OWN.learned[OWN.last_place - 1].to_next) {
        *start = OWN.last_began + OWN.learned[OWN.last_place - 1].to_next;
        status = RTOS_OK;
    }
    return port_unlock_with(key, status);
}
