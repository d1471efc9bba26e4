/* SPDX-License-Identifier: Apache-2.0 */
/* What travels between the three partitions, and the schedule that all of them know: what the
 * writer does in which frame, so that each receiver can tell what it must see. */
#ifndef PORTS_MESSAGES_H
#define PORTS_MESSAGES_H

#define FRAME 20000 /* us; writer, reader and judge run in this order, 5 ms each */

/* The sampling channel "speed": one writer, two readers, always the latest message. */
#define SPEED_PERIOD 48000 /* us that a message stays valid; as in the XML */
#define SPEED_FIRST 1      /* frames in which the writer writes */
#define SPEED_LAST 5
#define SPEED_VALID_UNTIL 7 /* then it is 45 ms old at the reader, and 50 ms, stale, at the judge */

struct speed {
    prtos_u32_t frame;
    prtos_u32_t value;
    prtos_u8_t text[24];
};

/* The queuing channel "orders": each message once, in order. */
#define ORDERS_ROOM 4
#define ORDERS_BURST_FRAME 3 /* six at once into a queue of four */
#define ORDERS_BURST 6
#define ORDERS_LATER_FRAME 5 /* three more, after the reader has made room */
#define ORDERS_LATER 3
#define ORDERS_TAKEN (ORDERS_ROOM + ORDERS_LATER)

struct order {
    prtos_u32_t number;
    prtos_u8_t text[28];
};

/* The queuing channel "report": the reader's findings, for the judge. */
struct report {
    prtos_u32_t checks;
    prtos_u32_t failures;
    prtos_u32_t sampling_irqs;
    prtos_u32_t queuing_irqs;
    prtos_u32_t orders;
    prtos_u32_t stale_frames;
};

#define LAST_FRAME 9
#define FRAMES_READ (LAST_FRAME - 1) /* both readers read in each, the writer is told once */

#define SAMPLING_BIT (1u << PRTOS_VT_EXT_SAMPLING_PORT)
#define QUEUING_BIT (1u << PRTOS_VT_EXT_QUEUING_PORT)

/* A content that depends on the number, so that a mixed or stale byte shows. */
static inline void text_fill(prtos_u8_t *text, prtos_u32_t length, prtos_u32_t number)
{
    prtos_u32_t i;

    for (i = 0; i < length; i++)
        text[i] = (prtos_u8_t)(number * 37u + i * 11u);
}

static inline prtos_s32_t text_is(const prtos_u8_t *text, prtos_u32_t length, prtos_u32_t number)
{
    prtos_u32_t i;

    for (i = 0; i < length; i++)
        if (text[i] != (prtos_u8_t)(number * 37u + i * 11u))
            return 0;
    return 1;
}

static inline prtos_u32_t speed_of(prtos_u32_t frame)
{
    return 1000 + frame * 25;
}

/* What a reader of "speed" must see in `frame`: the message of that frame, later the last one. */
static inline prtos_u32_t speed_frame_seen(prtos_u32_t frame)
{
    return frame < SPEED_LAST ? frame : SPEED_LAST;
}

#endif
