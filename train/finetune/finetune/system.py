"""Step `system`: the library itself on held-out pairs and terms.

Builds the pack that a user would have had if the held-out pairs had never been written and the
held-out terms of the lexical split were unknown to lexicon and vectors, and asks semrel's own
program: how pairs relate (lexicon, forms and models together, and the models alone), and what it
shows for terms that it does not know.
"""

import json
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from .data import RELATIONS, Corpus, CorpusConfig, Pair, load_corpus, read_pairs
from .errors import InputError
from .fusion import evaluation_sets
from .lexicon import ProgramsConfig, run_program, write_pairs
from .metrics import plot_confusion, relation_report, retrieval
from .run import Run, write_json
from .text import normal_form, pair_key

SYNONYM, ANTONYM = RELATIONS.index("synonym"), RELATIONS.index("antonym")


@dataclass
class Config:
    """The recipe."""

    output: Path
    #: Run folder of `pairhead`: `classifier.onnx`, `terms.txt`, `vectors.npy`.
    pairhead: Path
    #: Run folder of `export`: `embedder.onnx`, `tokenizer.json`.
    export: Path
    #: Pack of the training part, as `fusion` made it.
    corpus: CorpusConfig = field(default_factory=CorpusConfig)
    programs: ProgramsConfig = field(default_factory=ProgramsConfig)
    external: Path | None = None
    #: Tokens of a term that the embedder reads.
    max_tokens: int = 32
    #: Probability that an expansion by the models needs.
    threshold: float = 0.5
    #: Expansions per term.
    limit: int = 10


def execute(config: Config, run: Run) -> dict[str, Any]:
    """Writes `report.json`, pictures of confusion matrices, and `shown.tsv`: what was shown for
    unknown terms, with the label that the corpus has for it, if any."""
    corpus = load_corpus(config.corpus)
    pack = run.path("pack")
    build(config, corpus, run, pack)
    report: dict[str, Any] = {"relation": {}, "relation_by_model": {}}
    for name, pairs in evaluation_sets(config).items():
        for kind, extra in (("relation", []), ("relation_by_model", ["--no-lexicon"])):
            scores, evidence = relations(config, pack, pairs, extra)
            gold = np.array([pair.label for pair in pairs])
            report[kind][name] = relation_report(scores, gold) | {"evidence": evidence}
            picture = run.path(f"confusion-{kind}-{name}.png")
            plot_confusion(report[kind][name]["four_class"]["confusion"], picture)
    report["retrieval"] = {
        part: nearest(config, pairs, corpus)
        for part, pairs in (("dev", corpus.dev), ("test", corpus.test))
    }
    report["expansion"] = expansion(config, corpus, run, pack)
    write_json(run.path("report.json"), report)
    return report


def build(config: Config, corpus: Corpus, run: Run, pack: Path) -> None:
    """Makes the pack: training pairs, terms and vectors that are not held out, the models."""
    models = run.path("models")
    models.mkdir(exist_ok=True)
    for folder, name in (
        (config.export, "embedder.onnx"),
        (config.export, "tokenizer.json"),
        (config.pairhead, "classifier.onnx"),
    ):
        (models / name).write_bytes((folder / name).read_bytes())
    terms, vectors = term_vectors(config)
    kept = [i for i, term in enumerate(terms) if normal_form(term) not in corpus.held_out]
    (models / "terms.txt").write_text("".join(f"{terms[i]}\n" for i in kept), encoding="utf-8")
    np.save(models / "vectors.npy", vectors[kept])
    command = [config.programs.semrel_train, "vectors", "--terms", models / "terms.txt"]
    run_program([*command, "--vectors", models / "vectors.npy", "-o", models / "vectors.bin"])
    described = {
        "dimensions": int(vectors.shape[1]),
        "max_tokens": config.max_tokens,
        "features": feature_count(config),
        "expand_threshold": config.threshold,
    }
    write_json(models / "model.json", described)
    with tempfile.TemporaryDirectory() as place:
        pairs, senses = Path(place) / "pairs.jsonl", Path(place) / "terms.jsonl"
        write_pairs(pairs, corpus.train)
        lines = (config.corpus.folder / "terms.jsonl").read_text(encoding="utf-8").splitlines()
        with senses.open("w", encoding="utf-8") as out:
            for value in map(json.loads, lines):
                value.pop("hypernym", None)
                if normal_form(value["term"]) not in corpus.held_out:
                    out.write(json.dumps(value, ensure_ascii=False) + "\n")
        command = [config.programs.semrel, "build", senses, pairs, "--folder", "--model", models]
        names = ["--name", "training", "--language", "tr", "--pack-version", "0"]
        run_program([*command, "--output", pack, *names])


