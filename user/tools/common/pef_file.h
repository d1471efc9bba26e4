/* SPDX-License-Identifier: Apache-2.0 */
/* PEF files for the tools: reading with all checks that the core makes and, beyond them, a trial
 * expansion of every segment. Used by prtoseformat, prtospack and rswbuild. */
#ifndef PEF_FILE_H
#define PEF_FILE_H

#include "conf/image.h"
#include "file.h"

struct pef_file {
    const char *path; /* for messages */
    const struct pef_header *header;
    const struct pef_segment *segments;
    const struct pef_custom *customs;
    u8 *data[PEF_MAX_SEGMENTS]; /* expanded, `size` bytes each */
};

/* What `bytes` hold (8-aligned). Exits with 2 and a message if it is no sound PEF. */
void pef_open(struct pef_file *pef, const char *path, const void *bytes, u64 size);

const char *pef_kind_name(u32 kind);
const char *pef_arch_name(u32 arch);

#endif
