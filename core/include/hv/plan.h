/* SPDX-License-Identifier: Apache-2.0 */
/* Who runs until when: a pure function of a plan's tables and the time. */
#ifndef HV_PLAN_H
#define HV_PLAN_H

#include "conf/layout.h"
#include "hv/base.h"

struct plan_place {
    hv_time frame_start;
    u32 span;   /* position in the plan */
    u32 frames; /* whole frames passed since the old frame start, at most 2^32-1 */
};

/* The span of `plan` (whose spans start at `spans`) that holds `now`, for a frame that started at
 * `frame_start` <= now. Bounded by log2 of the number of spans. */
struct plan_place plan_locate(const struct conf_plan *plan, const struct conf_span *spans,
                              hv_time frame_start, hv_time now);

#endif
