/* SPDX-License-Identifier: Apache-2.0 */
/* Image checks (core/conf/verify_image.c): sound images pass, each single lie is refused for its
 * own reason with all sums repaired, no flipped bit passes, and arbitrary words with repaired sums
 * never make the checks read outside (buffers of exact size, ASan). */
/* sources: core/conf/verify_image.c core/lib/crc32c.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "image_make.h"

#define FUZZ_ROUNDS 200000u

/* A 32-bit word set to a value, and what the check must say. */
struct lie {
    u32 at;
    u32 value;
    const char *says;
};

#define PEF(field) offsetof(struct pef_header, field)
#define SEG(i, field) (88 + (i)*48 + offsetof(struct pef_segment, field))
#define CUSTOM(i, field) (88 + 2 * 48 + (i)*16 + offsetof(struct pef_custom, field))
#define CON(field) offsetof(struct container_header, field)
#define ENTRY(i, field) (40 + (i)*24 + offsetof(struct container_entry, field))
#define CFILE(i, field) (40 + 3 * 24 + (i)*24 + offsetof(struct container_file, field))

static void put(struct blob b, u32 at, u32 value)
{
    assert_true(at + 4 <= b.size);
    memcpy(b.bytes + at, &value, 4);
}

static void expect(const char *fault, const char *says)
{
    if (!fault && !says)
        return;
    if (!fault || !says || !strstr(fault, says))
        fail_msg("check says \"%s\", expected \"%s\"", fault ? fault : "ok", says ? says : "ok");
}

static void sound_pefs_pass(void **state)
{
    struct blob partition = pef_program(PEF_PARTITION);
    struct blob hypervisor = pef_program(PEF_HYPERVISOR);
    struct blob file = pef_custom_file();
    struct blob all[] = {partition, hypervisor, file};

    (void)state;
    for (u32 i = 0; i < 3; i++) {
        const char *other[] = {"not a hypervisor", "not a partition", "not a customisation file"};
        u32 kind = as_pef(all[i])->kind;

        expect(pef_verify(all[i].bytes, all[i].size, 0, 0, 1), 0);
        expect(pef_verify(all[i].bytes, all[i].size, kind, CONF_ARCH_X86, 1), 0);
        for (u32 wrong = PEF_HYPERVISOR; wrong <= PEF_FILE; wrong++)
            expect(pef_verify(all[i].bytes, all[i].size, wrong, CONF_ARCH_X86, 1),
                   wrong == kind ? 0 : other[wrong - 1]);
        expect(pef_verify(all[i].bytes, all[i].size, 0, CONF_ARCH_AARCH64, 1),
               kind == PEF_FILE ? 0 : "another architecture");
        expect(pef_verify(all[i].bytes, all[i].size - 1, 0, 0, 1), "another size");
        all[i].bytes[all[i].size - 20] ^= 4;
        expect(pef_verify(all[i].bytes, all[i].size, 0, 0, 1), "checksum");
        free(all[i].bytes);
    }
}

