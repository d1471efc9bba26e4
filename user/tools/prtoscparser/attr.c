/* SPDX-License-Identifier: Apache-2.0 */
/* Attributes of elements as values. Called by the readers. The schema has already refused wrong
 * forms; with another schema (-s) they are reported here. */
#include "attr.h"

#include <string.h>

#include "value.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

const char *cf_attr_text(xmlNodePtr node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(node, BAD_CAST name);
    char *text = (char *)value;
    size_t length;

    if (!text)
        return NULL;
    while (is_blank(*text))
        text++;
    length = strlen(text);
    while (length && is_blank(text[length - 1]))
        length--;
    text = cf_text("%.*s", (int)length, text);
    xmlFree(value);
    return text;
}

const char *cf_attr_name(struct cf *cf, xmlNodePtr node, const char *name, u32 max)
{
    xmlChar *value = xmlGetNoNsProp(node, BAD_CAST name);
    char *text;

    if (!value)
        return NULL;
    text = cf_text("%s", (char *)value);
    xmlFree(value);
    if (strlen(text) > max)
        cf_report(cf, cf_place_of(node), CF_RULE_NAME_TOO_LONG,
                  "%s %s '%s' has %zu bytes, at most %u are possible", node->name, name, text,
                  strlen(text), max);
    return text;
}

static void form_report(struct cf *cf, xmlNodePtr node, const char *name, const char *text)
{
    cf_report(cf, cf_place_of(node), CF_RULE_SCHEMA, "%s: attribute '%s' has no such form: '%s'",
              node->name, name, text);
}

static void range_report(struct cf *cf, xmlNodePtr node, const char *name, const char *text,
                         const char *limit)
{
    cf_report(cf, cf_place_of(node), CF_RULE_VALUE_RANGE, "%s %s=\"%s\" is beyond its range: %s",
              node->name, name, text, limit);
}

const char *cf_attr_needed(struct cf *cf, xmlNodePtr node, const char *name, const char *text)
{
    if (!text)
        form_report(cf, node, name, "");
    return text ? text : "";
}

u32 cf_attr_id(struct cf *cf, xmlNodePtr node, const char *name, u32 otherwise)
{
    const char *text = cf_attr_text(node, name), *end = text;
    u64 value;

    if (!text)
        return otherwise;
    if (!cf_value_decimal(&end, &value) || *end)
        form_report(cf, node, name, text);
    else if (value > CF_ID_MAX)
        range_report(cf, node, name, text, cf_text("at most %llu", CF_ID_MAX));
    else
        return (u32)value;
    return otherwise;
}

static u64 attr_hex(struct cf *cf, xmlNodePtr node, const char *name, u64 otherwise, u64 max)
{
    const char *text = cf_attr_text(node, name);
    u64 value;

    if (!text)
        return otherwise;
    if (!cf_value_hex(text, &value))
        form_report(cf, node, name, text);
    else if (value > max)
        range_report(cf, node, name, text, cf_text("at most 0x%llx", max));
    else
        return value;
    return otherwise;
}

u64 cf_attr_address(struct cf *cf, xmlNodePtr node, const char *name, u64 otherwise)
{
    return attr_hex(cf, node, name, otherwise, cf->platform->conf->address_end - 1);
}

u32 cf_attr_hex(struct cf *cf, xmlNodePtr node, const char *name)
{
    return (u32)attr_hex(cf, node, name, 0, 0xffffffffull);
}

static u64 attr_unit(struct cf *cf, xmlNodePtr node, const char *name, const struct cf_unit *units,
                     const char *limit)
{
    const char *text = cf_attr_text(node, name);
    u64 value;

    if (!text)
        return 0;
    if (!cf_value_with_unit(text, units, &value))
        form_report(cf, node, name, text);
    else if (value > 0xffffffffull)
        range_report(cf, node, name, text, limit);
    else
        return value;
    return 0;
}

u64 cf_attr_size(struct cf *cf, xmlNodePtr node, const char *name)
{
    const char *text = cf_attr_text(node, name);
    u32 errors = cf->n_errors;
    u64 size = attr_unit(cf, node, name, cf_size_units, "less than 4096MB");

    if (!text)
        form_report(cf, node, name, "");
    else if (!size && cf->n_errors == errors)
        range_report(cf, node, name, text, "1B or more");
    return size;
}

u64 cf_attr_time(struct cf *cf, xmlNodePtr node, const char *name)
{
    return attr_unit(cf, node, name, cf_time_units, "at most 4294967295us (about 4294s)");
}

u32 cf_attr_khz(struct cf *cf, xmlNodePtr node, const char *name)
{
    u32 errors = cf->n_errors;
    u32 khz = (u32)attr_unit(cf, node, name, cf_frequency_units, "at most 4294967295KHz");

    if (!khz && cf_attr_text(node, name) && cf->n_errors == errors)
        range_report(cf, node, name, cf_attr_text(node, name), "1KHz or more");
    return khz;
}

static const struct cf_word *word_find(const struct cf_word *words, const char *text, size_t length)
{
    for (; words->word; words++)
        if (strlen(words->word) == length && memcmp(words->word, text, length) == 0)
            return words;
    return NULL;
}

u32 cf_attr_words(struct cf *cf, xmlNodePtr node, const char *name, const struct cf_word *words)
{
    const char *text = cf_attr_text(node, name);
    u32 value = 0;

    while (text && *text) {
        const struct cf_word *word;
        size_t length = strcspn(text, " \t\r\n");

        word = word_find(words, text, length);
        if (!word)
            form_report(cf, node, name, text);
        else
            value |= word->value;
        text += length;
        text += strspn(text, " \t\r\n");
    }
    return value;
}

bool cf_list_next(struct cf *cf, xmlNodePtr node, const char **text, u32 *value)
{
    const char *from;
    u64 wide;

    *text += strspn(*text, " \t\r\n");
    if (!**text)
        return false;
    from = *text;
    if (!cf_value_decimal(text, &wide) || (**text && !is_blank(**text))) {
        cf_report(cf, cf_place_of(node), CF_RULE_SCHEMA, "%s: '%s' is not a list of numbers",
                  node->name, from);
        return false;
    }
    *value = wide > CF_ID_MAX ? (u32)CF_ID_MAX : (u32)wide;
    return true;
}

bool cf_range_fits(struct cf *cf, struct cf_place place, const char *what, u64 start, u64 size)
{
    u64 end = cf->platform->conf->address_end;

    if (size <= end - start)
        return true;
    cf_report(cf, place, CF_RULE_VALUE_RANGE,
              "%s 0x%llx + %s is beyond its range: the last address is 0x%llx", what, start,
              cf_size_text(size), end - 1);
    return false;
}
