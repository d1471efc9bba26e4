/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 (FIPS 180-4): the identity of files in listings and reports. Host tools only. */
#ifndef SHA256_H
#define SHA256_H

#include "lib/types.h"

#define SHA256_SIZE 32u

void sha256(const void *bytes, u64 size, u8 digest[SHA256_SIZE]);

#endif
