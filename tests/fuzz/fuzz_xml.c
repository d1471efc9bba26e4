/* SPDX-License-Identifier: Apache-2.0 */
/* prtoscparser from bytes to verdict and image: accepted means that the core accepts the image,
 * refused that an error was reported; nothing is opened outside the description's own folder. The
 * tool's main.c and source.c are parts of this file, so that their state is made new for each
 * input, and schema.c, so that each schema is read once only. */
/* sources: user/tools/prtoscparser/[!ms]*.c user/tools/prtoscparser/m[eo]*.c
 * tests/fuzz/xml_mutate.c */
/* tool: prtoscparser */
#include "fuzz.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libxml/globals.h>
#include <libxml/tree.h>
#include <libxml/xmlschemas.h>

static int open_inside(const char *path, int flags);
struct cf_schema;
static xmlSchemaPtr schema_once(xmlSchemaParserCtxtPtr parser, const struct cf_schema *from);

/* Room for a file is asked for once for each, and 4 MB of it are slow to guard. */
static char file_room[(4u << 20) + 1];

#define open(path, flags) open_inside(path, flags)
#undef malloc
#undef free
#define malloc(size) ((size) <= sizeof(file_room) ? file_room : NULL)
#define free(room) ((void)(room))
#include "../../user/tools/prtoscparser/source.c"
#undef open
#undef malloc
#undef free
#define free(memory) seam_free(memory)
#define xmlSchemaParse(parser) schema_once(parser, from)
#define xmlSchemaFree(schema) ((void)(schema))
#include "../../user/tools/prtoscparser/schema.c"
#undef xmlSchemaParse
#undef xmlSchemaFree
#define main parser_main
#include "../../user/tools/prtoscparser/main.c"
#undef main

#define DOCS_MAX 2048u

static const char part[] =
    "<Partition xmlns=\"http://www.prtos.org/prtos-1.x\" id=\"1\" name=\"part\">"
    "<PhysicalMemoryAreas><Area start=\"0x7000000\" size=\"1MB\"/></PhysicalMemoryAreas>"
    "</Partition>";
static const char loop[] = "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\">"
                           "<xi:include href=\"loop.xml\"/><xi:include href=\"main.xml\"/></a>";

/* The description lies in home/system, with parts beside it; home/outside.xml is out of bounds. */
static char home[PATH_MAX / 2];
static char folder[PATH_MAX];
static xmlNodePtr docs[DOCS_MAX]; /* those that libxml2 holds */
static u32 n_docs;

static const char *inside(const char *name)
{
    static char path[2][PATH_MAX];
    static u32 next;
    char *to = path[next++ % 2];

    snprintf(to, PATH_MAX, "%.2100s/%s", folder, name);
    return to;
}

static int open_inside(const char *path, int flags)
{
    char real[PATH_MAX];
    size_t length = strlen(folder);

    DEMAND(!realpath(path, real) || (!strncmp(real, folder, length) && real[length] == '/'));
    return open(path, flags);
}

static xmlSchemaPtr schema_once(xmlSchemaParserCtxtPtr parser, const struct cf_schema *from)
{
    static xmlSchemaPtr schema[2];
    u32 i = from == &cf_schema_platform;

    if (!schema[i])
        schema[i] = xmlSchemaParse(parser);
    return schema[i];
}

static void write_whole(const char *path, const void *bytes, size_t size)
{
    int file = open(path, O_WRONLY | O_CREAT, 0600);

    DEMAND(file >= 0 && write(file, bytes, size) == (ssize_t)size);
    DEMAND(!ftruncate(file, (off_t)size) && !close(file));
}

static void home_remove(void)
{
    const char *const names[] = {"main.xml", "part.xml", "loop.xml", "link.xml", "../outside.xml"};

    for (u32 i = 0; i < ARRAY_SIZE(names); i++)
        unlink(inside(names[i]));
    rmdir(folder);
    rmdir(home);
}

static xmlParserInputPtr nothing_else(const char *url, const char *id, xmlParserCtxtPtr context)
{
    (void)id;
    (void)context;
    fprintf(seam_output, "libxml2 wants %s\n", url ? url : "?");
    fuzz_fail(__FILE__, __LINE__, "libxml2 opens no file");
}

static void doc_begins(xmlNodePtr node)
{
    if (node->type == XML_DOCUMENT_NODE && n_docs < DOCS_MAX)
        docs[n_docs++] = node;
}

static void doc_ends(xmlNodePtr node)
{
    for (u32 i = n_docs; node->type == XML_DOCUMENT_NODE && i-- > 0;)
        if (docs[i] == node)
            docs[i] = docs[--n_docs];
}

static void start(void)
{
    const char *temporary = getenv("TMPDIR");

    snprintf(home, sizeof(home), "%s/prtos-fuzz-XXXXXX", temporary ? temporary : "/tmp");
    DEMAND(mkdtemp(home));
    snprintf(folder, sizeof(folder), "%s/system", home);
    DEMAND(mkdir(folder, 0700) == 0);
    atexit(home_remove);
    write_whole(inside("part.xml"), part, sizeof(part) - 1);
    write_whole(inside("loop.xml"), loop, sizeof(loop) - 1);
    write_whole(inside("../outside.xml"), part, sizeof(part) - 1);
    DEMAND(symlink("../outside.xml", inside("link.xml")) == 0);
    xmlSetExternalEntityLoader(nothing_else);
    xmlRegisterNodeDefault(doc_begins);
    xmlDeregisterNodeDefault(doc_ends);
    tool_start("fuzz", "");
}

static int parse(void *argument)
{
    const struct options *options = argument;
    size_t length = 0;
    u32 size = 0;
    void *image = describe(&model, options, &size);
    char *text;

    cf_messages_sort(&model);
    cf_messages_print(&model);
    DEMAND(!image == (model.n_errors > 0));
    if (!image)
        return TOOL_REFUSED;
    DEMAND(!conf_verify(image, size, model.platform->conf->arch));
    fuzz_walk_conf(image);
    text = cf_image_source(image, &length);
    DEMAND(text && strlen(text) == length && cf_image_size(&model) == size);
    free(text);
    text = cf_model_text(&model, &length);
    DEMAND(text && strlen(text) == length);
    free(text);
    return TOOL_OK;
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    static const struct options choices[] = {
        {.arch = "x86"}, {.arch = "aarch64"}, {.platform = "virt"}};
    struct options options;

    if (!*folder)
        start();
    write_whole(inside("main.xml"), data, size);
    for (u32 i = 0; i < ARRAY_SIZE(choices); i++) {
        memset(&model, 0, sizeof(model));
        memset(&folders, 0, sizeof(folders));
        total_read = 0;
        cf_n_hints = 0;
        options = choices[i];
        options.input = inside("main.xml");
        seam_run(parse, &options);
        while (n_docs)
            xmlFreeDoc((xmlDocPtr)(void *)docs[n_docs - 1]);
    }
    return 0;
}