static const struct lie pef_lies[] = {
    {PEF(magic), 1, "signature"},
    {PEF(format), PEF_FORMAT + 1, "format"},
    {PEF(size), 248 + 8, "size"},
    {PEF(kind), 0, "kind"},
    {PEF(kind), 4, "kind"},
    {PEF(kind), PEF_FILE, "fields of a program"},
    {PEF(arch), 0, "architecture"},
    {PEF(arch), 3, "architecture"},
    {PEF(n_segments), 0, "number of segments"},
    {PEF(n_segments), PEF_MAX_SEGMENTS + 1, "number of segments"},
    {PEF(n_segments), 0xffffffff, "number of segments"},
    {PEF(n_segments), 4, "reach beyond"},
    {PEF(n_segments), 1, "not where they belong"},
    {PEF(n_customs), PEF_MAX_CUSTOM + 1, "too many"},
    {PEF(n_customs), 1, "not where they belong"},
    {PEF(entry), 0x6000000 + 13, "entry point"},
    {PEF(entry), 0x5ffffff, "entry point"},
    {PEF(entry) + 4, 1, "entry point"},
    {PEF(page_table_size), 0xf9ff8001, "page tables"},
    {PEF(page_table_size) + 4, 0xffffffff, "page tables"},
    {CUSTOM(0, start), 0xffffff01, "customisation file wraps"},
    {CUSTOM(1, size) + 4, 0xffffffff, "customisation file wraps"},
    {SEG(0, flags), 2, "flags"},
    {SEG(1, flags), 0, "another number of bytes"},
    {SEG(1, reserved), 1, "reserved"},
    {SEG(0, mem_size), 12, "larger in the file"},
    {SEG(1, mem_size), 0xfa000000, "wraps"},
    {SEG(0, phys), 0xfffffff8, "wraps"},
    {SEG(0, virt) + 4, 1, "wraps"},
    {SEG(0, phys) + 4, 0xffffffff, "wraps"},
    {SEG(0, size), 12, "another number of bytes"},
    {SEG(0, offset), 224, "not where they belong"},
    {SEG(1, offset), 240, "not where they belong"},
    {SEG(1, stored), 8, "bytes behind"},
    {SEG(1, stored), 9, "gap behind"},
    {SEG(1, stored), 17, "not where they belong"},
    {SEG(1, stored), 0xffffffff, "not where they belong"},
    {SEG(1, phys), 0x600000c, "overlap"},
    {SEG(1, virt), 0x600000c, "overlap"},
    {216 + 13, 0x00010000, "gap behind"},
};

static void each_lie_of_a_pef_is_refused(void **state)
{
    (void)state;
    for (u32 i = 0; i < ARRAY_SIZE(pef_lies); i++) {
        struct blob b = pef_program(PEF_PARTITION);

        assert_int_equal(b.size, 248);
        put(b, pef_lies[i].at, pef_lies[i].value);
        if (pef_lies[i].at != PEF(crc))
            pef_seal(b);
        expect(pef_verify(b.bytes, b.size, 0, 0, 1), pef_lies[i].says);
        free(b.bytes);
    }
}

static void a_program_has_no_empty_segment(void **state)
{
    struct blob b = pef_program(PEF_PARTITION);
    struct pef_segment *s = pef_segment_at(b, 0);

    (void)state;
    memset(b.bytes + s->offset, 0, 16);
    put(b, PEF(entry), 0x6001000);
    s->size = s->mem_size = s->stored = 0;
    pef_segment_at(b, 1)->offset = s->offset;
    pef_segment_at(b, 1)->stored = 32;
    pef_seal(b);
    expect(pef_verify(b.bytes, b.size, 0, 0, 1), "empty segment");
    free(b.bytes);
}

static void each_cut_of_a_pef_is_refused(void **state)
{
    struct blob sound = pef_program(PEF_PARTITION);

    (void)state;
    for (u32 size = 0; size < sound.size; size++) {
        struct blob cut = blob_new(size ? size : 1);

        memcpy(cut.bytes, sound.bytes, size);
        assert_non_null(pef_verify(cut.bytes, size, 0, 0, 1));
        if (size >= 16) {
            put(cut, PEF(size), size);
            pef_seal(cut);
            assert_non_null(pef_verify(cut.bytes, size, 0, 0, 1));
        }
        free(cut.bytes);
    }
    free(sound.bytes);
}

static const struct lie file_lies[] = {
    {PEF(arch), CONF_ARCH_X86, "fields of a program"},
    {PEF(entry), 1, "fields of a program"},
    {PEF(abi_version), 1, "fields of a program"},
    {PEF(page_table) + 4, 1, "fields of a program"},
    {SEG(0, phys), 8, "at address 0"},
    {SEG(0, virt), 8, "at address 0"},
    {SEG(0, mem_size), 6, "at address 0"},
};

static void each_lie_of_a_custom_file_is_refused(void **state)
{
    (void)state;
    for (u32 i = 0; i < ARRAY_SIZE(file_lies); i++) {
        struct blob b = pef_custom_file();

        put(b, file_lies[i].at, file_lies[i].value);
        pef_seal(b);
        expect(pef_verify(b.bytes, b.size, 0, 0, 1), file_lies[i].says);
        free(b.bytes);
    }
}

