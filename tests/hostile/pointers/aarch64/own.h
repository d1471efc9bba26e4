/* SPDX-License-Identifier: Apache-2.0 */
/* No page tables in the partition; the hypervisor's area begins at 1 MB. */
#define OWN_TABLES NEVER
#define OWN_CORE 0x100000
#define OWN_LEGAL 7 /* places that a message may be sent from */
