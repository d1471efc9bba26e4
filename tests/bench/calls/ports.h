/* SPDX-License-Identifier: Apache-2.0 */
/* What writer and reader agree on, with the XML: two channels of 64 bytes, two of 64 KB through
 * which messages of several sizes pass in turn. */
#ifndef BENCH_PORTS_H
#define BENCH_PORTS_H

#define SMALL 64
#define LARGE 65536
#define SIZES 10
#define ROUNDS 120 /* frames for each size */
#define FRAMES (SIZES * ROUNDS)
#define WARM 6 /* frames that are not counted */

static const prtos_u32_t message_size[SIZES] = {4,    16,   64,    256,   1064,
                                                2064, 4096, 16384, 32768, 65536};
static const char *const size_name[SIZES] = {"4",    "16",   "64",    "256",   "1064",
                                             "2064", "4096", "16384", "32768", "65536"};

#endif
