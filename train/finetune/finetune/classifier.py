"""Step `classifier`: a cross-encoder that tells how two terms relate.

Weighted cross-entropy over both orders of a pair; unrelated pairs at random and among neighbours;
early stopping on the development part; a temperature fitted there in the end.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from torch import Tensor
from torch.nn import functional

from .data import CorpusConfig, Pair, load_corpus, read_pairs
from .evaluate import classifier_reports
from .loop import Epochs, TrainingConfig, fit, precision, start
from .metrics import fit_temperature, relation_report, softmax
from .pairs import (
    CrossEncoder,
    Unrelated,
    UnrelatedConfig,
    both_orders,
    class_weights,
    labels_of,
    with_unrelated,
)
from .run import Run


@dataclass
class Config:
    """The recipe."""

    output: Path
    #: A Hugging Face folder to start from: `pretrain`'s model, or any of the user's.
    model: Path
    corpus: CorpusConfig = field(default_factory=CorpusConfig)
    unrelated: UnrelatedConfig = field(default_factory=UnrelatedConfig)
    training: TrainingConfig = field(default_factory=lambda: TrainingConfig(patience=3))
    max_tokens: int = 64
    #: 1 weighs all classes alike, 0 as they occur.
    class_weight_power: float = 0.5
    #: Share of random unrelated pairs added to the development part.
    dev_random: float = 0.1
    #: Below this a synonym or antonym counts as a co-hyponym, in the report `downgraded`.
    downgrade: float = 0.7
    #: Other pairs, which never train, to report on.
    evaluate: list[Path] = field(default_factory=list)


def execute(config: Config, run: Run) -> dict[str, Any]:
    """Trains, and writes the Hugging Face folder `model`."""
    device = start(config.training)
    foreign = {path.stem: read_pairs(path) for path in config.evaluate}
    corpus = load_corpus(config.corpus, foreign)
    known = [pair for pairs in foreign.values() for pair in pairs]
    unrelated = Unrelated(config.unrelated, corpus, known, config.training.seed)
    model = CrossEncoder.load(config.model, config.max_tokens).to(device)
    weights = class_weights([*corpus.train, *unrelated(0)], config.class_weight_power).to(device)
    dev = with_unrelated(corpus.dev, config.dev_random, config.training.seed, known)
    gold = [pair.label for pair in dev]

    def loss_of(batch: list[Pair]) -> Tensor:
        labels, trust = labels_of(batch, device)
        losses = functional.cross_entropy(model(batch).float(), labels, weights, reduction="none")
        return (losses * trust).mean()

    def evaluate() -> dict[str, float]:
        with precision(config.training, device):
            report = relation_report(softmax(model.logits(dev)), gold)
        values = {"macro_f1": report["four_class"]["macro_f1"]}
        if "three_class" in report:
            values["macro_f1_three"] = report["three_class"]["macro_f1"]
        return values

    examples = both_orders(lambda epoch: [*corpus.train, *unrelated(epoch)])
    batches = Epochs(examples, config.training.batch, config.training.seed)
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
    model.temperature = fit_temperature(model.logits(dev), gold)
    model.save(run.path("model"), downgrade=config.downgrade)
    sets = {"dev": corpus.dev, "test": corpus.test} | foreign
    return {
        "folder": str(run.path("model")),
        "training_pairs": len(corpus.train),
        "temperature": round(model.temperature, 4),
        "reports": classifier_reports(model, sets, config.downgrade),
    } | results
