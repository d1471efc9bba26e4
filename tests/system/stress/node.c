/* SPDX-License-Identifier: Apache-2.0 */
/* A node: in each slot it sends numbered messages to all others, takes theirs, and keeps books. */
#include <bail.h>
#include <irqs.h>
#include <stdio.h>
#include "ledger.h"

#define BURST 3u

static prtos_u32_t self;
static struct ledger *mine;
static prtos_s32_t out[NODES], in[NODES], shout, hear[NODES], complaints;
static prtos_u32_t heard[NODES];

static void on_ipvi(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    mine->ipvis++;
}

static prtos_s32_t queue(const char *name, prtos_u32_t direction)
{
    return prtos_create_queuing_port((char *)name, 4, WORDS * 4, direction);
}

static prtos_s32_t sample(const char *name, prtos_u32_t direction)
{
    return prtos_create_sampling_port((char *)name, WORDS * 4, direction, PRTOS_INFINITE_TIME);
}

void node_start(void)
{
    char name[16];
    prtos_u32_t i;

    self = PRTOS_PARTITION_SELF;
    mine = LEDGER(self);
    shout = sample("shout", PRTOS_SOURCE_PORT);
    if (self == 0)
        complaints = queue("complaints", PRTOS_DESTINATION_PORT);
    for (i = 0; i < NODES; i++) {
        if (i == self)
            continue;
        sprintf(name, "to%d", i);
        out[i] = queue(name, PRTOS_SOURCE_PORT);
        sprintf(name, "from%d", i);
        in[i] = queue(name, PRTOS_DESTINATION_PORT);
        sprintf(name, "hear%d", i);
        hear[i] = sample(name, PRTOS_DESTINATION_PORT);
        mine->odd += out[i] < 0 || in[i] < 0 || hear[i] < 0;
    }
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_IPVI0), on_ipvi);
    prtos_clear_irqmask(0, 1u << PRTOS_VT_EXT_IPVI0);
    hw_sti();
}

/* Word 0 is the number, the others follow from it and from the sender. */
static void make(prtos_u32_t *message, prtos_u32_t number, prtos_u32_t sender)
{
    prtos_u32_t i;

    message[0] = number;
    for (i = 1; i < WORDS; i++)
        message[i] = number * 8 + sender + (i << 28);
}

static void judge(const prtos_u32_t *message, prtos_u32_t sender)
{
    prtos_u32_t expected[WORDS];
    prtos_u32_t i;

    make(expected, message[0], sender);
    for (i = 1; i < WORDS; i++)
        mine->wrong += message[i] != expected[i];
}

static void send(prtos_u32_t to)
{
    prtos_u32_t message[WORDS];
    prtos_u32_t n;

    for (n = 0; n < BURST; n++) {
        prtos_s32_t code;

        make(message, mine->sent[to] + 1, self);
        code = prtos_send_queuing_message(out[to], message, sizeof(message));
        if (code == PRTOS_OP_NOT_ALLOWED)
            return; /* full */
        mine->odd += code != PRTOS_OK;
        mine->sent[to]++;
    }
}

static void receive(prtos_u32_t from)
{
    prtos_u32_t message[WORDS];
    prtos_u32_t n;

    for (n = 0; n < 2 * BURST; n++) {
        prtos_s32_t code = prtos_receive_queuing_message(in[from], message, sizeof(message));

        if (code == PRTOS_OP_NOT_ALLOWED)
            return; /* empty */
        mine->odd += code != sizeof(message);
        mine->wrong += message[0] != mine->received[from] + 1;
        mine->received[from] = message[0];
        judge(message, from);
    }
}

static void listen(prtos_u32_t to)
{
    prtos_u32_t message[WORDS];
    prtos_s32_t code = prtos_read_sampling_message(hear[to], message, sizeof(message), 0);

    if (code == 0)
        return; /* nothing yet */
    mine->odd += code != sizeof(message);
    mine->wrong += message[0] < heard[to];
    mine->sampled[to] += message[0] > heard[to];
    heard[to] = message[0];
    judge(message, to);
}

/* The victim counts a message before it sends it: a reset in between leaves a gap. */
static void take_complaints(void)
{
    static prtos_u32_t last;
    prtos_u32_t message[WORDS];

    while (prtos_receive_queuing_message(complaints, message, sizeof(message)) == sizeof(message)) {
        judge(message, VICTIM);
        mine->wrong += message[0] <= last;
        mine->gaps += message[0] - last - 1;
        last = message[0];
    }
}

/* Whatever another node has written down happened before now. */
static void compare_clocks(void)
{
    prtos_time_t others[NODES];
    prtos_time_t now;
    prtos_u32_t i;

    for (i = 0; i < NODES; i++) {
        /* two words: not torn if its low word is read again unchanged */
        do
            others[i] = LEDGER(i)->now;
        while (others[i] != LEDGER(i)->now);
    }
    prtos_get_time(PRTOS_HW_CLOCK, &now);
    for (i = 0; i < NODES; i++)
        mine->backwards += now < others[i];
    mine->now = now;
}

void node_slot(void)
{
    prtos_u32_t message[WORDS];
    prtos_u32_t i;

    compare_clocks();
    make(message, ++mine->written, self);
    mine->odd += prtos_write_sampling_message(shout, message, sizeof(message)) != PRTOS_OK;
    for (i = 0; i < NODES; i++) {
        if (i == self)
            continue;
        receive(i);
        if (!LEDGER(0)->stop)
            send(i);
        listen(i);
    }
    if (self == 0)
        take_complaints();
    mine->odd += prtos_raise_ipvi(PRTOS_VT_EXT_IPVI0) != PRTOS_OK;
    mine->raised++;
    mine->slots++;
}
