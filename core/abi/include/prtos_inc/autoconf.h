/* SPDX-License-Identifier: Apache-2.0 */
/* Limits of the build, the same on every architecture; the architecture's own values follow. */
#ifndef PRTOS_INC_AUTOCONF_H
#define PRTOS_INC_AUTOCONF_H

#define CONFIG_ID_STRING_LENGTH 16
#define CONFIG_MAX_NO_VCPUS 4
#define CONFIG_NO_CPUS 4
#define CONFIG_NO_HWIRQS 32
#define CONFIG_PRTOS_MAX_IPVI 8
#define CONFIG_MAX_NO_CUSTOMFILES 3
#define CONFIG_DEV_NO_UARTS 2

#include <prtos_inc/version.h>
#include <prtos_inc/arch/autoconf.h>

#endif
