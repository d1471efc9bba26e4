/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of attributes to numbers, exactly: no floating point, fractions are cut, what is too big
 * for u64 stays at the largest. Each answers false if the text has another form. */
#ifndef CF_VALUE_H
#define CF_VALUE_H

#include <stdbool.h>

#include "lib/types.h"

struct cf_unit {
    const char *suffix;
    u32 factor;
};

#define CF_VALUE_MAX (~0ull)

extern const struct cf_unit cf_size_units[];      /* bytes */
extern const struct cf_unit cf_time_units[];      /* us */
extern const struct cf_unit cf_frequency_units[]; /* kHz */

/* "12", "1.5MB": digits, perhaps a fraction, a suffix of `units`. */
bool cf_value_with_unit(const char *text, const struct cf_unit *units, u64 *value);
/* Digits only; moves *text behind them. */
bool cf_value_decimal(const char **text, u64 *value);
/* 0x and digits. */
bool cf_value_hex(const char *text, u64 *value);

#endif
