#ifndef SEMREL_H
#define SEMREL_H

/* Generated from the Rust sources by `cargo run -p semrel-capi-header`. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * semrel: how two terms relate, what may stand for a term, and how to rewrite a search query with it.
 *
 * Handles. An engine is an opened pack; it is immutable and shared by all threads. A worker asks it and
 * holds the answers; it belongs to one thread at a time. An overlay holds entries of the user's.
 *
 * Text. UTF-8, as pointer and length in bytes; the length may be SEMREL_NUL_TERMINATED. No text
 * passed in is kept. Texts passed out have a NUL behind them that the length does not count.
 *
 * Ownership. What a function named ..._new... or ..._read hands out is freed with ..._free; everything
 * else belongs to the library. Answers belong to the worker and stay until its next question of the
 * same kind; names and versions stay for ever.
 *
 * Errors. A function that can fail returns a semrel_status; semrel_last_error() says more. What it
 * would have written through a pointer is then NULL, zero, or left alone.
 *
 * Growth. Options begin with their size; an ..._init function fills them. Answers are read through
 * pointers, so that they can grow at the end. Numbers of enumerations never change.
 */

#define SEMREL_VERSION "0.1.0"
#define SEMREL_VERSION_MAJOR 0
#define SEMREL_VERSION_MINOR 1
#define SEMREL_VERSION_PATCH 0
#define SEMREL_VERSION_NUMBER 1000

/// The length of a text that ends with a NUL and is to be measured by the library.
#define SEMREL_NUL_TERMINATED SIZE_MAX



/// What a function returns. The numbers stay; new ones are put into the gaps.
enum semrel_status
#ifdef __cplusplus
  : int32_t
#endif // __cplusplus
 {
    /// Done.
    SEMREL_STATUS_OK = 0,
    /// A pointer is NULL that must not be.
    SEMREL_STATUS_NULL_POINTER = 100,
    /// A text is not UTF-8.
    SEMREL_STATUS_INVALID_UTF8 = 110,
    /// A text, label or file does not make sense: no term, a bad line of an overlay.
    SEMREL_STATUS_INVALID_INPUT = 120,
    /// An options struct does not make sense: its size, a number out of its range.
    SEMREL_STATUS_INVALID_OPTIONS = 130,
    /// A size or count is over a stated limit.
    SEMREL_STATUS_LIMIT = 140,
    /// The caller's buffer is too small; the function says what it needs.
    SEMREL_STATUS_BUFFER_TOO_SMALL = 150,
    /// The bytes are no pack, or were damaged or cut off.
    SEMREL_STATUS_CORRUPT = 200,
    /// The bytes are a pack of a format version that this library does not read.
    SEMREL_STATUS_PACK_VERSION = 210,
    /// What was asked for needs models that the pack does not have, or a feature that the library
    /// was built without.
    SEMREL_STATUS_UNAVAILABLE = 220,
    /// A file cannot be read.
    SEMREL_STATUS_IO = 230,
    /// A bug of the library: it panicked, and the panic was caught. Handles stay usable.
    SEMREL_STATUS_PANIC = 900,
};
#ifndef __cplusplus
typedef int32_t semrel_status;
#endif // __cplusplus

/// How two terms relate.
enum semrel_relation_kind
#ifdef __cplusplus
  : int32_t
#endif // __cplusplus
 {
    /// Nothing is known of the two.
    SEMREL_RELATION_UNKNOWN = 0,
    /// Same meaning: one may stand for the other.
    SEMREL_RELATION_SYNONYM = 1,
    /// Opposite meaning.
    SEMREL_RELATION_ANTONYM = 2,
    /// Distinct members of one category.
    SEMREL_RELATION_CO_HYPONYM = 3,
    /// None of the three.
    SEMREL_RELATION_UNRELATED = 4,
};
#ifndef __cplusplus
typedef int32_t semrel_relation_kind;
#endif // __cplusplus

/// What an answer rests on.
enum semrel_evidence
#ifdef __cplusplus
  : int32_t
