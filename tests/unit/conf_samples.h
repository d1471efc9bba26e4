/* SPDX-License-Identifier: Apache-2.0 */
/* Images that prtoscparser made of tests/config/good (generated as C source), and copies of them of
 * the exact size, so that the sanitizers see any byte read outside. */
#ifndef CONF_SAMPLES_H
#define CONF_SAMPLES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "conf/access.h"
#include "conf/verify.h"
#include "lib/crc32c.h"

#define prtos_conf sample_demo
#include "conf_sample_demo.c"
#undef prtos_conf
#define prtos_conf sample_edges
#include "conf_sample_edges.c"
#undef prtos_conf
#define prtos_conf sample_minimal
#include "conf_sample_minimal.c"
#undef prtos_conf
#define prtos_conf sample_aarch64
#include "conf_sample_aarch64.c"
#undef prtos_conf

static inline struct conf_header *copy_make(const struct conf_header *sample, u32 size)
{
    struct conf_header *copy = malloc(size);

    assert_non_null(copy);
    memcpy(copy, sample, size);
    return copy;
}

static inline void sum_repair(struct conf_header *conf, u32 size)
{
    conf->crc = crc32c_with_hole(conf, size, offsetof(struct conf_header, crc));
}

#endif
