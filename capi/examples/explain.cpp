// Which words of a text are terms, what they mean, and what may stand for them: explain TEXT
//
//     $ ./explain "Davacı, mahfuz hissenin ihlal edildiğini ileri sürdü."
//
// Exit status: 0 done, 2 bad input.
#include <iostream>

#include <semrel.hpp>

int main(int argc, char **argv) {
    if (argc != 2) {
        std::cerr << "usage: " << argv[0] << " TEXT\n";
        return 2;
    }
    const std::string_view text = argv[1];
    try {
        semrel::Engine engine;
        semrel::Worker worker(engine);
        for (const auto &span : worker.segment(text)) {
            const auto term = semrel::view(span.term);
            if (term.empty() || span.kind != SEMREL_WORD_KIND_ORDINARY) continue;
            std::cout << text.substr(span.start, span.end - span.start) << " (" << term << ")\n";
            if (!worker.lookup(term).empty()) {
                const auto *sense = semrel_sense_at(worker.get(), 0, 0);
                if (sense && sense->gloss.len) std::cout << "    " << semrel::view(sense->gloss) << '\n';
            }
            for (const auto &found : worker.expand(term))
                std::cout << "    = " << semrel::view(found.term) << '\n';
        }
    } catch (const semrel::Error &error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
}
