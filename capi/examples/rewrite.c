/* Queries from stdin, one a line, widened for a search engine: rewrite SYNTAX < queries.txt
 *
 *     $ echo müstecir | ./rewrite lucene
 *     (müstecir OR kiracı^0.89)
 *
 * Answers stream: each is written before the next query is read. A bad query gives an empty line, so
 * that lines stay side by side, and is named on stderr.
 *
 * Exit status: 0 done, 2 if a query was bad. */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <semrel.h>

int main(int argc, char **argv) {
    semrel_syntax syntax;
    const char *name = argc == 2 ? argv[1] : "";
    if (semrel_syntax_from_name(name, SEMREL_NUL_TERMINATED, &syntax) != SEMREL_STATUS_OK) {
        fprintf(stderr, "%s\n", semrel_last_error(NULL));
        return 2;
    }
    semrel_engine *engine;
    semrel_worker *worker = NULL;
    if (semrel_engine_new(NULL, &engine) != SEMREL_STATUS_OK ||
        semrel_worker_new(engine, &worker) != SEMREL_STATUS_OK) {
        fprintf(stderr, "%s\n", semrel_last_error(NULL));
        return 2;
    }
    int status = 0;
    char *line = NULL;
    size_t room = 0;
    ssize_t len;
    for (long number = 1; (len = getline(&line, &room, stdin)) >= 0; number++) {
        while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r')) len--;
        semrel_string widened = {NULL, 0};
        if (semrel_rewrite(worker, line, (size_t)len, NULL, NULL) != SEMREL_STATUS_OK ||
            semrel_render(worker, syntax, &widened) != SEMREL_STATUS_OK) {
            fprintf(stderr, "line %ld: %s\n", number, semrel_last_error(NULL));
            status = 2;
        }
        fwrite(widened.data ? widened.data : "", 1, widened.len, stdout);
        putchar('\n');
        fflush(stdout);
    }
    free(line);
    semrel_worker_free(worker);
    semrel_engine_free(engine);
    return status;
}