#endif // __cplusplus
 {
    /// Nothing: there is no answer.
    SEMREL_EVIDENCE_NONE = 0,
    /// A labelled pair of the lexicon or of the overlay.
    SEMREL_EVIDENCE_LEXICON = 1,
    /// Two ways of writing or inflecting one term.
    SEMREL_EVIDENCE_VARIANT = 2,
    /// Productive opposites, or terms that inherit the relation of the part in which they differ.
    SEMREL_EVIDENCE_COMPOSITION = 3,
    /// The models.
    SEMREL_EVIDENCE_MODEL = 4,
    /// Something that a newer pack or core has and this interface does not name yet.
    SEMREL_EVIDENCE_OTHER = 99,
};
#ifndef __cplusplus
typedef int32_t semrel_evidence;
#endif // __cplusplus

/// What a search engine reads.
enum semrel_syntax
#ifdef __cplusplus
  : int32_t
#endif // __cplusplus
 {
    /// Words without syntax.
    SEMREL_SYNTAX_PLAIN = 0,
    /// Lucene's classic syntax: `query_string` of Elasticsearch and OpenSearch.
    SEMREL_SYNTAX_LUCENE = 1,
    /// The JSON body of a search request.
    SEMREL_SYNTAX_ELASTICSEARCH = 2,
    /// The JSON body of a search request.
    SEMREL_SYNTAX_OPENSEARCH = 3,
    /// Solr's edismax.
    SEMREL_SYNTAX_SOLR = 4,
    /// The syntax of tantivy's `QueryParser`.
    SEMREL_SYNTAX_TANTIVY = 5,
    /// `MATCH` of SQLite FTS5.
    SEMREL_SYNTAX_FTS5 = 6,
    /// `to_tsquery` of PostgreSQL.
    SEMREL_SYNTAX_TSQUERY = 7,
};
#ifndef __cplusplus
typedef int32_t semrel_syntax;
#endif // __cplusplus

/// One of the two terms of a pair.
enum semrel_side
#ifdef __cplusplus
  : int32_t
#endif // __cplusplus
 {
    /// Neither of the two.
    SEMREL_SIDE_NONE = 0,
    /// The first term.
    SEMREL_SIDE_FIRST = 1,
    /// The second term.
    SEMREL_SIDE_SECOND = 2,
};
#ifndef __cplusplus
typedef int32_t semrel_side;
#endif // __cplusplus

/// The sorts of words.
enum semrel_word_kind
#ifdef __cplusplus
  : int32_t
#endif // __cplusplus
 {
    /// A word or term that may be expanded.
    SEMREL_WORD_KIND_ORDINARY = 0,
    /// A word that says nothing by itself (`ve`, `ilişkin`).
    SEMREL_WORD_KIND_STOP = 1,
    /// A number or date.
    SEMREL_WORD_KIND_NUMBER = 2,
    /// Part of a citation of a statute or decision (`TBK m. 344`).
    SEMREL_WORD_KIND_CITATION = 3,
    /// Something that a newer core has and this interface does not name yet.
    SEMREL_WORD_KIND_OTHER = 99,
};
#ifndef __cplusplus
typedef int32_t semrel_word_kind;
#endif // __cplusplus

/// In which form a term is added to a query.
enum semrel_forms
#ifdef __cplusplus
  : int32_t
#endif // __cplusplus
 {
    /// Both of the others, and the dictionary form of the written word itself.
    SEMREL_FORMS_BOTH = 0,
    /// The dictionary form: for engines that stem.
    SEMREL_FORMS_LEMMA = 1,
    /// Inflected as what it stands for: for engines that do not.
    SEMREL_FORMS_SURFACE = 2,
};
#ifndef __cplusplus
typedef int32_t semrel_forms;
#endif // __cplusplus

/// For which terms the models propose expansions.
enum semrel_model_use
#ifdef __cplusplus
  : int32_t
#endif // __cplusplus
 {
    /// For none.
    SEMREL_MODEL_USE_NEVER = 0,
    /// For those that lexicon and overlay do not have in any form.
    SEMREL_MODEL_USE_UNKNOWN_TERMS = 1,
    /// For every term. What the models propose comes after what is stated.
    SEMREL_MODEL_USE_ALWAYS = 2,
};
#ifndef __cplusplus
typedef int32_t semrel_model_use;
#endif // __cplusplus

