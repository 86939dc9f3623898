"""Lemma accuracy and speed of zeyrek and Snowball Turkish beside semrel, on forms.tsv.

    pip install zeyrek snowballstemmer
    cargo build --release --no-default-features --example morphology
    python3 benches/morphology/peers.py target/release/examples/morphology
"""

import logging
import pathlib
import subprocess
import sys
import time
import warnings

logging.disable(logging.CRITICAL)
warnings.filterwarnings("ignore")

import snowballstemmer
import zeyrek

FORMS = pathlib.Path(__file__).with_name("forms.tsv")


def rows():
    for line in FORMS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            form, lemma, others, half = line.split("\t")
            yield form, lemma, [o for o in others.split(" ; ") if o], half


def plain(word):
    """Case and circumflex are not judged."""
    word = word.replace("I", "ı").replace("İ", "i").lower()
    return word.translate(str.maketrans("âîû", "aiu"))


def semrel(binary, words):
    text = "\n".join(words)
    run = lambda *mode: subprocess.run(
        [binary, *mode], input=text, capture_output=True, text=True, check=True
    ).stdout
    best = [line.split("\t")[1] for line in run("--lemmas").splitlines()]
    every, current = [], None
    for line in run().splitlines():
        if line.startswith(" "):
            current.append(line.split("  <")[0].strip().rsplit(" ", 1)[0])
        else:
            current = []
            every.append(current)
    speed = subprocess.run(
        [binary, "--speed"], input="\n".join(words * 200), capture_output=True, text=True
    ).stdout.splitlines()[-1]
    return best, every, speed


def zeyrek_lemmas(analyzer, word):
    """All lemmas in the analyser's order. Its own tokeniser (NLTK data) is left out: one word is
    one token."""
    return [parse.dict_item.lemma for parse in analyzer._parse(word) if parse is not None]


def main():
    data = list(rows())
    words = [row[0] for row in data]
    lemmas = sorted({lemma for row in data for lemma in [row[1], *row[2]]})
    results = {}

    best, every, speed = semrel(sys.argv[1], words)
    of_lemma = dict(zip(lemmas, semrel(sys.argv[1], lemmas)[0]))
    results["semrel"] = (best, every, of_lemma, speed.split(",")[0])

    analyzer = zeyrek.MorphAnalyzer()
    zeyrek_lemmas(analyzer, "deneme")
    started = time.perf_counter()
    every = [zeyrek_lemmas(analyzer, word) for word in words]
    seconds = time.perf_counter() - started
    first = lambda found, word: found[0] if found else word
    best = [first(found, word) for found, word in zip(every, words)]
    of_lemma = {lemma: first(zeyrek_lemmas(analyzer, lemma), lemma) for lemma in lemmas}
    results["zeyrek"] = (best, every, of_lemma, f"{len(words) / seconds:.0f} tokens/s")

    stem = lambda word: stemmer.stemWord(plain(word).replace("'", ""))
    stemmer = snowballstemmer.stemmer("turkish")
    started = time.perf_counter()
    best = [stem(word) for word in words]
    seconds = time.perf_counter() - started
    of_lemma = {lemma: stem(lemma) for lemma in lemmas}
    # Verbs meet in the stem of the infinitive or of the bare verb stem, whichever suits it.
    results["Snowball Turkish"] = (
        best,
        [[b] for b in best],
        of_lemma,
        f"{len(words) / seconds:.0f} tokens/s",
    )

    print("| analyser | half | lemma | accepted lemma | accepted in any reading | form meets lemma | speed |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for half in ("dev", "test"):
        for name, (best, every, of_lemma, speed) in results.items():
            n = exact = accepted = among = meet = 0
            for (form, lemma, others, part), first_, alls in zip(data, best, every):
                if part != half:
                    continue
                n += 1
                gold = {plain(lemma), *map(plain, others)}
                exact += plain(first_) == plain(lemma)
                accepted += plain(first_) in gold
                among += bool(gold & {plain(a) for a in alls})
                meet += any(plain(of_lemma[l]) == plain(first_) for l in [lemma, *others])
            share = [f"{k / n:.1%}" for k in (exact, accepted, among, meet)]
            print(f"| {name} | {half} ({n}) | {' | '.join(share)} | {speed} |")
    if "--errors" in sys.argv:
        for (form, lemma, others, half), found in zip(data, results["semrel"][0]):
            if half == "dev" and plain(found) not in {plain(lemma), *map(plain, others)}:
                print(f"{form}\t{lemma}\t{found}")


if __name__ == "__main__":
    main()
