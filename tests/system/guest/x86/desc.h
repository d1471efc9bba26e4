/* SPDX-License-Identifier: Apache-2.0 */
/* Segment descriptors for guests (SDM vol. 3A, 3.4.5). */
#ifndef TESTS_DESC_H
#define TESTS_DESC_H

/* In two words; limit in the granularity that `flags` bit 3 gives. */
static inline struct x86_desc desc_make(prtos_u32_t base, prtos_u32_t limit, prtos_u32_t access,
                                        prtos_u32_t flags)
{
    struct x86_desc desc;

    desc.low = (limit & 0xffff) | base << 16;
    desc.high =
        (base >> 16 & 0xff) | access << 8 | (limit & 0xf0000) | flags << 20 | (base & 0xff000000u);
    return desc;
}

#endif
