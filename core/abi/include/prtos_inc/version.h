/* SPDX-License-Identifier: Apache-2.0 */
/* The version of PRTOS, 0xMMmmpp, and its only place: host tools, scripts and the build read it. */
#ifndef PRTOS_INC_VERSION_H
#define PRTOS_INC_VERSION_H

#define PRTOS_VERSION 0x010000

#endif
