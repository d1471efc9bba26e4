/* SPDX-License-Identifier: Apache-2.0 */
/* What client and server agree upon. */
#ifndef REQUEST_H
#define REQUEST_H

/* One request in the channel "requests". */
struct request {
    prtos_u32_t burst, number;
};

#define CHANNEL_ROOM 16
#define BURSTS 8

#endif
