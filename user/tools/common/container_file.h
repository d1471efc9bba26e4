/* SPDX-License-Identifier: Apache-2.0 */
/* Containers for the tools: all checks that the core makes of one at boot, before anything of it is
 * used. Used by prtospack and rswbuild. */
#ifndef CONTAINER_FILE_H
#define CONTAINER_FILE_H

#include "conf/image.h"
#include "file.h"

/* The container that `file` holds. Exits with 2 and a message if its tables, a sum, or a file in it
 * is not sound, or a file is not of the kind that its place asks for. */
const struct container_header *container_open(const struct file *file);

#endif
