/* SPDX-License-Identifier: Apache-2.0 */
/* What the kind PAGES is here, and arguments that only this architecture has. */
#define OWN_PAGES "own translation, TLB"
#define OWN_NASTY 0x9000000, 0x40100000, 1ul << 39, ~0ul, 0xffffff8000000000ul
