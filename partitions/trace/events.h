/* SPDX-License-Identifier: Apache-2.0 */
/* Codes of the worker's events, and the classes by which the system description filters them. */
#ifndef TRACE_EVENTS_H
#define TRACE_EVENTS_H

#define EVENT_STARTED 1
#define EVENT_STEP 2
#define EVENT_DETAIL 3
#define EVENT_BROKEN 4

#define CLASS_LIFE 0x1
#define CLASS_DETAIL 0x2 /* the XML's bitmask lets 0x1 and 0x4 through */
#define CLASS_ERROR 0x4

#endif
