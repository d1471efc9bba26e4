/* SPDX-License-Identifier: Apache-2.0 */
/* Where the architecture maps the devices that drivers reach by memory. */
#ifndef HV_PLATFORM_H
#define HV_PLATFORM_H

#define PLATFORM_VGA 0xFF000000ul /* HV_FIX_VGA in x86.h: physical 0xB8000, 32 KB */

#endif
