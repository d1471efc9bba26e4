/* SPDX-License-Identifier: Apache-2.0 */
/* ATTACK(name, ways it may end): what every architecture has, behind what is the own one's. */
#ifndef TESTS_ATTACKS_LIST_H
#define TESTS_ATTACKS_LIST_H

#include "own_list.h"

#ifdef REAL_TIME
#define ATTACK_LIST CIRCLES
#else
#define ATTACK_LIST OWN_ATTACKS LATE_ONES FLOODS CONTROL_TABLE
#endif

/* In the last moments of the slot: n * 400 ns before its end. */
#define LATE_ONES                                                                                  \
    ATTACK(fault_late_1, CALLED)                                                                   \
    ATTACK(fault_late_2, CALLED)                                                                   \
    ATTACK(fault_late_3, CALLED)                                                                   \
    ATTACK(fault_late_4, CALLED)                                                                   \
    ATTACK(warm_late_1, SURVIVED)                                                                  \
    ATTACK(warm_late_2, SURVIVED)                                                                  \
    ATTACK(warm_late_3, SURVIVED)                                                                  \
    ATTACK(cold_late_1, SURVIVED)                                                                  \
    ATTACK(cold_late_2, SURVIVED)                                                                  \
    ATTACK(cold_late_3, SURVIVED)                                                                  \
    ATTACK(halt_late_1, RUNNING)                                                                   \
    ATTACK(halt_late_2, RUNNING)                                                                   \
    ATTACK(suspend_late, RUNNING)                                                                  \
    ATTACK(console_late_1, SURVIVED)                                                               \
    ATTACK(console_late_2, SURVIVED)                                                               \
    ATTACK(ports_late_1, SURVIVED)                                                                 \
    ATTACK(ports_late_2, SURVIVED)

#define FLOODS                                                                                     \
    ATTACK(flood_calls, SURVIVED)                                                                  \
    ATTACK(flood_long_writes, SURVIVED)                                                            \
    ATTACK(flood_timers, SURVIVED)                                                                 \
    ATTACK(flood_console, SURVIVED)                                                                \
    ATTACK(flood_cold_resets, RUNNING)

#define CONTROL_TABLE                                                                              \
    ATTACK(clock_zeros, SURVIVED)                                                                  \
    ATTACK(clock_ones, SURVIVED)                                                                   \
    ATTACK(table_zeros, ANY)                                                                       \
    ATTACK(table_ones, ANY)                                                                        \
    ATTACK(table_fives, ANY)                                                                       \
    ATTACK(table_tens, ANY)                                                                        \
    ATTACK(table_counts, ANY)                                                                      \
    ATTACK(table_random, ANY)                                                                      \
    ATTACK(table_walk, ANY)

#endif
