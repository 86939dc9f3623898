/* How the two terms of each line relate: classify FILE.tsv
 *
 * Two columns in, four out: the terms, their relation, its score. Lines are judged in batches, because
 * the models do many pairs at once faster than one by one. A batch with a bad line is judged line by
 * line; bad lines are named on stderr and left out.
 *
 * Exit status: 0 done, 2 if a line was bad or the file cannot be read. */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <semrel.h>

enum { BATCH = 256 };

struct line {
    char *text;
    size_t room;
    long number;
};

static struct line lines[BATCH];
static semrel_pair pairs[BATCH];
static int bad_lines;

static void complain(long number, const char *why) {
    fprintf(stderr, "line %ld: %s\n", number, why);
    bad_lines++;
}

static void print(const semrel_pair *pair, const semrel_answer *answer) {
    printf("%s\t%s\t%s\t%.2f\n", pair->first.data, pair->second.data,
           semrel_relation_name(answer->relation), answer->score);
}

static void judge(semrel_worker *worker, size_t count) {
    if (semrel_relations(worker, pairs, count) == SEMREL_STATUS_OK) {
        for (size_t i = 0; i < count; i++) print(&pairs[i], semrel_answer_at(worker, i));
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (semrel_relations(worker, &pairs[i], 1) == SEMREL_STATUS_OK)
            print(&pairs[i], semrel_answer_at(worker, 0));
        else
            complain(lines[i].number, semrel_last_error(NULL));
    }
}

int main(int argc, char **argv) {
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: %s FILE.tsv, two terms a line\n", argv[0]);
        return 2;
    }
    semrel_engine *engine;
    semrel_worker *worker = NULL;
    if (semrel_engine_new(NULL, &engine) != SEMREL_STATUS_OK ||
        semrel_worker_new(engine, &worker) != SEMREL_STATUS_OK) {
        fprintf(stderr, "%s\n", semrel_last_error(NULL));
        return 2;
    }
    size_t count = 0;
    for (long number = 1;; number++) {
        struct line *line = &lines[count];
        ssize_t len = getline(&line->text, &line->room, file);
        if (len < 0) break;
        line->text[strcspn(line->text, "\r\n")] = 0;
        char *tab = strchr(line->text, '\t');
        if (tab == NULL || strchr(tab + 1, '\t') != NULL) {
            complain(number, "two columns with one tab between them are a pair");
            continue;
        }
        *tab = 0;
        line->number = number;
        pairs[count].first = (semrel_string){line->text, SEMREL_NUL_TERMINATED};
        pairs[count].second = (semrel_string){tab + 1, SEMREL_NUL_TERMINATED};
        if (++count == BATCH) {
            judge(worker, count);
            count = 0;
        }
    }
    judge(worker, count);
    if (ferror(file)) complain(0, "the file cannot be read");
    for (size_t i = 0; i < BATCH; i++) free(lines[i].text);
    semrel_worker_free(worker);
    semrel_engine_free(engine);
    fclose(file);
    return bad_lines ? 2 : 0;
}
