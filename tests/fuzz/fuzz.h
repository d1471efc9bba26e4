/* SPDX-License-Identifier: Apache-2.0 */
/* What the fuzz targets share: demands on the code under test, inputs at their exact size, and
 * mending of sums behind a mutation. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>

#include "tool_seam.h"

#include "conf/verify.h"
#include "lib/types.h"

/* libFuzzer's interface (LLVM 14, FuzzerInterface.h). */
int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
size_t LLVMFuzzerCustomMutator(u8 *data, size_t size, size_t max, unsigned seed);
size_t LLVMFuzzerMutate(u8 *data, size_t size, size_t max);

/* What must hold, whatever the input: else the target ends and libFuzzer keeps the input. */
#define DEMAND(condition)                                                                          \
    do {                                                                                           \
        if (!(condition))                                                                          \
            fuzz_fail(__FILE__, __LINE__, #condition);                                             \
    } while (0)
_Noreturn void fuzz_fail(const char *file, int line, const char *text);

/* The bytes, aligned to 16 and with nothing behind them; to be freed. */
u8 *fuzz_copy(const u8 *data, size_t size);

/* A number from a seed: the same again for the same seed. */
u32 fuzz_random(unsigned *seed);
/* A word as attackers choose it. */
u64 fuzz_edge(unsigned *seed);

/* Size and sum made right, so that what lies behind them is judged. */
void fuzz_seal_conf(u8 *bytes, size_t size);
void fuzz_seal_pef(u8 *bytes, size_t size);
void fuzz_seal_container(u8 *bytes, size_t size);

/* Follows every index of an accepted configuration and lays its pools out. */
void fuzz_walk_conf(const struct conf_header *conf);

#endif
