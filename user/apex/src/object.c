/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of objects: ids are places, counted from 1; names have no case. Nothing is ever deleted,
 * so
 * the free places are the last ones. */
#include "parts.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

int apex_name_is(const char *a, const char *b, int length)
{
    int i;

    for (i = 0; i < length; i++) {
        if (lower(a[i]) != lower(b[i]))
            return 0;
        if (!a[i])
            return 1;
    }
    return 1;
}

void apex_name_terminate(char *text, const char *name)
{
    int i;

    for (i = 0; i < MAX_NAME_LENGTH && name[i]; i++)
        text[i] = name[i];
    text[i] = 0;
}

static struct apex_object *object_at(const struct apex_class *class, prtos_u32_t index)
{
    return (struct apex_object *)(void *)((char *)class->table + index * class->item);
}

void *apex_object_get(const struct apex_class *class, APEX_INTEGER id)
{
    if (!class || id < 1 || (prtos_u32_t)id > class->limit ||
        !object_at(class, (prtos_u32_t)id - 1)->made)
        return (void *)0;
    return object_at(class, (prtos_u32_t)id - 1);
}

APEX_INTEGER apex_object_id(const struct apex_class *class, const void *object)
{
    return (APEX_INTEGER)((prtos_u32_t)((const char *)object - (const char *)class->table) /
                          class->item) +
           1;
}

void *apex_object_find(const struct apex_class *class, const char *name)
{
    prtos_u32_t i;

    for (i = 0; class && name && i < class->limit && object_at(class, i)->made; i++)
        if (apex_name_is(object_at(class, i)->name, name, MAX_NAME_LENGTH))
            return object_at(class, i);
    return (void *)0;
}

RETURN_CODE_TYPE apex_object_place(const struct apex_class *class, const char *name, void *place)
{
    prtos_u32_t i = 0;

    if (!name)
        return INVALID_PARAM;
    if (apex_object_find(class, name))
        return NO_ACTION;
    if (apex_state.normal)
        return INVALID_MODE;
    while (class && i < class->limit && object_at(class, i)->made)
        i++;
    if (!class || i == class->limit)
        return INVALID_CONFIG;
    *(struct apex_object **)place = object_at(class, i);
    return NO_ERROR;
}

void apex_object_make(struct apex_object *object, const char *name)
{
    int i;

    for (i = 0; i < MAX_NAME_LENGTH && name[i]; i++)
        object->name[i] = name[i];
    object->made = 1;
}

RETURN_CODE_TYPE apex_object_ask(const struct apex_class *class, const char *name, APEX_INTEGER *id)
{
    const void *object = apex_object_find(class, name);

    if (!id)
        return INVALID_PARAM;
    if (!object)
        return INVALID_CONFIG;
    *id = apex_object_id(class, object);
    return NO_ERROR;
}
