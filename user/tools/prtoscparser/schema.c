/* SPDX-License-Identifier: Apache-2.0 */
/* Validates a tree against a built-in schema, or the one given with -s, and rewords what
 * libxml2 says into the terms of the file. Adds default attributes to the tree. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/xmlschemas.h>

#include "cf.h"
#include "embedded.h"

struct cf_schema cf_schema_system = {
    .bytes = cf_xsd,
    .size = &cf_xsd_size,
    .root = "<SystemDescription xmlns=\"http://www.prtos.org/prtos-1.x\" version=\"1.0.0\" "
            "name=\"...\">",
};

const struct cf_schema cf_schema_platform = {
    .bytes = cf_platform_xsd,
    .size = &cf_platform_xsd_size,
    .root = "<Platform xmlns=\"http://www.prtos.org/platform-1.x\" name=\"...\" "
            "architecture=\"x86\">",
};

/* What the schema's patterns stand for. */
static const struct {
    const char *pattern;
    const char *meaning;
} patterns[] = {
    {"[0-9]+", "a whole number such as 0 or 12"},
    {"0*[1-9][0-9]*", "a whole number, 1 or more"},
    {"0x[0-9a-fA-F]+", "a hexadecimal number such as 0x6000000"},
    {"[0-9]+\\.[0-9]+\\.[0-9]+", "a version such as 1.0.0"},
    {"[0-9]+(\\.[0-9]+)?(M|K)(H|h)z", "a frequency such as 50MHz"},
    {"[0-9]+(\\.[0-9]+)?(M|K)?B", "a size such as 4096B, 64KB or 1.5MB"},
    {"[0-9]+(\\.[0-9]+)?(m|u)?(s|S)", "a time such as 5ms, 250us or 1.5s"},
    {"[0-9]+(\\.[0-9]+)?(m|u)?(s|S)|infinite", "a time such as 5ms or 1.5s, nor the word infinite"},
};

/* Copies `text` without namespaces in braces and what follows the first line. */
static char *text_plain(const char *text)
{
    char *plain = cf_text("%.*s", (int)strcspn(text, "\n"), text);
    char *to = plain;

    for (const char *from = plain; *from;) {
        if (strncmp(from, "{http", 5) == 0 && strchr(from, '}'))
            from = strchr(from, '}') + 1;
        else
            *to++ = *from++;
    }
    *to = '\0';
    return plain;
}

/* The quoted text that follows `label` up to the next quote (at a sentence's end, if there is one:
 * patterns hold quotes too), or null. */
static const char *text_quoted(const char *text, const char *label)
{
    const char *from = strstr(text, label), *to;

    if (!from)
        return NULL;
    from += strlen(label);
    to = strstr(from, "'.");
    if (!to)
        to = strchr(from, '\'');
    return to ? cf_text("%.*s", (int)(to - from), from) : NULL;
}

static const char *pattern_meaning(const char *text)
{
    const char *pattern = text_quoted(text, "by the pattern '");

    for (u32 i = 0; pattern && i < ARRAY_SIZE(patterns); i++)
        if (strcmp(pattern, patterns[i].pattern) == 0)
            return patterns[i].meaning;
    return NULL;
}

/* Splits the words of a list such as "{'ram', 'rom'}." or "( A, B )." and names the nearest. */
static const char *list_nearest(const char *word, const char *list)
{
    CF_LIST(const char *) words = {0};

    while (*list) {
        size_t length;

        list += strspn(list, " ,'(){}.");
        length = strcspn(list, " ,'(){}.");
        if (length)
            *CF_PUSH(&words) = cf_text("%.*s", (int)length, list);
        list += length;
    }
    return cf_nearest(word, words.at, words.n);
}

/* An attribute's value that the schema refuses. */
static const char *value_reword(const char *text)
{
    const char *from = strstr(text, "The value '"), *to = strstr(text, "' is not ");
    const char *set = strstr(text, "of the set {"), *value;

    if (strstr(text, "[facet 'minLength']"))
        return "must not be empty";
    if (!from || !to || to < from)
        return NULL;
    from += strlen("The value '");
    value = cf_text("%.*s", (int)(to - from), from);
    if (set) {
        set += strlen("of the set {");
        set = cf_text("%.*s", (int)strcspn(set, "}"), set);
        return cf_text("'%s' is none of %s%s", value, set, list_nearest(value, set));
    }
    if (pattern_meaning(text))
        return cf_text("'%s' is not %s", value, pattern_meaning(text));
    return NULL;
}

/* "A, B" out of "Expected is one of ( A, B )."; null if nothing is named. */
static const char *expected_list(const char *text)
{
    const char *from = strstr(text, "Expected is");

    from = from ? strchr(from, '(') : NULL;
    return from ? cf_text("%.*s", (int)strcspn(from + 2, ")") - 1, from + 2) : NULL;
}

