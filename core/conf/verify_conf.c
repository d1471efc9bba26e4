/* SPDX-License-Identifier: Apache-2.0 */
/* conf_verify(): the configuration image, checked once before anything reads it. Here the header,
 * the tables' places and each field by itself; what connects entries is in verify_links.c and
 * verify_memory.c. About 10 to 40 instructions a field. No libc, no writes. */
#include "conf/verify.h"

#include <stddef.h>

#include "conf/access.h"
#include "conf/verify_conf.h"
#include "lib/crc32c.h"

#define SIZE_MAX_IMAGE (64u << 20) /* keeps all sums over entries below 32 bits */

const u16 conf_entry_size[CONF_TABLES] = {
    [CONF_T_CPU] = sizeof(struct conf_cpu),
    [CONF_T_PLAN] = sizeof(struct conf_plan),
    [CONF_T_SPAN] = sizeof(struct conf_span),
    [CONF_T_PARTITION] = sizeof(struct conf_partition),
    [CONF_T_VCPU] = sizeof(struct conf_vcpu),
    [CONF_T_REGION] = sizeof(struct conf_region),
    [CONF_T_AREA] = sizeof(struct conf_area),
    [CONF_T_PORT] = sizeof(struct conf_port),
    [CONF_T_CHANNEL] = sizeof(struct conf_channel),
    [CONF_T_DEST] = sizeof(u32),
    [CONF_T_IPVI] = sizeof(struct conf_ipvi),
    [CONF_T_TARGET] = sizeof(u32),
    [CONF_T_HEALTH] = sizeof(struct conf_health),
    [CONF_T_DEVICE] = sizeof(struct conf_device),
    [CONF_T_IOPORT] = sizeof(struct conf_ioport),
    [CONF_T_STRING] = 1,
};

/* Entries of a table. */
struct range {
    u32 min;
    u32 max;
};

static const struct range tables[CONF_TABLES] = {
    [CONF_T_CPU] = {1, CONF_MAX_CPUS},
    [CONF_T_PLAN] = {1, ~0u},
    [CONF_T_SPAN] = {1, ~0u},
    [CONF_T_PARTITION] = {1, CONF_MAX_PARTITIONS},
    [CONF_T_VCPU] = {1, CONF_MAX_THREADS},
    [CONF_T_REGION] = {1, ~0u},
    [CONF_T_AREA] = {1, ~0u},
    [CONF_T_PORT] = {0, ~0u},
    [CONF_T_CHANNEL] = {0, ~0u},
    [CONF_T_DEST] = {0, ~0u},
    [CONF_T_IPVI] = {0, ~0u},
    [CONF_T_TARGET] = {0, ~0u},
    [CONF_T_HEALTH] = {CONF_HM_EVENTS, ~0u},
    [CONF_T_DEVICE] = {0, ~0u},
    [CONF_T_IOPORT] = {0, ~0u},
    [CONF_T_STRING] = {1, ~0u},
};

/* Two words (first, number) at `at` in each entry of `table`: a run of `target`; the runs follow
 * each other and cover it. */
struct slice {
    u8 table;
    u8 at;
    u8 target;
    u8 min;
};

#define SLICE(table, type, field, target, min)                                                     \
    {                                                                                              \
        table, offsetof(struct type, field), target, min                                           \
    }

static const struct slice slices[] = {
    SLICE(CONF_T_CPU, conf_cpu, first_plan, CONF_T_PLAN, 1),
    SLICE(CONF_T_PLAN, conf_plan, first_span, CONF_T_SPAN, 1),
    SLICE(CONF_T_PARTITION, conf_partition, first_vcpu, CONF_T_VCPU, 1),
    SLICE(CONF_T_PARTITION, conf_partition, first_area, CONF_T_AREA, 1),
    SLICE(CONF_T_PARTITION, conf_partition, first_port, CONF_T_PORT, 0),
    SLICE(CONF_T_PARTITION, conf_partition, first_ioport, CONF_T_IOPORT, 0),
    SLICE(CONF_T_CHANNEL, conf_channel, first_dest, CONF_T_DEST, 1),
    SLICE(CONF_T_IPVI, conf_ipvi, first_target, CONF_T_TARGET, 1),
};