/// What words side by side mean in a search engine.
enum semrel_operator
#ifdef __cplusplus
  : int32_t
#endif // __cplusplus
 {
    /// All must match.
    SEMREL_OPERATOR_AND = 0,
    /// One must match.
    SEMREL_OPERATOR_OR = 1,
};
#ifndef __cplusplus
typedef int32_t semrel_operator;
#endif // __cplusplus

/// An opened pack, with the user's entries on top. Immutable: any number of threads may use it at
/// once. Workers keep what they need of it, so it may be freed before them.
typedef struct semrel_engine semrel_engine;

/// Entries of the user: pairs that the lexicon lacks or gets wrong for their collection, one-way
/// rules, and pairs that must never be expanded. Engines copy it; it may change or be freed after.
typedef struct semrel_overlay semrel_overlay;

/// Asks an engine, and holds the answers. One thread at a time may use it; make one per thread.
///
/// An answer stays until the next question of the same kind to the same worker: asking how two terms
/// relate leaves expansions alone.
typedef struct semrel_worker semrel_worker;

/// How an engine is made. `semrel_engine_options_init` fills it.
typedef struct semrel_engine_options {
    /// The size of the struct, in bytes.
    size_t size;
    /// The user's entries, copied; NULL for none.
    const struct semrel_overlay *overlay;
} semrel_engine_options;

/// A set of relations: bit `n` is the relation with the number `n`.
/// `1 << SEMREL_RELATION_SYNONYM | 1 << SEMREL_RELATION_CO_HYPONYM`.
typedef uint32_t semrel_relation_set;

/// A text: UTF-8, `len` bytes at `data`.
///
/// From the library there is a NUL behind it, which `len` does not count, and `data` is NULL if there
/// is no text at all. To the library `len` may be `SEMREL_NUL_TERMINATED`.
typedef struct semrel_string {
    /// The bytes.
    const char *data;
    /// How many there are.
    size_t len;
} semrel_string;

/// What `semrel_expand` returns, and how much of it. `semrel_expand_options_init` fills it.
typedef struct semrel_expand_options {
    /// The size of the struct, in bytes.
    size_t size;
    /// At most this many expansions. Default 10; 5 for each term of a query.
    size_t limit;
    /// Only expansions with at least this score, 0 to 1. Default 0.5.
    float min_score;
    /// The relations that may stand for the term. Default: synonyms alone. Antonyms are an error.
    semrel_relation_set relations;
    /// Steps in the synonym graph: 1 for labelled pairs alone, 2 (the default) for synonyms of
    /// synonyms on which all agree too.
    uint32_t max_distance;
    /// For which terms the models propose expansions too, a `semrel_model_use`. Default: unknown
    /// ones.
    int32_t models;
    /// Only relations that hold in this field, or in none in particular. Default: none, any field.
    struct semrel_string domain;
} semrel_expand_options;

/// A term that may stand for another. It is the worker's and stays until its next question of this
/// kind. Later versions may add fields at the end.
typedef struct semrel_expansion {
    /// The term, in its right spelling.
    struct semrel_string term;
    /// How it relates to the term that was asked for.
    semrel_relation_kind relation;
    /// What the answer rests on.
    semrel_evidence evidence;
    /// Probability that it does, 0 to 1.
    float score;
    /// Steps in the synonym graph; 1 for what the models propose.
    uint32_t distance;
    /// Where the label comes from, if it has a source.
    struct semrel_string source;
    /// The field in which the relation holds, if it is one in particular.
    struct semrel_string domain;
} semrel_expansion;

