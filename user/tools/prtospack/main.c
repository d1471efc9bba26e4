/* SPDX-License-Identifier: Apache-2.0 */
/* prtospack: joins core, configuration, partitions and their files to a container. This file
 * reads the command line; spec.c, check.c, container.c and list.c do the work. */
#include "pack.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tool.h"

static const char usage[] =
    "usage: prtospack build -h <core.pef>[@<off>]:<conf.pef>[@<off>][:<custom.pef>[@<off>]]*\n"
    "                 [-p <id>:<part.pef>[@<off>][:<custom.pef>[@<off>]]*]+ <container>\n"
    "       prtospack check <conf.pef> [-h <core.pef>[:<custom.pef>]*]\n"
    "                 [-p <id>:<part.pef>[:<custom.pef>]*]+\n"
    "       prtospack list <container>\n"
    "build  checks, then writes the container\n"
    "check  judges core and partitions against a configuration, prints `> <file> ... ok`\n"
    "list   checks a container and prints what is in it on stderr\n"
    "A file may be `#n`: the n-th file already named behind -h and -p, counted from 0. At most\n"
    "3 customisation files each; the configuration is the core's first one and may be named in\n"
    "`check` too. `@<off>` (hexadecimal) is the file's offset in the container. Files follow each\n"
    "other without gaps, at multiples of 16: an offset that does not follow from the order and\n"
    "the sizes of the files cannot be built and is refused with the right one.\n";

static void take_options(struct pack *pack, int argc, char **argv)
{
    int c;

    while ((c = tool_option(argc, argv, "h:p:")) != -1) {
        if (c == 'h')
            pack_take_hypervisor(pack, optarg);
        else
            pack_take_partition(pack, optarg);
    }
}

static const char *only_operand(int argc, char **argv, const char *what)
{
    if (optind >= argc)
        tool_usage("no %s", what);
    if (optind + 1 < argc)
        tool_usage("one %s only, not also %s", what, argv[optind + 1]);
    return argv[optind];
}

static void run_build(struct pack *pack, int argc, char **argv)
{
    const char *output;

    take_options(pack, argc, argv);
    output = only_operand(argc, argv, "container");
    if (!pack->has_hypervisor)
        tool_usage("no -h <core.pef>:<conf.pef>");
    pack_check(pack);
    tool_stop_on_errors();
    pack_write(pack, output);
}

static int is_configuration(const struct pef_file *pef)
{
    const struct conf_header *conf = (const void *)pef->data[0];

    return pef->header->kind == PEF_FILE && pef->segments[0].size >= sizeof(*conf) &&
           conf->magic == CONF_MAGIC;
}

/* Makes file 0, the operand of `check`, the core's first customisation file. With the same -h as
 * for `build` the configuration is named again there: then that one is taken, if it is the same. */
static void put_configuration(struct pack *pack)
{
    struct pack_entry *h = &pack->hypervisor;
    const struct pack_file *conf = &pack->files[0];
    const struct pack_file *again = h->n_customs ? &pack->files[h->custom[0]] : 0;

    if (again && is_configuration(&again->pef)) {
        if (again->file.size != conf->file.size ||
            memcmp(again->file.bytes, conf->file.bytes, (size_t)conf->file.size) != 0)
            tool_refuse("%s: the core is given another configuration, %s [conf-once]",
                        conf->pef.path, again->pef.path);
        pack->first = 1;
        return;
    }
    if (h->n_customs == PEF_MAX_CUSTOM)
        tool_usage("-h: more than %u customisation files with the configuration", PEF_MAX_CUSTOM);
    memmove(h->custom + 1, h->custom, (PEF_MAX_CUSTOM - 1) * sizeof(h->custom[0]));
    h->custom[0] = 0;
    h->n_customs++;
}

static void run_check(struct pack *pack, int argc, char **argv)
{
    const char *conf = argc > 1 ? argv[1] : "";

    if (conf[0] == '-' && conf[1])
        tool_option(argc, argv, "h:p:"); /* --help, or a message about an unknown option */
    if (!conf[0] || conf[0] == '-')
        tool_usage("no configuration: it comes right after `check`");
    pack->hypervisor = (struct pack_entry){
        .partition = CONTAINER_HYPERVISOR,
        .file = CONTAINER_NO_FILE,
        .custom = {CONTAINER_NO_FILE, CONTAINER_NO_FILE, CONTAINER_NO_FILE},
    };
    pack_take_file(pack, conf);
    pack->unnamed = 1;
    take_options(pack, argc - 1, argv + 1);
    if (optind < argc - 1)
        tool_usage("one configuration only, not also %s", argv[optind + 1]);
    put_configuration(pack);
    pack_check(pack);
    tool_stop_on_errors();
}

int main(int argc, char **argv)
{
    struct pack *pack;

    tool_start("prtospack", usage);
    pack = tool_memory(sizeof(*pack));
    pack->files = tool_memory(CONTAINER_MAX_FILES * sizeof(*pack->files));
    if (argc > 1 && strcmp(argv[1], "build") == 0) {
        run_build(pack, argc - 1, argv + 1);
    } else if (argc > 1 && strcmp(argv[1], "check") == 0) {
        run_check(pack, argc - 1, argv + 1);
    } else if (argc > 1 && strcmp(argv[1], "list") == 0) {
        if (tool_option(argc - 1, argv + 1, "") == -1)
            pack_list(only_operand(argc - 1, argv + 1, "container"));
    } else if (tool_option(argc, argv, "") == -1) {
        tool_usage("say `build`, `check` or `list`");
    }
    return TOOL_OK;
}
