/* SPDX-License-Identifier: Apache-2.0 */
/* Doubly linked lists through links that lie in the caller's own structures. Nothing is checked and
 * nothing locked. Every call takes the same few instructions whatever the list holds. */
#ifndef RTOS_LIST_H
#define RTOS_LIST_H

#include <rtos/types.h>

struct rtos_link {
    struct rtos_link *next, *prev;
};

struct rtos_list {
    struct rtos_link head;
};

/* The structure in which a link lies. */
#define RTOS_LIST_ENTRY(link, type, member)                                                        \
    ((type *)(void *)((char *)(link) - __builtin_offsetof(type, member)))

void rtos_list_init(struct rtos_list *list);

/* Before or behind a link that is in a list. */
void rtos_list_insert_before(struct rtos_link *place, struct rtos_link *link);
void rtos_list_insert_after(struct rtos_link *place, struct rtos_link *link);

/* At either end. */
void rtos_list_insert_first(struct rtos_list *list, struct rtos_link *link);
void rtos_list_insert_last(struct rtos_list *list, struct rtos_link *link);

/* From the list in which it is. */
void rtos_list_remove(struct rtos_link *link);

/* Null where there is none. */
struct rtos_link *rtos_list_first(const struct rtos_list *list);
struct rtos_link *rtos_list_last(const struct rtos_list *list);
struct rtos_link *rtos_list_next(const struct rtos_list *list, const struct rtos_link *link);
struct rtos_link *rtos_list_prev(const struct rtos_list *list, const struct rtos_link *link);

#endif