/// What a pack says of itself. It is the engine's and stays as long as that. Later versions may add
/// fields at the end.
typedef struct semrel_info {
    /// Name of the pack.
    struct semrel_string name;
    /// Language as a BCP 47 tag: `tr`.
    struct semrel_string language;
    /// Version of the content.
    struct semrel_string version;
    /// Licence of the content.
    struct semrel_string licence;
    /// Whom to name when the content is used.
    struct semrel_string attribution;
    /// All that the pack says of itself, as JSON: files with sizes and checksums, models, counts.
    struct semrel_string manifest;
    /// Terms.
    size_t terms;
    /// Labelled synonym pairs.
    size_t synonyms;
    /// Labelled antonym pairs.
    size_t antonyms;
    /// Labelled co-hyponym pairs.
    size_t co_hyponyms;
    /// Pairs labelled unrelated.
    size_t unrelated;
    /// Synonym pairs that follow from labelled ones.
    size_t transitive;
    /// Pairs kept out of every expansion because some path makes them antonyms.
    size_t guarded;
    /// Synonym groups.
    size_t groups;
    /// Numbers in the vector of a term; 0 if the pack has no models.
    size_t dimensions;
    /// Version of the pack format.
    uint32_t format;
    /// Whether models judge what lexicon and forms do not know: the pack has some, and the library
    /// was built to run them.
    bool runs_models;
} semrel_info;

/// A term of the lexicon. It is the worker's and stays until its next question of this kind. Later
/// versions may add fields at the end.
typedef struct semrel_term {
    /// The term, in its right spelling.
    struct semrel_string text;
    /// The member that speaks for its synonym group, if it is in one.
    struct semrel_string preferred;
    /// How many meanings it has.
    size_t senses;
    /// How many relations it has.
    size_t postings;
} semrel_term;

/// One meaning of a term.
typedef struct semrel_sense {
    /// The meaning in a few words, if it is stated.
    struct semrel_string gloss;
    /// Part of speech, if it is stated: `noun`, `verb`, `adj`, `adv`, `abbr`, `name`, `other`.
    struct semrel_string pos;
    /// The field in which the term has this meaning, if it is one in particular.
    struct semrel_string domain;
    /// The nearest broader term, if it is stated.
    struct semrel_string hypernym;
} semrel_sense;

/// One relation of a term.
typedef struct semrel_posting {
    /// The other term.
    struct semrel_string term;
    /// How the two relate.
    semrel_relation_kind relation;
    /// Probability that the label is right, 0 to 1.
    float weight;
    /// Whether the other may stand for the term.
    bool other_for_term;
    /// Whether the term may stand for the other.
    bool term_for_other;
    /// Whether it is kept out of every expansion.
    bool guarded;
    /// Whether it is a synonym of synonyms on which all agree, not a labelled pair.
    bool transitive;
    /// Where the label comes from, if it has a source.
    struct semrel_string source;
    /// The field in which the relation holds, if it is one in particular.
    struct semrel_string domain;
} semrel_posting;

/// A term of the lexicon that is near to another. It is the worker's and stays until its next
/// question of this kind. Later versions may add fields at the end.
typedef struct semrel_neighbour {
    /// The term.
    struct semrel_string term;
    /// Cosine of the two vectors, -1 to 1.
    float score;
} semrel_neighbour;

/// How `semrel_rewrite` widens a query. `semrel_rewrite_options_init` fills it.
typedef struct semrel_rewrite_options {
    /// The size of the struct, in bytes.
    size_t size;
    /// What may stand for a term; NULL (the default) for the defaults of rewriting.
    const struct semrel_expand_options *expand;
    /// At most this many words, phrases and patterns in all. Default 256, at most 1024.
    size_t max_clauses;
    /// In which form a term is added, a `semrel_forms`. Default: both.
    int32_t forms;
    /// What words side by side mean in the engine, a `semrel_operator`. Default: all must match.
    int32_t default_operator;
    /// Not 0: expand phrases in quotation marks too. Default 0.
    int32_t phrases;
    /// Not 0: expand the words inside a term of several words too. Default 1.
    int32_t parts;
    /// Not 0: expand the name of the statute or court in a citation. Default 0.
    int32_t citations;
    /// Not 0: write words in Turkish lower case. Default 0.
    int32_t fold_case;
    /// The fields of the index that are searched. If there are any, other names with a colon are
    /// words. Default: none, which leaves it to the engine.
    const struct semrel_string *fields;
    /// How many there are.
    size_t field_count;
    /// Further fields that a query may name, whose content is never expanded. Default: none.
    const struct semrel_string *fixed_fields;
    /// How many there are.
    size_t fixed_field_count;
} semrel_rewrite_options;

