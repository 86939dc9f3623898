"""Step `evaluate`: figures and pictures of a classifier, an embedder, or a file of scores.

Any folder will do: what this package made, or any Hugging Face or sentence-transformers folder.
`scores` reads what another program answered, one JSON object per line with `sentence1`,
`sentence2`, the gold `label` and `scores` by relation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np

from .data import (
    RELATIONS,
    Corpus,
    CorpusConfig,
    Pair,
    load_corpus,
    read_jsonl,
    read_pairs,
    read_terms,
)
from .encoder import TermEncoder
from .errors import InputError
from .metrics import THREE, batch_top1, plot_confusion, relation_report, retrieval
from .pairs import CrossEncoder
from .run import Run, choose_device, write_json
from .text import normal_form


@dataclass
class Config:
    """The recipe."""

    output: Path
    kind: Literal["classifier", "embedder", "scores"]
    #: The folder of the model; of kind `scores`, the file.
    model: Path
    corpus: CorpusConfig = field(default_factory=CorpusConfig)
    #: Parts of the corpus to report on.
    parts: list[str] = field(default_factory=lambda: ["dev", "test"])
    #: More files of labelled pairs.
    files: list[Path] = field(default_factory=list)
    max_tokens: int = 64
    #: Below this a synonym or antonym counts as a co-hyponym, in the report `downgraded`.
    downgrade: float = 0.7
    device: str = "auto"


def execute(config: Config, run: Run) -> dict[str, Any]:
    """Writes `report.json`, and pictures of the confusion matrices."""
    if config.kind == "scores":
        gold, scores = read_scores(config.model)
        report = {config.model.stem: scores_report(gold, scores, config.downgrade)}
    else:
        device = choose_device(config.device)
        corpus = load_corpus(config.corpus)
        sets = {}
        for part in config.parts:
            if part not in ("train", "dev", "test"):
                raise InputError(f"`parts`: {part!r} is none of train, dev, test")
            sets[part] = getattr(corpus, part)
        sets |= {path.stem: read_pairs(path) for path in config.files}
        if config.kind == "classifier":
            model = CrossEncoder.load(config.model, config.max_tokens).to(device)
            report = classifier_reports(model, sets, config.downgrade)
        else:
            encoder = TermEncoder.load(config.model).to(device)
            terms = config.corpus.folder / "terms.jsonl"
            report = {
                name: embedder_report(encoder, pairs, corpus, terms) for name, pairs in sets.items()
            }
    for name, figures in report.items():
        for classes, names in (("four_class", RELATIONS), ("three_class", THREE)):
            if classes in figures:
                picture = run.path(f"confusion-{name}-{classes}.png")
                plot_confusion(figures[classes]["confusion"], picture, names)
    write_json(run.path("report.json"), report)
    return {"model": str(config.model), "reports": report}


def classifier_reports(
    model: CrossEncoder, sets: dict[str, list[Pair]], threshold: float
) -> dict[str, Any]:
    """Figures of every set that is not empty, as they are and with the downgrade rule."""
    return {
        name: scores_report(
            np.array([pair.label for pair in pairs]), model.probabilities(pairs), threshold
        )
        for name, pairs in sets.items()
        if pairs
    }


def scores_report(gold: np.ndarray, scores: np.ndarray, threshold: float) -> dict[str, Any]:
    """Figures of probabilities [N, 4]; `downgraded` has the macro-F1 by the downgrade rule."""
    downgraded = relation_report(scores, gold, threshold)
    kinds = [kind for kind in ("four_class", "three_class") if kind in downgraded]
    return relation_report(scores, gold) | {
        "downgraded": {kind: downgraded[kind]["macro_f1"] for kind in kinds}
    }


def embedder_report(
    encoder: TermEncoder, pairs: Sequence[Pair], corpus: Corpus, terms: Path | None = None
) -> dict[str, Any]:
    """How well synonyms among `pairs` find each other.

    In batches of 128 pairs, as published; and among all terms of the file `terms` (without one,
    among the terms of `pairs`), where other known synonyms of a term are passed over.
    """
    synonym = RELATIONS.index("synonym")
    wanted = [pair for pair in pairs if pair.label == synonym]
    spelt = {normal_form(term): term for pair in pairs for term in (pair.a, pair.b)}
    if terms:
        spelt = {normal_form(term.term): term.term for term in read_terms(terms)} | spelt
    rows = {form: row for row, form in enumerate(spelt)}
    vectors = encoder.embed(list(spelt.values()))
    friends: dict[str, set[int]] = {}
    for pair in (*corpus.train, *corpus.dev, *corpus.test, *wanted):
        if pair.label == synonym:
            for one, other in (pair.key, pair.key[::-1]):
                if other in rows:
                    friends.setdefault(one, set()).add(rows[other])
    # Files are sorted, so that neighbours look alike: batches are drawn from anywhere.
    order = np.random.default_rng(0).permutation(len(wanted))
    keys = [(normal_form(wanted[i].a), normal_form(wanted[i].b)) for i in order]
    queries = np.array([rows[a] for a, _ in keys], int)
    targets = np.array([rows[b] for _, b in keys], int)
    passed_over = [sorted({rows[a], *friends[a]} - {rows[b]}) for a, b in keys]
    among_all = retrieval(vectors[queries], targets, vectors, passed_over)
    return {"top1_in_batch": batch_top1(vectors[queries], vectors[targets])} | among_all


def read_scores(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Gold labels [N] and scores [N, 4], each row summing to one."""
    gold, rows = [], []
    for number, value in read_jsonl(path):
        scores, label = value.get("scores"), str(value.get("label")).replace("-", "_")
        if label not in RELATIONS or not isinstance(scores, dict):
            raise InputError(f"{path}:{number}: `label` and `scores` by relation are wanted")
        gold.append(RELATIONS.index(label))
        rows.append([float(scores.get(name, 0.0)) for name in RELATIONS])
    table = np.array(rows).reshape(-1, len(RELATIONS))
    return np.array(gold, int), table / np.maximum(table.sum(axis=1, keepdims=True), 1e-12)
