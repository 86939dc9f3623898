/* Every function that asks lexicon and forms: answers, lifetimes, options. */
#include <math.h>

#include "check.h"

static semrel_engine *engine;
static semrel_worker *worker;

static void version_and_names(void) {
    CHECK(strcmp(semrel_version(), SEMREL_VERSION) == 0);
    CHECK(semrel_version_number() == SEMREL_VERSION_NUMBER);
    CHECK(SEMREL_VERSION_NUMBER == SEMREL_VERSION_MAJOR * 1000000 + SEMREL_VERSION_MINOR * 1000 + SEMREL_VERSION_PATCH);
    for (int32_t number = 1; number <= 4; number++) {
        semrel_relation_kind relation;
        CHECK_OK(semrel_relation_from_name(semrel_relation_name(number), NUL, &relation));
        CHECK(relation == number);
    }
    CHECK(strcmp(semrel_relation_name(SEMREL_RELATION_CO_HYPONYM), "co_hyponym") == 0);
    CHECK(strcmp(semrel_relation_name(SEMREL_RELATION_UNKNOWN), "unknown") == 0);
    CHECK(strcmp(semrel_relation_name(-1), "?") == 0 && strcmp(semrel_relation_name(5), "?") == 0);
    CHECK(strcmp(semrel_evidence_name(SEMREL_EVIDENCE_COMPOSITION), "composition") == 0);
    for (int32_t number = 0; number <= 7; number++) {
        semrel_syntax syntax;
        CHECK_OK(semrel_syntax_from_name(semrel_syntax_name(number), NUL, &syntax));
        CHECK(syntax == number);
    }
    CHECK(strcmp(semrel_syntax_name(SEMREL_SYNTAX_FTS5), "fts5") == 0);
}

static void info(void) {
    const semrel_info *info = semrel_engine_info(engine);
    CHECK_TEXT(info->language, "tr");
    CHECK(info->terms > 50000 && info->synonyms > 10000 && info->antonyms > 10000);
    CHECK(info->co_hyponyms > 10000 && info->groups > 1000 && info->transitive > 0);
    CHECK(info->guarded > 0 && info->unrelated > 0 && info->format == 1);
    CHECK(info->name.len > 0 && info->version.len > 0 && info->licence.len > 0 && info->attribution.len > 0);
    CHECK(strstr(info->manifest.data, "\"lexicon.bin\"") != NULL);
    CHECK(semrel_engine_info(engine) == info);
    CHECK(semrel_engine_info(NULL) == NULL);
    bool known = false;
    CHECK_OK(semrel_knows(engine, "Saklı Pay", NUL, &known));
    CHECK(known);
    CHECK_OK(semrel_knows(engine, "xyzw", NUL, &known));
    CHECK(!known);
}

static void relation(void) {
    const semrel_answer *answer;
    CHECK_OK(semrel_relation(worker, "alacaklı", NUL, "borçlu", NUL, &answer));
    CHECK(answer->relation == SEMREL_RELATION_ANTONYM && answer->evidence == SEMREL_EVIDENCE_LEXICON);
    CHECK(answer->score > 0.9f && answer->score == answer->antonym);
    CHECK(fabsf(answer->synonym + answer->antonym + answer->co_hyponym + answer->unrelated - 1) < 1e-3f);
    CHECK(answer->source.len > 0 && answer->source.data[answer->source.len] == 0);
    CHECK(answer == semrel_answer_at(worker, 0) && semrel_answer_at(worker, 1) == NULL);

    /* A length takes the beginning of a text. */
    CHECK_OK(semrel_relation(worker, "alacaklılar", sizeof "alacaklı" - 1, "borçlu", NUL, &answer));
    CHECK(answer->relation == SEMREL_RELATION_ANTONYM);

    CHECK_OK(semrel_relation(worker, "menkul rehni", NUL, "taşınır rehni", NUL, &answer));
    CHECK(answer->relation == SEMREL_RELATION_SYNONYM);
    CHECK(answer->domain.data == NULL || answer->domain.len > 0);

    CHECK_OK(semrel_relation(worker, "KİRACI", NUL, "kiracı", NUL, NULL));
    CHECK(semrel_answer_at(worker, 0)->evidence == SEMREL_EVIDENCE_VARIANT);
}

