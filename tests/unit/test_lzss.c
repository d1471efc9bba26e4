/* SPDX-License-Identifier: Apache-2.0 */
/* LZSS decoder (core/lib/lzss.c) and encoder of the tools: against a decoder that keeps the ring of
 * the contract literally, at all piece sizes, on sound and on arbitrary streams. All buffers have
 * their exact size, so that ASan sees any access beside them. */
/* sources: core/lib/lzss.c user/tools/common/lzss_encode.c user/tools/common/tool.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "lib/lzss.h"
#include "lzss_encode.h"
#include "lzss_model.h"

#define FUZZ_ROUNDS 100000u

/* One call of the kind that `piece` says: 0 = a room of random size, or some of all the room. */
static u32 expand_once(const u8 *from, u32 stored, u8 *to, u32 room, u32 piece, struct lzss *state)
{
    u32 want = piece ? piece : 1 + (u32)rand() % (rand() % 8 ? 40 : 3000);
    u32 got;

    want = want < room ? want : room;
    if (!piece && rand() % 2) {
        u32 effort = 1 + (u32)rand() % 40;

        got = lzss_expand_some(state, from, stored, to, room, effort);
        assert_true(got <= room && got <= effort * 26 + 18);
        assert_true(got || !room || state->in + 2 >= stored);
        assert_true(got == room || !state->left);
        return got;
    }
    got = lzss_expand(state, from, stored, to, want);
    assert_true(got == want || state->in + 2 >= stored);
    return got;
}

/* Expands by pieces of at most `piece` bytes (0: random ones) into a buffer of its own. */
static u32 expand(const u8 *from, u32 stored, u8 *to, u32 room, u32 piece, struct lzss *state)
{
    u32 done = 0;
    u32 got;

    *state = (struct lzss){0};
    do {
        got = expand_once(from, stored, to + done, room - done, piece, state);
        done += got;
        assert_int_equal(state->out, done);
        assert_true(state->in <= stored);
    } while (got && done < room);
    return done;
}

static void compare(const u8 *stream, u32 stored, u32 room, u32 piece)
{
    u8 *from = malloc(stored ? stored : 1);
    u8 *to = malloc(room ? room : 1);
    struct lzss state;
    struct model m;
    u32 got;

    assert_non_null(from);
    assert_non_null(to);
    memcpy(from, stream, stored);
    model_expand(&m, from, stored, room);
    got = expand(from, stored, to, room, piece, &state);
    assert_int_equal(got, m.size);
    assert_memory_equal(to, m.out, got);
    /* A full room: the rest of the last match may still be open, its bytes are taken. */
    if (got == room)
        assert_int_equal(state.in, m.taken);
    free(m.out);
    free(to);
    free(from);
}

/* Bytes as programs have them: zeros, repeats at all distances, noise. */
static void fill(u8 *bytes, u32 size)
{
    u32 at = 0;

    while (at < size) {
        u32 length = 1 + (u32)rand() % 60;
        u32 kind = (u32)rand() % 4;
        u32 back = at ? 1 + (u32)rand() % (rand() % 2 ? 8 : 5000) : 0;

        for (; length-- && at < size; at++) {
            if (kind == 0)
                bytes[at] = 0;
            else if (kind == 1)
                bytes[at] = (u8)rand();
            else
                bytes[at] = back && back <= at ? bytes[at - back] : (u8)(rand() % 4);
        }
    }
}

static void what_is_encoded_comes_back(void **state)
{
    (void)state;
    for (u32 round = 0; round < 600; round++) {
        u32 size = round < 60 ? round : 1 + (u32)rand() % 20000;
        u8 *bytes = malloc(size ? size : 1);
        u8 *stream = malloc(LZSS_WORST(size) + 1);
        u8 *again = malloc(LZSS_WORST(size) + 1);
        u8 *to = malloc(size ? size : 1);
        struct lzss end;
        u32 stored;

        fill(bytes, size);
        stored = lzss_encode(bytes, size, stream);
        assert_true(stored <= LZSS_WORST(size));
        assert_int_equal(lzss_encode(bytes, size, again), stored);
        assert_memory_equal(again, stream, stored);
        assert_int_equal(expand(stream, stored, to, size, round % 3 ? 0 : size + 1, &end), size);
        assert_memory_equal(to, bytes, size);
        assert_int_equal(end.in, stored);
        assert_int_equal(end.left, 0);
        assert_true(lzss_gives(stream, stored, bytes, size));
        compare(stream, stored, size, 0);
        if (size) {
            bytes[(u32)rand() % size] ^= 1;
            assert_false(lzss_gives(stream, stored, bytes, size));
        }
        free(to);
        free(again);
        free(stream);
        free(bytes);
    }
}

