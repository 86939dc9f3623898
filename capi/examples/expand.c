/* What may stand for a term: expand TERM [PACK]
 *
 *     $ ./expand "mahfuz hisse"
 *     0.99  synonym  saklı pay
 *
 * Exit status: 0 done, 1 nothing found, 2 bad input. */
#include <stdio.h>

#include <semrel.h>

static int failed(const char *what) {
    fprintf(stderr, "%s: %s\n", what, semrel_last_error(NULL));
    return 2;
}

int main(int argc, char **argv) {
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: %s TERM [PACK]\n", argv[0]);
        return 2;
    }
    semrel_engine *engine;
    semrel_status opened = argc == 3
        ? semrel_engine_new_from_file(argv[2], SEMREL_NUL_TERMINATED, NULL, &engine)
        : semrel_engine_new(NULL, &engine);
    if (opened != SEMREL_STATUS_OK) return failed("cannot open the pack");

    semrel_worker *worker = NULL;
    size_t count = 0;
    int status = 0;
    if (semrel_worker_new(engine, &worker) != SEMREL_STATUS_OK ||
        semrel_expand(worker, argv[1], SEMREL_NUL_TERMINATED, NULL, &count) != SEMREL_STATUS_OK) {
        status = failed(argv[1]);
    } else if (count == 0) {
        status = 1;
    }
    for (size_t i = 0; i < count; i++) {
        const semrel_expansion *found = semrel_expansion_at(worker, i);
        printf("%.2f  %s  %s\n", found->score, semrel_relation_name(found->relation), found->term.data);
    }
    semrel_worker_free(worker);
    semrel_engine_free(engine);
    return status;
}
