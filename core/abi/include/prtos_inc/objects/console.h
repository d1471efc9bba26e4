/* SPDX-License-Identifier: Apache-2.0 */
/* The console object: text to the device that the partition's XML names. */
#ifndef PRTOS_INC_OBJECTS_CONSOLE_H
#define PRTOS_INC_OBJECTS_CONSOLE_H

#include <prtos_inc/objdir.h>

/* Bytes that one write may carry. */
#define PRTOS_CONSOLE_MAX_WRITE 128

#endif
