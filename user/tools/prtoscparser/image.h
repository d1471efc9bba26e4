/* SPDX-License-Identifier: Apache-2.0 */
/* An image under construction: between image.c, which places the tables, and fill.c. */
#ifndef CF_IMAGE_H
#define CF_IMAGE_H

#include "cf.h"

struct cf_image {
    struct conf_header *header;
    u32 strings; /* bytes of the string table in use */
};

/* Start of a table. */
void *cf_table(struct conf_header *header, enum conf_table_id id);

/* Adds a name (null: none) and gives its offset in the string table. */
u32 cf_string_add(struct cf_image *image, const char *name);

/* fill.c: all tables but health. */
void cf_fill_tables(struct cf *cf, struct cf_image *image);

#endif
