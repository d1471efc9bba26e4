/* SPDX-License-Identifier: Apache-2.0 */
/* The ELF reader behind prtoseformat and prtosbuildinfo: what `build` makes of a file is a PEF that
 * tools and core accept, the same with and without compression; any file can be wrapped. */
/* sources: user/tools/prtoseformat/[!m]*.c */
#include "fuzz.h"

#include "../../user/tools/prtoseformat/eformat.h"
#include "elf_file.h"
#include "pef_file.h"
#include "tool.h"

#define PACKED_MAX 1500u /* bytes */
#define WRAPPED_MAX 256u

static int build(void *argument)
{
    eformat_build(argument);
    return TOOL_OK;
}

static int show(void *argument)
{
    (void)argument;
    eformat_read("in", SHOW_HEADER | SHOW_SEGMENTS | SHOW_CUSTOMS);
    return TOOL_OK;
}

/* As prtosbuildinfo does. */
static int find_section(void *argument)
{
    struct elf_section section;
    struct elf_file elf;
    struct file file;

    file_read(&file, argument);
    elf_open(&elf, &file);
    if (elf_find(&elf, ".build_info", &section) == 1)
        fwrite(file.bytes + section.offset, 1, section.size, seam_output);
    return TOOL_OK;
}

/* The PEF that `build` makes, to be freed, or null if it refuses. */
static u8 *pef_of(const u8 *data, size_t size, int compress, int wrap, size_t *pef_size)
{
    struct build_options options = {
        .input = "in", .output = "out", .compress = compress, .wrap = wrap};
    u8 *pef;

    seam_read = (struct seam_bytes){data, size};
    if (seam_run(build, &options) != TOOL_OK)
        return 0;
    *pef_size = seam_written.size;
    pef = fuzz_copy(seam_written.bytes, seam_written.size);
    seam_read = (struct seam_bytes){pef, *pef_size};
    DEMAND(!pef_verify(pef, *pef_size, 0, 0, 1));
    DEMAND(seam_run(show, 0) == TOOL_OK);
    return pef;
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    size_t plain_size = 0, other_size = 0;
    u8 *plain = pef_of(data, size, 0, 0, &plain_size), *other = NULL;

    /* Packing is slow, and has a target of its own. */
    if (plain && size <= PACKED_MAX) {
        other = pef_of(data, size, 1, 0, &other_size);
        DEMAND(other && other_size <= plain_size);
    } else if (size <= WRAPPED_MAX) {
        other = pef_of(data, size, 1, 1, &other_size);
        DEMAND(other && pef_segments((const void *)other)->size == size);
    }
    seam_read = (struct seam_bytes){data, size};
    seam_run(find_section, "in");
    free(plain);
    free(other);
    return 0;
}

/* The headers are where it matters; the tables are found through them. */
size_t LLVMFuzzerCustomMutator(u8 *data, size_t size, size_t max, unsigned seed)
{
    u64 value = fuzz_edge(&seed);
    size_t width = 1u << fuzz_random(&seed) % 4, at;

    if (size < 256 || fuzz_random(&seed) % 2)
        return LLVMFuzzerMutate(data, size, max);
    /* ELF header and program headers in front, section headers at the end. */
    at = fuzz_random(&seed) % 256 / width * width;
    if (fuzz_random(&seed) % 3 == 0)
        at = size - 256 + at;
    memcpy(data + at, &value, width);
    return size;
}
