/* SPDX-License-Identifier: Apache-2.0 */
/* What the kind PAGES is here, and arguments that only this architecture has. */
#define OWN_PAGES "page types, page tables"
#define OWN_NASTY 0xfee00000u
