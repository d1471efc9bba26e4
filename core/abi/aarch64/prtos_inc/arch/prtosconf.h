/* SPDX-License-Identifier: Apache-2.0 */
/* What of the system description is particular to AArch64: nothing. */
#ifndef PRTOS_INC_ARCH_PRTOSCONF_H
#define PRTOS_INC_ARCH_PRTOSCONF_H

#endif