def feature_count(config: Config) -> int:
    """How many features the head was trained with."""
    return int(json.loads((config.pairhead / "done.json").read_text())["features"])


def term_vectors(config: Config) -> tuple[list[str], np.ndarray]:
    """The terms of the lexicon and their vectors [T, D]."""
    terms = (config.pairhead / "terms.txt").read_text(encoding="utf-8").splitlines()
    return terms, np.load(config.pairhead / "vectors.npy")


def ask(config: Config, command: Sequence[object], lines: Sequence[str]) -> list[dict[str, Any]]:
    """The program's answers to lines on its standard input, one object each."""
    words = [str(word) for word in (config.programs.semrel, *command)]
    done = subprocess.run(
        words,
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise InputError(f"{words[0]} {words[1]}: {done.stderr.strip()}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def relations(
    config: Config, pack: Path, pairs: Sequence[Pair], extra: Sequence[str]
) -> tuple[np.ndarray, dict[str, int]]:
    """Scores [N, 4] of pairs, and how often the answer rests on what."""
    command = ["relation", "--input", "-", "--json", "--pack", pack, *extra]
    answers = ask(config, command, [f"{pair.a}\t{pair.b}" for pair in pairs])
    if len(answers) != len(pairs):
        raise InputError(f"{len(answers)} answers for {len(pairs)} pairs")
    evidence: dict[str, int] = defaultdict(int)
    for answer in answers:
        evidence[answer.get("evidence") or "none"] += 1
    rows = [[answer["scores"][name] for name in RELATIONS] for answer in answers]
    return np.array(rows), dict(evidence)


def nearest(config: Config, pairs: Sequence[Pair], corpus: Corpus) -> dict[str, float]:
    """How well held-out synonyms find each other among all terms of the lexicon, by the vectors
    that are stored for them. Other known synonyms are no rivals."""
    terms, vectors = term_vectors(config)
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = {normal_form(term): i for i, term in enumerate(terms)}
    friends: dict[int, set[int]] = defaultdict(set)
    for pair in (*corpus.train, *corpus.dev, *corpus.test):
        if pair.label == SYNONYM:
            a, b = (rows[normal_form(t)] for t in (pair.a, pair.b))
            friends[a].add(b)
            friends[b].add(a)
    wanted = [
        (rows[normal_form(a)], rows[normal_form(b)])
        for pair in pairs
        if pair.label == SYNONYM
        for a, b in ((pair.a, pair.b), (pair.b, pair.a))
    ]
    queries, targets = (np.array(column) for column in zip(*wanted, strict=True))
    passed = [sorted(({q} | friends[q]) - {t}) for q, t in wanted]
    return retrieval(vectors[queries], targets, vectors, passed)


def expansion(config: Config, corpus: Corpus, run: Run, pack: Path) -> dict[str, Any]:
    """What is shown for the held-out terms, which the pack does not know."""
    label: dict[tuple[str, str], int] = {}
    for name in ("derived.jsonl", "pairs.jsonl"):
        label |= {pair.key: pair.label for pair in read_pairs(config.corpus.folder / name)}
    held = sorted({t for pair in (*corpus.dev, *corpus.test) for t in (pair.a, pair.b)})
    command = ["expand", "--input", "-", "--json", "--limit", config.limit, "--pack", pack]
    counts: dict[str, int] = defaultdict(int)
    answered = 0
    with run.path("shown.tsv").open("w", encoding="utf-8") as out:
        for answer in ask(config, command, held):
            shown = [e for e in answer["expansions"] if e["evidence"] == "model"]
            answered += bool(shown)
            for found in shown:
                gold = label.get(pair_key(answer["term"], found["term"]))
                name = "not labelled" if gold is None else RELATIONS[gold]
                counts[name] += 1
                row = (answer["term"], found["term"], f"{found['score']:.3f}", name)
                out.write("\t".join(row) + "\n")
    shown = sum(counts.values())
    return {
        "terms": len(held),
        "terms_with_expansions": answered,
        "shown": shown,
        "by_label": dict(counts),
        "antonym_intrusion": counts["antonym"] / max(shown, 1),
    }
