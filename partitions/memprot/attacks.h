/* SPDX-License-Identifier: Apache-2.0 */
/* What attacker, victim and monitor agree on. The list of attempts is the architecture's
 * (attempts.h): what is tried, in order, and what must stop it. The attacker tries entry n after
 * its n-th reset; the monitor reads from the partition's status what ended it. */
#ifndef MEMPROT_ATTACKS_H
#define MEMPROT_ATTACKS_H

#include <prtos.h>

#define ATTACKER 0
#define VICTIM 1
#define FRAME 10000 /* us */

/* Places, as in the XML. */
#define VICTIM_AREA 0x6100000u
#define VICTIM_SECRET (VICTIM_AREA + 0x80000u) /* middle of the victim's memory */
#define READ_ONLY_AREA 0x6300000u

/* reset_status with which the attacker restarts itself when nothing else has stopped it. */
#define SURVIVED 0x1000u
#define REFUSED 0x2000u /* plus the code of the hypercall, without its sign */
#define REFUSED_WITH(code) (REFUSED + (prtos_u32_t)(-(code)))

/* reset_status with which the monitor restarts an attacker that will not come back by itself. */
#define TAKEN_BACK 0x4000u

struct attack {
    const char *what;
    prtos_u32_t stopped_by; /* health event, REFUSED (with any code) or TAKEN_BACK */
};

#include "attempts.h"

/* attempts.c: those of the architecture, and the name of a health event that ends one (or null). */
extern const struct attack attack[ATTACKS];
prtos_s32_t attack_machine(enum attack_id id);
const char *event_name(prtos_u32_t event);

/* What the victim tells the monitor in each frame. */
struct testimony {
    prtos_u32_t frames;
    prtos_u32_t words_changed;
    prtos_u32_t slots_missed;
    prtos_u32_t slot_spread; /* us between the earliest and the latest start in the frame */
};

#endif