static void segments_may_touch_and_a_64_bit_address_is_no_x86_one(void **state)
{
    struct blob b = pef_program(PEF_PARTITION);

    (void)state;
    put(b, SEG(1, phys), 0x600000d);
    put(b, SEG(1, virt), 0x600000d);
    pef_seal(b);
    expect(pef_verify(b.bytes, b.size, 0, 0, 1), 0);
    put(b, SEG(1, phys) + 4, 1);
    pef_seal(b);
    expect(pef_verify(b.bytes, b.size, 0, 0, 1), "wraps");
    put(b, PEF(arch), CONF_ARCH_AARCH64);
    pef_seal(b);
    expect(pef_verify(b.bytes, b.size, 0, 0, 1), 0);
    free(b.bytes);
}

static const struct lie container_lies[] = {
    {CON(magic), 0, "signature"},
    {CON(format), 1, "format"},
    {CON(size), 352 - 16, "another size"},
    {CON(n_entries), 0, "number of entries"},
    {CON(n_entries), CONF_MAX_PARTITIONS + 2, "number of entries"},
    {CON(n_entries), 2, "reach beyond"},
    {CON(n_files), 0, "number of files"},
    {CON(n_files), CONTAINER_MAX_FILES + 1, "number of files"},
    {CON(n_files), 5, "reach beyond"},
    {CON(names_offset), 216, "reach beyond"},
    {CON(names_size), 0, "reach beyond"},
    {CON(names_size), 0xfffffff0, "reach beyond"},
    {CON(files_offset), 240, "reach beyond"},
    {CON(reserved), 1, "reserved"},
    {ENTRY(0, partition), 0, "hypervisor and configuration"},
    {ENTRY(0, n_customs), 0, "unused"},
    {ENTRY(0, n_customs), 4, "too many"},
    {ENTRY(0, file), 4, "names no file"},
    {ENTRY(0, custom), 4, "no customisation file"},
    {ENTRY(0, custom) + 4, 0, "unused"},
    {ENTRY(1, partition), CONF_MAX_PARTITIONS, "out of range"},
    {ENTRY(1, partition), CONTAINER_HYPERVISOR, "out of range"},
    {ENTRY(1, partition), 3, "ascend"},
    {ENTRY(1, partition), 4, "ascend"},
    {ENTRY(2, custom) + 4, CONTAINER_NO_FILE, "no customisation file"},
    {CFILE(0, offset), 240, "not where it belongs"},
    {CFILE(1, offset), 0xfffffff0, "not where it belongs"},
    {CFILE(0, size), 33, "not where it belongs"},
    {CFILE(0, size), 16, "not where it belongs"},
    {CFILE(0, size), 19, "gap behind a file"},
    {CFILE(0, size), 0xffffffff, "not where it belongs"},
    {CFILE(2, extent), 32, "not where it belongs"},
    {CFILE(3, name), 16, "name is not"},
    {CFILE(3, name), 0xffffffff, "name is not"},
    {CFILE(3, name), 4, "name is not"},
    {CFILE(3, name), 1, "name is not"},
    {CFILE(3, reserved), 1, "reserved"},
    {208 + 12, 0x00007871, "name does not end"},
    {208 + 12, 0x00010071, "gap behind the names"},
};

static void each_lie_of_a_container_is_refused(void **state)
{
    struct blob sound = container_make();

    (void)state;
    assert_int_equal(sound.size, 320);
    expect(container_verify(sound.bytes, sound.size), 0);
    for (u32 i = 0; i < ARRAY_SIZE(container_lies); i++) {
        struct blob b = container_make();

        put(b, container_lies[i].at, container_lies[i].value);
        as_container(b)->tables_crc = crc32c_with_hole(b.bytes, 224, 8);
        expect(container_verify(b.bytes, b.size), container_lies[i].says);
        free(b.bytes);
    }
    for (u32 size = 0; size < sound.size; size++) {
        u8 *cut = malloc(size ? size : 1);

        memcpy(cut, sound.bytes, size);
        assert_non_null(container_verify(cut, size));
        free(cut);
    }
    free(sound.bytes);
}

