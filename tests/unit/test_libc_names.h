/* SPDX-License-Identifier: Apache-2.0 */
/* Other names for BAIL's functions, so that they stand beside the host's in one program. */
#ifndef TEST_LIBC_NAMES_H
#define TEST_LIBC_NAMES_H

#define memset bail_memset
#define memcpy bail_memcpy
#define memmove bail_memmove
#define memcmp bail_memcmp
#define strlen bail_strlen
#define strcpy bail_strcpy
#define strncpy bail_strncpy
#define strcat bail_strcat
#define strncat bail_strncat
#define strcmp bail_strcmp
#define strncmp bail_strncmp
#define strchr bail_strchr
#define strrchr bail_strrchr
#define strstr bail_strstr
#define atoi bail_atoi
#define strtol bail_strtol
#define strtoul bail_strtoul
#define strtoll bail_strtoll
#define strtoull bail_strtoull
#define basename bail_basename
#define exit bail_exit
#define isdigit bail_isdigit
#define isspace bail_isspace
#define isxdigit bail_isxdigit
#define isalnum bail_isalnum
#define putchar bail_putchar
#define printf bail_printf
#define vprintf bail_vprintf
#define sprintf bail_sprintf
#define vsprintf bail_vsprintf
#define snprintf bail_snprintf
#define vsnprintf bail_vsnprintf

#endif
