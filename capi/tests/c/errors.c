/* Every status but `panic` (panic.c), and what failing leaves behind.
 *
 * errors PACK: PACK is a small pack in one file. */
#include "check.h"

static semrel_engine *engine;
static semrel_worker *worker;
static int released;

static void release(void *context) {
    CHECK(context == &released);
    released++;
}

static void null_pointers(void) {
    semrel_status null = SEMREL_STATUS_NULL_POINTER;
    semrel_engine *other = NULL;
    CHECK_FAILS(semrel_engine_new(NULL, NULL), null, "out is NULL");
    CHECK_FAILS(semrel_engine_new_from_file(NULL, NUL, NULL, &other), null, "path is NULL");
    CHECK_FAILS(semrel_engine_new_from_memory(NULL, 9, NULL, &other), null, "bytes is NULL");
    CHECK(other == NULL);
    CHECK_FAILS(semrel_engine_options_init(NULL, 16), null, "options is NULL");
    CHECK_FAILS(semrel_expand_options_init(NULL, 16), null, "options is NULL");
    CHECK_FAILS(semrel_rewrite_options_init(NULL, 16), null, "options is NULL");
    CHECK_FAILS(semrel_overlay_entry_init(NULL, 16), null, "options is NULL");
    CHECK_FAILS(semrel_worker_new(NULL, NULL), null, "out is NULL");
    semrel_worker *none = worker;
    CHECK_FAILS(semrel_worker_new(NULL, &none), null, "engine is NULL");
    CHECK(none == NULL);
    CHECK_FAILS(semrel_overlay_new(NULL), null, "out is NULL");
    CHECK_FAILS(semrel_overlay_read("", 0, NULL), null, "out is NULL");
    CHECK_FAILS(semrel_overlay_add(NULL, "a", 1, "b", 1, NULL), null, "overlay is NULL");
    CHECK_FAILS(semrel_overlay_forbid(NULL, "a", 1, "b", 1), null, "overlay is NULL");

    size_t count = 7;
    const semrel_answer *answer = (const semrel_answer *)&count;
    CHECK_FAILS(semrel_relation(NULL, "a", 1, "b", 1, &answer), null, "worker is NULL");
    CHECK(answer == NULL);
    CHECK_FAILS(semrel_relation(worker, NULL, 1, "b", 1, NULL), null, "first is NULL");
    CHECK_FAILS(semrel_relation(worker, "a", 1, NULL, NUL, NULL), null, "second is NULL");
    CHECK_FAILS(semrel_relation_by_model(NULL, "a", 1, "b", 1, NULL), null, "worker is NULL");
    CHECK_FAILS(semrel_relations(worker, NULL, 2), null, "pairs is NULL");
    CHECK_FAILS(semrel_expand(NULL, "a", 1, NULL, &count), null, "worker is NULL");
    CHECK(count == 0);
    CHECK_FAILS(semrel_expand(worker, NULL, 3, NULL, NULL), null, "term is NULL");
    CHECK_FAILS(semrel_similar(NULL, "a", 1, 5, NULL), null, "worker is NULL");
    CHECK_FAILS(semrel_embed(worker, "a", 1, 0, NULL, 4, NULL), null, "vector is NULL");
    CHECK_FAILS(semrel_lookup(NULL, "a", 1, NULL), null, "worker is NULL");
    CHECK_FAILS(semrel_suggest(NULL, "a", 1, 5, NULL), null, "worker is NULL");
    CHECK_FAILS(semrel_lemma(worker, "a", 1, NULL), null, "lemma is NULL");
    CHECK_FAILS(semrel_normal_form(worker, "a", 1, NULL), null, "form is NULL");
    CHECK_FAILS(semrel_segment(worker, NULL, 1, NULL), null, "running is NULL");
    CHECK_FAILS(semrel_rewrite(worker, NULL, 1, NULL, NULL), null, "query is NULL");
    CHECK_FAILS(semrel_render(NULL, 0, NULL), null, "worker is NULL");
    CHECK_FAILS(semrel_knows(NULL, "a", 1, NULL), null, "engine is NULL");
    CHECK_FAILS(semrel_knows(engine, "a", 1, NULL), null, "known is NULL");
    CHECK_FAILS(semrel_relation_from_name("synonym", NUL, NULL), null, "relation is NULL");
    CHECK_FAILS(semrel_syntax_from_name("fts5", NUL, NULL), null, "syntax is NULL");

    CHECK(semrel_answer_at(NULL, 0) == NULL && semrel_expansion_at(NULL, 0) == NULL);
    CHECK(semrel_neighbour_at(NULL, 0) == NULL && semrel_suggestion_at(NULL, 0) == NULL);
    CHECK(semrel_span_at(NULL, 0) == NULL && semrel_alternative_at(NULL, 0) == NULL);
    CHECK(semrel_term_at(NULL, 0) == NULL && semrel_sense_at(NULL, 0, 0) == NULL);
    CHECK(semrel_posting_at(NULL, 0, 0) == NULL);
    semrel_engine_free(NULL);
    semrel_worker_free(NULL);
    semrel_overlay_free(NULL);
}

