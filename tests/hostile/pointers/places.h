/* SPDX-License-Identifier: Apache-2.0 */
/* Places for a pointer of n bytes, and what a call that reads or writes there must answer. */
#ifndef TESTS_PLACES_H
#define TESTS_PLACES_H

#include "../../system/guest/check.h"
#include "own.h"

#define EDGE 0x6700000u
#define EDGE_END 0x6702000u
#define FROZEN 0x6300000u

enum allowed { NEVER, READ_ONLY, ALWAYS };

struct place {
    const char *name;
    prtos_word_t from; /* address, or the end of the n bytes if `back` */
    prtos_s32_t back;
    enum allowed allowed;
    prtos_s32_t own; /* content may be put there */
};

extern const struct place places[];
extern const prtos_u32_t n_places;

prtos_word_t place_address(const struct place *place, prtos_u32_t size);

#endif
