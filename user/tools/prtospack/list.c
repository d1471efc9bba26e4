/* SPDX-License-Identifier: Apache-2.0 */
/* Shows a container on stderr, after all checks. Called by main.c. */
#include "pack.h"

#include <stdio.h>

#include "conf/verify.h"
#include "container_file.h"

/* Text inside an attribute. */
static void put_text(const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            fputs("&amp;", stderr);
            break;
        case '<':
            fputs("&lt;", stderr);
            break;
        case '"':
            fputs("&quot;", stderr);
            break;
        default:
            fputc(*text, stderr);
        }
    }
}

static void list_file(const struct container_header *c, u32 number, const char *kind)
{
    const struct container_file *f = container_files(c) + number;
    const u8 *bytes = (const u8 *)c + f->offset;
    char digest[DIGEST_TEXT];

    file_digest(bytes, f->size, digest);
    fprintf(stderr, "    <%s file=\"%u\" name=\"", kind, number);
    put_text((const char *)c + c->names_offset + f->name);
    fprintf(stderr, "\" offset=\"0x%x\" size=\"%u\" sha256=\"%s\"/>\n", f->offset, f->size, digest);
}

static void list_entry(const struct container_header *c, const struct container_entry *e)
{
    int hypervisor = e->partition == CONTAINER_HYPERVISOR;

    if (hypervisor)
        fprintf(stderr, "  <Hypervisor>\n");
    else
        fprintf(stderr, "  <Partition id=\"%u\">\n", e->partition);
    list_file(c, e->file, "Image");
    for (u32 i = 0; i < e->n_customs; i++)
        list_file(c, e->custom[i], hypervisor && i == 0 ? "Configuration" : "CustomFile");
    fprintf(stderr, hypervisor ? "  </Hypervisor>\n" : "  </Partition>\n");
}

void pack_list(const char *path)
{
    const struct container_header *c;
    char digest[DIGEST_TEXT];
    struct file file;

    file_read(&file, path);
    c = container_open(&file);
    fprintf(stderr, "<Container size=\"%u\" files=\"%u\">\n", c->size, c->n_files);
    for (u32 i = 0; i < c->n_entries; i++)
        list_entry(c, container_entries(c) + i);
    fprintf(stderr, "</Container>\n");
    file_digest(file.bytes, file.size, digest);
    fprintf(stderr, "Digest: %s %s  Ok\n", digest, path);
}