static void zeros_become_small(void **state)
{
    u8 *bytes = calloc(1, 65536);
    u8 *stream = malloc(LZSS_WORST(65536));

    (void)state;
    /* 18 bytes for a match of 2, an eighth more for flags: 3641 matches */
    assert_in_range(lzss_encode(bytes, 65536, stream), 1, 65536 / 18 * 2 * 17 / 16 + 8);
    free(stream);
    free(bytes);
}

static void all_piece_sizes_give_the_same(void **state)
{
    static u8 bytes[700], stream[LZSS_WORST(700)];
    u32 stored;

    (void)state;
    fill(bytes, sizeof(bytes));
    stored = lzss_encode(bytes, sizeof(bytes), stream);
    for (u32 piece = 1; piece <= sizeof(bytes); piece++)
        compare(stream, stored, sizeof(bytes), piece);
}

static void blanks_stand_before_the_start(void **state)
{
    /* a literal, then a match from position 4070: 8 blanks, the literal, and on */
    static const u8 stream[] = {0x01, 'x', 4070 & 0xff, (4070 >> 4 & 0xf0) | 15};
    u8 *to = malloc(19);
    struct lzss end = {0};

    (void)state;
    assert_int_equal(lzss_expand(&end, stream, sizeof(stream), to, 19), 19);
    assert_memory_equal(to, "x        x        x", 19);
    free(to);
}

static void a_match_may_reach_back_the_whole_ring(void **state)
{
    static u8 stream[2 * 4200];
    u32 stored = 0;

    (void)state;
    for (u32 i = 0; i < 4104; i++) {
        if (i % 8 == 0)
            stream[stored++] = 0xff;
        stream[stored++] = (u8)(i * 7 + i / 256);
    }
    /* out = 4104, written next: (4078 + 4104) % 4096; that same position is 4096 back */
    stream[stored++] = 0x00;
    stream[stored++] = (4078 + 4104) % MODEL_RING & 0xff;
    stream[stored++] = (u8)(((4078 + 4104) % MODEL_RING >> 4 & 0xf0) | 15);
    compare(stream, stored, 4104 + 18, 0);
    compare(stream, stored, 4104 + 18, 4104 + 18);
}

static void a_cut_stream_ends_early(void **state)
{
    static u8 bytes[400], stream[LZSS_WORST(400)];
    u32 stored;

    (void)state;
    fill(bytes, sizeof(bytes));
    stored = lzss_encode(bytes, sizeof(bytes), stream);
    for (u32 cut = 0; cut < stored; cut++) {
        u8 *from = malloc(cut ? cut : 1);
        u8 *to = malloc(sizeof(bytes));
        struct lzss end;

        memcpy(from, stream, cut);
        assert_true(expand(from, cut, to, sizeof(bytes), 0, &end) < sizeof(bytes));
        free(to);
        free(from);
    }
}

static void arbitrary_streams(void **state)
{
    (void)state;
    for (u32 round = 0; round < FUZZ_ROUNDS; round++) {
        u32 stored = (u32)rand() % (round % 16 ? 60 : 900);
        u32 room = (u32)rand() % (round % 16 ? 300 : 9000);
        u8 *stream = malloc(stored + 1);

        for (u32 i = 0; i < stored; i++)
            stream[i] = (u8)(rand() % 4 ? rand() : 0);
        compare(stream, stored, room, round % 4 ? 0 : room + 1);
        free(stream);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_encoded_comes_back),
        cmocka_unit_test(zeros_become_small),
        cmocka_unit_test(all_piece_sizes_give_the_same),
        cmocka_unit_test(blanks_stand_before_the_start),
        cmocka_unit_test(a_match_may_reach_back_the_whole_ring),
        cmocka_unit_test(a_cut_stream_ends_early),
        cmocka_unit_test(arbitrary_streams),
    };

    srand(1);
    return cmocka_run_group_tests(tests, 0, 0);
}