/// What is said of two terms. `semrel_overlay_entry_init` fills it.
typedef struct semrel_overlay_entry {
    /// The size of the struct, in bytes.
    size_t size;
    /// How the two relate, a `semrel_relation_kind`. Default: synonyms.
    int32_t relation;
    /// Not 0: the second term may stand for the first, but not the other way round. Synonyms only.
    /// Default 0.
    int32_t one_way;
    /// Probability that it is right, over 0 and at most 1. Default 1.
    float weight;
    /// The field in which it holds. Default: none in particular.
    struct semrel_string domain;
} semrel_overlay_entry;

/// How two terms relate, and on what the answer rests. It is the worker's and stays until its next
/// question of this kind. Later versions may add fields at the end.
typedef struct semrel_answer {
    /// The relation; `SEMREL_RELATION_UNKNOWN` if nothing is known.
    semrel_relation_kind relation;
    /// What the answer rests on.
    semrel_evidence evidence;
    /// Score of `SEMREL_RELATION_SYNONYM`. The four scores add up to 1, or are 0 if nothing is known.
    float synonym;
    /// Score of `SEMREL_RELATION_ANTONYM`.
    float antonym;
    /// Score of `SEMREL_RELATION_CO_HYPONYM`.
    float co_hyponym;
    /// Score of `SEMREL_RELATION_UNRELATED`.
    float unrelated;
    /// Score of `relation`.
    float score;
    /// Which of the two terms is the nearest broader term of the other, if one is.
    semrel_side broader;
    /// Where the label comes from, if it has a source.
    struct semrel_string source;
    /// The field in which the relation holds, if it is one in particular.
    struct semrel_string domain;
} semrel_answer;

/// Two terms.
typedef struct semrel_pair {
    /// The first.
    struct semrel_string first;
    /// The second.
    struct semrel_string second;
} semrel_pair;

/// Something that was added to a query. It is the worker's and stays until its next question of this
/// kind. Later versions may add fields at the end.
typedef struct semrel_alternative {
    /// What is searched for: a word, or the words of a phrase.
    struct semrel_string text;
    /// The term of the lexicon that it is a form of.
    struct semrel_string term;
    /// As the query has it, what this stands for.
    struct semrel_string written;
    /// The term of the lexicon that was recognised in that.
    struct semrel_string written_term;
    /// Why it was added, in a sentence.
    struct semrel_string explanation;
    /// Where `written` begins in the query, in bytes.
    size_t start;
    /// Where it ends.
    size_t end;
    /// How the terms relate.
    semrel_relation_kind relation;
    /// What the answer rests on.
    semrel_evidence evidence;
    /// Probability that they do, 0 to 1.
    float score;
    /// The factor on its rank in the search, under 1: the original has 1.
    float weight;
    /// Steps in the synonym graph.
    uint32_t distance;
    /// Where the label comes from, if it has a source.
    struct semrel_string source;
    /// The field in which the relation holds, if it is one in particular.
    struct semrel_string domain;
} semrel_alternative;

/// A term or a word of running text. It is the worker's and stays until its next question of this
/// kind. Later versions may add fields at the end.
typedef struct semrel_span {
    /// Where it begins in the text, in bytes, without punctuation around it.
    size_t start;
    /// Where it ends, in bytes.
    size_t end;
    /// How many words it has.
    size_t words;
    /// What sort of word it is.
    semrel_word_kind kind;
    /// The term of the lexicon, in its right spelling, if it is one.
    struct semrel_string term;
} semrel_span;

/// A term that may have been meant. It is the worker's and stays until its next question of this
/// kind. Later versions may add fields at the end.
typedef struct semrel_suggestion {
    /// The term.
    struct semrel_string term;
    /// Edits; a missing Turkish mark (`sozlesme`) counts an eighth.
    float distance;
} semrel_suggestion;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/// Fills options with the defaults. `size`: `sizeof *options`.
semrel_status semrel_engine_options_init(struct semrel_engine_options *options, size_t size);

/// An engine with the Turkish pack that is compiled into the library. Under a millisecond; models
/// are read when they are first asked. Free it with `semrel_engine_free`.
///
/// `options`: NULL for the defaults. `SEMREL_STATUS_UNAVAILABLE` if the library was built without a
/// pack.
semrel_status semrel_engine_new(const struct semrel_engine_options *options,
                                struct semrel_engine **out);

