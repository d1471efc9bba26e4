/* SPDX-License-Identifier: Apache-2.0 */
/* Second reader of "speed": it sees the same messages as the first, each with its own bitmap bit.
 * Takes the reader's report, adds its own findings, prints the verdict and halts the system. */
#include <prtos.h>
#include <stdio.h>
#include "messages.h"

static prtos_u32_t n_checks, n_failures;

static void check(const char *what, prtos_s32_t found, prtos_s32_t expected)
{
    n_checks++;
    if (found == expected)
        return;
    n_failures++;
    printf("[P2] FAILED: %s: %d instead of %d\n", what, found, expected);
}

static void read_speed(prtos_s32_t port, prtos_u32_t frame)
{
    struct speed speed;
    prtos_u32_t flags = 0;

    check("speed read", prtos_read_sampling_message(port, &speed, sizeof(speed), &flags),
          sizeof(speed));
    check("speed's frame", (prtos_s32_t)speed.frame, (prtos_s32_t)speed_frame_seen(frame));
    check("speed's text", text_is(speed.text, sizeof(speed.text), speed.frame), 1);
    check("speed is valid", (flags & PRTOS_COMM_MSG_VALID) != 0, frame < SPEED_VALID_UNTIL);
}

static void judge_report(const struct report *report)
{
    check("reader's failures", (prtos_s32_t)report->failures, 0);
    check("orders received", (prtos_s32_t)report->orders, ORDERS_TAKEN);
    check("interrupts 4 at the reader", (prtos_s32_t)report->sampling_irqs, SPEED_LAST);
    check("interrupts 5 at the reader", (prtos_s32_t)report->queuing_irqs, 2);
    printf("[P2] reader: %d checks, %d orders in order, interrupts %d (speed) and %d (orders), "
           "speed stale in %d frames\n",
           report->checks, report->orders, report->sampling_irqs, report->queuing_irqs,
           report->stale_frames);
}

void partition_main(void)
{
    prtos_s32_t speed, reports;
    prtos_u32_t frame;
    struct report report;

    speed = prtos_create_sampling_port("speed", sizeof(struct speed), PRTOS_DESTINATION_PORT,
                                       SPEED_PERIOD);
    reports = prtos_create_queuing_port("report", 1, sizeof(struct report), PRTOS_DESTINATION_PORT);
    check("ports opened", speed >= 0 && reports >= 0, 1);
    check("a queue that is empty", prtos_receive_queuing_message(reports, &report, sizeof(report)),
          PRTOS_OP_NOT_ALLOWED);
    check("a port that does not exist",
          prtos_create_sampling_port("height", 4, PRTOS_DESTINATION_PORT, 0), PRTOS_INVALID_PARAM);

    for (frame = 1; frame < LAST_FRAME; frame++) {
        prtos_idle_self();
        read_speed(speed, frame);
    }
    prtos_idle_self();
    check("report received", prtos_receive_queuing_message(reports, &report, sizeof(report)),
          sizeof(report));
    judge_report(&report);
    prtos_idle_self(); /* the writer's closing line comes first */
    printf("[P2] %d checks, %d failed: %s\n", n_checks + report.checks, n_failures,
           n_failures ? "FAIL" : "PASS");
    prtos_halt_system();
}
