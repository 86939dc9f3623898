/* semrel for SQLite: a loadable extension.
 *
 *     .load ./semrel_sqlite
 *     SELECT * FROM decisions WHERE decisions MATCH semrel_rewrite('kiracının tahliyesi');
 *
 * semrel_rewrite(QUERY [, SYNTAX])  the query, widened; for FTS5 unless a syntax is named
 * semrel_relation(A, B)             'synonym', 'antonym', 'co_hyponym', 'unrelated' or NULL
 * semrel_expand(TERM [, MOST])      a table: term, relation, score, evidence
 *
 * NULL in gives NULL (no rows) out. What is no term, query or syntax is an SQL error that says why. */
#include <string.h>

#include <semrel.h>
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

/* What a connection has; its functions and its table share it. SQLite lets one thread at a time use a
 * connection, so one worker will do. */
typedef struct {
    semrel_engine *engine;
    semrel_worker *worker;
    int users;
} connection;

static void leave(void *argument) {
    connection *mine = argument;
    if (--mine->users > 0) return;
    semrel_worker_free(mine->worker);
    semrel_engine_free(mine->engine);
    sqlite3_free(mine);
}

static semrel_string text_of(sqlite3_value *value) {
    /* In this order: the length is that of the text as UTF-8. */
    const char *data = (const char *)sqlite3_value_text(value);
    return (semrel_string){data ? data : "", (size_t)sqlite3_value_bytes(value)};
}

static int is_null(sqlite3_value *value) { return sqlite3_value_type(value) == SQLITE_NULL; }

static void fail(sqlite3_context *context) { sqlite3_result_error(context, semrel_last_error(NULL), -1); }

/* --- Functions. --- */

static void rewrite(sqlite3_context *context, int count, sqlite3_value **values) {
    semrel_worker *worker = ((connection *)sqlite3_user_data(context))->worker;
    if (is_null(values[0]) || (count == 2 && is_null(values[1]))) return;
    semrel_syntax syntax = SEMREL_SYNTAX_FTS5;
    if (count == 2) {
        semrel_string name = text_of(values[1]);
        if (semrel_syntax_from_name(name.data, name.len, &syntax) != SEMREL_STATUS_OK) {
            fail(context);
            return;
        }
    }
    semrel_string query = text_of(values[0]), widened;
    if (semrel_rewrite(worker, query.data, query.len, NULL, NULL) != SEMREL_STATUS_OK ||
        semrel_render(worker, syntax, &widened) != SEMREL_STATUS_OK) {
        fail(context);
        return;
    }
    sqlite3_result_text64(context, widened.data, widened.len, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void relation(sqlite3_context *context, int count, sqlite3_value **values) {
    semrel_worker *worker = ((connection *)sqlite3_user_data(context))->worker;
    (void)count;
    if (is_null(values[0]) || is_null(values[1])) return;
    semrel_string a = text_of(values[0]), b = text_of(values[1]);
    const semrel_answer *answer;
    if (semrel_relation(worker, a.data, a.len, b.data, b.len, &answer) != SEMREL_STATUS_OK) {
        fail(context);
    } else if (answer->relation != SEMREL_RELATION_UNKNOWN) {
        sqlite3_result_text(context, semrel_relation_name(answer->relation), -1, SQLITE_STATIC);
    }
}

/* --- The table. --- */

enum { TERM, RELATION, SCORE, EVIDENCE, ASKED, MOST };

typedef struct {
    sqlite3_vtab base;
    semrel_engine *engine;
} table;

/* A cursor has a worker of its own: a join has several open at once. */
typedef struct {
    sqlite3_vtab_cursor base;
    semrel_worker *worker;
    size_t at, count;
} cursor;

static int table_error(sqlite3_vtab *table) {
    sqlite3_free(table->zErrMsg);
    table->zErrMsg = sqlite3_mprintf("%s", semrel_last_error(NULL));
    return SQLITE_ERROR;
}

static int table_connect(sqlite3 *db, void *data, int argc, const char *const *argv, sqlite3_vtab **out,
                         char **error) {
    (void)argc, (void)argv, (void)error;
    int status = sqlite3_declare_vtab(
        db, "CREATE TABLE x(term TEXT, relation TEXT, score REAL, evidence TEXT, asked HIDDEN, most HIDDEN)");
    if (status != SQLITE_OK) return status;
    table *made = sqlite3_malloc(sizeof *made);
    if (made == NULL) return SQLITE_NOMEM;
    memset(made, 0, sizeof *made);
    made->engine = ((connection *)data)->engine;
    *out = &made->base;
    return SQLITE_OK;
}

static int table_disconnect(sqlite3_vtab *old) {
    sqlite3_free(old);
    return SQLITE_OK;
}

/* The arguments are constraints on hidden columns: the term first, then how many at most. */
static int table_best_index(sqlite3_vtab *asked, sqlite3_index_info *info) {
    int place[2] = {-1, -1};
    (void)asked;
    for (int i = 0; i < info->nConstraint; i++) {
        const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
        if (constraint->op != SQLITE_INDEX_CONSTRAINT_EQ || constraint->iColumn < ASKED) continue;
        if (!constraint->usable) return SQLITE_CONSTRAINT;
        place[constraint->iColumn - ASKED] = i;
    }
    if (place[0] < 0) return SQLITE_CONSTRAINT;
    for (int i = 0; i < 2; i++) {
        if (place[i] < 0) continue;
        info->aConstraintUsage[place[i]].argvIndex = i + 1;
        info->aConstraintUsage[place[i]].omit = 1;
    }
    info->estimatedCost = 10;
    info->estimatedRows = 10;
    return SQLITE_OK;
}

static int cursor_open(sqlite3_vtab *asked, sqlite3_vtab_cursor **out) {
    cursor *made = sqlite3_malloc(sizeof *made);
    if (made == NULL) return SQLITE_NOMEM;
    memset(made, 0, sizeof *made);
    if (semrel_worker_new(((table *)asked)->engine, &made->worker) != SEMREL_STATUS_OK) {
        sqlite3_free(made);
        return table_error(asked);
    }
    *out = &made->base;
    return SQLITE_OK;
}

static int cursor_close(sqlite3_vtab_cursor *old) {
    semrel_worker_free(((cursor *)old)->worker);
    sqlite3_free(old);
    return SQLITE_OK;
}

static int cursor_filter(sqlite3_vtab_cursor *base, int number, const char *name, int count, sqlite3_value **values) {
    cursor *this = (cursor *)base;
    (void)number, (void)name;
    this->at = this->count = 0;
    if (is_null(values[0])) return SQLITE_OK;
    semrel_expand_options options;
    if (semrel_expand_options_init(&options, sizeof options) != SEMREL_STATUS_OK) return table_error(base->pVtab);
    if (count == 2) {
        sqlite3_int64 most = sqlite3_value_int64(values[1]);
        options.limit = most > 0 ? (size_t)most : 0;
    }
    semrel_string term = text_of(values[0]);
    if (semrel_expand(this->worker, term.data, term.len, &options, &this->count) != SEMREL_STATUS_OK)
        return table_error(base->pVtab);
    return SQLITE_OK;
}

static int cursor_next(sqlite3_vtab_cursor *base) {
    ((cursor *)base)->at++;
    return SQLITE_OK;
}

static int cursor_eof(sqlite3_vtab_cursor *base) { return ((cursor *)base)->at >= ((cursor *)base)->count; }

static int cursor_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
    *row = (sqlite3_int64)((cursor *)base)->at;
    return SQLITE_OK;
}

static int cursor_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    cursor *this = (cursor *)base;
    const semrel_expansion *found = semrel_expansion_at(this->worker, this->at);
    if (found == NULL) return SQLITE_OK;
    switch (column) {
    case TERM:
        sqlite3_result_text64(context, found->term.data, found->term.len, SQLITE_TRANSIENT, SQLITE_UTF8);
        break;
    case RELATION:
        sqlite3_result_text(context, semrel_relation_name(found->relation), -1, SQLITE_STATIC);
        break;
    case SCORE:
        sqlite3_result_double(context, found->score);
        break;
    case EVIDENCE:
        sqlite3_result_text(context, semrel_evidence_name(found->evidence), -1, SQLITE_STATIC);
        break;
    }
    return SQLITE_OK;
}

