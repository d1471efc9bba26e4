/* SPDX-License-Identifier: Apache-2.0 */
/* What fault_operand() is on 32-bit x86: a division by zero. */
#ifndef LIVES_OWN_H
#define LIVES_OWN_H

#define OPERAND_CODE NUMERIC_ERROR

#endif
