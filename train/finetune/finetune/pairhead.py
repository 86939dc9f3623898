"""Step `pairhead`: the relation head that is shipped, over the vectors that are shipped.

The vectors of known terms are those of `fusion`, rounded as the pack stores them; any term may
instead show the vector that the encoder gives for its letters, so that the head learns how much
either is worth. Temperature and shares of the relations are then set on development pairs.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from .data import (
    RELATIONS,
    UNRELATED,
    Corpus,
    CorpusConfig,
    Pair,
    load_corpus,
    read_pairs,
    read_terms,
    without,
)
from .encoder import TermEncoder
from .export import export_onnx
from .fusion import WRITTEN, evaluation_sets, flat_scores
from .lexicon import Lexicon, ProgramsConfig
from .loop import Epochs, TrainingConfig, fit, start
from .metrics import batch_top1, relation_report, softmax
from .pairmodel import PairHead, TermTable, rounded
from .pairtables import Draw, PairTable, random_pairs
from .run import Run, write_json
from .text import normal_form, pair_key


@dataclass
class Config:
    """The recipe."""

    output: Path
    #: Run folder of `fusion`, and the encoder that learnt its vectors.
    fusion: Path
    model: Path
    corpus: CorpusConfig = field(default_factory=CorpusConfig)
    programs: ProgramsConfig = field(default_factory=ProgramsConfig)
    training: TrainingConfig = field(default_factory=TrainingConfig)
    external: Path | None = None
    hidden: int = 256
    dropout: float = 0.3
    #: How often a pair is shown as if a term of it, or both, were new to lexicon and vectors.
    new: float = 0.4
    random: float = 0.6
    unrelated: int = 3
    without_lexicon: float = 0.15
    weights: list[float] = field(default_factory=lambda: [1.0, 1.3, 0.7, 1.0])
    #: Largest whole number of a stored vector.
    levels: int = 7
    #: How far among the neighbours of a term the pair is drawn that no label relates, and what such
    #: a pair is taken for: terms have nearly all their synonyms stated, but not all their siblings.
    nearest: int = 20
    near_label: list[float] = field(default_factory=lambda: [0.05, 0.02, 0.33, 0.6])


@dataclass
class Evaluation:
    """A set of pairs as they will be met: which of their terms have stored vectors."""

    table: PairTable
    #: Whether terms of the lexical split's held-out part are as new as they would be to a user.
    new_terms: bool


def execute(config: Config, run: Run) -> dict[str, Any]:
    """Writes `classifier.onnx`, `head.pt`, `scores/*.npz`, and the reports of every set."""
    device = start(config.training)
    corpus = load_corpus(config.corpus)
    lexicon = Lexicon(config.programs, config.fusion / "pack")
    terms = TermTable()
    labelled = PairTable.of(corpus.train, lexicon, terms)
    count = round(config.random * len(labelled))
    drawn = PairTable.of(random_pairs(corpus, 2 * count, config.training.seed), lexicon, terms)
    sets = {}
    for name, pairs in evaluation_sets(config).items():
        table = PairTable.of(pairs, lexicon, terms)
        sets[name] = Evaluation(table, name.startswith("lexical"))
        if sets[name].new_terms:
            sets[f"{name}_described"] = Evaluation(table, False)
    encoder = TermEncoder.load(config.model)
    near = PairTable.of(near_pairs(config, corpus, encoder), lexicon, terms)
    near.labels[:] = NEAR
    names = terms.terms()
    written = torch.from_numpy(encoder.embed(names))
    written[0] = 0.0
    stored, known = stored_vectors(config, names, written)
    held_out = torch.tensor([name in corpus.held_out for name in names])
    pairs = labelled + drawn + near
    head = PairHead(written.shape[1], pairs.features.shape[1], config.hidden, config.dropout)
    head = head.to(device)
    epochs = Draw(labelled, len(drawn), config.unrelated, count, config.training.seed, len(near))
    batches = Epochs(epochs, config.training.batch, config.training.seed)
    weights = torch.tensor(config.weights)
    # The last row is for pairs that are near without a label.
    targets = torch.cat([0.97 * torch.eye(4) + 0.03 / 4, torch.tensor([config.near_label])])

    def inputs(rows: Tensor, given: Tensor, new: Tensor) -> list[Tensor]:
        """What the head gets; `new` [N, 4] tells which of the four are to be new."""
        use = known[rows] & ~new
        vectors = torch.where(use.unsqueeze(-1), stored[rows], written[rows])
        there = (~new[:, :2].any(-1, keepdim=True)).float()
        given = torch.cat([given[:, :WRITTEN], given[:, WRITTEN:] * there], -1)
        return [*vectors.unbind(1), given]

    def loss_of(batch: list[int]) -> Tensor:
        rows, given, gold = pairs.tensors(np.array(batch))
        new = torch.rand(len(rows), 4) < 0.75
        new &= torch.rand(len(rows), 1) < config.new
        new[:, 0] |= gold == NEAR
        # Terms that share no word are their own remainders.
        new[:, 2:] = torch.where(rows[:, 2:] == rows[:, :2], new[:, :2], new[:, 2:])
        shown = (torch.rand(len(rows), 1) >= config.without_lexicon).float()
        given = torch.cat([given[:, :WRITTEN], given[:, WRITTEN:] * shown], -1)
        logits = head(*inputs(rows, given, new))
        return functional.cross_entropy(logits, targets[gold], weight=weights)

    @torch.inference_mode()
    def logits_of(evaluation: Evaluation) -> np.ndarray:
        rows, given, _ = evaluation.table.tensors(np.arange(len(evaluation.table)))
        new = held_out[rows] if evaluation.new_terms else torch.zeros_like(rows).bool()
        return head(*inputs(rows, given, new)).numpy()

    def report() -> dict[str, Any]:
        found = {}
        for name, evaluation in sets.items():
            scores = softmax(logits_of(evaluation))
            found[name] = relation_report(scores, evaluation.table.labels)
        return found

    def evaluate() -> dict[str, float]:
        scores = flat_scores(report())
        fours = [v for n, v in scores.items() if n.endswith("_4") and "described" not in n]
        return scores | {"macro_f1": float(np.mean(fours))}

    results = fit(
        run,
        head,
        batches,
        loss_of,
        config.training,
        device,
        steps=round(batches.steps * config.training.epochs),
        steps_per_epoch=batches.steps,
        evaluate=evaluate,
    )
    development = [n for n in sets if not ("_test" in n or n.endswith("_described"))]
    calibrate(head, [(logits_of(sets[n]), sets[n].table.labels) for n in development])
    for name, evaluation in sets.items():
        run.path("scores").mkdir(exist_ok=True)
        np.savez(
            run.path(f"scores/{name}.npz"),
            probabilities=softmax(logits_of(evaluation)),
            labels=evaluation.table.labels,
        )
    torch.save(head.state_dict(), run.path("head.pt"))
    write_vectors(config, run, encoder)
    size, count = written.shape[1], pairs.features.shape[1]
    export_head(head, size, count, run.path("classifier.onnx"))
    reports = report() | {"top1_in_batch": top1(sets, written, stored, known, held_out)}
    write_json(run.path("reports.json"), reports)
    return {"dimensions": size, "features": count, "sets": reports} | results


#: The label of a pair that is near and not labelled.
NEAR = len(RELATIONS)


def near_pairs(config: Config, corpus: Corpus, encoder: TermEncoder) -> list[Pair]:
    """For every training term one of the terms whose stored vectors are nearest to what the encoder
    gives for its letters, if no label of any part relates the two."""
    rows = (config.fusion / "terms.txt").read_text(encoding="utf-8").splitlines()
    index = {term: i for i, term in enumerate(rows)}
    terms = sorted({normal_form(t) for pair in corpus.train for t in (pair.a, pair.b)} & set(index))
    fused = np.load(config.fusion / "vectors.npy")
    table = rounded(fused[[index[term] for term in terms]], config.levels)
    labelled = {pair.key for pair in corpus.train}
    labelled |= {pair.key for pairs in evaluation_sets(config).values() for pair in pairs}
    random = np.random.default_rng([config.training.seed, 7])
    letters, found = encoder.embed(terms), []
    for first in range(0, len(terms), 512):
        scores = letters[first : first + 512] @ table.T
        nearest = np.argpartition(-scores, config.nearest, axis=1)[:, : config.nearest]
        for i, row in enumerate(nearest, first):
            free = [j for j in row if j != i and pair_key(terms[i], terms[j]) not in labelled]
            if free:
                found.append(Pair(terms[i], terms[int(random.choice(free))], UNRELATED))
    return without(
        found, [p for path in config.corpus.exclude for p in read_pairs(path, labelled=False)]
    )


def stored_vectors(config: Config, names: list[str], written: Tensor) -> tuple[Tensor, Tensor]:
    """The vectors of `fusion` as the pack stores them [T, D], and which terms have one [T]."""
    fused = rounded(np.load(config.fusion / "vectors.npy"), config.levels)
    rows = (config.fusion / "terms.txt").read_text(encoding="utf-8").splitlines()
    index = {term: i for i, term in enumerate(rows)}
    lexicon = {normal_form(term) for term in lexicon_terms(config)}
    stored, known = torch.zeros_like(written), torch.zeros(len(names), dtype=torch.bool)
    for row, name in enumerate(names):
        if name in lexicon and (i := index.get(name)) is not None:
            stored[row], known[row] = torch.from_numpy(fused[i]), True
    return stored, known


def lexicon_terms(config: Config) -> set[str]:
    """All terms that the pack will hold, in every spelling."""
    folder = config.corpus.folder
    found = {sense.term for sense in read_terms(folder / "terms.jsonl")}
    for name in ("pairs.jsonl", "derived.jsonl"):
        found |= {term for pair in read_pairs(folder / name) for term in (pair.a, pair.b)}
    return found


def write_vectors(config: Config, run: Run, encoder: TermEncoder) -> None:
    """`terms.txt` and `vectors.npy`: every term of the lexicon, by `fusion` if it knows the term,
    else by the encoder."""
    rows = (config.fusion / "terms.txt").read_text(encoding="utf-8").splitlines()
    index = {term: i for i, term in enumerate(rows)}
    fused = np.load(config.fusion / "vectors.npy")
    terms = sorted(lexicon_terms(config))
    known = [index.get(normal_form(term)) for term in terms]
    vectors = np.zeros((len(terms), fused.shape[1]), np.float32)
    missing = [i for i, row in enumerate(known) if row is None]
    vectors[missing] = encoder.embed([terms[i] for i in missing])
    for i, row in enumerate(known):
        if row is not None:
            vectors[i] = fused[row]
    run.path("terms.txt").write_text("".join(f"{term}\n" for term in terms), encoding="utf-8")
    np.save(run.path("vectors.npy"), vectors)


def calibrate(head: PairHead, development: list[tuple[np.ndarray, np.ndarray]]) -> None:
    """Sets temperature and shares of the relations: least loss over the development sets, each
    counting the same."""
    head.temperature.fill_(1.0)
    head.prior.zero_()
    temperature = torch.ones((), requires_grad=True)
    prior = torch.zeros(len(RELATIONS), requires_grad=True)
    sets = [(torch.from_numpy(x).float(), torch.from_numpy(y)) for x, y in development]
    optimizer = torch.optim.LBFGS([temperature, prior], max_iter=200)

    def step() -> Tensor:
        optimizer.zero_grad()
        losses = [functional.cross_entropy(x / temperature + prior, y) for x, y in sets]
        loss = sum(losses) / len(losses)
        loss.backward()
        return loss

    optimizer.step(step)
    head.temperature.copy_(temperature.detach())
    head.prior.copy_((prior - prior.mean()).detach())


def top1(
    sets: dict[str, Evaluation], written: Tensor, stored: Tensor, known: Tensor, held_out: Tensor
) -> dict[str, float]:
    """Top-1 of synonyms in batches of 128, by set."""
    found = {}
    for name, evaluation in sets.items():
        chosen = evaluation.table.labels == RELATIONS.index("synonym")
        rows = torch.from_numpy(evaluation.table.rows[chosen][:, :2])
        use = known[rows] & ~(
            held_out[rows] if evaluation.new_terms else torch.zeros_like(known[rows])
        )
        vectors = torch.where(use.unsqueeze(-1), stored[rows], written[rows]).numpy()
        order = np.random.default_rng(1).permutation(len(vectors))
        found[name] = batch_top1(vectors[order, 0], vectors[order, 1])
    return found


def export_head(head: PairHead, dimensions: int, features: int, path: Path) -> None:
    """Writes `classifier.onnx`: `a`, `b`, `remainder_a`, `remainder_b`, `features` to `logits`."""
    names = ("a", "b", "remainder_a", "remainder_b")
    inputs = {name: functional.normalize(torch.randn(2, dimensions), dim=-1) for name in names}
    inputs["features"] = torch.zeros(2, features)
    axes = {name: {0: "pairs"} for name in (*inputs, "logits")}
    export_onnx(head.cpu(), inputs, axes, path, int8="weights")