static void relations(void) {
    enum { COUNT = 300 };
    static semrel_pair pairs[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        pairs[i].first = (semrel_string){"alıcı", NUL};
        pairs[i].second = i % 2 ? (semrel_string){"satıcı", NUL} : (semrel_string){"alıcı", 7};
    }
    CHECK_OK(semrel_relations(worker, pairs, COUNT));
    for (size_t i = 0; i < COUNT; i++) {
        const semrel_answer *answer = semrel_answer_at(worker, i);
        CHECK(answer->relation == (i % 2 ? SEMREL_RELATION_ANTONYM : SEMREL_RELATION_SYNONYM));
    }
    CHECK(semrel_answer_at(worker, COUNT) == NULL);
    CHECK_OK(semrel_relations(worker, NULL, 0));
    CHECK(semrel_answer_at(worker, 0) == NULL);

    pairs[7].second = (semrel_string){"...", NUL};
    CHECK_FAILS(semrel_relations(worker, pairs, COUNT), SEMREL_STATUS_INVALID_INPUT, "pair 7: ");
    CHECK(semrel_answer_at(worker, 0) == NULL);
    pairs[5].first = (semrel_string){"\xff", 1};
    CHECK_FAILS(semrel_relations(worker, pairs, COUNT), SEMREL_STATUS_INVALID_UTF8, "pair 5: ");
}

static void expand(void) {
    size_t count = 99;
    CHECK_OK(semrel_expand(worker, "mahfuz hisse", NUL, NULL, &count));
    CHECK(count >= 1);
    const semrel_expansion *best = semrel_expansion_at(worker, 0);
    CHECK_TEXT(best->term, "saklı pay");
    CHECK(best->relation == SEMREL_RELATION_SYNONYM && best->evidence == SEMREL_EVIDENCE_LEXICON);
    CHECK(best->score > 0.9f && best->distance == 1 && best->source.len > 0);
    CHECK(semrel_expansion_at(worker, count) == NULL);

    /* Another kind of question leaves the expansions alone. */
    CHECK_OK(semrel_relation(worker, "mahfuz hisse", NUL, best->term.data, best->term.len, NULL));
    CHECK_TEXT(best->term, "saklı pay");

    semrel_expand_options options;
    CHECK_OK(semrel_expand_options_init(&options, sizeof options));
    CHECK(options.size == sizeof options && options.limit == 10 && options.max_distance == 2);
    CHECK(options.relations == 1u << SEMREL_RELATION_SYNONYM && options.models == SEMREL_MODEL_USE_UNKNOWN_TERMS);
    options.relations |= 1u << SEMREL_RELATION_CO_HYPONYM;
    options.limit = 3;
    CHECK_OK(semrel_expand(worker, "kira sözleşmesi", NUL, &options, &count));
    CHECK(count == 3);
    options.limit = 0;
    CHECK_OK(semrel_expand(worker, "kira sözleşmesi", NUL, &options, &count));
    CHECK(count == 0);
    options.limit = 100;
    options.domain = (semrel_string){"tax", NUL};
    CHECK_OK(semrel_expand(worker, "mahfuz hisse", NUL, &options, &count));
    for (size_t i = 0; i < count; i++) {
        const semrel_expansion *found = semrel_expansion_at(worker, i);
        CHECK(found->domain.data == NULL || strcmp(found->domain.data, "tax") == 0);
    }
    options.models = SEMREL_MODEL_USE_NEVER;
    CHECK_OK(semrel_expand(worker, "xyzw", NUL, &options, &count));
    CHECK(count == 0);
    CHECK_OK(semrel_expand(worker, "kiracının", NUL, NULL, NULL));
    CHECK(semrel_expansion_at(worker, 0)->evidence == SEMREL_EVIDENCE_VARIANT);
}

static void lookup(void) {
    size_t count;
    CHECK_OK(semrel_lookup(worker, "itiraz", NUL, &count));
    CHECK(count >= 1);
    const semrel_term *term = semrel_term_at(worker, 0);
    CHECK_TEXT(term->text, "itiraz");
    CHECK(term->senses > 0 && term->postings > 0);
    bool glossed = false;
    for (size_t i = 0; i < term->senses; i++) {
        const semrel_sense *sense = semrel_sense_at(worker, 0, i);
        CHECK(sense != NULL && (sense->hypernym.data == NULL || sense->hypernym.len > 0));
        CHECK(sense->pos.data == NULL || sense->pos.len > 0);
        glossed |= sense->gloss.len > 0;
    }
    CHECK(glossed && semrel_sense_at(worker, 0, term->senses) == NULL);
    for (size_t i = 0; i < term->postings; i++) {
        const semrel_posting *posting = semrel_posting_at(worker, 0, i);
        CHECK(posting->term.len > 0 && posting->weight > 0 && posting->weight <= 1);
        CHECK(posting->relation != SEMREL_RELATION_UNKNOWN);
        CHECK(posting->other_for_term || posting->term_for_other);
        CHECK(posting->transitive || posting->source.len > 0);
    }
    CHECK(semrel_posting_at(worker, 0, term->postings) == NULL);
    CHECK(semrel_sense_at(worker, count, 0) == NULL && semrel_posting_at(worker, SIZE_MAX, SIZE_MAX) == NULL);
    CHECK_OK(semrel_lookup(worker, "xyzw", NUL, &count));
    CHECK(count == 0 && semrel_term_at(worker, 0) == NULL);
}

