// semrel for C++17: handles that free themselves, errors as exceptions, text as std::string_view.
//
// Engine is shared by threads, Worker belongs to one. Answers point into the worker and stay until
// its next question of the same kind; copy what must live longer into a std::string.
#ifndef SEMREL_HPP
#define SEMREL_HPP

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "semrel.h"

namespace semrel {

/// A call failed; what() is the library's error text.
class Error : public std::runtime_error {
public:
    Error(semrel_status status, const std::string &text) : std::runtime_error(text), status_(status) {}
    semrel_status status() const noexcept { return status_; }

private:
    semrel_status status_;
};

inline void check(semrel_status status) {
    if (status == SEMREL_STATUS_OK) return;
    std::size_t len = 0;
    const char *text = semrel_last_error(&len);
    throw Error(status, std::string(text, len));
}

/// Empty if there is no text.
inline std::string_view view(const semrel_string &text) noexcept {
    return text.data ? std::string_view(text.data, text.len) : std::string_view();
}

inline semrel_string string(std::string_view text) noexcept { return {text.data(), text.size()}; }

/// Options and entries with their defaults.
inline semrel_expand_options expand_options() {
    semrel_expand_options options;
    check(semrel_expand_options_init(&options, sizeof options));
    return options;
}

inline semrel_rewrite_options rewrite_options() {
    semrel_rewrite_options options;
    check(semrel_rewrite_options_init(&options, sizeof options));
    return options;
}

inline semrel_overlay_entry overlay_entry() {
    semrel_overlay_entry entry;
    check(semrel_overlay_entry_init(&entry, sizeof entry));
    return entry;
}

/// Answers of one kind, to be walked through; they lie in the worker.
template <typename Answer>
class Answers {
public:
    using At = const Answer *(*)(const semrel_worker *, std::size_t);

    class Iterator {
    public:
        Iterator(const Answers *answers, std::size_t at) : answers_(answers), at_(at) {}
        const Answer &operator*() const { return (*answers_)[at_]; }
        Iterator &operator++() { ++at_; return *this; }
        bool operator!=(const Iterator &other) const { return at_ != other.at_; }

    private:
        const Answers *answers_;
        std::size_t at_;
    };

    Answers(const semrel_worker *worker, std::size_t count, At at) : worker_(worker), count_(count), at_(at) {}
    std::size_t size() const noexcept { return count_; }
    bool empty() const noexcept { return count_ == 0; }
    Iterator begin() const { return {this, 0}; }
    Iterator end() const { return {this, count_}; }

    const Answer &operator[](std::size_t index) const {
        const Answer *answer = at_(worker_, index);
        if (!answer) throw std::out_of_range("semrel: no such answer");
        return *answer;
    }

private:
    const semrel_worker *worker_;
    std::size_t count_;
    At at_;
};

class Overlay {
public:
    Overlay() { semrel_overlay *raw; check(semrel_overlay_new(&raw)); handle_.reset(raw); }

    /// From JSON Lines.
    static Overlay read(std::string_view json_lines) {
        semrel_overlay *raw;
        check(semrel_overlay_read(json_lines.data(), json_lines.size(), &raw));
        return Overlay(raw);
    }

    void add(std::string_view a, std::string_view b, const semrel_overlay_entry *entry = nullptr) {
        check(semrel_overlay_add(get(), a.data(), a.size(), b.data(), b.size(), entry));
    }

    void forbid(std::string_view a, std::string_view b) {
        check(semrel_overlay_forbid(get(), a.data(), a.size(), b.data(), b.size()));
    }

    semrel_overlay *get() const noexcept { return handle_.get(); }

private:
    struct Free { void operator()(semrel_overlay *raw) const noexcept { semrel_overlay_free(raw); } };
    explicit Overlay(semrel_overlay *raw) : handle_(raw) {}
    std::unique_ptr<semrel_overlay, Free> handle_;
};

class Engine {
public:
    /// The pack that is compiled into the library.
    explicit Engine(const Overlay *overlay = nullptr) {
        auto options = with(overlay);
        semrel_engine *raw;
        check(semrel_engine_new(&options, &raw));
        handle_.reset(raw);
    }

    static Engine from_file(std::string_view path, const Overlay *overlay = nullptr) {
        auto options = with(overlay);
        semrel_engine *raw;
        check(semrel_engine_new_from_file(path.data(), path.size(), &options, &raw));
        return Engine(raw);
    }

    static Engine from_memory(const void *bytes, std::size_t len, const Overlay *overlay = nullptr) {
        auto options = with(overlay);
        semrel_engine *raw;
        check(semrel_engine_new_from_memory(bytes, len, &options, &raw));
        return Engine(raw);
    }

