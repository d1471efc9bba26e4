/* SPDX-License-Identifier: Apache-2.0 */
/* The generated decoder of hypercalls, with the calls that every architecture has. */
#include "hypercall_table.c"
