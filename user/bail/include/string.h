/* SPDX-License-Identifier: Apache-2.0 */
/* Strings and memory, a subset of C's. strncpy() always ends the copy; strlen(NULL) is 0. */
#ifndef BAIL_STRING_H
#define BAIL_STRING_H

#include <prtos_inc/arch/arch_types.h>

#ifndef NULL
#define NULL ((void *)0)
#endif

void *memset(void *to, prtos_s32_t value, prtos_u32_t size);
void *memcpy(void *to, const void *from, prtos_u32_t size);
void *memmove(void *to, const void *from, prtos_u32_t size);
prtos_s32_t memcmp(const void *a, const void *b, prtos_u32_t size);

prtos_u_size_t strlen(const char *s);
char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, prtos_u_size_t n);
char *strcat(char *to, const char *from);
char *strncat(char *to, const char *from, prtos_u_size_t n);
prtos_s32_t strcmp(const char *a, const char *b);
prtos_s32_t strncmp(const char *a, const char *b, prtos_u_size_t n);
char *strchr(const char *s, prtos_s32_t c);
char *strrchr(const char *s, prtos_s32_t c);
char *strstr(const char *s, const char *word);

#endif
