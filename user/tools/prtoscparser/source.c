/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the description and the files it includes into one tree, in which every element knows
 * its file and line. XInclude is done here: `<xi:include href="part.xml"/>` is replaced by the
 * root element of that file. Never reads from the network, from outside the main file's folder,
 * or through a DOCTYPE. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include "attr.h"
#include "guard.h"

#define FILE_MAX (4u << 20)   /* bytes of one file */
#define TOTAL_MAX (16u << 20) /* bytes of all files */
#define DEPTH_MAX 8u          /* includes within includes */
#define FILES_MAX 1000u
#define LINE_BITS 22 /* enough for FILE_MAX; the other 10 bits of a place are the file */
#define NS_INCLUDE "http://www.w3.org/2001/XInclude"

/* One file being read; those that include it are behind `outer`. */
struct source {
    struct cf *cf;
    struct source *outer;
    struct cf_place from; /* where it is included */
    const char *name;     /* as messages show it */
    u32 file;             /* index of the name */
    u32 depth;
    char real[PATH_MAX];
    char *bytes;
    u32 size;
};

static CF_LIST(char *) folders; /* whose files may be included; the last is the main file's */
static u64 total_read;

/* Each element carries its place in _private: libxml2 forgets lines above 65535, and files. */
static void *place_pack(struct cf_place place)
{
    return (void *)(uintptr_t)(place.file << LINE_BITS | place.line);
}

struct cf_place cf_place_of(const xmlNode *node)
{
    uintptr_t packed;

    while (node && node->type != XML_ELEMENT_NODE)
        node = node->parent;
    packed = node ? (uintptr_t)node->_private : 0;
    return (struct cf_place){(u32)(packed >> LINE_BITS), packed & ((1u << LINE_BITS) - 1)};
}

/* Where the tag begins that the parser has just read: no value in it holds a '<'. */
static u32 tag_line(const struct _xmlParserInput *input)
{
    const xmlChar *c = input->cur;
    u32 line = (u32)input->line;

    while (c > input->base && *--c != '<')
        line -= *c == '\n';
    return *c == '<' ? line : (u32)input->line;
}

static void element_start(void *context, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *space, int n_spaces, const xmlChar **spaces,
                          int n_attributes, int n_defaulted, const xmlChar **attributes)
{
    xmlParserCtxtPtr parser = context;
    const struct source *source = parser->_private;
    struct cf_place place = {source->file, tag_line(parser->input)};

    xmlSAX2StartElementNs(context, name, prefix, space, n_spaces, spaces, n_attributes, n_defaulted,
                          attributes);
    if (parser->node)
        parser->node->_private = place_pack(place);
}

/* Copying a tree leaves _private behind. */
static void places_copy(xmlNodePtr to, xmlNodePtr from)
{
    xmlNodePtr child = xmlFirstElementChild(from);

    to->_private = from->_private;
    CF_EACH_CHILD(copy, to)
    {
        places_copy(copy, child);
        child = xmlNextElementSibling(child);
    }
}

/* A failure to read `source`: shown where it is included, the main file's at its own line 1. */
static void unreadable(struct source *source, const char *why)
{
    if (source->outer)
        cf_report(source->cf, source->from, CF_RULE_FILE_UNREADABLE, "cannot include '%s': %s",
                  source->name, why);
    else
        cf_report(source->cf, (struct cf_place){source->file, 1}, CF_RULE_FILE_UNREADABLE, "%s",
                  why);
}

static bool bytes_read(struct source *source, int file)
{
    source->bytes = malloc(FILE_MAX + 1);
    while (source->bytes && source->size <= FILE_MAX) {
        ssize_t got = read(file, source->bytes + source->size, FILE_MAX + 1 - source->size);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            unreadable(source, strerror(errno));
            return false;
        }
        if (got == 0)
            break;
        source->size += (u32)got;
    }
    total_read += source->size;
    if (source->size <= FILE_MAX && total_read <= TOTAL_MAX)
        return true;
    unreadable(source, cf_text("more than %u MB to read",
                               source->size > FILE_MAX ? FILE_MAX >> 20 : TOTAL_MAX >> 20));
    return false;
}

