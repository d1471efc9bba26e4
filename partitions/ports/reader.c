/* SPDX-License-Identifier: Apache-2.0 */
/* Reads "speed" in every frame and "orders" when an interrupt says that there are some, checks
 * every byte, the port bitmap and the validity, and sends what it found to the judge. */
#include <prtos.h>
#include <irqs.h>
#include <stdio.h>
#include "messages.h"

/* Position of the ports in the XML = their bit in the port bitmap. */
#define SPEED_BIT 0
#define ORDERS_BIT 1
#define PORTS 3

static struct report report;
static volatile prtos_u32_t orders_waiting;

static void on_sampling(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    report.sampling_irqs++;
}

static void on_queuing(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    report.queuing_irqs++;
    orders_waiting = 1;
}

static void check(const char *what, prtos_u32_t frame, prtos_s32_t found, prtos_s32_t expected)
{
    report.checks++;
    if (found == expected)
        return;
    report.failures++;
    printf("[P1] FAILED: frame %d: %s: %d instead of %d\n", frame, what, found, expected);
}

static prtos_s32_t has_news(prtos_u32_t bit)
{
    return prtos_is_bit_set(prtos_get_commport_bitmap(), bit, PORTS);
}

static void read_speed(prtos_s32_t port, prtos_u32_t frame)
{
    struct speed speed;
    prtos_u32_t flags = 0;
    prtos_s32_t valid = frame <= SPEED_VALID_UNTIL;

    check("speed has news", frame, has_news(SPEED_BIT), frame <= SPEED_LAST);
    check("speed read", frame, prtos_read_sampling_message(port, &speed, sizeof(speed), &flags),
          sizeof(speed));
    check("speed's bit after reading", frame, has_news(SPEED_BIT), 0);
    check("speed's frame", frame, (prtos_s32_t)speed.frame, (prtos_s32_t)speed_frame_seen(frame));
    check("speed's value", frame, (prtos_s32_t)speed.value, (prtos_s32_t)speed_of(speed.frame));
    check("speed's text", frame, text_is(speed.text, sizeof(speed.text), speed.frame), 1);
    check("speed is valid", frame, (flags & PRTOS_COMM_MSG_VALID) != 0, valid);
    if (!valid)
        report.stale_frames++;
}

static void receive_orders(prtos_s32_t port, prtos_u32_t frame)
{
    struct order order;
    prtos_s32_t code;

    orders_waiting = 0;
    check("orders have news", frame, has_news(ORDERS_BIT), 1);
    for (;;) {
        code = prtos_receive_queuing_message(port, &order, sizeof(order));
        if (code == PRTOS_OP_NOT_ALLOWED)
            break; /* empty */
        check("order's size", frame, code, sizeof(order));
        if (code < 0)
            break;
        report.orders++;
        check("order's number", frame, (prtos_s32_t)order.number, (prtos_s32_t)report.orders);
        check("order's text", frame, text_is(order.text, sizeof(order.text), order.number), 1);
    }
    check("orders' bit when empty", frame, has_news(ORDERS_BIT), 0);
    printf("[P1] frame %d: orders received up to number %d\n", frame, report.orders);
}

void partition_main(void)
{
    prtos_s32_t speed, orders, reports;
    prtos_u32_t frame;

    speed = prtos_create_sampling_port("speed", sizeof(struct speed), PRTOS_DESTINATION_PORT,
                                       SPEED_PERIOD);
    orders = prtos_create_queuing_port("orders", ORDERS_ROOM, sizeof(struct order),
                                       PRTOS_DESTINATION_PORT);
    reports = prtos_create_queuing_port("report", 1, sizeof(struct report), PRTOS_SOURCE_PORT);
    if (speed < 0 || orders < 0 || reports < 0) {
        printf("[P1] FAILED: ports give %d, %d and %d\n", speed, orders, reports);
        return;
    }
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_SAMPLING_PORT), on_sampling);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_QUEUING_PORT), on_queuing);
    prtos_clear_irqmask(0, SAMPLING_BIT | QUEUING_BIT);
    hw_sti();

    for (frame = 1; frame < LAST_FRAME; frame++) {
        prtos_idle_self();
        read_speed(speed, frame);
        if (orders_waiting)
            receive_orders(orders, frame);
    }
    prtos_idle_self();
    check("report sent", frame, prtos_send_queuing_message(reports, &report, sizeof(report)),
          PRTOS_OK);
}
