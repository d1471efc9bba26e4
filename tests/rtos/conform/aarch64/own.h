/* SPDX-License-Identifier: Apache-2.0 */
/* Traps of fault_operand() and of a store outside of all areas on AArch64. */
#ifndef CONFORM_OWN_H
#define CONFORM_OWN_H

#define OPERAND_TRAP AARCH64_DATA_ABORT
#define NOWHERE_TRAP AARCH64_LOAD_PAGE_FAULT

#endif
