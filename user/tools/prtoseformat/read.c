/* SPDX-License-Identifier: Apache-2.0 */
/* Shows a PEF file on stderr, after all checks. Called by main.c. */
#include "eformat.h"

#include <stdio.h>

#include "pef_file.h"

#define VERSION_FORMAT "%u.%u.%u"
#define VERSION_PARTS(v) ((v) >> 16 & 255), ((v) >> 8 & 255), ((v)&255)

static void show_header(const struct pef_file *pef, const struct file *file)
{
    const struct pef_header *h = pef->header;
    char digest[DIGEST_TEXT];

    file_digest(file->bytes, file->size, digest);
    fprintf(stderr, "PEF header:\n");
    fprintf(stderr, "  signature: 0x%08x  format: %u\n", h->magic, h->format);
    fprintf(stderr, "  kind: %s  architecture: %s\n", pef_kind_name(h->kind),
            pef_arch_name(h->arch));
    fprintf(stderr, "  size: %u\n", h->size);
    fprintf(stderr, "  CRC-32C: 0x%08x\n  SHA-256: %s\n", h->crc, digest);
    fprintf(stderr, "  payload:");
    for (unsigned i = 0; i < sizeof(h->payload); i++)
        fprintf(stderr, " %02x", h->payload[i]);
    fprintf(stderr, "\n  segments: %u  customisation files: %u\n", h->n_segments, h->n_customs);
    if (h->kind == PEF_FILE)
        return;
    fprintf(stderr, "  ABI: " VERSION_FORMAT "  API: " VERSION_FORMAT "\n",
            VERSION_PARTS(h->abi_version), VERSION_PARTS(h->api_version));
    fprintf(stderr, "  entry point: 0x%llx\n", h->entry);
    fprintf(stderr, "  image header: 0x%llx\n", h->image_header);
    fprintf(stderr, "  page tables: 0x%llx (%llu bytes)\n", h->page_table, h->page_table_size);
}

static void show_segments(const struct pef_file *pef)
{
    for (unsigned i = 0; i < pef->header->n_segments; i++) {
        const struct pef_segment *s = &pef->segments[i];

        fprintf(stderr, "segment %u:\n", i);
        fprintf(stderr, "  physical: 0x%llx  virtual: 0x%llx\n", s->phys, s->virt);
        fprintf(stderr, "  bytes: %llu  in memory: %llu\n", s->size, s->mem_size);
        fprintf(stderr, "  stored: %u at 0x%x%s\n", s->stored, s->offset,
                s->flags & PEF_SEGMENT_COMPRESSED ? ", compressed" : "");
    }
}

static void show_customs(const struct pef_file *pef)
{
    for (unsigned i = 0; i < pef->header->n_customs; i++)
        fprintf(stderr, "customisation file %u:\n  start: 0x%llx  size: %llu%s\n", i,
                pef->customs[i].start, pef->customs[i].size,
                pef->customs[i].size ? "" : " (no limit known)");
}

void eformat_read(const char *path, unsigned show)
{
    struct pef_file pef;
    struct file file;

    file_read(&file, path);
    pef_open(&pef, path, file.bytes, file.size);
    if (show & SHOW_HEADER)
        show_header(&pef, &file);
    if (show & SHOW_SEGMENTS)
        show_segments(&pef);
    if (show & SHOW_CUSTOMS)
        show_customs(&pef);
}
