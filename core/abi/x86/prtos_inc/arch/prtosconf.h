/* SPDX-License-Identifier: Apache-2.0 */
/* What of the system description is particular to 32-bit x86. */
#ifndef PRTOS_INC_ARCH_PRTOSCONF_H
#define PRTOS_INC_ARCH_PRTOSCONF_H

#define PRTOS_CONF_IO_PORTS 65536

#endif
