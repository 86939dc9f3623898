"""Step `distil`: what large cross-encoders know, into a small one.

The student learns the teachers' mean probabilities at a temperature, mixed with the labels where
there are any (Hinton et al. 2015). Pairs without a label teach as well: any file of pairs, random
pairs, and neighbours.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from tqdm import tqdm

from .data import CorpusConfig, Pair, assert_no_overlap, load_corpus, read_pairs, without
from .evaluate import classifier_reports
from .loop import Epochs, TrainingConfig, fit, precision, start
from .metrics import fit_temperature, relation_report, softmax
from .pairs import CrossEncoder, Unrelated, UnrelatedConfig, class_weights, with_unrelated
from .run import Run


@dataclass
class Config:
    """The recipe."""

    output: Path
    #: Folders of fine-tuned cross-encoders.
    teachers: list[Path]
    #: A Hugging Face folder that the student starts from.
    model: Path
    corpus: CorpusConfig = field(default_factory=CorpusConfig)
    #: Pairs whose labels, if any, are not looked at.
    unlabelled: list[Path] = field(default_factory=list)
    unrelated: UnrelatedConfig = field(default_factory=UnrelatedConfig)
    training: TrainingConfig = field(default_factory=lambda: TrainingConfig(patience=3))
    max_tokens: int = 64
    #: Temperature of the soft labels.
    temperature: float = 2.0
    #: Share of the soft labels in the loss of a labelled pair.
    soft: float = 0.7
    class_weight_power: float = 0.5
    dev_random: float = 0.1
    downgrade: float = 0.7
    #: Other pairs, which never train, to report on.
    evaluate: list[Path] = field(default_factory=list)


def execute(config: Config, run: Run) -> dict[str, Any]:
    """Asks the teachers once, trains, and writes the Hugging Face folder `model`."""
    device = start(config.training)
    foreign = {path.stem: read_pairs(path) for path in config.evaluate}
    corpus = load_corpus(config.corpus, foreign)
    known = [pair for pairs in foreign.values() for pair in pairs]
    made = Unrelated(config.unrelated, corpus, known, config.training.seed)(0)
    bare = [
        Pair(pair.a, pair.b, -1)
        for path in config.unlabelled
        for pair in read_pairs(path, labelled=False)
        if corpus.held_out.isdisjoint(pair.key)
    ]
    bare = without(bare, [*corpus.dev, *corpus.test, *known])
    pairs = [*corpus.train, *made, *bare]
    assert_no_overlap(pairs, {"dev": corpus.dev, "test": corpus.test} | foreign)
    soft = torch.from_numpy(teach(config, pairs, run, device))
    model = CrossEncoder.load(config.model, config.max_tokens).to(device)
    labelled = [*corpus.train, *made]
    weights = class_weights(labelled, config.class_weight_power).to(device)
    dev = with_unrelated(corpus.dev, config.dev_random, config.training.seed, known)
    gold = [pair.label for pair in dev]

    def loss_of(batch: list[tuple[int, bool]]) -> Tensor:
        rows = [pairs[i].swapped if swapped else pairs[i] for i, swapped in batch]
        logits = model(rows).float()
        wanted = soft[[i for i, _ in batch]].to(device)
        labels = torch.tensor([pair.label for pair in rows], device=device)
        return distillation_loss(logits, wanted, labels, weights, config.temperature, config.soft)

    def evaluate() -> dict[str, float]:
        with precision(config.training, device):
            report = relation_report(softmax(model.logits(dev)), gold)
        return {"macro_f1": report["four_class"]["macro_f1"]}

    both = [(i, swapped) for i in range(len(pairs)) for swapped in (False, True)]
    batches = Epochs(lambda epoch: both, config.training.batch, config.training.seed)
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
        "pairs": len(pairs),
        "temperature": round(model.temperature, 4),
        "reports": classifier_reports(model, sets, config.downgrade),
    } | results


def distillation_loss(
    logits: Tensor, soft: Tensor, labels: Tensor, weights: Tensor, temperature: float, share: float
) -> Tensor:
    """Divergence from the soft labels [N, 4] and cross-entropy with the labels [N].

    The divergence is taken at the temperature of `soft` and multiplied by its square, so that its
    gradients stay as large (Hinton et al. 2015, section 2). A label of -1 leaves it alone.
    """
    log = functional.log_softmax(logits / temperature, dim=-1)
    apart = functional.kl_div(log, soft, reduction="none").sum(-1) * temperature**2
    stated = functional.cross_entropy(logits, labels, weights, reduction="none", ignore_index=-1)
    share_of_soft = torch.where(labels < 0, 1.0, share)
    return (share_of_soft * apart + (1 - share_of_soft) * stated).mean()


def teach(config: Config, pairs: list[Pair], run: Run, device: torch.device) -> np.ndarray:
    """The teachers' mean probabilities [N, 4] at the temperature; kept in `teacher.npy`.

    Every teacher's own temperature comes first, so that a confident one does not outvote the rest.
    """
    path = run.path("teacher.npy")
    if path.exists() and run.path("checkpoint.pt").exists():
        return np.load(path)
    total = np.zeros((len(pairs), 4))
    for folder in config.teachers:
        teacher = CrossEncoder.load(folder, config.max_tokens).to(device)
        for i in tqdm(range(0, len(pairs), 4096), desc=f"teacher {folder.name}", mininterval=1):
            part = pairs[i : i + 4096]
            with precision(config.training, device):
                logits = teacher.logits(part)
            total[i : i + 4096] += softmax(logits, teacher.temperature * config.temperature)
    mean = (total / len(config.teachers)).astype(np.float32)
    np.save(path, mean)
    return mean
