/* What the C tests share: CHECK stops with file, line and the library's last error. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "semrel.h"

#define NUL SEMREL_NUL_TERMINATED

#define CHECK(condition)                                                                  \
    do {                                                                                  \
        if (!(condition)) {                                                               \
            fprintf(stderr, "%s:%d: not so: %s\nlast error: %s\n", __FILE__, __LINE__,    \
                    #condition, semrel_last_error(NULL));                                 \
            exit(1);                                                                      \
        }                                                                                 \
    } while (0)

#define CHECK_OK(call) CHECK((call) == SEMREL_STATUS_OK)

/* The call fails with this status and an error text that holds `said`. */
#define CHECK_FAILS(call, expected, said)                        \
    do {                                                         \
        CHECK((call) == (expected));                             \
        CHECK(strstr(semrel_last_error(NULL), (said)) != NULL);  \
    } while (0)

/* A text of the library: what is expected, and a NUL behind it. */
#define CHECK_TEXT(text, expected)                                                    \
    do {                                                                              \
        semrel_string text_ = (text);                                                 \
        CHECK(text_.data != NULL && text_.len == strlen(expected));                   \
        CHECK(memcmp(text_.data, (expected), text_.len + 1) == 0);                    \
    } while (0)

/* A whole file; free it. */
static inline char *read_file(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    CHECK(fseek(file, 0, SEEK_END) == 0);
    long end = ftell(file);
    CHECK(end > 0);
    rewind(file);
    char *bytes = malloc((size_t)end);
    CHECK(bytes != NULL && fread(bytes, 1, (size_t)end, file) == (size_t)end);
    fclose(file);
    *len = (size_t)end;
    return bytes;
}

#endif