    bool knows(std::string_view term) const {
        bool known;
        check(semrel_knows(get(), term.data(), term.size(), &known));
        return known;
    }

    const semrel_info &info() const { return *semrel_engine_info(get()); }
    semrel_engine *get() const noexcept { return handle_.get(); }

private:
    struct Free { void operator()(semrel_engine *raw) const noexcept { semrel_engine_free(raw); } };
    explicit Engine(semrel_engine *raw) : handle_(raw) {}

    static semrel_engine_options with(const Overlay *overlay) {
        semrel_engine_options options;
        check(semrel_engine_options_init(&options, sizeof options));
        options.overlay = overlay ? overlay->get() : nullptr;
        return options;
    }

    std::unique_ptr<semrel_engine, Free> handle_;
};

class Worker {
public:
    explicit Worker(const Engine &engine) {
        semrel_worker *raw;
        check(semrel_worker_new(engine.get(), &raw));
        handle_.reset(raw);
    }

    const semrel_answer &relation(std::string_view a, std::string_view b) {
        const semrel_answer *answer;
        check(semrel_relation(get(), a.data(), a.size(), b.data(), b.size(), &answer));
        return *answer;
    }

    const semrel_answer &relation_by_model(std::string_view a, std::string_view b) {
        const semrel_answer *answer;
        check(semrel_relation_by_model(get(), a.data(), a.size(), b.data(), b.size(), &answer));
        return *answer;
    }

    Answers<semrel_answer> relations(const std::vector<semrel_pair> &pairs) {
        check(semrel_relations(get(), pairs.data(), pairs.size()));
        return {get(), pairs.size(), semrel_answer_at};
    }

    Answers<semrel_expansion> expand(std::string_view term, const semrel_expand_options *options = nullptr) {
        std::size_t count;
        check(semrel_expand(get(), term.data(), term.size(), options, &count));
        return {get(), count, semrel_expansion_at};
    }

    Answers<semrel_neighbour> similar(std::string_view term, std::size_t limit = 10) {
        std::size_t count;
        check(semrel_similar(get(), term.data(), term.size(), limit, &count));
        return {get(), count, semrel_neighbour_at};
    }

    /// A unit vector; `dimensions` 0 for the whole one.
    std::vector<float> embed(std::string_view term, std::size_t dimensions = 0) {
        std::size_t len = 0;
        auto status = semrel_embed(get(), term.data(), term.size(), dimensions, nullptr, 0, &len);
        if (status != SEMREL_STATUS_BUFFER_TOO_SMALL) check(status);
        std::vector<float> vector(len);
        check(semrel_embed(get(), term.data(), term.size(), dimensions, vector.data(), len, &len));
        return vector;
    }

    /// Widens a query; render() writes it for an engine.
    Answers<semrel_alternative> rewrite(std::string_view query, const semrel_rewrite_options *options = nullptr) {
        std::size_t count;
        check(semrel_rewrite(get(), query.data(), query.size(), options, &count));
        return {get(), count, semrel_alternative_at};
    }

    std::string_view render(semrel_syntax syntax) {
        semrel_string text;
        check(semrel_render(get(), syntax, &text));
        return view(text);
    }

    Answers<semrel_span> segment(std::string_view text) {
        std::size_t count;
        check(semrel_segment(get(), text.data(), text.size(), &count));
        return {get(), count, semrel_span_at};
    }

    Answers<semrel_suggestion> suggest(std::string_view term, std::size_t limit = 5) {
        std::size_t count;
        check(semrel_suggest(get(), term.data(), term.size(), limit, &count));
        return {get(), count, semrel_suggestion_at};
    }

    /// Senses and postings of the terms: semrel_sense_at and semrel_posting_at of get().
    Answers<semrel_term> lookup(std::string_view term) {
        std::size_t count;
        check(semrel_lookup(get(), term.data(), term.size(), &count));
        return {get(), count, semrel_term_at};
    }

    std::string_view lemma(std::string_view term) {
        semrel_string text;
        check(semrel_lemma(get(), term.data(), term.size(), &text));
        return view(text);
    }

    std::string_view normal_form(std::string_view term) {
        semrel_string text;
        check(semrel_normal_form(get(), term.data(), term.size(), &text));
        return view(text);
    }

    semrel_worker *get() const noexcept { return handle_.get(); }

private:
    struct Free { void operator()(semrel_worker *raw) const noexcept { semrel_worker_free(raw); } };
    std::unique_ptr<semrel_worker, Free> handle_;
};

}  // namespace semrel

#endif