/* A word at `at` in each entry of `table`: below `limit`, below the number of entries of `target`,
 * or a text of up to `limit` bytes. */
enum word_kind { WORD_BELOW, WORD_INDEX, WORD_INDEX_OR_NONE, WORD_TEXT };

struct word {
    u8 table;
    u8 at;
    u8 kind;
    u8 limit; /* or table */
};

#define WORD(table, type, field, kind, limit)                                                      \
    {                                                                                              \
        table, offsetof(struct type, field), kind, limit                                           \
    }

static const struct word words[] = {
    WORD(CONF_T_PLAN, conf_plan, name, WORD_TEXT, CONF_NAME_MAX),
    WORD(CONF_T_PLAN, conf_plan, cpu, WORD_INDEX, CONF_T_CPU),
    WORD(CONF_T_SPAN, conf_span, vcpu, WORD_INDEX_OR_NONE, CONF_T_VCPU),
    WORD(CONF_T_PARTITION, conf_partition, name, WORD_TEXT, CONF_NAME_MAX),
    WORD(CONF_T_PARTITION, conf_partition, flags, WORD_BELOW, 8),
    WORD(CONF_T_PARTITION, conf_partition, n_vcpus, WORD_BELOW, CONF_MAX_VCPUS + 1),
    WORD(CONF_T_PARTITION, conf_partition, entry_area, WORD_INDEX, CONF_T_AREA),
    WORD(CONF_T_PARTITION, conf_partition, console, WORD_INDEX_OR_NONE, CONF_T_DEVICE),
    WORD(CONF_T_PARTITION, conf_partition, trace, WORD_INDEX_OR_NONE, CONF_T_DEVICE),
    WORD(CONF_T_VCPU, conf_vcpu, partition, WORD_INDEX, CONF_T_PARTITION),
    WORD(CONF_T_VCPU, conf_vcpu, cpu, WORD_INDEX_OR_NONE, CONF_T_CPU),
    WORD(CONF_T_REGION, conf_region, type, WORD_BELOW, 2),
    WORD(CONF_T_AREA, conf_area, name, WORD_TEXT, CONF_NAME_MAX),
    WORD(CONF_T_PORT, conf_port, partition, WORD_INDEX, CONF_T_PARTITION),
    WORD(CONF_T_PORT, conf_port, name, WORD_TEXT, CONF_PORT_NAME_MAX),
    WORD(CONF_T_PORT, conf_port, type, WORD_BELOW, 2),
    WORD(CONF_T_PORT, conf_port, direction, WORD_BELOW, 3),
    WORD(CONF_T_PORT, conf_port, channel, WORD_INDEX_OR_NONE, CONF_T_CHANNEL),
    WORD(CONF_T_CHANNEL, conf_channel, type, WORD_BELOW, 2),
    WORD(CONF_T_CHANNEL, conf_channel, source, WORD_INDEX, CONF_T_PORT),
    {CONF_T_DEST, 0, WORD_INDEX, CONF_T_PORT},
    WORD(CONF_T_IPVI, conf_ipvi, source, WORD_INDEX, CONF_T_PARTITION),
    WORD(CONF_T_IPVI, conf_ipvi, number, WORD_BELOW, CONF_MAX_IPVI),
    {CONF_T_TARGET, 0, WORD_INDEX, CONF_T_PARTITION},
    WORD(CONF_T_DEVICE, conf_device, name, WORD_TEXT, CONF_NAME_MAX),
};

static const char *tables_check(const struct conf_header *conf)
{
    u64 end = sizeof(*conf);

    for (u32 i = 0; i < CONF_TABLES; i++) {
        u32 count = conf->table[i].count;

        if (count < tables[i].min || count > tables[i].max)
            return VERIFY_TEXT("a table has too few or too many entries");
        if (conf->table[i].offset != end)
            return VERIFY_TEXT("a table is not where it must be");
        end = ROUND_UP(end + (u64)count * conf_entry_size[i], 8u);
        if (end > conf->size)
            return VERIFY_TEXT("a table ends beyond the image");
    }
    return end == conf->size ? 0 : VERIFY_TEXT("the image is longer than its tables");
}

