/* SPDX-License-Identifier: Apache-2.0 */
/* What the boot loader's device tree says (Devicetree Specification 0.4, 5): where memory ends, and
 * the word records= of the command line. Read once, at the first boot; partitions may own the
 * memory it lies in. Every offset is checked against the size that the tree gives, which is
 * bounded. */
#include "aarch64.h"
#include "conf/layout.h"
#include "hv/arch.h"
#include "hv/system.h"
#include "lib/string.h"

#define TREE_MAGIC 0xd00dfeedu
#define TREE_MAX 0x200000u
#define TOKEN_BEGIN 1u
#define TOKEN_END 2u
#define TOKEN_PROPERTY 3u
#define TOKEN_NOP 4u
#define MEMORY_CELLS 4u /* two of the address, two of the size: the board's */

/* As they were at the first boot (section .bss.past). */
extern const u32 *boot_tree;
static u64 memory_end __attribute__((section(".bss.past")));
static u32 records __attribute__((section(".bss.past")));

struct tree {
    const u32 *words;
    u32 size;
    u32 strings; /* offset of the names of properties */
    u32 depth;
    bool in_memory, in_chosen;
};

static u32 swap(u32 value)
{
    return __builtin_bswap32(value);
}

static bool begins(const char *text, const char *word)
{
    return !strncmp(text, word, strlen(word));
}

static void memory_take(const u32 *cells, u32 bytes)
{
    for (u32 i = 0; i + MEMORY_CELLS <= bytes / 4; i += MEMORY_CELLS) {
        u64 start = (u64)swap(cells[i]) << 32 | swap(cells[i + 1]);
        u64 end = start + ((u64)swap(cells[i + 2]) << 32 | swap(cells[i + 3]));

        if (start >= RAM_BASE && end > memory_end)
            memory_end = end;
    }
}

/* records=<one character>, a word of its own. */
static void line_take(const char *line, u32 size)
{
    static const char word[] = "records=";
    u32 length = sizeof(word) - 1;

    for (u32 i = 0; i + length + 1 < size; i++)
        if ((!i || line[i - 1] == ' ') && !strncmp(line + i, word, length) &&
            !(line[i + length + 1] & ~' '))
            records = (u8)line[i + length];
}

static void property_take(const struct tree *tree, u32 name, const u32 *value, u32 bytes)
{
    const char *text = (const char *)tree->words + tree->strings + name;

    if (name >= tree->size - tree->strings)
        return;
    if (tree->in_memory && begins(text, "reg"))
        memory_take(value, bytes);
    if (tree->in_chosen && begins(text, "bootargs"))
        line_take((const char *)value, bytes);
}

/* One token at a word's index; the next one's, 0 at the end. */
static u32 token_take(struct tree *tree, u32 at)
{
    const char *name = (const char *)&tree->words[at + 1];
    u32 limit = tree->size / 4, bytes;

    switch (swap(tree->words[at])) {
    case TOKEN_BEGIN:
        tree->depth++;
        tree->in_memory |= tree->depth == 2 && begins(name, "memory");
        tree->in_chosen |= tree->depth == 2 && begins(name, "chosen");
        /* The name ends in the first word whose last byte is NUL: the rest of it is padding. */
        for (at++; at < limit && tree->words[at] >> 24; at++)
            ;
        return at + 1;
    case TOKEN_END:
        tree->in_memory = tree->in_chosen = false;
        tree->depth--;
        return at + 1;
    case TOKEN_PROPERTY:
        if (at + 3 > limit)
            return 0;
        bytes = swap(tree->words[at + 1]);
        if (bytes > tree->size || at + 3 + (bytes + 3) / 4 > limit)
            return 0;
        property_take(tree, swap(tree->words[at + 2]), &tree->words[at + 3], bytes);
        return at + 3 + (bytes + 3) / 4;
    case TOKEN_NOP:
        return at + 1;
    default:
        return 0;
    }
}

void arch_boot(void)
{
    struct tree tree = {.words = boot_tree};
    u32 at;

    if (!boot_tree)
        return;
    boot_tree = NULL;
    if ((u64)tree.words < RAM_BASE || (u64)tree.words & 7 || swap(tree.words[0]) != TREE_MAGIC)
        return;
    tree.size = swap(tree.words[1]);
    tree.strings = swap(tree.words[3]);
    at = swap(tree.words[2]) / 4;
    if (tree.size > TREE_MAX || tree.strings >= tree.size)
        return;
    while (at && at < tree.size / 4)
        at = token_take(&tree, at);
}

u64 arch_memory_end(void)
{
    if (!memory_end)
        system_panic("No device tree says where memory ends.");
    return memory_end - RAM_BASE;
}

u32 arch_records(void)
{
    u32 id = records - '0';

    return id <= 9 ? id : CONF_NONE;
}

/* The board has one UART, which is not for records. */
bool arch_uart_free(const struct conf_header *conf, u32 id)
{
    (void)conf;
    (void)id;
    return false;
}