static void text(void) {
    CHECK_FAILS(semrel_expand(worker, "kira\xc3", NUL, NULL, NULL), SEMREL_STATUS_INVALID_UTF8, "byte 4 is wrong");
    CHECK_FAILS(semrel_segment(worker, "\xed\xa0\x80", 3, NULL), SEMREL_STATUS_INVALID_UTF8, "running is not UTF-8");
    CHECK_FAILS(semrel_expand(worker, "...", NUL, NULL, NULL), SEMREL_STATUS_INVALID_INPUT, "is no term");
    CHECK_FAILS(semrel_expand(worker, NULL, 0, NULL, NULL), SEMREL_STATUS_INVALID_INPUT, "is no term");
    CHECK_FAILS(semrel_render(worker, SEMREL_SYNTAX_FTS5, &(semrel_string){0}), SEMREL_STATUS_INVALID_INPUT, "semrel_rewrite before");
    semrel_relation_kind relation;
    CHECK_FAILS(semrel_relation_from_name("like", NUL, &relation), SEMREL_STATUS_INVALID_INPUT, "unknown relation");
    semrel_syntax syntax;
    CHECK_FAILS(semrel_syntax_from_name("sql", NUL, &syntax), SEMREL_STATUS_INVALID_INPUT, "no syntax");
    semrel_overlay *overlay;
    CHECK_FAILS(semrel_overlay_read("{}\n", NUL, &overlay), SEMREL_STATUS_INVALID_INPUT, "line 1: ");
    CHECK(overlay == NULL);
    CHECK_OK(semrel_overlay_new(&overlay));
    CHECK_FAILS(semrel_overlay_add(overlay, "hak", NUL, "HAK", NUL, NULL), SEMREL_STATUS_INVALID_INPUT, "itself");
    CHECK_FAILS(semrel_overlay_forbid(overlay, "hak", NUL, "", 0), SEMREL_STATUS_INVALID_INPUT, "is no term");
    semrel_overlay_free(overlay);

    static char much[70000];
    memset(much, 'a', sizeof much);
    CHECK_FAILS(semrel_expand(worker, much, 2000, NULL, NULL), SEMREL_STATUS_LIMIT, "too long");
    CHECK_FAILS(semrel_rewrite(worker, much, sizeof much, NULL, NULL), SEMREL_STATUS_LIMIT, "");
    CHECK_FAILS(semrel_expand(worker, much, SIZE_MAX - 1, NULL, NULL), SEMREL_STATUS_LIMIT, "more than memory holds");
    CHECK_FAILS(semrel_relations(worker, (semrel_pair *)much, SIZE_MAX / 2), SEMREL_STATUS_LIMIT, "pairs: ");
}

