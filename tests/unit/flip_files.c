/* SPDX-License-Identifier: Apache-2.0 */
/* flip_files FILE...: damages containers, PEFs and configurations, and demands that the tools and
 * the core refuse each damaged form: flipped bits, bursts, cut ends, bytes behind. The core's side
 * is what boot does, on the fake architecture: tables, sums, configuration, then every image.
 * Prints for each file how much was tried. Exit code 2 at the first damage that passes. */
/* fake: core */
/* flags: -O2 -include tests/unit/tool_seam.h */
/* sources: tests/unit/tool_seam.c core/conf/pool.c user/tools/prtospack/list.c
 * user/tools/common/container_file.c user/tools/common/pef_file.c user/tools/common/hyp_area.c
 * user/tools/common/tool.c */
#include "fake.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../user/tools/prtospack/pack.h"
#include "conf/verify.h"
#include "container_file.h"
#include "hv/loader.h"
#include "hyp_area.h"
#include "random.h"
#include "tool.h"

#define SINGLE_BITS 10000u
#define OTHERS 3000u /* pairs of bits, bursts, cut ends */
#define SMALL 8192u  /* bytes: each one has its turn */
#define EXTENDED 64u /* bytes behind the end */

/* conf/pool.c as it is, not the fake's: configurations of the tools are judged. */
const u32 fake_budget = 1;

static const char *path;
static u8 *bytes; /* with room for EXTENDED more */
static u32 size;
static u32 tried;

static void pass(const char *kind, u32 at, const char *who)
{
    dprintf(STDERR_FILENO, "%s: %s at bit %u: %s accept it\n", path, kind, at, who);
    _exit(TOOL_REFUSED);
}

static u32 magic(void)
{
    u32 value;

    memcpy(&value, bytes, sizeof(value));
    return value;
}

static int tools_open(void *argument)
{
    const u32 *kind = argument;
    struct pef_file pef;
    struct file file;

    if (*kind == CONTAINER_MAGIC) {
        pack_list(path);
        return TOOL_OK;
    }
    file_read(&file, path);
    if (*kind == PEF_MAGIC) {
        pef_open(&pef, path, file.bytes, file.size);
    } else {
        struct pef_header header = {.kind = PEF_FILE};
        struct pef_segment segment = {.size = file.size};

        pef = (struct pef_file){path, &header, &segment, NULL, {file.bytes}};
        hyp_conf(&pef);
    }
    return TOOL_OK;
}

static int image_loads(struct partition *partition)
{
    loader_begin(partition, true);
    while (loader_step(cpus[0], partition))
        ;
    return partition->loader.phase == LOADER_DONE;
}

/* The partitions as core/kernel/setup.c gives them to the loader. */
static int images_load(const struct conf_header *conf)
{
    static struct partition all[CONF_MAX_PARTITIONS];
    int good = 1;

    for (u32 i = 0; i < conf_count(conf, CONF_T_PARTITION) && good; i++) {
        const struct conf_partition *row = conf_partitions(conf) + i;

        all[i] =
            (struct partition){.conf = row, .areas = conf_areas(conf) + row->first_area, .id = i};
        good = image_loads(&all[i]);
    }
    return good;
}

static int core_boots(const u8 *container, u32 length)
{
    static u64 place[65536 / sizeof(u64)];
    u32 conf_size = 0;

    return !loader_init(container, length) &&
           !loader_configuration(place, sizeof(place), &conf_size) &&
           !conf_verify(place, conf_size, ARCH_CONF) && images_load((const void *)place);
}

/* Does anybody take the first `length` bytes, whose kind was `kind`? */
static const char *taken_by(u32 kind, u32 length)
{
    u8 *copy = malloc(length ? length : 1);
    int core;

    memcpy(copy, bytes, length);
    if (kind == CONTAINER_MAGIC)
        core = core_boots(copy, length);
    else if (kind == PEF_MAGIC)
        core = !pef_verify(copy, length, 0, 0, 1);
    else
        core = !conf_verify(copy, length, ARCH_CONF);
    seam_read = (struct seam_bytes){copy, length};
    if (seam_run(tools_open, &kind) == TOOL_OK) {
        free(copy);
        return core ? "tools and core" : "the tools";
    }
    free(copy);
    return core ? "the core" : NULL;
}