static void gaps_of_a_container_are_zero(void **state)
{
    struct blob b = container_make();

    (void)state;
    b.bytes[b.size - 1] = 1; /* behind the last file, with a right sum */
    file_at(b, 3)->crc = crc32c_end(crc32c_update(CRC32C_START, b.bytes + b.size - 16, 16));
    container_seal(b);
    expect(container_verify(b.bytes, b.size), "gap behind a file");
    free(b.bytes);
}

static void a_file_ends_inside(void **state)
{
    struct blob b = container_make();

    (void)state;
    file_at(b, 3)->size = 0x7ffffff1;
    file_at(b, 3)->extent = 0x80000000;
    container_seal(b);
    expect(container_verify(b.bytes, b.size), "beyond the container");
    free(b.bytes);
}

static int container_sound(struct blob b)
{
    if (container_verify(b.bytes, b.size))
        return 0;
    for (u32 i = 0; i < as_container(b)->n_files; i++)
        if (container_file_verify(b.bytes, i))
            return 0;
    expect(container_file_verify(b.bytes, as_container(b)->n_files), "no such file");
    return 1;
}

static void every_flipped_bit_is_refused(void **state)
{
    struct blob container = container_make();
    struct blob pef = pef_program(PEF_PARTITION);

    (void)state;
    assert_true(container_sound(container));
    for (u32 bit = 0; bit < container.size * 8; bit++) {
        container.bytes[bit / 8] ^= (u8)(1u << bit % 8);
        assert_false(container_sound(container));
        container.bytes[bit / 8] ^= (u8)(1u << bit % 8);
    }
    for (u32 bit = 0; bit < pef.size * 8; bit++) {
        pef.bytes[bit / 8] ^= (u8)(1u << bit % 8);
        assert_non_null(pef_verify(pef.bytes, pef.size, 0, 0, 1));
        pef.bytes[bit / 8] ^= (u8)(1u << bit % 8);
    }
    assert_true(container_sound(container));
    free(pef.bytes);
    free(container.bytes);
}

static u32 odd_value(void)
{
    switch (rand() % 5) {
    case 0:
        return 0xffffffffu - (u32)rand() % 40;
    case 1:
        return 0x80000000u + (u32)rand() % 16;
    case 2:
        return (u32)rand() % 600;
    case 3:
        return (u32)rand() % 64 * 16;
    default:
        return (u32)rand() * 2u;
    }
}

/* Some words replaced, sums repaired as far as they can be: any verdict, but no access outside. */
static void arbitrary_words_with_repaired_sums(void **state)
{
    u32 accepted = 0;

    (void)state;
    for (u32 round = 0; round < FUZZ_ROUNDS; round++) {
        struct blob b = round & 1 ? container_make() : pef_program(1 + round / 2 % 3);
        u32 tables = round & 1 ? 224 : 216;

        for (u32 n = 1 + (u32)rand() % 3; n--;)
            put(b, (u32)rand() % (tables / 4) * 4, odd_value());
        if (round & 1) {
            u32 end = as_container(b)->files_offset;

            as_container(b)->tables_crc =
                crc32c_with_hole(b.bytes, end >= 12 && end <= b.size ? end : 224, 8);
            accepted += (u32)container_sound(b);
        } else {
            pef_seal(b);
            accepted += !pef_verify(b.bytes, b.size, 0, 0, 1);
        }
        free(b.bytes);
    }
    /* Fields without a rule (versions, payload) may change: some are accepted, not many. */
    assert_in_range(accepted, 1, FUZZ_ROUNDS / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_pefs_pass),
        cmocka_unit_test(each_lie_of_a_pef_is_refused),
        cmocka_unit_test(a_program_has_no_empty_segment),
        cmocka_unit_test(each_cut_of_a_pef_is_refused),
        cmocka_unit_test(each_lie_of_a_custom_file_is_refused),
        cmocka_unit_test(segments_may_touch_and_a_64_bit_address_is_no_x86_one),
        cmocka_unit_test(each_lie_of_a_container_is_refused),
        cmocka_unit_test(gaps_of_a_container_are_zero),
        cmocka_unit_test(a_file_ends_inside),
        cmocka_unit_test(every_flipped_bit_is_refused),
        cmocka_unit_test(arbitrary_words_with_repaired_sums),
    };

    srand(1);
    return cmocka_run_group_tests(tests, 0, 0);
}
