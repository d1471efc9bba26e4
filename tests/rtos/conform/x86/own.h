/* SPDX-License-Identifier: Apache-2.0 */
/* Traps of fault_operand() and of a store outside of all areas on 32-bit x86. */
#ifndef CONFORM_OWN_H
#define CONFORM_OWN_H

#define OPERAND_TRAP DIVIDE_ERROR
#define NOWHERE_TRAP PAGE_FAULT

#endif
