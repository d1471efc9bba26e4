/* SPDX-License-Identifier: Apache-2.0 */
/* The other side of tool_seam.h: keeps what was allocated during a run, and stands for file.c. */
#include "tool_seam.h"

#undef malloc
#undef realloc
#undef free
#undef vasprintf

#include <setjmp.h>

#include "file.h"
#include "lib/crc32c.h"

FILE *seam_output;
struct seam_bytes seam_read, seam_written;

static jmp_buf back;
static int running;
static void **kept;
static size_t n_kept, room;

int seam_run(int (*call)(void *argument), void *argument)
{
    int code;

    if (!seam_output)
        seam_output = fopen("/dev/null", "w");
    running = 1;
    /* setjmp() answers 0 when called; codes come back one higher. */
    code = setjmp(back);
    code = code ? code - 1 : call(argument);
    running = 0;
    while (n_kept)
        free(kept[--n_kept]);
    return code;
}

void seam_exit(int code)
{
    if (!running)
        abort();
    longjmp(back, code + 1);
}

void *seam_keep(void *memory)
{
    if (!running || !memory)
        return memory;
    if (n_kept == room) {
        room = room ? 2 * room : 1024;
        kept = realloc(kept, room * sizeof(*kept));
        if (!kept)
            abort();
    }
    return kept[n_kept++] = memory;
}

/* The latest are the likeliest. */
static void forget(const void *memory)
{
    for (size_t i = n_kept; memory && i-- > 0;)
        if (kept[i] == memory) {
            kept[i] = kept[--n_kept];
            return;
        }
}

void *seam_realloc(void *memory, size_t size)
{
    forget(memory);
    return seam_keep(realloc(memory, size));
}

void seam_free(void *memory)
{
    forget(memory);
    free(memory);
}

int seam_vasprintf(char **text, const char *format, va_list list)
{
    int length = vasprintf(text, format, list);

    if (length >= 0)
        seam_keep(*text);
    return length;
}

/* Bytes of their own, with nothing behind them. */
static void *copy_of(const void *bytes, size_t size)
{
    void *copy = malloc(size ? size : 1);

    if (!copy)
        abort();
    return size ? memcpy(copy, bytes, size) : copy;
}

void file_read(struct file *file, const char *path)
{
    *file =
        (struct file){path, seam_keep(copy_of(seam_read.bytes, seam_read.size)), seam_read.size};
}

void file_write(const char *path, const void *bytes, u64 size, int executable)
{
    (void)path;
    (void)executable;
    free((void *)seam_written.bytes);
    seam_written = (struct seam_bytes){copy_of(bytes, size), size};
}

/* Another digest is good enough for nobody to read. */
void file_digest(const void *bytes, u64 size, char text[DIGEST_TEXT])
{
    snprintf(text, DIGEST_TEXT, "%08x", crc32c_end(crc32c_update(CRC32C_START, bytes, (u32)size)));
}
