/* SPDX-License-Identifier: Apache-2.0 */
/* Between model.c, which writes the model as JSON, and model_part.c, which writes what stands in
 * several places of it and the partitions. */
#ifndef CF_MODEL_H
#define CF_MODEL_H

#include "attr.h"
#include "json.h"

void cf_json_where(struct json *json, const char *key, struct cf_place place);
void cf_json_range(struct json *json, u64 start, u64 size);
void cf_json_words(struct json *json, const char *key, const struct cf_word *table, u32 value);
void cf_json_use(struct json *json, const char *key, const struct cf_device_use *use);
void cf_json_trace(struct json *json, const struct cf_device_use *use, u32 mask);
void cf_json_health(struct cf *cf, struct json *json, const struct cf_partition *partition);
const char *cf_json_type(u32 type);
void cf_json_partition(struct cf *cf, struct json *json, const struct cf_partition *partition);

#endif
