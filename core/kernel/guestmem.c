/* SPDX-License-Identifier: Apache-2.0 */
/* Guest memory: what is not worth inlining. */
#include "hv/guestmem.h"

bool guest_writable(hv_addr addr, u32 size)
{
    return guest_range(addr, size) && arch_guest_touch((void *)addr, size);
}
