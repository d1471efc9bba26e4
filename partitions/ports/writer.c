/* SPDX-License-Identifier: Apache-2.0 */
/* Writes "speed" in frames 1 to 5 and then falls silent, and sends "orders": six at once into a
 * queue that holds four, three more later. Counts the interrupts that its readers cause. */
#include <prtos.h>
#include <irqs.h>
#include <stdio.h>
#include "messages.h"

static volatile prtos_u32_t read_irqs, received_irqs;

static void on_sampling(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    read_irqs++;
}

static void on_queuing(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    received_irqs++;
}

static void write_speed(prtos_s32_t port, prtos_u32_t frame)
{
    struct speed speed;
    prtos_s32_t code;

    speed.frame = frame;
    speed.value = speed_of(frame);
    text_fill(speed.text, sizeof(speed.text), frame);
    code = prtos_write_sampling_message(port, &speed, sizeof(speed));
    if (code != PRTOS_OK)
        printf("[P0] FAILED: write in frame %d gives %d\n", frame, code);
}

/* Sends `count` orders; the answer is how many the queue took. */
static prtos_u32_t send_orders(prtos_s32_t port, prtos_u32_t *next, prtos_u32_t count)
{
    struct order order;
    prtos_u32_t taken = 0;
    prtos_s32_t code;

    while (count-- > 0) {
        order.number = *next;
        text_fill(order.text, sizeof(order.text), *next);
        code = prtos_send_queuing_message(port, &order, sizeof(order));
        if (code == PRTOS_OK) {
            taken++;
            (*next)++;
        } else if (code != PRTOS_OP_NOT_ALLOWED) {
            printf("[P0] FAILED: send gives %d\n", code);
        }
    }
    return taken;
}

void partition_main(void)
{
    prtos_s32_t speed, orders;
    prtos_u32_t frame, next_order = 1;
    prtos_queuing_port_status_t status;

    speed =
        prtos_create_sampling_port("speed", sizeof(struct speed), PRTOS_SOURCE_PORT, SPEED_PERIOD);
    orders =
        prtos_create_queuing_port("orders", ORDERS_ROOM, sizeof(struct order), PRTOS_SOURCE_PORT);
    if (speed < 0 || orders < 0) {
        printf("[P0] FAILED: ports give %d and %d\n", speed, orders);
        return;
    }
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_SAMPLING_PORT), on_sampling);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_QUEUING_PORT), on_queuing);
    prtos_clear_irqmask(0, SAMPLING_BIT | QUEUING_BIT);
    hw_sti();

    for (frame = 1; frame <= LAST_FRAME; frame++) {
        prtos_idle_self();
        if (frame >= SPEED_FIRST && frame <= SPEED_LAST)
            write_speed(speed, frame);
        if (frame == SPEED_LAST)
            printf("[P0] frame %d: last speed written, now silent\n", frame);
        if (frame == ORDERS_BURST_FRAME) {
            prtos_u32_t taken = send_orders(orders, &next_order, ORDERS_BURST);

            prtos_get_queuing_port_status((prtos_u32_t)orders, &status);
            printf("[P0] frame %d: %d orders sent, %d refused (queue full), %d waiting\n", frame,
                   taken, ORDERS_BURST - taken, status.num_of_msgs);
        }
        if (frame == ORDERS_LATER_FRAME)
            printf("[P0] frame %d: %d more sent, none refused\n", frame,
                   send_orders(orders, &next_order, ORDERS_LATER));
    }
    prtos_idle_self();
    printf("[P0] interrupts by the readers: %d for speed, %d for orders%s\n", read_irqs,
           received_irqs, read_irqs == FRAMES_READ && received_irqs == 2 ? "" : ": FAILED");
}