/// An engine with a pack from a file or folder, which is read whole and checked. Free it with
/// `semrel_engine_free`.
///
/// `path`: as the system has it, on Windows in UTF-8.
semrel_status semrel_engine_new_from_file(const char *path,
                                          size_t path_len,
                                          const struct semrel_engine_options *options,
                                          struct semrel_engine **out);

/// An engine with a pack from memory, which is copied and checked. Free it with
/// `semrel_engine_free`.
semrel_status semrel_engine_new_from_memory(const void *bytes,
                                            size_t len,
                                            const struct semrel_engine_options *options,
                                            struct semrel_engine **out);

/// An engine with a pack in memory that stays where it is: a mapped file, a constant. The bytes must
/// not change. Free it with `semrel_engine_free`.
///
/// `release` is called with `context`, once, when neither the engine nor a worker of it needs the
/// bytes any more, by the thread that frees the last of them; if the call fails, before it returns.
/// NULL if nothing is to be released; then the bytes must outlive the engine and its workers.
semrel_status semrel_engine_new_from_borrowed(const void *bytes,
                                              size_t len,
                                              void (*release)(void *context),
                                              void *context,
                                              const struct semrel_engine_options *options,
                                              struct semrel_engine **out);

/// Frees an engine; nothing if it is NULL. Its workers stay usable.
void semrel_engine_free(struct semrel_engine *engine);

/// Whether lexicon or overlay know a term as it stands.
semrel_status semrel_knows(const struct semrel_engine *engine,
                           const char *term,
                           size_t len,
                           bool *known);

/// What may stand for a term, best first; `semrel_expansion_at` has it. Never an antonym, whichever
/// path makes it one.
///
/// `options`: NULL for the defaults. `count`: where the number of expansions is put, or NULL.
semrel_status semrel_expand(struct semrel_worker *worker,
                            const char *term,
                            size_t len,
                            const struct semrel_expand_options *options,
                            size_t *count);

/// The expansion with a number, from 0, the best; NULL if there is none.
const struct semrel_expansion *semrel_expansion_at(const struct semrel_worker *worker,
                                                   size_t index);

/// What the pack of an engine says of itself; NULL if `engine` is NULL.
const struct semrel_info *semrel_engine_info(const struct semrel_engine *engine);

/// What went wrong in the last call of this thread that failed: a sentence for people, UTF-8,
/// NUL-terminated; `""` if none has failed. Calls that succeed leave it as it is.
///
/// `len`: where the length in bytes is put, or NULL. The text is the library's and stays until the
/// next call of this thread that fails.
const char *semrel_last_error(size_t *len);

/// The terms of the lexicon that a text names, the exact spelling first; `semrel_term_at`,
/// `semrel_sense_at` and `semrel_posting_at` have them. Entries of an overlay are not among them.
///
/// `count`: where the number of terms is put, or NULL. A text that names none is no error.
semrel_status semrel_lookup(struct semrel_worker *worker,
                            const char *term,
                            size_t len,
                            size_t *count);

/// The term with a number, from 0; NULL if there is none.
const struct semrel_term *semrel_term_at(const struct semrel_worker *worker, size_t index);

/// A meaning of the term with a number, both from 0, the main one first; NULL if there is none.
const struct semrel_sense *semrel_sense_at(const struct semrel_worker *worker,
                                           size_t term,
                                           size_t index);

/// A relation of the term with a number, both from 0; NULL if there is none.
const struct semrel_posting *semrel_posting_at(const struct semrel_worker *worker,
                                               size_t term,
                                               size_t index);

/// The vector of a term, of unit length, into the caller's buffer. The cosine of two vectors is the
/// sum of their products.
///
/// `dimensions`: 0 for the whole vector; a smaller number for its beginning, made a unit vector
/// again, which is a good vector of its own. `vector` has room for `capacity` numbers; `written`, or
/// NULL, is where their number is put. If the room is too small nothing is written to `vector`, the
/// status is `SEMREL_STATUS_BUFFER_TOO_SMALL`, and `written` has what is needed.
///
/// `SEMREL_STATUS_UNAVAILABLE` if the pack has no models, or if the embedder is needed and the
/// library was built without models.
semrel_status semrel_embed(struct semrel_worker *worker,
                           const char *term,
                           size_t len,
                           size_t dimensions,
                           float *vector,
                           size_t capacity,
                           size_t *written);

