// The C++ wrapper: every member, errors as exceptions, handles that move.
#include <cstdlib>
#include <iostream>

#include "semrel.hpp"

#define CHECK(condition)                                                                  \
    do {                                                                                  \
        if (!(condition)) {                                                               \
            std::cerr << __FILE__ << ':' << __LINE__ << ": not so: " #condition << '\n';  \
            std::exit(1);                                                                 \
        }                                                                                 \
    } while (0)

template <typename Call>
semrel_status status_of(Call call) {
    try {
        call();
    } catch (const semrel::Error &error) {
        CHECK(*error.what() != 0);
        return error.status();
    }
    return SEMREL_STATUS_OK;
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    semrel::Overlay overlay;
    overlay.add("müvekkil", "danışan");
    auto entry = semrel::overlay_entry();
    entry.relation = SEMREL_RELATION_ANTONYM;
    overlay.add("gece kuşu", "sabahçı", &entry);
    overlay.forbid("hak", "hukuk");
    semrel::Engine engine(&overlay);
    CHECK(engine.knows("danışan") && !engine.knows("xyzw"));
    CHECK(engine.info().terms > 50000);

    semrel::Worker first(engine);
    semrel::Worker worker = std::move(first);
    CHECK(worker.relation("gece kuşu", "sabahçı").relation == SEMREL_RELATION_ANTONYM);
    std::vector<semrel_pair> pairs{{semrel::string("alıcı"), semrel::string("satıcı")}};
    CHECK(worker.relations(pairs)[0].relation == SEMREL_RELATION_ANTONYM);
    std::string found;
    for (const auto &expansion : worker.expand("danışan")) found += semrel::view(expansion.term);
    CHECK(found == "müvekkil");
    auto options = semrel::expand_options();
    options.limit = 0;
    CHECK(worker.expand("danışan", &options).empty());
    auto widen = semrel::rewrite_options();
    widen.forms = SEMREL_FORMS_LEMMA;
    CHECK(worker.rewrite("müstecir", &widen).size() == 1);
    CHECK(worker.render(SEMREL_SYNTAX_TSQUERY) == "'müstecir' | 'kiracı'");
    const auto spans = worker.segment("Mahkeme, saklı pay için karar verdi.");
    CHECK(spans.size() > 1 && semrel::view(spans[1].term) == "saklı pay");
    CHECK(semrel::view(worker.suggest("sozlesme")[0].term) == "sözleşme");
    CHECK(semrel::view(worker.lookup("itiraz")[0].text) == "itiraz");
    CHECK(worker.lemma("kira sözleşmelerinden") == "kira sözleşmesi");
    CHECK(worker.normal_form("HÂKİM") == "hakim");

    CHECK(status_of([&] { worker.expand(std::string_view("\xff", 1)); }) == SEMREL_STATUS_INVALID_UTF8);
    CHECK(status_of([&] { worker.relation("", ""); }) == SEMREL_STATUS_INVALID_INPUT);
    CHECK(status_of([] { semrel::Engine::from_file("/no/such/pack"); }) == SEMREL_STATUS_IO);
    CHECK(status_of([] { semrel::Engine::from_memory("x", 1); }) == SEMREL_STATUS_CORRUPT);
    CHECK(status_of([] { semrel::Overlay::read("{}"); }) == SEMREL_STATUS_INVALID_INPUT);
    bool beyond = false;
    try {
        worker.expand("danışan")[9];
    } catch (const std::out_of_range &) {
        beyond = true;
    }
    CHECK(beyond);

    semrel::Engine small = semrel::Engine::from_file(argv[1]);
    semrel::Worker asking(small);
    CHECK(status_of([&] { asking.relation_by_model("a", "b"); }) == SEMREL_STATUS_UNAVAILABLE);
    if (engine.info().runs_models) {
        CHECK(worker.embed("müteahhit").size() == engine.info().dimensions);
        CHECK(worker.embed("müteahhit", 8).size() == 8);
        CHECK(worker.similar("kira", 3).size() == 3);
        CHECK(worker.relation_by_model("a", "b").evidence == SEMREL_EVIDENCE_MODEL);
    }
    return 0;
}