static void spelling(void) {
    size_t count;
    CHECK_OK(semrel_suggest(worker, "sozlesme", NUL, 3, &count));
    CHECK(count >= 1);
    CHECK_TEXT(semrel_suggestion_at(worker, 0)->term, "sözleşme");
    CHECK(semrel_suggestion_at(worker, 0)->distance < 1 && semrel_suggestion_at(worker, count) == NULL);

    semrel_string lemma, form;
    CHECK_OK(semrel_lemma(worker, "kira sözleşmelerinden", NUL, &lemma));
    CHECK_OK(semrel_normal_form(worker, "  HÂKİM'in ", NUL, &form));
    CHECK_TEXT(lemma, "kira sözleşmesi");
    CHECK_TEXT(form, "hakim");
    CHECK_OK(semrel_lemma(worker, "kira sözleşmesi", NUL, &lemma));
    CHECK(lemma.data == NULL && lemma.len == 0);
    CHECK_OK(semrel_normal_form(worker, NULL, 0, &form));
    CHECK_TEXT(form, "");
}

static void segment(void) {
    const char *text = "Mahkeme, saklı pay ve mirasçılık belgesi için karar verdi (TBK m. 344).";
    size_t count;
    CHECK_OK(semrel_segment(worker, text, NUL, &count));
    bool found = false, cited = false;
    for (size_t i = 0; i < count; i++) {
        const semrel_span *span = semrel_span_at(worker, i);
        CHECK(span->start < span->end && span->end <= strlen(text) && span->words > 0);
        if (span->term.len && strcmp(span->term.data, "saklı pay") == 0) {
            CHECK(span->start == 9 && span->kind == SEMREL_WORD_KIND_ORDINARY && span->words == 2);
            found = true;
        }
        cited |= span->kind == SEMREL_WORD_KIND_CITATION;
    }
    CHECK(found && cited && semrel_span_at(worker, count) == NULL);
}

static void rewrite(void) {
    size_t count;
    semrel_string text;
    CHECK_OK(semrel_rewrite(worker, "müstecir", NUL, NULL, &count));
    CHECK(count == 1);
    const semrel_alternative *added = semrel_alternative_at(worker, 0);
    CHECK_TEXT(added->text, "kiracı");
    CHECK_TEXT(added->term, "kiracı");
    CHECK_TEXT(added->written, "müstecir");
    CHECK_TEXT(added->written_term, "müstecir");
    CHECK(strstr(added->explanation.data, "stands for") != NULL);
    CHECK(added->start == 0 && added->end == strlen("müstecir") && added->distance == 1);
    CHECK(added->relation == SEMREL_RELATION_SYNONYM && added->evidence == SEMREL_EVIDENCE_LEXICON);
    CHECK(added->score > added->weight && added->weight > 0.5f && added->source.len > 0);
    CHECK(semrel_alternative_at(worker, 1) == NULL);
    for (int32_t syntax = 0; syntax <= SEMREL_SYNTAX_TSQUERY; syntax++) {
        CHECK_OK(semrel_render(worker, syntax, &text));
        CHECK(strstr(text.data, "kiracı") != NULL || strstr(text.data, "\\u") != NULL);
    }
    CHECK_TEXT(text, "'müstecir' | 'kiracı'");
    CHECK_OK(semrel_render(worker, SEMREL_SYNTAX_LUCENE, &text));
    CHECK_TEXT(text, "(müstecir OR kiracı^0.89)");

    semrel_expand_options expand;
    semrel_rewrite_options options;
    CHECK_OK(semrel_expand_options_init(&expand, sizeof expand));
    CHECK_OK(semrel_rewrite_options_init(&options, sizeof options));
    CHECK(options.size == sizeof options && options.max_clauses == 256 && options.parts == 1);
    expand.limit = 1;
    semrel_string fields[] = {{"metin", NUL}, {"konu", NUL}}, fixed[] = {{"esas", NUL}};
    options.expand = &expand;
    options.forms = SEMREL_FORMS_LEMMA;
    options.default_operator = SEMREL_OPERATOR_OR;
    options.fields = fields;
    options.field_count = 2;
    options.fixed_fields = fixed;
    options.fixed_field_count = 1;
    options.fold_case = options.phrases = options.citations = 1;
    CHECK_OK(semrel_rewrite(worker, "\"MÜSTECİR\" esas:2019", NUL, &options, &count));
    CHECK(count == 1);
    CHECK_OK(semrel_render(worker, SEMREL_SYNTAX_FTS5, &text));
    CHECK_TEXT(text, "(\"müstecir\" OR \"kiracı\") OR \"esas\" : (\"2019\")");

    CHECK_OK(semrel_rewrite(worker, "AND ( \"", NUL, NULL, &count));
    CHECK_OK(semrel_render(worker, SEMREL_SYNTAX_LUCENE, &text));
    CHECK_TEXT(text, "");
}

