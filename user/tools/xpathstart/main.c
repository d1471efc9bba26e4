/* SPDX-License-Identifier: Apache-2.0 */
/* xpathstart: prints where a partition begins, the `start` of the first Area in the XML's order:
 * the address its program is linked at. Used by the Makefiles of partitions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libxml/parser.h>
#include <libxml/xinclude.h>

#include "tool.h"

#define NAMESPACE "http://www.prtos.org/prtos-1.x"

static const char usage[] =
    "usage: xpathstart <partition id> <file.xml>\n"
    "Prints the start of the first Area of that partition, as it stands in the file.\n";

static int is_element(xmlNodePtr node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns &&
           strcmp((const char *)node->ns->href, NAMESPACE) == 0 &&
           strcmp((const char *)node->name, name) == 0;
}

static xmlNodePtr child(xmlNodePtr parent, const char *name)
{
    xmlNodePtr node = parent ? parent->children : 0;

    while (node && !is_element(node, name))
        node = node->next;
    return node;
}

static char *attribute(xmlNodePtr node, const char *name)
{
    return (char *)xmlGetNoNsProp(node, (const xmlChar *)name);
}

/* The number a text of digits stands for, or -1. */
static long id_of(const char *text)
{
    char *end;
    long id;

    if (!text || !*text || text[strspn(text, "0123456789")])
        return -1;
    id = strtol(text, &end, 10);
    return id >= 0 && id < 1000000 ? id : -1;
}

static xmlNodePtr partition_of(xmlNodePtr root, long id)
{
    xmlNodePtr table = child(root, "PartitionTable");
    xmlNodePtr node = table ? table->children : 0;

    for (; node; node = node->next) {
        char *text = is_element(node, "Partition") ? attribute(node, "id") : 0;
        long found = id_of(text);

        xmlFree(text);
        if (found == id)
            return node;
    }
    return 0;
}

static xmlNodePtr read_root(const char *path)
{
    const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                        XML_PARSE_NOXINCNODE | XML_PARSE_BIG_LINES;
    xmlErrorPtr error;
    xmlDocPtr document;
    xmlNodePtr root;

    if (access(path, R_OK))
        tool_refuse("%s: cannot be read", path);
    document = xmlReadFile(path, 0, options);
    if (!document || xmlXIncludeProcessFlags(document, options) < 0) {
        error = xmlGetLastError();
        tool_refuse("%s:%d: not well-formed", path, error ? error->line : 0);
    }
    root = xmlDocGetRootElement(document);
    if (!is_element(root, "SystemDescription"))
        tool_refuse("%s:%ld: root is <%s>, not <SystemDescription xmlns=\"" NAMESPACE "\">", path,
                    xmlGetLineNo(root), (const char *)root->name);
    return root;
}

int main(int argc, char **argv)
{
    xmlNodePtr root, partition, area;
    const char *path;
    char *start;
    long id;

    tool_start("xpathstart", usage);
    tool_option(argc, argv, "");
    if (argc - optind != 2)
        tool_usage("%d operands, expected <partition id> and <file.xml>", argc - optind);
    id = id_of(argv[optind]);
    path = argv[optind + 1];
    if (id < 0)
        tool_usage("`%s` is not a partition id", argv[optind]);
    root = read_root(path);
    partition = partition_of(root, id);
    if (!partition)
        tool_refuse("%s: no partition has id %ld", path, id);
    area = child(child(partition, "PhysicalMemoryAreas"), "Area");
    start = area ? attribute(area, "start") : 0;
    if (!start)
        tool_refuse("%s:%ld: partition %ld has no Area with a start", path, xmlGetLineNo(partition),
                    id);
    printf("%s\n", start);
    xmlFree(start);
    xmlFreeDoc(root->doc);
    return fflush(stdout) ? TOOL_REFUSED : TOOL_OK;
}