/// The `limit` terms of the lexicon whose vectors are nearest to that of a term, nearest first;
/// `semrel_neighbour_at` has them. Near is not synonymous: antonyms are near, too.
///
/// `count`: where their number is put, or NULL. Errors as `semrel_embed`.
semrel_status semrel_similar(struct semrel_worker *worker,
                             const char *term,
                             size_t len,
                             size_t limit,
                             size_t *count);

/// The near term with a number, from 0, the nearest; NULL if there is none.
const struct semrel_neighbour *semrel_neighbour_at(const struct semrel_worker *worker,
                                                   size_t index);

/// The name of a relation: `"co_hyponym"`; `"?"` for a number that is none.
const char *semrel_relation_name(int32_t relation);

/// The relation with a name, `"synonym"` and so on.
semrel_status semrel_relation_from_name(const char *name,
                                        size_t len,
                                        semrel_relation_kind *relation);

/// The name of what an answer rests on: `"lexicon"`; `"?"` for a number that is none.
const char *semrel_evidence_name(int32_t evidence);

/// The name of a syntax: `"fts5"`; `"?"` for a number that is none.
const char *semrel_syntax_name(int32_t syntax);

/// The syntax with a name, `"lucene"` and so on.
semrel_status semrel_syntax_from_name(const char *name, size_t len, semrel_syntax *syntax);

/// Fills options with the defaults. `size`: `sizeof *options`.
semrel_status semrel_expand_options_init(struct semrel_expand_options *options, size_t size);

/// Fills options with the defaults. `size`: `sizeof *options`.
semrel_status semrel_rewrite_options_init(struct semrel_rewrite_options *options, size_t size);

/// Fills an entry with the defaults. `size`: `sizeof *entry`.
semrel_status semrel_overlay_entry_init(struct semrel_overlay_entry *entry, size_t size);

/// An overlay without entries. Free it with `semrel_overlay_free`.
semrel_status semrel_overlay_new(struct semrel_overlay **out);

/// An overlay from JSON Lines: labelled pairs, and forbidden ones as `{"forbid":["hak","hukuk"]}`.
/// The error text names the first bad line. Free it with `semrel_overlay_free`.
semrel_status semrel_overlay_read(const char *json_lines, size_t len, struct semrel_overlay **out);

/// Adds a pair; a later one for the same two terms takes the place of an earlier one.
///
/// `entry`: NULL for plain synonyms.
semrel_status semrel_overlay_add(struct semrel_overlay *overlay,
                                 const char *first,
                                 size_t first_len,
                                 const char *second,
                                 size_t second_len,
                                 const struct semrel_overlay_entry *entry);

/// Keeps each of two terms out of the expansions of the other.
semrel_status semrel_overlay_forbid(struct semrel_overlay *overlay,
                                    const char *first,
                                    size_t first_len,
                                    const char *second,
                                    size_t second_len);

/// Frees an overlay; nothing if it is NULL.
void semrel_overlay_free(struct semrel_overlay *overlay);

/// How two terms relate: what the lexicon says, else their forms, else the models if there are any.
///
/// `answer`: where the answer is put, or NULL (`semrel_answer_at(worker, 0)` has it too). Terms of
/// whom nothing is known are no error.
semrel_status semrel_relation(struct semrel_worker *worker,
                              const char *first,
                              size_t first_len,
                              const char *second,
                              size_t second_len,
                              const struct semrel_answer **answer);

/// How two terms relate by the models alone, whatever lexicon and forms say.
///
/// `SEMREL_STATUS_UNAVAILABLE` if the pack has no models or the library was built without them.
semrel_status semrel_relation_by_model(struct semrel_worker *worker,
                                       const char *first,
                                       size_t first_len,
                                       const char *second,
                                       size_t second_len,
                                       const struct semrel_answer **answer);