static const char *element_reword(const char *name, const char *text, const char *root)
{
    const char *expected = expected_list(text);

    if (strstr(text, "This element is not expected"))
        return expected ? cf_text("is not expected here; possible: %s%s", expected,
                                  list_nearest(name, expected))
                        : "is not expected here";
    if (strstr(text, "Missing child element(s)"))
        return expected ? cf_text("a child is missing; possible: %s", expected)
                        : "a child is missing";
    if (strstr(text, "No matching global"))
        return cf_text("is not the root element; begin with %s", root);
    if (strstr(text, "Character content"))
        return "holds text between its elements; only elements belong there";
    return NULL;
}

/* "{...}Slot', attribute 'start': ..." and its like, in our words where we have some. */
static const char *reword(const char *text, const char *root)
{
    const char *name = text_quoted(text, "Element '");
    const char *attribute = strstr(text, "', attribute '");
    const char *rest = strstr(text, "': ");
    const char *words;

    if (!name || !rest)
        return text;
    name = cf_text("%.*s", (int)strcspn(text + 9, "'"), text + 9);
    if (attribute && attribute < rest) {
        attribute = cf_text("%.*s", (int)strcspn(attribute + 14, "'"), attribute + 14);
        if (strstr(rest, "is not allowed"))
            return cf_text("%s has no attribute '%s'", name, attribute);
        words = value_reword(rest);
        return cf_text("%s %s: %s", name, attribute, words ? words : rest + 3);
    }
    if (strstr(rest, "is required but missing"))
        return cf_text("%s: attribute '%s' is required but missing", name,
                       text_quoted(rest, "The attribute '"));
    words = element_reword(name, rest, root);
    return cf_text("%s: %s", name, words ? words : rest + 3);
}

struct validation {
    struct cf *cf;
    const struct cf_schema *schema;
};

static void schema_error(void *context, xmlErrorPtr error)
{
    const struct validation *validation = context;
    struct cf_place place = cf_place_of(error->node);
    char *text;

    if (cf_unlisted(validation->cf, place, CF_RULE_SCHEMA))
        return;
    text = text_plain(error->message ? error->message : "");
    /* Follows the message about the word of the list that is wrong. */
    if (strstr(text, "is not a valid value of the list type"))
        return;
    cf_report(validation->cf, place, CF_RULE_SCHEMA, "%s", reword(text, validation->schema->root));
}

/* A schema given with -s may itself be wrong. */
static void schema_file_error(void *context, xmlErrorPtr error)
{
    char *text = text_plain(error->message ? error->message : "");

    fprintf(stderr, "prtoscparser: %s:%d: %s\n", (const char *)context, error->line, text);
}

static xmlSchemaPtr schema_load(const struct cf_schema *from)
{
    const char *path = from->path;
    xmlSchemaParserCtxtPtr parser =
        path ? xmlSchemaNewParserCtxt(path)
             : xmlSchemaNewMemParserCtxt((const char *)from->bytes, (int)*from->size);
    xmlSchemaPtr schema;

    if (!parser)
        return NULL;
    xmlSetStructuredErrorFunc((void *)(uintptr_t)(path ? path : "schema"), schema_file_error);
    xmlSchemaSetParserStructuredErrors(parser, schema_file_error,
                                       (void *)(uintptr_t)(path ? path : "schema"));
    schema = xmlSchemaParse(parser);
    xmlSetStructuredErrorFunc(NULL, NULL);
    xmlSchemaFreeParserCtxt(parser);
    return schema;
}

bool cf_schema_check(struct cf *cf, xmlDocPtr doc, const struct cf_schema *from)
{
    struct cf_place top = {cf_place_of(xmlDocGetRootElement(doc)).file, 1};
    struct validation validation = {cf, from};
    xmlSchemaPtr schema = schema_load(from);
    xmlSchemaValidCtxtPtr validator = schema ? xmlSchemaNewValidCtxt(schema) : NULL;
    u32 errors = cf->n_errors;
    int result = -1;

    if (validator) {
        xmlSchemaSetValidOptions(validator, XML_SCHEMA_VAL_VC_I_CREATE);
        xmlSchemaSetValidStructuredErrors(validator, schema_error, &validation);
        result = xmlSchemaValidateDoc(validator, doc);
        xmlSchemaFreeValidCtxt(validator);
    }
    if (!schema)
        cf_report(cf, top, CF_RULE_SCHEMA, "the schema %s cannot be used",
                  from->path ? from->path : "(built in)");
    else if (result && cf->n_errors == errors)
        cf_report(cf, top, CF_RULE_SCHEMA, "the document is not valid");
    xmlSchemaFree(schema);
    return cf->n_errors == errors;
}

void cf_schema_print(void)
{
    fwrite(cf_xsd, 1, cf_xsd_size, stderr);
}
