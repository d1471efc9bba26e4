/* SPDX-License-Identifier: Apache-2.0 */
/* Messages about the description: collected by all checks, printed in the order of the files.
 * Never decides anything: main.c ends with 2 if an error was reported. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cf.h"

#define NEAR_MAX 64u   /* longest word that is compared */
#define HINTS_MAX 200u /* a file with more faults than that is not mended by hints */
#define TEXT_MAX 1000u /* bytes of a message */

struct rule_text {
    const char *id;
    enum cf_severity severity;
};

#define RULE_ERROR(name, id) {id, CF_ERROR},
#define RULE_WARNING(name, id) {id, CF_WARNING},
#define RULE_NOTE(name, id) {id, CF_NOTE},
static const struct rule_text rules[] = {CF_RULES(RULE_ERROR, RULE_WARNING, RULE_NOTE)};

u32 cf_n_hints;

bool cf_hint_left(void)
{
    return cf_n_hints < HINTS_MAX;
}

bool cf_hint_take(void)
{
    return cf_n_hints++ < HINTS_MAX;
}

/* Cuts what is too long, before a whole character. */
static void text_cut(char *text)
{
    u32 at = TEXT_MAX;

    if (strlen(text) <= TEXT_MAX)
        return;
    while (at && ((unsigned char)text[at] & 0xc0) == 0x80)
        at--;
    strcpy(text + at, "...");
}

bool cf_unlisted(struct cf *cf, struct cf_place place, enum cf_rule rule)
{
    if (cf->n_of_rule[rule] < CF_LISTED_MAX)
        return false;
    if (cf->n_of_rule[rule]++ == CF_LISTED_MAX)
        cf->more_place[rule] = place;
    cf->n_errors += rules[rule].severity == CF_ERROR;
    return true;
}

void cf_report(struct cf *cf, struct cf_place place, enum cf_rule rule, const char *format, ...)
{
    struct cf_message *message;
    va_list list;

    if (cf_unlisted(cf, place, rule))
        return;
    cf->n_of_rule[rule]++;
    message = CF_PUSH(&cf->messages);
    message->place = place;
    message->rule = rule;
    va_start(list, format);
    if (vasprintf(&message->text, format, list) < 0)
        message->text = cf_text("%s", rules[rule].id);
    va_end(list);
    text_cut(message->text);
    if (rules[rule].severity == CF_ERROR)
        cf->n_errors++;
}

static u64 message_rank(const struct cf_message *message)
{
    return (u64)message->place.file << 32 | message->place.line;
}

/* Stable merge sort by place: qsort() would need a tie-breaker that the messages do not have. */
static void messages_sort(struct cf_message *message, struct cf_message *spare, u32 n)
{
    u32 half = n / 2, left = 0, right = half;

    if (n < 2)
        return;
    messages_sort(message, spare, half);
    messages_sort(message + half, spare, n - half);
    memcpy(spare, message, n * sizeof(*message));
    for (u32 i = 0; i < n; i++) {
        bool take_left = right == n ||
                         (left < half && message_rank(&spare[left]) <= message_rank(&spare[right]));
        message[i] = take_left ? spare[left++] : spare[right++];
    }
}

void cf_messages_sort(struct cf *cf)
{
    struct cf_message *spare;

    for (u32 i = 0; i < CF_N_RULES; i++)
        if (cf->n_of_rule[i] > CF_LISTED_MAX)
            *CF_PUSH(&cf->messages) = (struct cf_message){
                .place = cf->more_place[i],
                .rule = i,
                .text = cf_text("from here on, %u more of these are not listed",
                                cf->n_of_rule[i] - CF_LISTED_MAX),
            };
    spare = calloc(cf->messages.n + 1, sizeof(*spare));
    if (spare)
        messages_sort(cf->messages.at, spare, cf->messages.n);
    free(spare);
}

const char *cf_rule_id(enum cf_rule rule)
{
    return rules[rule].id;
}

enum cf_severity cf_rule_severity(enum cf_rule rule)
{
    return rules[rule].severity;
}

static const char *file_name(const struct cf *cf, u32 file)
{
    return file == CF_FILE_BUILT_IN ? "the built-in platform" : cf->files.at[file];
}

void cf_messages_print(struct cf *cf)
{
    static const char *const words[] = {
        [CF_ERROR] = "error", [CF_WARNING] = "warning", [CF_NOTE] = "note"};

    for (u32 i = 0; i < cf->messages.n; i++) {
        const struct cf_message *message = &cf->messages.at[i];
        const struct rule_text *rule = &rules[message->rule];

        fprintf(stderr, "%s:%u: %s: %s [%s]\n", file_name(cf, message->place.file),
                message->place.line, words[rule->severity], message->text, rule->id);
    }
}

const char *cf_where(struct cf *cf, struct cf_place place, struct cf_place from)
{
    if (place.file == from.file)
        return cf_text("line %u", place.line);
    if (place.file == CF_FILE_BUILT_IN)
        return cf_text("platform %s", cf->platform->name);
    return cf_text("%s:%u", file_name(cf, place.file), place.line);
}

const char *cf_time_text(u64 us)
{
    if (us && us % 1000000 == 0)
        return cf_text("%llus", us / 1000000);
    if (us % 1000 == 0)
        return cf_text("%llums", us / 1000);
    return cf_text("%lluus", us);
}

const char *cf_size_text(u64 bytes)
{
    if (bytes && bytes % (1024 * 1024) == 0)
        return cf_text("%lluMB", bytes / (1024 * 1024));
    if (bytes && bytes % 1024 == 0)
        return cf_text("%lluKB", bytes / 1024);
    return cf_text("%lluB", bytes);
}

/* Least number of changed, added or dropped characters from a to b, both up to NEAR_MAX. */
static u32 word_distance(const char *a, const char *b)
{
    u32 row[NEAR_MAX + 1];
    size_t length = strlen(b);

    for (u32 j = 0; j <= length; j++)
        row[j] = j;
    for (u32 i = 0; a[i]; i++) {
        u32 corner = row[0];

        row[0] = i + 1;
        for (u32 j = 0; j < length; j++) {
            u32 change = corner + (a[i] != b[j]);

            corner = row[j + 1];
            row[j + 1] = row[j] < corner ? row[j] + 1 : corner + 1;
            if (change < row[j + 1])
                row[j + 1] = change;
        }
    }
    return row[length];
}

const char *cf_nearest(const char *word, const char *const *words, u32 n)
{
    const char *best = NULL;
    size_t length = strlen(word);
    u32 best_distance = length < 6 ? 2 : 4; /* so far away it is another word */

    if (length > NEAR_MAX || !cf_hint_left())
        return "";
    cf_n_hints++;
    for (u32 i = 0; i < n; i++) {
        u32 distance;

        if (!words[i] || strlen(words[i]) > NEAR_MAX)
            continue;
        distance = word_distance(word, words[i]);
        if (distance < best_distance && distance < length) {
            best = words[i];
            best_distance = distance;
        }
    }
    return best ? cf_text(" (did you mean '%s'?)", best) : "";
}