static void options(void) {
    semrel_status bad = SEMREL_STATUS_INVALID_OPTIONS;
    semrel_expand_options expand;
    CHECK_FAILS(semrel_expand_options_init(&expand, 3), bad, "cannot have 3 bytes");
    memset(&expand, 0, sizeof expand);
    CHECK_FAILS(semrel_expand(worker, "kira", NUL, &expand, NULL), bad, "cannot have 0 bytes");
#define BAD(field, value, said)                                                   \
    do {                                                                          \
        CHECK_OK(semrel_expand_options_init(&expand, sizeof expand));             \
        expand.field = (value);                                                   \
        CHECK_FAILS(semrel_expand(worker, "kira", NUL, &expand, NULL), bad, said); \
    } while (0)
    BAD(min_score, 2, "score");
    BAD(relations, 1u << SEMREL_RELATION_ANTONYM, "never stand for");
    BAD(relations, 0, "no relation");
    BAD(relations, 1, "relations is 0x1");
    BAD(relations, 0x100, "relations is 0x100");
    BAD(models, 9, "models is 9");
    CHECK_OK(semrel_expand_options_init(&expand, sizeof expand));
    expand.domain = (semrel_string){"\xff", 1};
    CHECK_FAILS(semrel_expand(worker, "kira", NUL, &expand, NULL), SEMREL_STATUS_INVALID_UTF8, "domain");

    /* A struct of a newer version is read as far as it is known, if the rest is not used. */
    struct {
        semrel_expand_options known;
        size_t later;
    } newer = {.later = 9};
    CHECK_OK(semrel_expand_options_init(&newer.known, sizeof newer));
    CHECK(newer.later == 0 && newer.known.size == sizeof newer && newer.known.limit == 10);
    CHECK_OK(semrel_expand(worker, "kira", NUL, &newer.known, NULL));
    newer.later = 1;
    CHECK_FAILS(semrel_expand(worker, "kira", NUL, &newer.known, NULL), bad, "newer version");

    semrel_rewrite_options rewrite;
#define BAD_REWRITE(field, value, said)                                               \
    do {                                                                              \
        CHECK_OK(semrel_rewrite_options_init(&rewrite, sizeof rewrite));              \
        rewrite.field = (value);                                                      \
        CHECK_FAILS(semrel_rewrite(worker, "kira", NUL, &rewrite, NULL), bad, said);  \
    } while (0)
    BAD_REWRITE(max_clauses, 0, "clauses");
    BAD_REWRITE(forms, -1, "forms is -1");
    BAD_REWRITE(default_operator, 2, "default_operator is 2");
    BAD_REWRITE(size, 8, "cannot have 8 bytes");
    semrel_string field = {"no name", NUL};
    CHECK_OK(semrel_rewrite_options_init(&rewrite, sizeof rewrite));
    rewrite.fields = &field;
    rewrite.field_count = 1;
    CHECK_FAILS(semrel_rewrite(worker, "kira", NUL, &rewrite, NULL), bad, "no field name");
    CHECK_OK(semrel_rewrite(worker, "kira", NUL, NULL, NULL));
    CHECK_FAILS(semrel_render(worker, 8, &field), bad, "syntax is 8");
    CHECK(field.data == NULL && field.len == 0);

    semrel_overlay *overlay;
    semrel_overlay_entry entry;
    CHECK_OK(semrel_overlay_new(&overlay));
    CHECK_OK(semrel_overlay_entry_init(&entry, sizeof entry));
    entry.relation = SEMREL_RELATION_UNKNOWN;
    CHECK_FAILS(semrel_overlay_add(overlay, "a", 1, "b", 1, &entry), bad, "relation is 0");
    semrel_overlay_free(overlay);
}

