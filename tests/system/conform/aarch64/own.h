/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of AArch64 that the tests of every call need. */
#ifndef TESTS_CONFORM_OWN_H
#define TESTS_CONFORM_OWN_H

#include <irqs.h>

#define OWN_CORE 0x100000u /* where the hypervisor's area of 4 MB begins */
#define OWN_TIMER_WORDS 3u /* arguments of set_timer in a batch */
#define OWN_FLAG_SET_NR get_vcpuid_nr
#define OWN_FLAG_CLEAR_NR get_vcpuid_nr
#define OWN_FLAG_SET hw_sti()
#define OWN_FLAG_CLEAR hw_cli()

#endif
