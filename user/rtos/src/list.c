/* SPDX-License-Identifier: Apache-2.0 */
/* Intrusive lists: a ring through the list's head. */
#include <rtos/list.h>

void rtos_list_init(struct rtos_list *list)
{
    list->head.next = list->head.prev = &list->head;
}

void rtos_list_insert_before(struct rtos_link *place, struct rtos_link *link)
{
    link->next = place;
    link->prev = place->prev;
    place->prev->next = link;
    place->prev = link;
}

void rtos_list_insert_after(struct rtos_link *place, struct rtos_link *link)
{
    rtos_list_insert_before(place->next, link);
}

void rtos_list_insert_first(struct rtos_list *list, struct rtos_link *link)
{
    rtos_list_insert_before(list->head.next, link);
}

void rtos_list_insert_last(struct rtos_list *list, struct rtos_link *link)
{
    rtos_list_insert_before(&list->head, link);
}

void rtos_list_remove(struct rtos_link *link)
{
    link->prev->next = link->next;
    link->next->prev = link->prev;
}

struct rtos_link *rtos_list_first(const struct rtos_list *list)
{
    return rtos_list_next(list, &list->head);
}

struct rtos_link *rtos_list_last(const struct rtos_list *list)
{
    return rtos_list_prev(list, &list->head);
}

struct rtos_link *rtos_list_next(const struct rtos_list *list, const struct rtos_link *link)
{
    return link->next == &list->head ? (struct rtos_link *)0 : link->next;
}

struct rtos_link *rtos_list_prev(const struct rtos_list *list, const struct rtos_link *link)
{
    return link->prev == &list->head ? (struct rtos_link *)0 : link->prev;
}
