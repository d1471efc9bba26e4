/* SPDX-License-Identifier: Apache-2.0 */
/* The generated decoder of hypercalls, as the target has it. */
#include "hypercall_table.c"
