"""Step `fusion`: one vector for every term from all that is known of it.

Vectors of the running text and of the English teacher are joined; what joins them is trained by
the labelled pairs: to tell their relation, and to have synonyms near. The vectors are what the
small encoder learns to give for the letters of a term alone (step `embedder`), and what the pack
holds for the terms of the lexicon.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .data import RELATIONS, CorpusConfig, load_corpus, read_pairs, read_terms
from .lexicon import Lexicon, ProgramsConfig
from .loop import Epochs, TrainingConfig, fit, start
from .metrics import batch_top1, relation_report, softmax
from .pairmodel import Knowledge, PairHead, TermFusion, TermTable, ranking_loss
from .pairtables import Draw, PairTable, random_pairs
from .run import Run
from .text import normal_form


@dataclass
class Config:
    """The recipe."""

    output: Path
    #: Run folders of `cooccurrence` and `teacher`.
    text: Path
    teacher: Path
    corpus: CorpusConfig = field(default_factory=CorpusConfig)
    programs: ProgramsConfig = field(default_factory=ProgramsConfig)
    training: TrainingConfig = field(default_factory=TrainingConfig)
    #: Development pairs from elsewhere.
    external: Path | None = None
    #: Length of a vector.
    dimensions: int = 96
    #: How often the vector from the text, and that of the teacher, is left out.
    leave_out: list[float] = field(default_factory=lambda: [0.15, 0.3])
    #: Share of the ranking loss, and its temperature.
    ranking: float = 0.3
    tau: float = 0.07
    #: Random unrelated pairs in an epoch, as a share of the labelled ones; how often labelled
    #: unrelated ones come.
    random: float = 0.6
    unrelated: int = 3
    #: How often a pair is shown without what the lexicon knows.
    without_lexicon: float = 0.3
    #: Loss by relation.
    weights: list[float] = field(default_factory=lambda: [1.0, 1.3, 0.7, 1.0])
    #: Tokens at least this frequent get a vector too, for the encoder to learn from.
    token_frequency: int = 8


#: The first features tell how a pair is written, the others what the lexicon knows
#: (`src/pair_features.rs`).
WRITTEN = 44


def execute(config: Config, run: Run) -> dict[str, Any]:
    """Writes `terms.txt`, `vectors.npy` [terms, D], and the pack of the training part."""
    device = start(config.training)
    corpus = load_corpus(config.corpus)
    lexicon = Lexicon(config.programs, run.path("pack"))
    lexicon.build(corpus, config.corpus.folder / "terms.jsonl")
    terms = TermTable()
    labelled = PairTable.of(corpus.train, lexicon, terms)
    count = round(config.random * len(labelled))
    drawn = PairTable.of(random_pairs(corpus, 2 * count, config.training.seed), lexicon, terms)
    sets = {
        name: PairTable.of(pairs, lexicon, terms) for name, pairs in evaluation_sets(config).items()
    }
    for sense in read_terms(config.corpus.folder / "terms.jsonl"):
        terms.row(sense.term)
    lexicon_terms = len(terms)
    frequent_tokens(config, terms)
    names = terms.terms()
    known = knowledge(config, names)
    features = labelled.features.shape[1]
    model = nn.ModuleDict(
        {
            "fusion": TermFusion(
                [part.shape[1] for part in known.parts], config.dimensions, config.leave_out
            ),
            "head": PairHead(config.dimensions, features),
        }
    ).to(device)
    pairs = labelled + drawn
    epochs = Draw(labelled, len(drawn), config.unrelated, count, config.training.seed)
    batches = Epochs(epochs, config.training.batch, config.training.seed)
    weights = torch.tensor(config.weights)

    def vectors_of(rows: Tensor) -> Tensor:
        flat, inverse = rows.reshape(-1).unique(return_inverse=True)
        vectors = model["fusion"](known.rows(flat)) * (flat > 0).unsqueeze(-1)
        return vectors[inverse].view(*rows.shape, -1)

    def loss_of(batch: list[int]) -> Tensor:
        rows, given, gold = pairs.tensors(np.array(batch))
        shown = (torch.rand(len(rows), 1) >= config.without_lexicon).float()
        given = torch.cat([given[:, :WRITTEN], given[:, WRITTEN:] * shown], -1)
        a, b, p, q = vectors_of(rows).unbind(1)
        logits = model["head"](a, b, p, q, given)
        loss = functional.cross_entropy(logits, gold, weight=weights, label_smoothing=0.05)
        synonyms = gold == RELATIONS.index("synonym")
        if synonyms.sum() > 1:
            loss = loss + config.ranking * ranking_loss(a[synonyms], b[synonyms], config.tau)
        return loss

    @torch.inference_mode()
    def report() -> dict[str, Any]:
        found = {}
        for name, table in sets.items():
            rows, given, gold = table.tensors(np.arange(len(table)))
            a, b, p, q = vectors_of(rows).unbind(1)
            logits = model["head"](a, b, p, q, given).numpy()
            found[name] = relation_report(softmax(logits), table.labels)
            same = (gold == RELATIONS.index("synonym")).numpy()
            found[name]["top1_in_batch"] = batch_top1(a.numpy()[same], b.numpy()[same])
        return found

    def evaluate() -> dict[str, float]:
        scores = flat_scores(report())
        scores["macro_f1"] = float(np.mean([v for n, v in scores.items() if n.endswith("_4")]))
        return scores

    results = fit(
        run,
        model,
        batches,
        loss_of,
        config.training,
        device,
        steps=round(batches.steps * config.training.epochs),
        steps_per_epoch=batches.steps,
        evaluate=evaluate,
    )
    keep = [
        row
        for row in range(1, len(names))
        if any(float(present[row]) > 0 for present in known.present)
    ]
    with torch.inference_mode():
        vectors = model["fusion"](known.rows(torch.tensor(keep))).numpy()
    run.path("terms.txt").write_text("".join(f"{names[i]}\n" for i in keep), encoding="utf-8")
    np.save(run.path("vectors.npy"), vectors)
    return {"vectors": len(keep), "terms": lexicon_terms, "sets": report()} | results


def evaluation_sets(config: Config) -> dict[str, list]:
    """The held-out pairs of every split, and those from elsewhere, by name."""
    sets = {}
    for split in (config.corpus.split, *config.corpus.also):
        folder = config.corpus.folder / "splits" / split
        for part in ("dev", "test"):
            sets[f"{split}_{part}"] = read_pairs(folder / f"{part}.jsonl")
    if config.external:
        sets["external"] = read_pairs(config.external)
    return sets


def flat_scores(reports: dict[str, Any]) -> dict[str, float]:
    """Macro-F1 of three and four classes of every development set, for the log."""
    scores = {}
    for name, found in reports.items():
        if not name.endswith("_test"):
            scores[f"{name}_3"] = found["three_class"]["macro_f1"]
            scores[f"{name}_4"] = found["four_class"]["macro_f1"]
    return scores


def frequent_tokens(config: Config, terms: TermTable) -> None:
    """Gives rows to the frequent words of the text."""
    for line in (config.text / "tokens.txt").read_text(encoding="utf-8").splitlines():
        token, _, frequency = line.partition("\t")
        if int(frequency) >= config.token_frequency and token.isalpha() and len(token) > 2:
            terms.row(token)


def knowledge(config: Config, names: list[str]) -> Knowledge:
    """What text and teacher know of terms (normal forms).

    A term that is no token of the text gets the mean of its words, at half the presence.
    """
    tokens = (config.text / "tokens.txt").read_text(encoding="utf-8").splitlines()
    index = {line.partition("\t")[0]: i for i, line in enumerate(tokens)}
    vectors = np.load(config.text / "vectors.npy")
    vectors /= vectors[:5000].std()
    text = np.zeros((len(names), vectors.shape[1]), np.float32)
    in_text = np.zeros(len(names), np.float32)
    for row, name in enumerate(names):
        own = index.get(name.replace(" ", "_"))
        words = [own] if own is not None else [index[w] for w in name.split() if w in index]
        if words:
            text[row] = vectors[words].mean(axis=0)
            in_text[row] = 1.0 if own is not None else 0.5
    english = np.load(config.teacher / "vectors.npy")
    taught = (config.teacher / "terms.txt").read_text(encoding="utf-8").splitlines()
    rows = {normal_form(term): i for i, term in enumerate(taught)}
    teacher = np.zeros((len(names), english.shape[1]), np.float32)
    in_teacher = np.zeros(len(names), np.float32)
    for row, name in enumerate(names):
        if (i := rows.get(name)) is not None:
            teacher[row] = english[i] * english.shape[1] ** 0.5 / 2
            in_teacher[row] = 1.0
    arrays = (text, teacher), (in_text, in_teacher)
    return Knowledge(*([torch.from_numpy(x) for x in part] for part in arrays))