static void overlay(void) {
    semrel_overlay *overlay;
    semrel_overlay_entry entry;
    CHECK_OK(semrel_overlay_new(&overlay));
    CHECK_OK(semrel_overlay_add(overlay, "müvekkil", NUL, "danışan", NUL, NULL));
    CHECK_OK(semrel_overlay_forbid(overlay, "saklı pay", NUL, "mahfuz hisse", NUL));
    CHECK_OK(semrel_overlay_entry_init(&entry, sizeof entry));
    CHECK(entry.relation == SEMREL_RELATION_SYNONYM && entry.weight == 1 && entry.one_way == 0);
    entry.one_way = 1;
    entry.weight = 0.75f;
    entry.domain = (semrel_string){"tax", NUL};
    CHECK_OK(semrel_overlay_add(overlay, "xyzw belgesi", NUL, "bitkoyn", NUL, &entry));

    semrel_engine_options options;
    CHECK_OK(semrel_engine_options_init(&options, sizeof options));
    CHECK(options.size == sizeof options && options.overlay == NULL);
    options.overlay = overlay;
    semrel_engine *own;
    semrel_worker *asking;
    CHECK_OK(semrel_engine_new(&options, &own));
    semrel_overlay_free(overlay);
    CHECK_OK(semrel_worker_new(own, &asking));
    semrel_engine_free(own); /* The worker keeps what it needs. */

    size_t count;
    CHECK_OK(semrel_expand(asking, "danışan", NUL, NULL, &count));
    CHECK_TEXT(semrel_expansion_at(asking, 0)->term, "müvekkil");
    CHECK_OK(semrel_expand(asking, "xyzw belgesi", NUL, NULL, &count));
    CHECK_TEXT(semrel_expansion_at(asking, 0)->term, "bitkoyn");
    CHECK_TEXT(semrel_expansion_at(asking, 0)->domain, "tax");
    CHECK(semrel_expansion_at(asking, 0)->score == 0.75f);
    CHECK_OK(semrel_expand(asking, "bitkoyn", NUL, NULL, &count));
    CHECK(count == 0);
    CHECK_OK(semrel_expand(asking, "saklı pay", NUL, NULL, &count));
    for (size_t i = 0; i < count; i++)
        CHECK(strcmp(semrel_expansion_at(asking, i)->term.data, "mahfuz hisse") != 0);
    semrel_worker_free(asking);

    const char *lines = "{\"sentence1\":\"a\",\"sentence2\":\"b\",\"label\":\"antonym\"}\n{\"forbid\":[\"c\",\"d\"]}\n";
    CHECK_OK(semrel_overlay_read(lines, NUL, &overlay));
    semrel_overlay_free(overlay);
}

int main(void) {
    version_and_names();
    CHECK(strcmp(semrel_last_error(NULL), "") == 0);
    CHECK_OK(semrel_engine_new(NULL, &engine));
    CHECK_OK(semrel_worker_new(engine, &worker));
    info();
    relation();
    relations();
    expand();
    lookup();
    spelling();
    segment();
    rewrite();
    overlay();
    semrel_worker_free(worker);
    semrel_engine_free(engine);
    return 0;
}
