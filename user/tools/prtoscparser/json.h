/* SPDX-License-Identifier: Apache-2.0 */
/* Writes JSON: correct commas, escapes and indentation by construction. Knows nothing of what it
 * writes. Names are UTF-8; a byte that is not (a file's name may hold any) becomes the lone
 * surrogate U+DC00 + byte, which Python's os.fsencode() turns back into the byte. */
#ifndef CF_JSON_H
#define CF_JSON_H

#include <stdbool.h>
#include <stdio.h>

#include "lib/types.h"

struct json {
    FILE *out;
    u32 depth;
    u32 lines;  /* bit n: at depth n each element has its own line */
    bool first; /* nothing stands yet in the innermost object or array */
};

/* `key` is null in an array. Each begin has its end. */
void json_object(struct json *json, const char *key);
void json_object_end(struct json *json);
void json_array(struct json *json, const char *key);
void json_array_end(struct json *json);
void json_text(struct json *json, const char *key, const char *text); /* null: null */
void json_number(struct json *json, const char *key, u64 number);
void json_bool(struct json *json, const char *key, bool value);
void json_null(struct json *json, const char *key);

#endif
