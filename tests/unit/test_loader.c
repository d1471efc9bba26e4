/* SPDX-License-Identifier: Apache-2.0 */
/* The loader: images and customisation files of a container, plain and packed, come into memory
 * byte for byte and nothing else is touched, piece by piece or in bulk; whatever is wrong with
 * them stops the partition and says why. */
/* fake: core */
/* sources: user/tools/common/lzss_encode.c user/tools/common/tool.c */
#include "fake.h"
#include "hv/loader.h"
#include "lzss_encode.h"
#include "random.h"

#define AREA (PHYS_BASE + 0x10000)
#define AREA_SIZE 0x40000u
#define MAPPED 0x40000000ull /* where the partition sees its second area */
#define SECOND (PHYS_BASE + 0x80000)
#define PIECE 1024u

static u8 *expected; /* PHYS_SIZE bytes: what memory must hold afterwards */
static struct blob container;

static void boot(void)
{
    fake_one_cpu();
    fake_partition("p0", 0, 1);
    fake_area(AREA, AREA_SIZE, AREA, 0);
    fake_area(SECOND, 0x8000, MAPPED, 0);
    fake_partition("p1", 0, 1);
    fake_boot();
    fake.space_steps = 5;
    if (!expected)
        expected = malloc(PHYS_SIZE);
    memset(fake_phys, 0x5a, PHYS_SIZE);
    memset(expected, 0x5a, PHYS_SIZE);
}

/* Bytes with repetitions, so that packing has something to do. */
static u8 *content_make(u32 size)
{
    u8 *bytes = malloc(size ? size : 1);

    for (u32 i = 0; i < size; i++)
        bytes[i] = i > 20 && random_below(8) ? bytes[i - 1 - random_below(20)] : (u8)random_u64();
    return bytes;
}

/* A segment of these bytes, packed or not; what it stores is answered and must be freed. */
static u8 *segment_add(u64 phys, const u8 *bytes, u32 size, u32 mem_size, bool packed)
{
    u8 *stored = malloc(size * 2 + 64);
    u32 length = size;

    if (packed)
        length = lzss_encode(bytes, size, stored);
    else
        memcpy(stored, bytes, size);
    fake_segment(phys, stored, length, size, mem_size, packed ? PEF_SEGMENT_COMPRESSED : 0);
    return stored;
}

static struct blob file_of(const u8 *bytes, u32 size, bool packed)
{
    u8 *stored;
    struct blob b;

    fake_pef(PEF_FILE, 0);
    stored = segment_add(0, bytes, size, size, packed);
    b = fake_pef_end();
    free(stored);
    return b;
}

/* A container with a configuration file, an image of partition 0 and its customisation files. */
static void container_make_of(struct blob image, const struct blob *customs, u32 n_customs)
{
    struct container_entry entry[2] = {
        {CONTAINER_HYPERVISOR, 0, 1, {0, CONTAINER_NO_FILE, CONTAINER_NO_FILE}},
        {0, 1, n_customs, {CONTAINER_NO_FILE, CONTAINER_NO_FILE, CONTAINER_NO_FILE}}};
    struct blob file[5] = {file_of((const u8 *)"conf", 4, false), image};

    for (u32 i = 0; i < n_customs; i++) {
        entry[1].custom[i] = i + 2;
        file[i + 2] = customs[i];
    }
    free(container.bytes);
    container = fake_container(file, n_customs + 2, entry, 2);
    assert_null(loader_init(container.bytes, container.size));
    for (u32 i = 0; i < n_customs + 2; i++)
        free(file[i].bytes);
}

/* Steps to the end; answers how many. */
static u32 load(bool bulk)
{
    u32 steps = 1;

    loader_begin(&partitions[0], bulk);
    while (loader_step(cpus[0], &partitions[0]))
        steps++;
    return steps;
}

/* In bulk: at boot, which alone judges what has the right sum. */
static void fails(bool bulk, const char *says)
{
    load(bulk);
    assert_int_equal(partitions[0].loader.phase, LOADER_FAILED);
    assert_non_null(partitions[0].loader.error);
    if (!strstr(partitions[0].loader.error, says))
        fail_msg("says '%s', not '%s'", partitions[0].loader.error, says);
    assert_memory_equal(fake_phys, expected, PHYS_SIZE);
    assert_false(loader_step(cpus[0], &partitions[0])); /* stays failed */
}

/* Found at boot and at a reload. */
static void expect_error(const char *says)
{
    for (u32 bulk = 0; bulk < 2; bulk++)
        fails(bulk, says);
}

/* Two customisation files, of which the second has a limit. */
static void customs_make(struct blob files[2], u64 place[2])
{
    for (u32 i = 0; i < 2; i++) {
        u32 size = (u32)random_below(9000);
        u8 *bytes = content_make(size);

        place[i] = MAPPED + i * 0x4000 + random_below(3000);
        files[i] = file_of(bytes, size, random_below(2));
        memcpy(expected + (place[i] - MAPPED + SECOND - PHYS_BASE), bytes, size);
        free(bytes);
    }
}

