/* SPDX-License-Identifier: Apache-2.0 */
/* prtoscparser: compiles the XML description of a system into the configuration image. This file
 * reads the command line and calls the steps in order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libxml/parser.h>

#include "cf.h"
#include "conf/verify.h"
#include "file.h"
#include "tool.h"

static const char usage[] =
    "usage: prtoscparser [-c | -j | -n] [-d] [-s <xsd_file>] [-a <arch>] [-p <platform>] "
    "[-I <folder>] [-o <output>] <PRTOS_CF.xml>\n"
    "checks a system description and writes its binary configuration\n"
    "  -o   output, default a.bin.prtos_conf, with -c a.c.prtos_conf, with -j a.json.prtos_conf;\n"
    "       - is standard output\n"
    "  -c   write the C source of the tables instead\n"
    "  -j   write what the description says after all defaults, as JSON, instead\n"
    "  -n   check only, write nothing\n"
    "  -a   x86 (default) or aarch64\n"
    "  -p   board that gives what the description leaves out: pc (default for x86), virt (default\n"
    "       for aarch64), or a file such as ./board.xml; what only another board has is left out\n"
    "  -I   files below <folder> may be included too (XInclude); may be repeated\n"
    "  -s   validate with another schema than the built-in one\n"
    "  -d   print the built-in schema on stderr\n"
    "exit status: 0 written, 1 wrong usage, 2 refused: every fault is listed on stderr\n";

struct options {
    const char *arch;     /* null: not stated */
    const char *platform; /* null: not stated */
    const char *output;
    const char *input;
    int form; /* 'c', 'j', 'n' or 0: the image */
};

/* Kept reachable until the process ends: nothing of it is given back. */
static struct cf model;

static void form_choose(struct options *options, int form)
{
    if (options->form && options->form != form)
        tool_usage("-%c and -%c exclude each other", options->form, form);
    options->form = form;
}

static const char *output_default(int form)
{
    return form == 'c' ? "a.c.prtos_conf" : form == 'j' ? "a.json.prtos_conf" : "a.bin.prtos_conf";
}

static void options_read(int argc, char **argv, struct options *options)
{
    int c;

    *options = (struct options){0};
    while ((c = tool_option(argc, argv, "cjnds:a:p:I:o:")) != -1) {
        if (c == 'c' || c == 'j' || c == 'n') {
            form_choose(options, c);
        } else if (c == 'd') {
            cf_schema_print();
            exit(TOOL_OK);
        } else if (c == 's') {
            cf_schema_system.path = optarg;
        } else if (c == 'a') {
            options->arch = optarg;
            if (!cf_platform_default(optarg))
                tool_usage("-a %s: x86 or aarch64", optarg);
        } else if (c == 'p') {
            options->platform = optarg;
            if (!cf_platform_exists(optarg))
                tool_usage("-p %s: there are %s; a file is given by its path, such as ./%s", optarg,
                           cf_platform_names(), optarg);
        } else if (c == 'I') {
            if (!cf_source_allow(optarg))
                tool_usage("-I %s: not a folder", optarg);
        } else {
            options->output = optarg;
        }
    }
    if (optind >= argc)
        tool_usage("no description is named");
    if (optind + 1 < argc)
        tool_usage("one description only, not also %s", argv[optind + 1]);
    if (options->form == 'n' && options->output)
        tool_usage("-n writes nothing: leave out -o");
    options->input = argv[optind];
    if (!options->output)
        options->output = output_default(options->form);
}

/* The platform by -p or, without it, that of -a. */
static bool platform_read(struct cf *cf, const struct options *options)
{
    const char *name = options->platform;

    if (!name)
        name = cf_platform_default(options->arch ? options->arch : "x86");
    if (!cf_platform_read(cf, name, options->platform))
        return false;
    if (options->arch && strcmp(options->arch, cf->platform->arch) != 0)
        tool_usage("-a %s: platform %s is for %s", options->arch, cf->platform->name,
                   cf->platform->arch);
    return true;
}

static void *describe(struct cf *cf, const struct options *options, u32 *size)
{
    xmlDocPtr doc = cf_source_read(cf, options->input, true);
    bool valid = doc && cf_schema_check(cf, doc, &cf_schema_system);

    if (!platform_read(cf, options) || !valid)
        return NULL;
    cf_read(cf, doc);
    xmlFreeDoc(doc);
    cf_board_apply(cf);
    cf_check(cf);
    if (cf->n_errors)
        return NULL;
    cf_memory_sort(cf);
    return cf_image_build(cf, size);
}

static void output_write(const char *path, const void *bytes, size_t size)
{
    if (strcmp(path, "-") != 0)
        file_write(path, bytes, size, 0);
    else if (fwrite(bytes, 1, size, stdout) != size || fflush(stdout))
        tool_refuse("standard output cannot be written");
}

int main(int argc, char **argv)
{
    struct options options;
    const char *fault;
    size_t length;
    u32 size = 0;
    void *image;
    char *text;

    tool_start("prtoscparser", usage);
    options_read(argc, argv, &options);
    if (cf_schema_system.path)
        fprintf(stderr, "prtoscparser: validating with %s, not with the built-in schema\n",
                cf_schema_system.path);
    image = describe(&model, &options, &size);
    xmlCleanupParser();
    cf_messages_sort(&model);
    cf_messages_print(&model);
    if (!image)
        return TOOL_REFUSED;
    fault = conf_verify(image, size, model.platform->conf->arch);
    if (fault)
        tool_refuse("%s: the checks passed but the image does not: %s (please report this)",
                    options.input, fault);
    if (options.form == 'c' || options.form == 'j') {
        text =
            options.form == 'c' ? cf_image_source(image, &length) : cf_model_text(&model, &length);
        if (!text)
            tool_refuse("out of memory");
        output_write(options.output, text, length);
    } else if (options.form != 'n') {
        output_write(options.output, image, size);
    }
    return TOOL_OK;
}