static void demand_refused(const char *what, u32 kind, u32 length, u32 at)
{
    const char *who = taken_by(kind, length);

    if (who)
        pass(what, at, who);
    tried++;
}

static void flip(u32 bit)
{
    bytes[bit / 8] ^= (u8)(1u << bit % 8);
}

static void single_bits(u32 kind)
{
    u32 rounds = size <= SMALL && size > SINGLE_BITS ? size : SINGLE_BITS;

    for (u32 i = 0; i < rounds; i++) {
        u32 byte = size <= SMALL ? i % size : (u32)random_below(size);
        u32 bit = byte * 8 + (u32)random_below(8);

        flip(bit);
        demand_refused("a flipped bit", kind, size, bit);
        flip(bit);
    }
}

static void pairs_of_bits(u32 kind)
{
    for (u32 i = 0; i < OTHERS; i++) {
        u32 one = (u32)random_below(size * 8), other = (u32)random_below(size * 8);

        flip(one);
        flip(other);
        if (one != other)
            demand_refused("two flipped bits", kind, size, one);
        flip(one);
        flip(other);
    }
}

/* Up to 32 bits in a row, of which the first and others are wrong. */
static void bursts(u32 kind)
{
    for (u32 i = 0; i < OTHERS; i++) {
        u32 pattern = (u32)random_u64() | 1, first = (u32)random_below(size * 8 - 31);

        pattern >>= random_below(31);
        for (u32 bit = 0; bit < 32; bit++)
            if ((pattern | 1) >> bit & 1)
                flip(first + bit);
        demand_refused("a burst", kind, size, first);
        for (u32 bit = 0; bit < 32; bit++)
            if ((pattern | 1) >> bit & 1)
                flip(first + bit);
    }
}

static void ends(u32 kind)
{
    for (u32 i = 0; i < OTHERS || (size <= SMALL && i < size); i++) {
        u32 length = size <= SMALL ? i % size : (u32)random_below(size);

        demand_refused("a cut end", kind, length, length * 8);
    }
    for (u32 more = 1; more <= EXTENDED; more++) {
        memset(bytes + size, more % 2 ? 0 : (int)random_below(256), more);
        demand_refused("bytes behind", kind, size + more, size * 8);
    }
}

static void file_load(void)
{
    int file = open(path, O_RDONLY);
    struct stat stat;

    if (file < 0 || fstat(file, &stat) < 0 || stat.st_size < 32)
        pass("no such file", 0, "none can");
    size = (u32)stat.st_size;
    bytes = malloc(size + EXTENDED);
    if (!bytes || read(file, bytes, size) != (ssize_t)size)
        pass("no such bytes", 0, "none can");
    close(file);
}

static const struct {
    const char *name;
    void (*try)(u32 kind);
} damages[] = {
    {"single bits", single_bits},
    {"pairs of bits", pairs_of_bits},
    {"bursts", bursts},
    {"wrong ends", ends},
};

int main(int argc, char **argv)
{
    static struct cpu boots; /* whose windows the loader takes */

    tool_start("flip_files", "");
    fake_reset();
    cpus[0] = &boots;
    fake.memory_anywhere = true;
    for (int i = 1; i < argc; i++) {
        const char *who;

        path = argv[i];
        file_load();
        who = taken_by(magic(), size);
        if (!who || strcmp(who, "tools and core") != 0)
            pass("nothing", 0, who ? "only some" : "none");
        for (u32 k = 0; k < ARRAY_SIZE(damages); k++) {
            tried = 0;
            damages[k].try(magic());
            dprintf(STDOUT_FILENO, "%u %s refused\n", tried, damages[k].name);
        }
        free(bytes);
    }
    return TOOL_OK;
}