static void random_images(void **state)
{
    (void)state;
    for (u32 round = 0; round < 100; round++) {
        u32 n = 1 + (u32)random_below(4);
        u64 at = AREA + random_below(5000);
        u64 place[2];
        u8 *stored[4];
        struct blob files[2];
        u32 steps;

        boot();
        customs_make(files, place);
        fake_pef(PEF_PARTITION, at);
        for (u32 i = 0; i < n; i++) {
            u32 size = (u32)random_below(random_below(3) ? 20000 : 40);
            u32 mem_size = size + (u32)random_below(3000) + 1;
            u8 *bytes = content_make(size);

            stored[i] = segment_add(at, bytes, size, mem_size, random_below(2));
            memcpy(expected + (at - PHYS_BASE), bytes, size);
            at += mem_size + random_below(100);
            free(bytes);
        }
        fake_custom(place[0], 0);
        fake_custom(place[1], 9000);
        container_make_of(fake_pef_end(), files, 2);
        for (u32 i = 0; i < n; i++)
            free(stored[i]);
        steps = load(round & 1);
        assert_null(partitions[0].loader.error);
        assert_int_equal(partitions[0].loader.phase, LOADER_DONE);
        assert_memory_equal(fake_phys, expected, PHYS_SIZE);
        if (!(round & 1)) /* sums and copies in pieces, then the address space */
            assert_in_range(steps, container.size / PIECE + fake.space_steps, 100000);
        assert_ptr_equal(loader_image(&partitions[0]),
                         container.bytes + file_at(container, 1)->offset);
    }
}

/* No piece writes more than its share, whatever the image. */
static void pieces_are_bounded(void **state)
{
    u8 *bytes = malloc(30000);
    u8 *stored;
    static u8 before[PHYS_SIZE];
    u32 largest = 0;

    (void)state;
    for (u32 packed = 0; packed < 2; packed++) {
        boot();
        for (u32 i = 0; i < 30000; i++)
            bytes[i] = (u8)random_u64();
        fake_pef(PEF_PARTITION, AREA + 100);
        stored = segment_add(AREA + 100, bytes, 30000, 30000, packed);
        container_make_of(fake_pef_end(), NULL, 0);
        free(stored);
        loader_begin(&partitions[0], false);
        do {
            u32 first = 0, last = PHYS_SIZE;

            memcpy(before, fake_phys, PHYS_SIZE);
            if (!loader_step(cpus[0], &partitions[0]))
                break;
            while (first < last && before[first] == fake_phys[first])
                first++;
            while (last > first && before[last - 1] == fake_phys[last - 1])
                last--;
            if (last - first > largest)
                largest = last - first;
        } while (true);
        assert_int_equal(partitions[0].loader.phase, LOADER_DONE);
        assert_memory_equal(fake_phys + 0x10000 + 100, bytes, 30000);
    }
    assert_in_range(largest, 500, PIECE);
    free(bytes);
}

/* A sound container to spoil: one segment, one customisation file. */
static void sound(u64 phys, u64 custom_place, u64 custom_room)
{
    struct blob custom;

    boot();
    custom = file_of((const u8 *)"custom", 6, false);
    fake_pef(PEF_PARTITION, phys);
    fake_segment(phys, "an image", 8, 8, 0x1000, 0);
    fake_custom(custom_place, custom_room);
    container_make_of(fake_pef_end(), &custom, 1);
}

static struct pef_header *image_header(void)
{
    return (void *)(container.bytes + file_at(container, 1)->offset);
}

/* The sums of a changed file, so that only the change itself is wrong. */
static void seal(u32 file)
{
    struct container_file *f = file_at(container, file);

    pef_seal((struct blob){container.bytes + f->offset, f->size});
    f->crc = crc32c_end(crc32c_update(CRC32C_START, container.bytes + f->offset, f->extent));
    container_seal(container);
}

static void damage_is_found_before_a_byte_is_placed(void **state)
{
    (void)state;
    sound(AREA, MAPPED, 0);
    for (u32 bit = 0; bit < file_at(container, 1)->extent * 8; bit += 7) {
        u8 *at = container.bytes + file_at(container, 1)->offset + bit / 8;

        *at ^= (u8)(1u << bit % 8);
        load(bit & 1);
        assert_int_equal(partitions[0].loader.phase, LOADER_FAILED);
        assert_memory_equal(fake_phys, expected, PHYS_SIZE);
        *at ^= (u8)(1u << bit % 8);
    }
    /* of a customisation file: the image is there already, the partition does not start */
    container.bytes[file_at(container, 2)->offset + 140] ^= 4;
    memcpy(expected + (AREA - PHYS_BASE), "an image", 8);
    expect_error("damaged");
}