static bool source_open(struct source *source)
{
    int file = open(source->name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat stat;
    bool good;

    if (file < 0 || fstat(file, &stat) < 0) {
        unreadable(source, strerror(errno));
        if (file >= 0)
            close(file);
        return false;
    }
    if (S_ISDIR(stat.st_mode)) {
        unreadable(source, "is a folder");
        close(file);
        return false;
    }
    good = bytes_read(source, file);
    close(file);
    return good;
}

/* libxml2's complaints about well-formedness, cut to their first line. */
static void parse_error(void *context, xmlErrorPtr error)
{
    struct source *source = context;
    struct cf_place place = {source->file, error->line > 0 ? (u32)error->line : 1};
    const char *text = error->message ? error->message : "not well-formed";

    if (error->domain == XML_FROM_IO || error->code == XML_ERR_USER_STOP)
        return;
    cf_report(source->cf, place, CF_RULE_FILE_UNREADABLE, "not well-formed: %.*s",
              (int)strcspn(text, "\n"), text);
}

static void doctype_refuse(void *context, const xmlChar *name, const xmlChar *external,
                           const xmlChar *system)
{
    xmlParserCtxtPtr parser = context;
    struct source *source = parser->_private;
    struct cf_place place = {source->file, (u32)parser->input->line};

    (void)external;
    (void)system;
    cf_report(source->cf, place, CF_RULE_FILE_UNREADABLE,
              "DOCTYPE %s is not accepted; the description needs none", name);
    xmlStopParser(parser);
}

static xmlDocPtr source_parse(struct source *source)
{
    struct cf_place place = {source->file, 1};
    const char *fault = guard_fault(source->bytes, source->size, &place.line);
    u32 errors = source->cf->n_errors;
    xmlParserCtxtPtr parser;
    xmlDocPtr doc;

    if (fault) {
        cf_report(source->cf, place, CF_RULE_FILE_UNREADABLE, "%s", fault);
        return NULL;
    }
    parser = xmlNewParserCtxt();
    if (!parser)
        return NULL;
    parser->_private = source;
    parser->sax->internalSubset = doctype_refuse;
    parser->sax->startElementNs = element_start;
    xmlSetStructuredErrorFunc(source, parse_error);
    doc = xmlCtxtReadMemory(parser, source->bytes, (int)source->size, NULL, NULL,
                            XML_PARSE_NONET | XML_PARSE_BIG_LINES);
    xmlSetStructuredErrorFunc(NULL, NULL);
    xmlFreeParserCtxt(parser);
    if (doc && xmlDocGetRootElement(doc) && source->cf->n_errors == errors)
        return doc;
    if (source->cf->n_errors == errors)
        unreadable(source, "not well-formed: empty");
    xmlFreeDoc(doc);
    return NULL;
}

static bool is_below(const char *path, const char *folder)
{
    size_t length = strlen(folder);

    /* The root folder is "" here. */
    return strncmp(path, folder, length) == 0 && path[length] == '/';
}

static bool folder_allowed(const char *path)
{
    for (u32 i = 0; i < folders.n; i++)
        if (is_below(path, folders.at[i]))
            return true;
    return false;
}

bool cf_source_allow(const char *folder)
{
    char real[PATH_MAX];
    struct stat status;

    if (!realpath(folder, real) || stat(real, &status) < 0 || !S_ISDIR(status.st_mode))
        return false;
    *CF_PUSH(&folders) = cf_text("%s", strcmp(real, "/") == 0 ? "" : real);
    return true;
}

static bool include_allowed(struct source *source, const char *href)
{
    if (strstr(href, "://") || strncmp(href, "file:", 5) == 0) {
        unreadable(source, "only files by their path can be included");
        return false;
    }
    if (source->depth > DEPTH_MAX) {
        unreadable(source, cf_text("more than %u includes within each other", DEPTH_MAX));
        return false;
    }
    if (source->cf->files.n >= FILES_MAX) {
        unreadable(source, cf_text("more than %u files", FILES_MAX));
        return false;
    }
    if (!realpath(source->name, source->real)) {
        unreadable(source, strerror(errno));
        return false;
    }
    if (!folder_allowed(source->real)) {
        unreadable(source, "it is neither below the main file's folder nor below one given by -I");
        return false;
    }
    for (struct source *outer = source->outer; outer; outer = outer->outer)
        if (strcmp(outer->real, source->real) == 0) {
            unreadable(source, "it includes itself");
            return false;
        }
    return true;
}

/* The include element's own form; null with a report if it is not ours. */
static char *include_href(struct source *outer, xmlNodePtr node)
{
    static const char form[] = "include takes href, and parse=\"xml\" at most";
    struct cf *cf = outer->cf;
    xmlChar *href = xmlGetNoNsProp(node, BAD_CAST "href");
    xmlChar *parse = xmlGetNoNsProp(node, BAD_CAST "parse");
    char *text = NULL;

    if (!href || !*href || xmlHasProp(node, BAD_CAST "xpointer") ||
        (parse && !xmlStrEqual(parse, BAD_CAST "xml")) || xmlFirstElementChild(node))
        cf_report(cf, cf_place_of(node), CF_RULE_FILE_UNREADABLE, form);
    else
        text = cf_text("%s", (char *)href);
    xmlFree(href);
    xmlFree(parse);
    return text;
}

static const char *path_beside(const char *path, const char *href)
{
    const char *slash = strrchr(path, '/');

    if (href[0] == '/' || !slash)
        return href;
    return cf_text("%.*s/%s", (int)(slash - path), path, href);
}

static u32 file_add(struct cf *cf, const char *name)
{
    *CF_PUSH(&cf->files) = name;
    return cf->files.n - 1;
}

static void includes_resolve(struct source *source, xmlNodePtr node);

/* Replaces `node` by the root of the file that it names. */
static void include_resolve(struct source *outer, xmlNodePtr node)
{
    char *href = include_href(outer, node);
    struct source source = {
        .cf = outer->cf,
        .outer = outer,
        .from = cf_place_of(node),
        .depth = outer->depth + 1,
    };
    xmlDocPtr doc = NULL;

    if (!href)
        return;
    source.name = path_beside(outer->name, href);
    if (include_allowed(&source, href) && source_open(&source)) {
        source.file = file_add(source.cf, source.name);
        doc = source_parse(&source);
    }
    free(source.bytes);
    if (doc) {
        xmlNodePtr root = xmlDocCopyNode(xmlDocGetRootElement(doc), node->doc, 1);

        places_copy(root, xmlDocGetRootElement(doc));
        xmlFreeDoc(doc);
        xmlReplaceNode(node, root);
        xmlFreeNode(node);
        includes_resolve(&source, root);
    }
}

/* `node` and what is below it; the parser's limit of 256 levels bounds the recursion. */
static void includes_resolve(struct source *source, xmlNodePtr node)
{
    xmlNodePtr child = xmlFirstElementChild(node);

    while (child) {
        xmlNodePtr next = xmlNextElementSibling(child);

        if (child->ns && xmlStrEqual(child->ns->href, BAD_CAST NS_INCLUDE))
            include_resolve(source, child);
        else
            includes_resolve(source, child);
        child = next;
    }
}

xmlDocPtr cf_source_built_in(struct cf *cf, const unsigned char *bytes, u32 size)
{
    struct source source = {.cf = cf, .file = CF_FILE_BUILT_IN, .size = size};

    source.bytes = (char *)(uintptr_t)bytes;
    return source_parse(&source);
}

xmlDocPtr cf_source_read(struct cf *cf, const char *path, bool includes)
{
    struct source source = {.cf = cf, .name = path};
    xmlDocPtr doc = NULL;

    source.file = file_add(cf, path);
    if (source_open(&source)) {
        if (!realpath(path, source.real))
            source.real[0] = '\0';
        doc = source_parse(&source);
    }
    free(source.bytes);
    if (!doc || !includes)
        return doc;
    if (strrchr(source.real, '/'))
        *CF_PUSH(&folders) =
            cf_text("%.*s", (int)(strrchr(source.real, '/') - source.real), source.real);
    includes_resolve(&source, xmlDocGetRootElement(doc));
    if (!cf->n_errors)
        return doc;
    xmlFreeDoc(doc);
    return NULL;
}
