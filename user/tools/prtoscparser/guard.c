/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at the bytes of a file before the XML library does, for what would keep it busy for
 * minutes: it compares each attribute of a tag with all others, and each name with all namespaces.
 * Other encodings than those of ASCII's family would hide such things. Called by source.c. */
#include "guard.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define ATTRIBUTES_MAX 1000u /* of one tag */
#define NAMESPACES_MAX 1000u /* of one file */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* What the XML declaration says, if there is one and it says something. */
static bool encoding_accepted(const char *text, size_t size)
{
    static const char *const accepted[] = {"UTF-8", "US-ASCII", "ASCII", "ISO-8859-1"};
    const char *end = memchr(text, '>', size);
    const char *word = end ? memmem(text, (size_t)(end - text), "encoding", 8) : NULL;
    const char *quote;

    if (size < 5 || memcmp(text, "<?xml", 5) != 0 || !word)
        return true;
    for (word += 8; word < end && *word != '"' && *word != '\''; word++)
        ;
    quote = word < end ? memchr(word + 1, *word, (size_t)(end - word - 1)) : NULL;
    for (unsigned i = 0; quote && i < sizeof(accepted) / sizeof(*accepted); i++)
        if (strlen(accepted[i]) == (size_t)(quote - word - 1) &&
            strncasecmp(accepted[i], word + 1, strlen(accepted[i])) == 0)
            return true;
    return !quote; /* the XML library says what is wrong */
}

static const char *encoding_fault(const char *text, size_t size)
{
    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        size -= 3;
    }
    if (memchr(text, '\0', size))
        return "not a text in UTF-8: it holds a byte 0";
    if (size && *text != '<' && !is_blank(*text))
        return "not well-formed: it does not begin with '<'";
    if (!encoding_accepted(text, size))
        return "only the encodings UTF-8, US-ASCII and ISO-8859-1 are accepted";
    return NULL;
}

/* Where something begins that holds no tags: its end, or that of the file; else null. */
static const char *opaque_end(const char *c, const char *end)
{
    static const char *const forms[][2] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};

    for (unsigned i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        size_t length = strlen(forms[i][0]);
        const char *close;

        if ((size_t)(end - c) < length || memcmp(c, forms[i][0], length) != 0)
            continue;
        c += length;
        close = memmem(c, (size_t)(end - c), forms[i][1], strlen(forms[i][1]));
        return close ? close : end;
    }
    return NULL;
}

const char *guard_fault(const char *text, size_t size, u32 *line)
{
    const char *end = text + size, *opaque = text, *fault = encoding_fault(text, size);
    u32 attributes = 0, namespaces = 0;

    *line = 1;
    for (const char *c = text; !fault && c < end; c++) {
        const char *close = *c == '<' && c >= opaque ? opaque_end(c, end) : NULL;

        if (close)
            opaque = close;
        if (*c == '\n')
            ++*line;
        else if (c < opaque)
            continue;
        else if (*c == '<')
            attributes = 0; /* no value of an attribute holds it */
        else if (*c == '=' && ++attributes > ATTRIBUTES_MAX)
            fault = "more than 1000 attributes in one tag";
        else if (*c == 'x' && end - c >= 5 && memcmp(c, "xmlns", 5) == 0 &&
                 ++namespaces > NAMESPACES_MAX)
            fault = "more than 1000 declarations of namespaces";
    }
    return fault;
}
