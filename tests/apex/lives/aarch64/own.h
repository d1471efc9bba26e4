/* SPDX-License-Identifier: Apache-2.0 */
/* What fault_operand() is on AArch64: an access that is not aligned. */
#ifndef LIVES_OWN_H
#define LIVES_OWN_H

#define OPERAND_CODE MEMORY_VIOLATION

#endif
