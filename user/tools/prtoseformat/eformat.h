/* SPDX-License-Identifier: Apache-2.0 */
/* The two verbs of prtoseformat. main.c reads the command line and calls one of them. */
#ifndef EFORMAT_H
#define EFORMAT_H

struct build_options {
    const char *input;
    const char *output;
    const char *payload; /* or null */
    int wrap;            /* any file becomes a customisation file */
    int compress;
};

void eformat_build(const struct build_options *options);

#define SHOW_HEADER 1u
#define SHOW_SEGMENTS 2u
#define SHOW_CUSTOMS 4u

void eformat_read(const char *path, unsigned show);

#endif
