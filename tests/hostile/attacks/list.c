/* SPDX-License-Identifier: Apache-2.0 */
/* Names and ends for the monitor. */
#include "attacks.h"

#define ATTACK(id, ends) {#id, ends},
const struct attack attack_rows[ATTACKS] = {ATTACK_LIST};
