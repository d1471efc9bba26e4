/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest build as one unit: the compiler knows every call and passes arguments as it
 * likes. */
#pragma GCC diagnostic ignored "-Wunused-function"
#include "kernel.c"
#include "timeout.c"
#include "thread.c"
#include "delay.c"
#include "yield.c"
#include "sem.c"
#include "port.c"
#include "context.c"
#include "clock.c"
