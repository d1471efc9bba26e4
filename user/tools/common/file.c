/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and writing of whole files. Called by all tools. */
#include "file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sha256.h"
#include "tool.h"

#define FIRST_ROOM 65536u

void file_read(struct file *file, const char *path)
{
    FILE *in = fopen(path, "rb");
    u64 room = FIRST_ROOM;
    u64 size = 0;
    u8 *bytes = tool_memory(room);

    if (!in)
        tool_refuse("%s: cannot be opened: %s", path, strerror(errno));
    for (;;) {
        size_t got = fread(bytes + size, 1, (size_t)(room - size), in);

        size += got;
        if (size < room)
            break;
        room *= 2;
        bytes = room <= 2ull * FILE_LIMIT ? realloc(bytes, (size_t)room) : 0;
        if (!bytes)
            tool_refuse("%s: larger than %u bytes, or out of memory", path, FILE_LIMIT);
    }
    if (ferror(in))
        tool_refuse("%s: cannot be read: %s", path, strerror(errno));
    fclose(in);
    if (size > FILE_LIMIT)
        tool_refuse("%s: %llu bytes, at most %u are possible", path, size, FILE_LIMIT);
    file->path = path;
    file->bytes = bytes;
    file->size = size;
}

/* Writes all bytes; answers the error number or 0. */
static int write_all(int fd, const u8 *bytes, u64 size)
{
    while (size) {
        ssize_t n = write(fd, bytes, (size_t)size);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n < 0 ? errno : EIO;
        bytes += n;
        size -= (u64)n;
    }
    return 0;
}

/* Devices and pipes cannot be replaced by a rename: they are written in place. */
static void write_in_place(const char *path, const void *bytes, u64 size)
{
    FILE *out = fopen(path, "wb");
    int fault = !out || fwrite(bytes, 1, (size_t)size, out) != size;

    if (out && fclose(out))
        fault = 1;
    if (fault)
        tool_refuse("%s: cannot be written: %s", path, strerror(errno));
}

void file_write(const char *path, const void *bytes, u64 size, int executable)
{
    u64 room = strlen(path) + sizeof(".XXXXXX");
    char *temporary = tool_memory(room);
    mode_t mask = umask(0);
    struct stat status;
    int fault, fd;

    umask(mask);
    if (!stat(path, &status) && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) {
        write_in_place(path, bytes, size);
        free(temporary);
        return;
    }
    snprintf(temporary, (size_t)room, "%s.XXXXXX", path);
    fd = mkstemp(temporary);
    if (fd < 0)
        tool_refuse("%s: cannot be written: %s", path, strerror(errno));
    fault = write_all(fd, bytes, size);
    if (!fault && fchmod(fd, (executable ? 0777u : 0666u) & ~mask))
        fault = errno;
    if (close(fd) && !fault)
        fault = errno;
    if (!fault && rename(temporary, path))
        fault = errno;
    if (fault) {
        unlink(temporary);
        tool_refuse("%s: cannot be written: %s", path, strerror(fault));
    }
    free(temporary);
}

void file_digest(const void *bytes, u64 size, char text[DIGEST_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    u8 digest[SHA256_SIZE];

    sha256(bytes, size, digest);
    for (u32 i = 0; i < SHA256_SIZE; i++) {
        text[2 * i] = digits[digest[i] >> 4];
        text[2 * i + 1] = digits[digest[i] & 15];
    }
    text[2 * SHA256_SIZE] = 0;
}
