/* SPDX-License-Identifier: Apache-2.0 */
/* The partition's page tables can be read; the hypervisor was loaded at 16 MB. */
#define OWN_TABLES READ_ONLY
#define OWN_CORE 0x1000000
#define OWN_LEGAL 8 /* places that a message may be sent from */
#define OWN_PLACES                                                                                 \
    {                                                                                              \
        "apic", 0xfee00000, 0, NEVER, 0                                                            \
    }
