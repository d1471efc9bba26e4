/* SPDX-License-Identifier: Apache-2.0 */
/* Growing lists, and where something stands in the files. Used by all structures of this folder. */
#ifndef CF_LIST_H
#define CF_LIST_H

#include <stddef.h>

#include "lib/types.h"

/* Where something stands: index of the source file and line. */
struct cf_place {
    u32 file;
    u32 line;
};

#define CF_FILE_BUILT_IN 1023u /* no file: the built-in platform */

#define CF_LIST(type)                                                                              \
    struct {                                                                                       \
        type *at;                                                                                  \
        u32 n;                                                                                     \
        u32 room;                                                                                  \
    }

/* Appends a zeroed entry to a CF_LIST and gives its address (valid until the next push). */
#define CF_PUSH(list)                                                                              \
    ((list)->at = cf_grow((list)->at, (list)->n, &(list)->room, sizeof(*(list)->at)),              \
     &(list)->at[(list)->n++])

/* memory.c */
void *cf_grow(void *at, u32 n, u32 *room, size_t size);
char *cf_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
