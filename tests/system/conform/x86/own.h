/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of x86 that the tests of every call need. */
#ifndef TESTS_CONFORM_OWN_H
#define TESTS_CONFORM_OWN_H

#define OWN_CORE 0x1000000u /* where the hypervisor's area of 4 MB begins */
#define OWN_TIMER_WORDS 5u  /* arguments of set_timer in a batch */
#define OWN_FLAG_SET_NR x86_set_if_nr
#define OWN_FLAG_CLEAR_NR x86_clear_if_nr
#define OWN_FLAG_SET call(x86_set_if_nr, 0, 0, 0, 0, 0)
#define OWN_FLAG_CLEAR call(x86_clear_if_nr, 0, 0, 0, 0, 0)

void check_descriptors(void);
void check_page_tables(void);
void check_page_types(void);

#endif
