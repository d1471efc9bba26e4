/* SPDX-License-Identifier: Apache-2.0 */
/* core/kernel/setup.c with host pointers: its assertions compare structures with the budgets of
 * the 32-bit target, which that target's own build judges. Here the budgets are those of
 * pool_host.c. */
#include <prtos_inc/guest.h>

#include "conf/access.h"
#include "hv/arch.h"
#include "hv/clock.h"
#include "hv/cpu.h"
#include "hv/partition.h"
#include "hv/port.h"
#include "hv/setup.h"
#include "hv/system.h"
#include "hv/vcpu.h"

#define _Static_assert(condition, text) struct setup_host_unused

#include "kernel/setup.c"