static sqlite3_module expansions = {
    .xConnect = table_connect,
    .xDisconnect = table_disconnect,
    .xBestIndex = table_best_index,
    .xOpen = cursor_open,
    .xClose = cursor_close,
    .xFilter = cursor_filter,
    .xNext = cursor_next,
    .xEof = cursor_eof,
    .xColumn = cursor_column,
    .xRowid = cursor_rowid,
};

int sqlite3_semrelsqlite_init(sqlite3 *db, char **error, const sqlite3_api_routines *api) {
    SQLITE_EXTENSION_INIT2(api);
    connection *mine = sqlite3_malloc(sizeof *mine);
    if (mine == NULL) return SQLITE_NOMEM;
    /* The first user is this function. SQLite calls `leave` for what it refuses, too. */
    *mine = (connection){.users = 1};
    int status = SQLITE_OK;
    if (semrel_engine_new(NULL, &mine->engine) != SEMREL_STATUS_OK ||
        semrel_worker_new(mine->engine, &mine->worker) != SEMREL_STATUS_OK) {
        *error = sqlite3_mprintf("%s", semrel_last_error(NULL));
        status = SQLITE_ERROR;
    }
    const struct {
        const char *name;
        int arguments;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {{"semrel_rewrite", 1, rewrite}, {"semrel_rewrite", 2, rewrite}, {"semrel_relation", 2, relation}};
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    for (size_t i = 0; i < sizeof functions / sizeof *functions && status == SQLITE_OK; i++) {
        mine->users++;
        status = sqlite3_create_function_v2(db, functions[i].name, functions[i].arguments, flags, mine,
                                            functions[i].call, NULL, NULL, leave);
    }
    if (status == SQLITE_OK) {
        mine->users++;
        status = sqlite3_create_module_v2(db, "semrel_expand", &expansions, mine, leave);
    }
    leave(mine);
    /* The library makes its tables once for the process; unloaded with a connection they would be lost. */
    return status == SQLITE_OK ? SQLITE_OK_LOAD_PERMANENTLY : status;
}
