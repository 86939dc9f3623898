/* What the models answer, in a library that was built with them. */
#include <math.h>

#include "check.h"

enum { ROOM = 4096 };

int main(void) {
    semrel_engine *engine;
    semrel_worker *worker;
    CHECK_OK(semrel_engine_new(NULL, &engine));
    CHECK_OK(semrel_worker_new(engine, &worker));
    const semrel_info *info = semrel_engine_info(engine);
    CHECK(info->runs_models && info->dimensions > 0 && info->dimensions <= ROOM);

    const semrel_answer *answer;
    CHECK_OK(semrel_relation_by_model(worker, "kiracı", NUL, "müstecir", NUL, &answer));
    CHECK(answer->evidence == SEMREL_EVIDENCE_MODEL);
    CHECK(fabsf(answer->synonym + answer->antonym + answer->co_hyponym + answer->unrelated - 1) < 1e-3f);
    CHECK_OK(semrel_relation(worker, "hakkın kötüye kullanımı", NUL, "hakkın suistimali", NUL, &answer));
    CHECK(answer->evidence == SEMREL_EVIDENCE_MODEL && answer->relation != SEMREL_RELATION_UNKNOWN);

    /* Known and unknown pairs side by side. */
    semrel_pair pairs[] = {
        {{"alıcı", NUL}, {"satıcı", NUL}},
        {{"hakkın kötüye kullanımı", NUL}, {"hakkın suistimali", NUL}},
    };
    float score = answer->score;
    CHECK_OK(semrel_relations(worker, pairs, 2));
    CHECK(semrel_answer_at(worker, 0)->evidence == SEMREL_EVIDENCE_LEXICON);
    CHECK(semrel_answer_at(worker, 1)->evidence == SEMREL_EVIDENCE_MODEL);
    CHECK(fabsf(semrel_answer_at(worker, 1)->score - score) < 1e-4f);

    size_t count;
    CHECK_OK(semrel_similar(worker, "kira kontratı", NUL, 5, &count));
    CHECK(count == 5);
    for (size_t i = 0; i < count; i++) {
        const semrel_neighbour *near = semrel_neighbour_at(worker, i);
        CHECK(near->term.len > 0 && near->score <= 1);
        CHECK(i == 0 || near->score <= semrel_neighbour_at(worker, i - 1)->score);
    }
    CHECK(semrel_neighbour_at(worker, count) == NULL);
    CHECK_OK(semrel_similar(worker, "kira", NUL, SIZE_MAX, &count));
    CHECK(count > 1000);

    static float vector[ROOM], beginning[ROOM];
    size_t len = 0;
    CHECK_FAILS(semrel_embed(worker, "müteahhit", NUL, 0, NULL, 0, &len), SEMREL_STATUS_BUFFER_TOO_SMALL, "more room");
    CHECK(len == info->dimensions);
    CHECK_OK(semrel_embed(worker, "müteahhit", NUL, 0, vector, ROOM, &len));
    double length = 0;
    for (size_t i = 0; i < len; i++) length += (double)vector[i] * vector[i];
    CHECK(fabs(length - 1) < 1e-4);
    CHECK_OK(semrel_embed(worker, "müteahhit", NUL, 8, beginning, ROOM, &len));
    CHECK(len == 8 && fabsf(beginning[0] * vector[1] - beginning[1] * vector[0]) < 1e-4f);
    CHECK_FAILS(semrel_embed(worker, "müteahhit", NUL, ROOM + 1, vector, ROOM, &len), SEMREL_STATUS_INVALID_INPUT, "dimensions");

    semrel_expand_options options;
    CHECK_OK(semrel_expand_options_init(&options, sizeof options));
    options.models = SEMREL_MODEL_USE_ALWAYS;
    CHECK_OK(semrel_expand(worker, "kiracı", NUL, &options, &count));
    CHECK(count > 0 && semrel_expansion_at(worker, 0)->evidence == SEMREL_EVIDENCE_LEXICON);
    semrel_worker_free(worker);
    semrel_engine_free(engine);
    return 0;
}
