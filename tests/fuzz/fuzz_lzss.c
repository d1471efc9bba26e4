/* SPDX-License-Identifier: Apache-2.0 */
/* LZSS: an input as a stream expands as the ring of the contract says, whole and by pieces; as
 * content it comes back through the tools' encoder. All buffers have their exact size. */
#include "fuzz.h"

#include "lib/lzss.h"
#include "lzss_encode.h"
#include "lzss_model.h"

/* By pieces as the loader's, with the rest of a page as room. */
static void pieces(const u8 *stream, u32 stored, const struct model *model, u32 room, u32 effort)
{
    struct lzss state = {0};
    u8 *out = malloc(room ? room : 1);
    u32 done = 0, piece = 1;

    while (done < room && piece) {
        u32 left = 4096 - done % 4096;

        left = left < room - done ? left : room - done;
        piece = lzss_expand_some(&state, stream, stored, out + done, left, effort);
        DEMAND(piece <= left);
        done += piece;
    }
    DEMAND(done == model->size && state.in == model->taken);
    DEMAND(!memcmp(out, model->out, done));
    free(out);
}

static void as_stream(const u8 *data, u32 size, u32 room, u32 effort)
{
    u8 *stream = fuzz_copy(data, size);
    u8 *out = malloc(room ? room : 1);
    struct lzss state = {0};
    struct model model;
    u32 got = lzss_expand(&state, stream, size, out, room);

    model_expand(&model, stream, size, room);
    DEMAND(got == model.size && state.in == model.taken);
    DEMAND(!memcmp(out, model.out, got));
    pieces(stream, size, &model, room, effort);
    free(model.out);
    free(out);
    free(stream);
}

static void as_content(const u8 *data, u32 size)
{
    u8 *content = fuzz_copy(data, size);
    u8 *room = malloc(LZSS_WORST(size) + 1);
    u32 stored = lzss_encode(content, size, room);
    u8 *stream = fuzz_copy(room, stored);

    DEMAND(stored <= LZSS_WORST(size));
    DEMAND(lzss_gives(stream, stored, content, size));
    free(stream);
    free(room);
    free(content);
}

/* The first four bytes: room and effort of a piece. */
int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    u16 word[2];

    if (size < sizeof(word))
        return 0;
    memcpy(word, data, sizeof(word));
    as_stream(data + sizeof(word), (u32)(size - sizeof(word)), word[0] % 20000u,
              1 + word[1] % 4096u);
    /* The encoder takes its time; what is longer than its window comes now and then. */
    if (size <= 512 || word[1] % 16 == 0)
        as_content(data + sizeof(word), (u32)(size - sizeof(word)));
    return 0;
}
