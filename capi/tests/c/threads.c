/* Threads that share an engine, each with a worker and an error text of its own. */
#include <pthread.h>

#include "check.h"

enum { THREADS = 8, ROUNDS = 50 };

static semrel_engine *engine;

static void *ask(void *argument) {
    int number = (int)(size_t)argument;
    semrel_worker *worker;
    CHECK_OK(semrel_worker_new(engine, &worker));
    for (int round = 0; round < ROUNDS; round++) {
        const semrel_answer *answer;
        CHECK_OK(semrel_expand(worker, "mahfuz hisse", NUL, NULL, NULL));
        CHECK_OK(semrel_relation(worker, "alıcı", NUL, "satıcı", NUL, &answer));
        CHECK_TEXT(semrel_expansion_at(worker, 0)->term, "saklı pay");
        CHECK(answer->relation == SEMREL_RELATION_ANTONYM);
        CHECK(semrel_engine_info(engine)->terms > 0);

        char said[32];
        snprintf(said, sizeof said, "thread%d", number);
        semrel_syntax syntax;
        CHECK_FAILS(semrel_syntax_from_name(said, NUL, &syntax), SEMREL_STATUS_INVALID_INPUT, said);
    }
    semrel_string text;
    CHECK_OK(semrel_rewrite(worker, "kiracının tahliyesi", NUL, NULL, NULL));
    CHECK_OK(semrel_render(worker, SEMREL_SYNTAX_FTS5, &text));
    CHECK(strstr(text.data, "müstecir") != NULL);
    /* Another thread frees it. */
    return worker;
}

int main(void) {
    CHECK_OK(semrel_engine_new(NULL, &engine));
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++) CHECK(pthread_create(&threads[i], NULL, ask, (void *)i) == 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *worker;
        CHECK(pthread_join(threads[i], &worker) == 0);
        semrel_worker_free(worker);
    }
    CHECK(strcmp(semrel_last_error(NULL), "") == 0);
    semrel_engine_free(engine);
    return 0;
}
