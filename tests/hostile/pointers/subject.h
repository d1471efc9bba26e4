/* SPDX-License-Identifier: Apache-2.0 */
/* A call with a pointer, as the caller tries it at each place. */
#ifndef TESTS_SUBJECT_H
#define TESTS_SUBJECT_H

#include "places.h"

/* Argument `at` is the pointer; `good` is the answer when it may be used as it is used. */
struct subject {
    const char *name;
    prtos_u32_t nr, at;
    prtos_word_t arg[4];
    prtos_u32_t size, writes;
    const void *content;
    prtos_s32_t good;
};

#define OBJECT_CALL(name, nr, desc, size, writes, content, good)                                   \
    {                                                                                              \
        name, nr, 1, {desc, 0, size, 0}, size, writes, content, good                               \
    }
#define COMMAND(name, desc, cmd, size, writes, content, good)                                      \
    {                                                                                              \
        name, ctrl_object_nr, 2, {desc, cmd, 0, 0}, size, writes, content, good                    \
    }
#define STRUCTURE(name, nr, at, first, size, content, good)                                        \
    {                                                                                              \
        name, nr, at, {first, 0, 0, 0}, size, 0, content, good                                     \
    }

/* own.c of the architecture: its calls, whose content may be anything, what else it checks. */
extern const struct subject own_subjects[];
extern const prtos_u32_t n_own_subjects;
prtos_s32_t own_content_is_free(const void *content);
void own_prepare(void);
void own_check(void);

#endif
