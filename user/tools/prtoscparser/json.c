/* SPDX-License-Identifier: Apache-2.0 */
/* Writing of JSON: members of the whole, and objects in a list, each on a line. Called by the
 * writers of the model; what could not be written shows at fclose(). */
#include "json.h"

static void string_write(struct json *json, const char *text);

static bool is_on_lines(const struct json *json)
{
    return json->lines >> json->depth & 1;
}

static void value_begin(struct json *json, const char *key)
{
    if (!json->first)
        fputs(is_on_lines(json) ? "," : ", ", json->out);
    if (is_on_lines(json))
        fprintf(json->out, "\n%*s", (int)json->depth, "");
    json->first = false;
    if (key) {
        string_write(json, key);
        fputs(": ", json->out);
    }
}

static void group_begin(struct json *json, const char *key, char open)
{
    if (json->depth && !key)
        json->lines |= 1u << json->depth;
    value_begin(json, key);
    fputc(open, json->out);
    json->depth++;
    json->lines &= ~(1u << json->depth);
    if (json->depth == 1)
        json->lines |= 1u << 1;
    json->first = true;
}

static void group_end(struct json *json, char close)
{
    bool lines = is_on_lines(json);

    json->depth--;
    if (lines && !json->first)
        fprintf(json->out, "\n%*s", (int)json->depth, "");
    fputc(close, json->out);
    json->first = false;
    if (!json->depth)
        fputc('\n', json->out);
}

void json_object(struct json *json, const char *key)
{
    group_begin(json, key, '{');
}

void json_object_end(struct json *json)
{
    group_end(json, '}');
}

void json_array(struct json *json, const char *key)
{
    group_begin(json, key, '[');
}

void json_array_end(struct json *json)
{
    group_end(json, ']');
}

/* Bytes of the UTF-8 character at `text`, 0 if there is none: too long, cut, surrogate, too big. */
static u32 utf8_length(const unsigned char *text)
{
    static const u32 least[] = {0, 0, 0x80, 0x800, 0x10000};
    u32 n = *text < 0x80       ? 1
            : *text >> 5 == 6  ? 2
            : *text >> 4 == 14 ? 3
            : *text >> 3 == 30 ? 4
                               : 0;
    u32 code = n == 1 ? *text : *text & (0x7fu >> n);

    for (u32 i = 1; i < n; i++) {
        if (text[i] >> 6 != 2)
            return 0;
        code = code << 6 | (text[i] & 0x3f);
    }
    if (n && (code < least[n] || code > 0x10ffff || code >> 11 == 0x1b))
        return 0;
    return n;
}

static void string_write(struct json *json, const char *text)
{
    const unsigned char *c = (const unsigned char *)text;

    fputc('"', json->out);
    while (*c) {
        u32 length = utf8_length(c);

        if (!length)
            fprintf(json->out, "\\udc%02x", *c++);
        else if (*c < 0x20 || *c == 0x7f)
            fprintf(json->out, "\\u%04x", *c++);
        else if (*c == '"' || *c == '\\')
            fprintf(json->out, "\\%c", *c++);
        else
            while (length--)
                fputc(*c++, json->out);
    }
    fputc('"', json->out);
}

void json_text(struct json *json, const char *key, const char *text)
{
    value_begin(json, key);
    if (text)
        string_write(json, text);
    else
        fputs("null", json->out);
}

void json_number(struct json *json, const char *key, u64 number)
{
    value_begin(json, key);
    fprintf(json->out, "%llu", number);
}

void json_bool(struct json *json, const char *key, bool value)
{
    value_begin(json, key);
    fputs(value ? "true" : "false", json->out);
}

void json_null(struct json *json, const char *key)
{
    value_begin(json, key);
    fputs("null", json->out);
}
