/* No panic leaves the library, and handles are as good afterwards. Needs feature `test-hooks`. */
#include "check.h"

void semrel_test_panic_next(void);

int main(void) {
    semrel_engine *engine;
    semrel_worker *worker;
    size_t count = 9;
    CHECK_OK(semrel_engine_new(NULL, &engine));
    CHECK_OK(semrel_worker_new(engine, &worker));
    CHECK_OK(semrel_expand(worker, "mahfuz hisse", NUL, NULL, &count));
    for (int round = 0; round < 3; round++) {
        semrel_test_panic_next();
        CHECK_FAILS(semrel_expand(worker, "mahfuz hisse", NUL, NULL, &count), SEMREL_STATUS_PANIC, "asked for by a test");
        CHECK_OK(semrel_expand(worker, "mahfuz hisse", NUL, NULL, &count));
        CHECK_TEXT(semrel_expansion_at(worker, 0)->term, "saklı pay");
    }
    semrel_engine *none;
    semrel_test_panic_next();
    CHECK_FAILS(semrel_engine_new(NULL, &none), SEMREL_STATUS_PANIC, "a bug of the library");
    semrel_worker_free(worker);
    semrel_engine_free(engine);
    return 0;
}
