/* SPDX-License-Identifier: Apache-2.0 */
/* Attributes of elements as values. What is out of range is reported (value-range), and reading
 * goes on with 0, so that one run shows every fault. */
#ifndef CF_ATTR_H
#define CF_ATTR_H

#include "cf.h"

struct cf_word {
    const char *word;
    u32 value;
};

#define CF_ID_MAX 0xfffffffull

/* Words of area and partition flags; tables end with a null word. */
extern const struct cf_word cf_area_words[];
extern const struct cf_word cf_partition_words[];

/* Text without blanks around it, null if absent. */
const char *cf_attr_text(xmlNodePtr node, const char *name);
/* A name as it stands, null if absent; longer than `max` bytes is reported. */
const char *cf_attr_name(struct cf *cf, xmlNodePtr node, const char *name, u32 max);
/* `text` of an attribute, or "" and a report if it is null, which another schema may allow. */
const char *cf_attr_needed(struct cf *cf, xmlNodePtr node, const char *name, const char *text);
/* Number of the given form; absent = `otherwise`. */
u32 cf_attr_id(struct cf *cf, xmlNodePtr node, const char *name, u32 otherwise);
u64 cf_attr_address(struct cf *cf, xmlNodePtr node, const char *name, u64 otherwise);
u32 cf_attr_hex(struct cf *cf, xmlNodePtr node, const char *name);
u64 cf_attr_size(struct cf *cf, xmlNodePtr node, const char *name);
u64 cf_attr_time(struct cf *cf, xmlNodePtr node, const char *name);
u32 cf_attr_khz(struct cf *cf, xmlNodePtr node, const char *name);
/* Values of blank-separated words, or-ed; the table ends with a null word. */
u32 cf_attr_words(struct cf *cf, xmlNodePtr node, const char *name, const struct cf_word *words);
/* Next number of a blank-separated list; false at its end. */
bool cf_list_next(struct cf *cf, xmlNodePtr node, const char **text, u32 *value);
/* Reports that start + size does not fit below the platform's last address. */
bool cf_range_fits(struct cf *cf, struct cf_place place, const char *what, u64 start, u64 size);

static inline bool cf_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && xmlStrEqual(node->name, BAD_CAST name);
}

#define CF_EACH_CHILD(child, node)                                                                 \
    for (xmlNodePtr child = xmlFirstElementChild(node); child; child = xmlNextElementSibling(child))

#endif
