/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files in memory: reading, and writing that leaves the old file or the new one, never a
 * part. Used by all tools. */
#ifndef FILE_H
#define FILE_H

#include "lib/types.h"

#define FILE_LIMIT 0x7fff0000u /* larger inputs are refused: image formats count bytes in 32 bits */

struct file {
    const char *path;
    u8 *bytes; /* at a multiple of 16 */
    u64 size;
};

/* Reads `path`; exits with 2 and a message if that fails. */
void file_read(struct file *file, const char *path);

/* Writes through a temporary file beside `path`. `executable` sets the x bits. Exits with 2 and
 * a message if that fails; then nothing has changed. */
void file_write(const char *path, const void *bytes, u64 size, int executable);

/* SHA-256 as 64 hexadecimal digits and a NUL. */
#define DIGEST_TEXT 65
void file_digest(const void *bytes, u64 size, char text[DIGEST_TEXT]);

#endif
