/* SPDX-License-Identifier: Apache-2.0 */
/* What fuzz.h promises. Linked into each target. */
#define TOOL_SEAM_OFF
#include "fuzz.h"

#include "conf_walk.h"
#include "conf/pool.h"
#include "lib/crc32c.h"

void fuzz_fail(const char *file, int line, const char *text)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, text);
    abort();
}

u8 *fuzz_copy(const u8 *data, size_t size)
{
    u8 *copy = malloc(size ? size : 1);

    DEMAND(copy);
    if (size)
        memcpy(copy, data, size);
    return copy;
}

/* Knuth, The Art of Computer Programming, volume 2, 3.3.4; the high bits are the good ones. */
u32 fuzz_random(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

u64 fuzz_edge(unsigned *seed)
{
    static const u64 edges[] = {0,          1,          2,          3,           7,
                                8,          15,         16,         31,          32,
                                63,         64,         65,         255,         256,
                                257,        0xfff,      0x1000,     0x1001,      0xffff,
                                0x10000,    0x7fffffff, 0x80000000, 0xfffff000,  0xfffffff8,
                                0xffffffff, 1ull << 32, 1ull << 40, 1ull << 63,  ~0ull - 4095,
                                ~0ull - 7,  ~0ull,      0x6000000,  0xfbf6e000u, 0xfec00000u};

    return edges[fuzz_random(seed) % ARRAY_SIZE(edges)];
}

static void put_word(u8 *bytes, size_t at, u32 value)
{
    memcpy(bytes + at, &value, sizeof(value));
}

static void seal(u8 *bytes, size_t size, size_t at)
{
    put_word(bytes, at, crc32c_with_hole(bytes, (u32)size, (u32)at));
}

void fuzz_seal_conf(u8 *bytes, size_t size)
{
    u8 *copy;
    struct conf_header *conf;
    const char *fault;

    if (size < sizeof(*conf))
        return;
    put_word(bytes, offsetof(struct conf_header, magic), CONF_MAGIC);
    put_word(bytes, offsetof(struct conf_header, version), CONF_VERSION);
    put_word(bytes, offsetof(struct conf_header, size), (u32)size);
    copy = fuzz_copy(bytes, size);
    conf = (struct conf_header *)(void *)copy;
    conf->arch = conf->arch == CONF_ARCH_AARCH64 ? CONF_ARCH_AARCH64 : CONF_ARCH_X86;
    seal(copy, size, offsetof(struct conf_header, crc));
    fault = conf_verify(conf, size, conf->arch);
    if (fault && strstr(fault, "the pools' size")) {
        struct conf_pool_need need;
        struct conf_pool pool;

        conf_pool_need_of(conf, &need);
        conf_pool_layout(&need, &pool);
        conf->pool_size = pool.total;
        seal(copy, size, offsetof(struct conf_header, crc));
    }
    memcpy(bytes, copy, size);
    free(copy);
}

void fuzz_seal_pef(u8 *bytes, size_t size)
{
    if (size < sizeof(struct pef_header))
        return;
    put_word(bytes, offsetof(struct pef_header, magic), PEF_MAGIC);
    put_word(bytes, offsetof(struct pef_header, format), PEF_FORMAT);
    put_word(bytes, offsetof(struct pef_header, size), (u32)size);
    seal(bytes, size, offsetof(struct pef_header, crc));
}

/* One file of a container, with its own sum if it is a PEF, as far as it lies inside. */
static void seal_file(u8 *bytes, size_t size, size_t at)
{
    struct container_file file;

    memcpy(&file, bytes + at, sizeof(file));
    if (file.offset > size || file.extent > size - file.offset || file.size > file.extent)
        return;
    if (file.size % 8 == 0)
        fuzz_seal_pef(bytes + file.offset, file.size);
    file.crc = crc32c_end(crc32c_update(CRC32C_START, bytes + file.offset, file.extent));
    memcpy(bytes + at, &file, sizeof(file));
}

void fuzz_seal_container(u8 *bytes, size_t size)
{
    struct container_header c;
    size_t at;

    if (size < sizeof(c))
        return;
    put_word(bytes, offsetof(struct container_header, magic), CONTAINER_MAGIC);
    put_word(bytes, offsetof(struct container_header, format), CONTAINER_FORMAT);
    put_word(bytes, offsetof(struct container_header, size), (u32)size);
    memcpy(&c, bytes, sizeof(c));
    at = sizeof(c) + c.n_entries % 256 * sizeof(struct container_entry);
    for (u32 i = 0; i < c.n_files && at + sizeof(struct container_file) <= size; i++) {
        seal_file(bytes, size, at);
        at += sizeof(struct container_file);
    }
    if (c.files_offset >= sizeof(c) && c.files_offset <= size)
        seal(bytes, c.files_offset, offsetof(struct container_header, tables_crc));
}

void fuzz_walk_conf(const struct conf_header *conf)
{
    const struct conf_budget *budget = conf_budget_of(conf->arch);
    struct conf_pool_need need;
    struct conf_pool pool;
    u64 pcts = 0;

    conf_walk(conf);
    conf_pool_need_of(conf, &need);
    conf_pool_layout(&need, &pool);
    DEMAND(pool.cpus <= pool.vcpus && pool.vcpus <= pool.partitions);
    DEMAND(pool.partitions <= pool.ports && pool.ports <= pool.channels);
    DEMAND(pool.channels <= pool.devices && pool.devices <= pool.pages);
    DEMAND(pool.pages <= pool.tables && pool.tables <= pool.pcts && pool.pcts <= pool.total);
    DEMAND(pool.total % CONF_PAGE == 0 && pool.total <= conf->area_size);
    DEMAND(conf->area_size - pool.total >= conf->size + (u64)budget->core);
    for (u32 i = 0; i < conf_count(conf, CONF_T_PARTITION); i++) {
        const struct conf_partition *p = &conf_partitions(conf)[i];

        pcts += conf_pct_bytes(budget, p->n_vcpus, p->n_areas, p->n_ports);
    }
    DEMAND(pool.pcts + pcts == pool.total);
}
