/* SPDX-License-Identifier: Apache-2.0 */
/* The arithmetic of cyclic plans. Pure: no state, no hardware; also compiled on the host. */
#include "hv/plan.h"

#include "lib/div64.h"

struct plan_place plan_locate(const struct conf_plan *plan, const struct conf_span *spans,
                              hv_time frame_start, hv_time now)
{
    struct plan_place place = {frame_start, 0, 0};
    u64 offset = now - frame_start;
    u32 low = 0;
    u32 high = plan->n_spans;

    if (offset >= plan->frame) {
        u64 frames = div64(offset, plan->frame);

        place.frame_start += frames * plan->frame;
        place.frames = frames > 0xffffffffu ? 0xffffffffu : (u32)frames;
        offset = now - place.frame_start;
    }
    /* The last span that starts at or before `offset`. */
    while (high - low > 1) {
        u32 middle = low + (high - low) / 2;

        if (spans[middle].start <= offset)
            low = middle;
        else
            high = middle;
    }
    place.span = low;
    return place;
}
