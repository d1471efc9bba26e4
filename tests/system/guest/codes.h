/* SPDX-License-Identifier: Apache-2.0 */
/* Short names of result codes, for tables of expectations. */
#ifndef TESTS_CODES_H
#define TESTS_CODES_H

#define OK PRTOS_OK
#define NONE PRTOS_NO_ACTION
#define UNKNOWN PRTOS_UNKNOWN_HYPERCALL
#define PARAM PRTOS_INVALID_PARAM
#define PERM PRTOS_PERM_ERROR
#define CONFIG PRTOS_INVALID_CONFIG
#define NOTALLOWED PRTOS_OP_NOT_ALLOWED

#endif
