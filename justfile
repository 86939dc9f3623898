# Contributors' commands. `just` lists them.

_default:
    @just --list

# Run the tests
test:
    cargo test

# Run rewritten queries in tantivy, SQLite FTS5 and PostgreSQL
engines:
    tests/engines/with-postgres cargo test -p semrel-engine-tests

# Test the C library: header, names, C, C++, valgrind, sanitizers, SQLite
capi:
    .ci/capi

# Rewrite the header of the C library from its sources
header:
    cargo run -p semrel-capi-header

# Measure what rewriting finds that the words of a query do not
mismatch:
    tests/engines/with-postgres cargo run -p semrel-mismatch -- --misses

# Format, lint, document: what CI asks for
check:
    cargo fmt --all
    cargo clippy --workspace --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items

# Rebuild the corpus from the entries, then splits and datasheet
corpus:
    cargo run --release --manifest-path train/Cargo.toml -- corpus
    cargo run --release --manifest-path train/Cargo.toml -- splits
    cargo run --release --manifest-path train/Cargo.toml -- stats --update train/data/tr/README.md

# Rebuild the Turkish pack from the corpus
pack:
    tools/build-pack models/tr

# Measure, beside a HashMap and SQLite
bench:
    cargo bench -p semrel-benches

# Rewrite the table of results in benches/README.md
report:
    cargo run --release -p semrel-benches --bin report -- --update benches/README.md

# Measure the encoder beside ONNX Runtime and tract, and rewrite the tables in benches/inference/README.md
inference:
    cargo run --release -p semrel-inference-benches -- --update benches/inference/README.md

# Where the time goes in stock tract, by operator: just profile large
profile model="shipped":
    cargo run --release -p semrel-inference-benches -- --profile {{model}}

# Measure the encoder beside onnxruntime-web, in Node and in Chromium
inference-web:
    cd benches/inference/web && npm install && npm run report

# Fuzz one target for a minute: just fuzz lexicon_image
fuzz target seconds="60":
    cd fuzz && cargo +nightly run --release --bin seeds
    cd fuzz && cargo +nightly fuzz run {{target}} -- -max_total_time={{seconds}} -max_len=4096

# Build the npm package and serve the page
page:
    cd wasm && npm install && node build.mjs && node serve.mjs

# A small, fully optimised program
dist:
    cargo build --profile dist

# Everything that CI runs, in a clean clone
ci:
    .ci/run