static void packs(const char *path) {
    semrel_engine *other;
    CHECK_FAILS(semrel_engine_new_from_file("/no/such/pack", NUL, NULL, &other), SEMREL_STATUS_IO, "/no/such/pack");
    CHECK(other == NULL);
    CHECK_OK(semrel_engine_new_from_file(path, NUL, NULL, &other));
    CHECK(semrel_engine_info(other)->terms == 4);
    semrel_engine_free(other);

    size_t len;
    char *pack = read_file(path, &len);
    CHECK_OK(semrel_engine_new_from_memory(pack, len, NULL, &other));
    semrel_worker *asking;
    CHECK_OK(semrel_worker_new(other, &asking));
    semrel_engine_free(other);

    /* What is borrowed is released when engine and workers are gone, and when there is no engine. */
    semrel_worker *borrowing;
    CHECK_OK(semrel_engine_new_from_borrowed(pack, len, release, &released, NULL, &other));
    CHECK_OK(semrel_worker_new(other, &borrowing));
    semrel_engine_free(other);
    CHECK(released == 0);
    size_t count;
    CHECK_OK(semrel_expand(borrowing, "müstecir", NUL, NULL, &count));
    CHECK(count == 1);
    semrel_worker_free(borrowing);
    CHECK(released == 1);
    CHECK_FAILS(semrel_engine_new_from_borrowed(pack, len - 1, release, &released, NULL, &other), SEMREL_STATUS_CORRUPT, "cut off");
    CHECK(released == 2);
    CHECK_FAILS(semrel_engine_new_from_borrowed(pack, len, release, &released, NULL, NULL), SEMREL_STATUS_NULL_POINTER, "out");
    CHECK(released == 3);
    CHECK_OK(semrel_engine_new_from_borrowed(pack, len, NULL, NULL, NULL, &other));
    semrel_engine_free(other);

    CHECK_FAILS(semrel_engine_new_from_memory(pack, 0, NULL, &other), SEMREL_STATUS_CORRUPT, "not a pack");
    pack[8] = 9;
    CHECK_FAILS(semrel_engine_new_from_memory(pack, len, NULL, &other), SEMREL_STATUS_PACK_VERSION, "format version 9");
    free(pack);

    /* The copy is the engine's own; it has no models. */
    const semrel_answer *answer;
    CHECK_OK(semrel_relation(asking, "kiracı", NUL, "müstecir", NUL, &answer));
    CHECK(answer->relation == SEMREL_RELATION_SYNONYM);
    CHECK_OK(semrel_relation(asking, "kiracı", NUL, "bakkal", NUL, &answer));
    CHECK(answer->relation == SEMREL_RELATION_UNKNOWN && answer->evidence == SEMREL_EVIDENCE_NONE);
    CHECK(answer->synonym == 0 && answer->score == 0 && answer->source.data == NULL);
    CHECK(answer->broader == SEMREL_SIDE_NONE);
    semrel_status none = SEMREL_STATUS_UNAVAILABLE;
    CHECK_FAILS(semrel_relation_by_model(asking, "kiracı", NUL, "bakkal", NUL, &answer), none, "no models");
    CHECK(answer == NULL);
    CHECK_FAILS(semrel_similar(asking, "kiracı", NUL, 5, &count), none, "no models");
    float vector[4];
    CHECK_FAILS(semrel_embed(asking, "kiracı", NUL, 0, vector, 4, &count), none, "no models");
    semrel_worker_free(asking);
}

static void names(void) {
    struct {
        semrel_status status;
        const char *name;
    } all[] = {
        {SEMREL_STATUS_OK, "ok"},
        {SEMREL_STATUS_NULL_POINTER, "null_pointer"},
        {SEMREL_STATUS_INVALID_UTF8, "invalid_utf8"},
        {SEMREL_STATUS_INVALID_INPUT, "invalid_input"},
        {SEMREL_STATUS_INVALID_OPTIONS, "invalid_options"},
        {SEMREL_STATUS_LIMIT, "limit"},
        {SEMREL_STATUS_BUFFER_TOO_SMALL, "buffer_too_small"},
        {SEMREL_STATUS_CORRUPT, "corrupt"},
        {SEMREL_STATUS_PACK_VERSION, "pack_version"},
        {SEMREL_STATUS_UNAVAILABLE, "unavailable"},
        {SEMREL_STATUS_IO, "io"},
        {SEMREL_STATUS_PANIC, "panic"},
        {1, "?"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        CHECK(strcmp(semrel_status_name(all[i].status), all[i].name) == 0);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    size_t len = 9;
    CHECK(strcmp(semrel_last_error(&len), "") == 0 && len == 0);
    CHECK_OK(semrel_engine_new(NULL, &engine));
    CHECK_OK(semrel_worker_new(engine, &worker));
    names();
    null_pointers();
    text();
    options();
    packs(argv[1]);

    /* The worker is as good as before; success leaves the error text alone. */
    CHECK(semrel_expand(worker, "\xff", 1, NULL, NULL) == SEMREL_STATUS_INVALID_UTF8);
    CHECK_OK(semrel_expand(worker, "mahfuz hisse", NUL, NULL, NULL));
    CHECK_TEXT(semrel_expansion_at(worker, 0)->term, "saklı pay");
    const char *error = semrel_last_error(&len);
    CHECK(len > 0 && strlen(error) == len);
    semrel_worker_free(worker);
    semrel_engine_free(engine);
    return 0;
}
