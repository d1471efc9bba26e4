/* SPDX-License-Identifier: Apache-2.0 */
/* xpath: answers XPath 1.0 queries about a configuration, for Makefiles and scripts. Prefix `prtos`
 * is bound to the namespace of the file's root. Reads one file, never the net. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <libxml/parser.h>
#include <libxml/xinclude.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "tool.h"

static const char usage[] =
    "usage: xpath -f <file> [-c] [-n <namespace>] <query>...\n"
    "Prints what each XPath 1.0 query selects, one result a line.\n"
    "  -f   XML file\n"
    "  -c   content only: the values of attributes, the text of elements\n"
    "  -n   namespace that prefix `prtos` stands for (default: that of the file's root)\n"
    "example: xpath -c -f prtos_cf.xml '//prtos:Partition/@name'\n";

/* The parser's and the evaluator's own complaints are asked for, not printed. */
static void be_quiet(void *context, const char *format, ...)
{
    (void)context;
    (void)format;
}

static _Noreturn void refuse_last(const char *path, const char *what)
{
    xmlErrorPtr error = xmlGetLastError();
    int length = error && error->message ? (int)strcspn(error->message, "\n") : 0;

    if (length)
        tool_refuse("%s:%d: %s: %.*s", path, error->line, what, length, error->message);
    tool_refuse("%s: %s", path, what);
}

static xmlDocPtr read_document(const char *path)
{
    const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                        XML_PARSE_NOXINCNODE | XML_PARSE_BIG_LINES;
    xmlDocPtr document;

    if (access(path, R_OK))
        tool_refuse("%s: cannot be read", path);
    document = xmlReadFile(path, 0, options);
    if (!document || xmlXIncludeProcessFlags(document, options) < 0)
        refuse_last(path, "not well-formed");
    return document;
}

static void print_node(xmlDocPtr document, xmlNodePtr node, int content)
{
    xmlChar *value;
    xmlBufferPtr text;

    if (content || node->type == XML_ATTRIBUTE_NODE) {
        value = xmlNodeGetContent(node);
        if (content)
            printf("%s\n", value ? (const char *)value : "");
        else
            printf("%s=\"%s\"\n", (const char *)node->name, value ? (const char *)value : "");
        xmlFree(value);
        return;
    }
    text = xmlBufferCreate();
    if (text && xmlNodeDump(text, document, node, 0, 0) >= 0)
        printf("%s\n", (const char *)xmlBufferContent(text));
    xmlBufferFree(text);
}

static void run_query(xmlXPathContextPtr context, const char *path, const char *query, int content)
{
    xmlXPathObjectPtr result = xmlXPathEvalExpression((const xmlChar *)query, context);
    xmlChar *value;

    if (!result)
        tool_refuse("%s: `%s` is not a sound XPath query", path, query);
    if (result->type == XPATH_NODESET) {
        for (int i = 0; result->nodesetval && i < result->nodesetval->nodeNr; i++)
            print_node(context->doc, result->nodesetval->nodeTab[i], content);
    } else {
        value = xmlXPathCastToString(result);
        printf("%s\n", value ? (const char *)value : "");
        xmlFree(value);
    }
    xmlXPathFreeObject(result);
}

int main(int argc, char **argv)
{
    const char *path = 0;
    const char *space = 0;
    xmlXPathContextPtr context;
    xmlDocPtr document;
    int content = 0;
    int c;

    tool_start("xpath", usage);
    while ((c = tool_option(argc, argv, "f:cn:")) != -1) {
        if (c == 'f')
            path = optarg;
        else if (c == 'n')
            space = optarg;
        else
            content = 1;
    }
    if (!path || optind >= argc)
        tool_usage(path ? "no query" : "no -f <file>");
    xmlSetGenericErrorFunc(0, be_quiet);
    document = read_document(path);
    if (!space && xmlDocGetRootElement(document)->ns)
        space = (const char *)xmlDocGetRootElement(document)->ns->href;
    context = xmlXPathNewContext(document);
    if (!context ||
        (space && xmlXPathRegisterNs(context, (const xmlChar *)"prtos", (const xmlChar *)space)))
        tool_refuse("%s: out of memory", path);
    for (; optind < argc; optind++)
        run_query(context, path, argv[optind], content);
    xmlXPathFreeContext(context);
    xmlFreeDoc(document);
    return fflush(stdout) ? TOOL_REFUSED : TOOL_OK;
}
