/* SPDX-License-Identifier: Apache-2.0 */
/* No page tables in the partition; the hypervisor's area begins at 1 MB. */
#define OWN_TABLES NEVER
#define OWN_CORE 0x100000
#define OWN_LEGAL 7 /* places that a message may be sent from */
/* Beyond every width that an address has somewhere, and what is somewhere physically. */
#define OWN_PLACES                                                                                 \
    {"wraps-32", 1ul << 32 | EDGE, 0, NEVER, 0}, {"beyond-stage2", 1ul << 39 | EDGE, 0, NEVER, 0}, \
        {"bit-40", 1ul << 40 | EDGE, 0, NEVER, 0}, {"bit-44", 1ul << 44 | EDGE, 0, NEVER, 0},      \
        {"bit-48", 1ul << 48 | EDGE, 0, NEVER, 0}, {"bit-51", 1ul << 51 | EDGE, 0, NEVER, 0},      \
        {"bit-55", 1ul << 55 | EDGE, 0, NEVER, 0},                                                 \
        {"tagged", 0x5a00000000000000ul | EDGE, 0, NEVER, 0},                                      \
        {"tagged-ones", 0xff00000000000000ul | EDGE, 0, NEVER, 0},                                 \
        {"sign-64", 1ul << 63 | EDGE, 0, NEVER, 0},                                                \
        {"high-half", 0xffff000000000000ul | EDGE, 0, NEVER, 0},                                   \
        {"high-end", 0xffffffff00000000ul | EDGE, 0, NEVER, 0},                                    \
        {"own-physical", 0x40000000ul + EDGE, 0, NEVER, 0},                                        \
        {"core-physical", 0x40100000, 0, NEVER, 0},                                                \
        {"second-mapping", 0x4040000000ul + EDGE, 0, NEVER, 0}, {"uart", 0x9000000, 0, NEVER, 0},  \
        {"distributor", 0x8000000, 0, NEVER, 0}, {"redistributor", 0x80a0000, 0, NEVER, 0},        \
        {"minus-four-64", ~3ul, 0, NEVER, 0},                                                      \
    {                                                                                              \
        "minus-one-64", ~0ul, 0, NEVER, 0                                                          \
    }