/// `semrel_relation` of many pairs; `semrel_answer_at` has the answers, in their order. The models
/// judge theirs in batches, which is quicker than one by one.
///
/// If one pair is bad there is no answer at all, and the error text says which it is.
semrel_status semrel_relations(struct semrel_worker *worker,
                               const struct semrel_pair *pairs,
                               size_t count);

/// The answer with a number, from 0; NULL if there is none.
const struct semrel_answer *semrel_answer_at(const struct semrel_worker *worker, size_t index);

/// A search query, widened by what may stand for its terms; `semrel_render` writes it for an engine,
/// `semrel_alternative_at` has what was added.
///
/// `options`: NULL for the defaults. `count`: where the number of alternatives is put, or NULL. At
/// most 64 KiB and 1024 clauses: `SEMREL_STATUS_LIMIT`. No query is wrong otherwise.
semrel_status semrel_rewrite(struct semrel_worker *worker,
                             const char *query,
                             size_t len,
                             const struct semrel_rewrite_options *options,
                             size_t *count);

/// The query that `semrel_rewrite` widened last, as a search engine reads it: always valid for it,
/// empty if there is nothing to search for.
///
/// `syntax`: a `semrel_syntax`. `rendering`: where it is put; it is the worker's and stays until its
/// next rendering.
semrel_status semrel_render(struct semrel_worker *worker,
                            int32_t syntax,
                            struct semrel_string *rendering);

/// What was added to the query, by number, from 0: in the order of the query, best first for each
/// term; NULL if there is none.
const struct semrel_alternative *semrel_alternative_at(const struct semrel_worker *worker,
                                                       size_t index);

/// The terms of lexicon and overlay inside running text, inflected or not, and the words between
/// them, in order; `semrel_span_at` has them. The text may be of any length.
///
/// `count`: where the number of spans is put, or NULL.
semrel_status semrel_segment(struct semrel_worker *worker,
                             const char *running,
                             size_t len,
                             size_t *count);

/// The span with a number, from 0; NULL if there is none.
const struct semrel_span *semrel_span_at(const struct semrel_worker *worker, size_t index);

/// What may have been meant by a term, nearest first; nothing if the term is known.
/// `semrel_suggestion_at` has it. For people to choose from, never for expansion.
///
/// `count`: where the number of suggestions is put, or NULL.
semrel_status semrel_suggest(struct semrel_worker *worker,
                             const char *term,
                             size_t len,
                             size_t limit,
                             size_t *count);

/// The suggestion with a number, from 0, the nearest; NULL if there is none.
const struct semrel_suggestion *semrel_suggestion_at(const struct semrel_worker *worker,
                                                     size_t index);

/// The dictionary form under which lexicon or overlay have an inflected term.
///
/// `lemma`: where it is put; its `data` is NULL if the term is known as it stands, or in no form. It
/// is the worker's and stays until its next question of this kind.
semrel_status semrel_lemma(struct semrel_worker *worker,
                           const char *term,
                           size_t len,
                           struct semrel_string *lemma);

/// The normal form of a text: the key under which index and query meet. Turkish case folding,
/// apostrophes, circumflex, white space. Every text has one.
///
/// `form`: where it is put. It is the worker's and stays until its next question of this kind.
semrel_status semrel_normal_form(struct semrel_worker *worker,
                                 const char *term,
                                 size_t len,
                                 struct semrel_string *form);

/// The name of a status, for logs: `"invalid_utf8"`; `"?"` for a number that is none.
const char *semrel_status_name(int32_t status);

/// The version of the library that runs, as text: `"0.1.0"`. `SEMREL_VERSION` is the one of the
/// header that a program was compiled with.
const char *semrel_version(void);

/// The version of the library that runs, as a number: major * 1000000 + minor * 1000 + patch, to be
/// compared with `SEMREL_VERSION_NUMBER`.
uint32_t semrel_version_number(void);

/// A worker for an engine. Free it with `semrel_worker_free`; the engine may be freed before it.
semrel_status semrel_worker_new(const struct semrel_engine *engine, struct semrel_worker **out);

/// Frees a worker and all its answers; nothing if it is NULL.
void semrel_worker_free(struct semrel_worker *worker);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* SEMREL_H */
