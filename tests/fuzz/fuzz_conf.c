/* SPDX-License-Identifier: Apache-2.0 */
/* Configuration images: whatever conf_verify() accepts can be walked along every index, and its
 * pools can be laid out. The mutator knows rows and mends size and sum. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    u8 *copy = fuzz_copy(data, size);

    for (u32 arch = CONF_ARCH_X86; arch <= CONF_ARCH_AARCH64; arch++)
        if (!conf_verify(copy, size, arch))
            fuzz_walk_conf((const struct conf_header *)(const void *)copy);
    free(copy);
    return 0;
}

/* Where a table lies, if that is inside. */
static int table_at(const u8 *data, size_t size, u32 id, struct conf_table *table)
{
    memcpy(table, data + offsetof(struct conf_header, table) + id * sizeof(*table), sizeof(*table));
    return table->offset <= size && (u64)table->count * conf_entry_size[id] <= size - table->offset;
}

/* A row more or less in one table; those behind move. */
static size_t row_change(u8 *data, size_t size, size_t max, unsigned *seed)
{
    u32 id = fuzz_random(seed) % CONF_TABLES;
    u32 row = conf_entry_size[id];
    struct conf_table table;
    size_t at, end = sizeof(struct conf_header);
    u8 *old = fuzz_copy(data, size);
    int more = fuzz_random(seed) % 2;

    if (!table_at(data, size, id, &table) || (!more && !table.count) || size + row + 8 > max) {
        free(old);
        return size;
    }
    at = table.count ? table.offset + fuzz_random(seed) % table.count * row : table.offset;
    for (u32 i = 0; i < CONF_TABLES; i++) {
        struct conf_table t;
        size_t bytes;

        if (!table_at(old, size, i, &t))
            break;
        bytes = (size_t)t.count * conf_entry_size[i];
        if (end + bytes + row + 8 > max)
            break;
        memcpy(data + end, old + t.offset, bytes);
        if (i == id && more) {
            memmove(data + end + (at - t.offset) + row, data + end + (at - t.offset),
                    bytes - (at - t.offset));
            memset(data + end + bytes, 0, t.count ? 0 : row);
            t.count++;
        } else if (i == id) {
            memmove(data + end + (at - t.offset), data + end + (at - t.offset) + row,
                    bytes - (at - t.offset) - row);
            t.count--;
        }
        t.offset = (u32)end;
        memcpy(data + offsetof(struct conf_header, table) + i * sizeof(t), &t, sizeof(t));
        bytes = (size_t)t.count * conf_entry_size[i];
        memset(data + end + bytes, 0, ROUND_UP(end + bytes, 8u) - (end + bytes));
        end = ROUND_UP(end + bytes, 8u);
    }
    free(old);
    return end;
}

/* A word of a row becomes an edge, one more or less, or the same word of another row. */
static void field_change(u8 *data, size_t size, unsigned *seed)
{
    u32 id = fuzz_random(seed) % CONF_TABLES;
    struct conf_table table;
    u32 value = (u32)fuzz_edge(seed), word, row;
    size_t at;

    if (!table_at(data, size, id, &table) || !table.count || conf_entry_size[id] < 4) {
        at = fuzz_random(seed) % (sizeof(struct conf_header) / 4) * 4;
        memcpy(data + at, &value, 4);
        return;
    }
    row = conf_entry_size[id];
    word = fuzz_random(seed) % (row / 4) * 4;
    at = table.offset + fuzz_random(seed) % table.count * row + word;
    if (fuzz_random(seed) % 3 == 0) {
        memcpy(&value, data + at, 4);
        value += fuzz_random(seed) % 2 ? 1 : ~0u;
    } else if (fuzz_random(seed) % 2) {
        memcpy(&value, data + table.offset + fuzz_random(seed) % table.count * row + word, 4);
    }
    memcpy(data + at, &value, 4);
}

size_t LLVMFuzzerCustomMutator(u8 *data, size_t size, size_t max, unsigned seed)
{
    u32 kind = fuzz_random(&seed) % 8;

    if (size < sizeof(struct conf_header) || kind == 0)
        size = LLVMFuzzerMutate(data, size, max);
    else if (kind < 3)
        size = row_change(data, size, max, &seed);
    else
        for (u32 n = 1 + fuzz_random(&seed) % 3; n; n--)
            field_change(data, size, &seed);
    if (fuzz_random(&seed) % 32)
        fuzz_seal_conf(data, size);
    return size;
}