static void wrong_images(void **state)
{
    (void)state;
    sound(AREA, MAPPED, 0);
    image_header()->abi_version++;
    seal(1);
    fails(true, "version");
    sound(AREA, MAPPED, 0);
    image_header()->api_version--;
    seal(1);
    fails(true, "version");
    sound(AREA, MAPPED, 0);
    image_header()->kind = PEF_HYPERVISOR;
    seal(1);
    fails(true, "PEF");
    sound(AREA, MAPPED, 0);
    image_header()->arch = CONF_ARCH_AARCH64;
    seal(1);
    fails(true, "architecture");
    sound(AREA, MAPPED, 0);
    image_header()->n_segments = 0;
    seal(1);
    fails(true, "PEF");
    sound(AREA - 8, MAPPED, 0);
    fails(true, "areas");
    sound(AREA + AREA_SIZE - 0xfff, MAPPED, 0);
    fails(true, "areas");
    sound(AREA, MAPPED, 0);
    fake.space_error = "no room for its page tables";
    fails(true, "no room for its page tables");
}

static void wrong_customs(void **state)
{
    struct blob customs[2];

    (void)state;
    boot();
    for (u32 i = 0; i < 2; i++)
        customs[i] = file_of((const u8 *)"custom", 6, false);
    fake_pef(PEF_PARTITION, AREA);
    fake_segment(AREA, "an image", 8, 8, 8, 0);
    fake_custom(MAPPED, 0);
    container_make_of(fake_pef_end(), customs, 2);
    fails(true, "more customisation files");
    sound(AREA, MAPPED, 5);
    memcpy(expected + (AREA - PHYS_BASE), "an image", 8);
    expect_error("does not fit");
    sound(AREA, MAPPED, 6);
    load(true);
    assert_int_equal(partitions[0].loader.phase, LOADER_DONE);
    sound(AREA, MAPPED + 0x8000 - 5, 0);
    memcpy(expected + (AREA - PHYS_BASE), "an image", 8);
    expect_error("does not fit");
    sound(AREA, SECOND, 0); /* the address in memory is none that the partition sees */
    memcpy(expected + (AREA - PHYS_BASE), "an image", 8);
    expect_error("does not fit");
}

static void a_stream_that_ends_early(void **state)
{
    u8 stored[4] = {0xff, 'a', 'b', 'c'}; /* three bytes, of four */

    (void)state;
    boot();
    fake_pef(PEF_PARTITION, AREA);
    fake_segment(AREA, stored, 4, 4, 4, PEF_SEGMENT_COMPRESSED);
    container_make_of(fake_pef_end(), NULL, 0);
    for (u32 bulk = 0; bulk < 2; bulk++) {
        load(bulk);
        assert_int_equal(partitions[0].loader.phase, LOADER_FAILED);
        assert_non_null(strstr(partitions[0].loader.error, "ends early"));
    }
}

static void a_partition_without_an_image(void **state)
{
    (void)state;
    sound(AREA, MAPPED, 0);
    loader_begin(&partitions[1], false);
    assert_int_equal(partitions[1].loader.phase, LOADER_FAILED);
    assert_false(loader_step(cpus[0], &partitions[1]));
    assert_memory_equal(fake_phys, expected, PHYS_SIZE);
}

/* The configuration file of a container, plain or packed. */
static void configuration(void **state)
{
    static const struct container_entry entry = {
        CONTAINER_HYPERVISOR, 0, 1, {1, CONTAINER_NO_FILE, CONTAINER_NO_FILE}};
    u32 size = 5000;
    u8 *bytes = content_make(size);

    (void)state;
    for (u32 packed = 0; packed < 2; packed++) {
        struct blob file[2] = {file_of(bytes, 8, false), file_of(bytes, size, packed)};
        struct blob c = fake_container(file, 2, &entry, 1);
        u8 *to = malloc(size);
        u32 got = 0;

        assert_null(loader_init(c.bytes, c.size));
        assert_null(loader_configuration(to, size, &got));
        assert_int_equal(got, size);
        assert_memory_equal(to, bytes, size);
        memset(to, 0, size);
        assert_non_null(loader_configuration(to, size - 1, &got));
        assert_int_equal(to[0] | to[size - 1], 0);
        /* The core's own file counts too. */
        c.bytes[file_at(c, packed)->offset + 140] ^= 1;
        assert_non_null(loader_configuration(to, size, &got));
        assert_int_equal(to[0] | to[size - 1], 0);
        c.bytes[8] ^= 1;
        assert_non_null(loader_init(c.bytes, c.size));
        free(c.bytes);
        free(file[0].bytes);
        free(file[1].bytes);
        free(to);
    }
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_images),
        cmocka_unit_test(pieces_are_bounded),
        cmocka_unit_test(damage_is_found_before_a_byte_is_placed),
        cmocka_unit_test(wrong_images),
        cmocka_unit_test(wrong_customs),
        cmocka_unit_test(a_stream_that_ends_early),
        cmocka_unit_test(a_partition_without_an_image),
        cmocka_unit_test(configuration),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