static const char *word_at(const struct conf_header *conf, u32 table, u32 at)
{
    return (const char *)conf + conf->table[table].offset + at;
}

static const char *slice_check(const struct conf_header *conf, const struct slice *slice)
{
    const char *at = word_at(conf, slice->table, slice->at);
    u32 left = conf_count(conf, slice->target), next = 0;

    for (u32 n = conf_count(conf, slice->table); n; n--, at += conf_entry_size[slice->table]) {
        const u32 *run = (const u32 *)(const void *)at;

        if (run[0] != next || run[1] < slice->min || run[1] > left)
            return VERIFY_TEXT("a run of entries is not where it must be");
        next += run[1];
        left -= run[1];
    }
    return left ? VERIFY_TEXT("entries belong to nothing") : 0;
}

static int text_fits(const struct conf_header *conf, u32 offset, u32 max)
{
    const char *text = conf_strings(conf);
    u32 count = conf_count(conf, CONF_T_STRING), end = offset;

    if (offset >= count)
        return 0;
    while (end - offset <= max && text[end]) /* the table's last byte is NUL */
        end++;
    return end - offset <= max;
}

/* One word of every entry. */
static int word_fits(const struct conf_header *conf, const struct word *word)
{
    const char *at = word_at(conf, word->table, word->at);
    u32 step = conf_entry_size[word->table], n = conf_count(conf, word->table);
    u32 none = word->kind == WORD_INDEX_OR_NONE; /* CONF_NONE + 1 is 0 */
    u32 end = word->limit;

    if (word->kind == WORD_TEXT) {
        for (; n; n--, at += step)
            if (!text_fits(conf, *(const u32 *)(const void *)at, end))
                return 0;
        return 1;
    }
    if (word->kind != WORD_BELOW)
        end = conf_count(conf, end) + none;
    for (; n; n--, at += step)
        if (*(const u32 *)(const void *)at + none >= end)
            return 0;
    return 1;
}

static const char *words_check(const struct conf_header *conf)
{
    for (u32 i = 0; i < ARRAY_SIZE(words); i++)
        if (!word_fits(conf, &words[i]))
            return VERIFY_TEXT("a number, an index or a name is out of range");
    return 0;
}

static const char *header_check(const struct conf_header *conf, u64 length, u32 arch)
{
    if (length < sizeof(*conf))
        return VERIFY_TEXT("shorter than a header");
    if (conf->magic != CONF_MAGIC)
        return "not a configuration";
    if (conf->version != CONF_VERSION)
        return "a configuration of another version";
    if (conf->arch != arch)
        return "a configuration for another architecture";
    if (conf->size != length || conf->size > SIZE_MAX_IMAGE || conf->size % 8 != 0)
        return VERIFY_TEXT("the size is out of range");
    if (conf->crc != crc32c_with_hole(conf, conf->size, offsetof(struct conf_header, crc)))
        return "the sum is wrong";
    return 0;
}

static const char *last_text_check(const struct conf_header *conf)
{
    const char *text = conf_strings(conf);

    if (text[conf_count(conf, CONF_T_STRING) - 1])
        return VERIFY_TEXT("the last text has no end");
    return text_fits(conf, conf->name, CONF_NAME_MAX) ? 0 : VERIFY_TEXT("the name is out of range");
}

static const char *slices_check(const struct conf_header *conf)
{
    const char *fault = 0;

    for (u32 i = 0; i < ARRAY_SIZE(slices) && !fault; i++)
        fault = slice_check(conf, &slices[i]);
    return fault;
}

const char *conf_verify(const void *bytes, u64 length, u32 arch)
{
    /* Each may rely on those before it. */
    static const char *(*const checks[])(const struct conf_header *conf) = {
        tables_check, slices_check,      last_text_check,
        words_check,  conf_verify_links, conf_verify_memory,
    };
    const struct conf_header *conf = bytes;
    const char *fault = header_check(conf, length, arch);

    for (u32 i = 0; i < ARRAY_SIZE(checks) && !fault; i++)
        fault = checks[i](conf);
    return fault;
}
