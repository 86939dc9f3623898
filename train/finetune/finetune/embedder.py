"""Step `embedder`: term vectors, trained in stages.

Every stage has its own data, loss, rate and epochs, and starts from what the stage before it made.
Losses are those of sentence-transformers: cached multiple negatives ranking (Gao et al. 2021) and,
for vectors of a teacher, mean squared error or cosine (Reimers and Gurevych 2020); the first can be
trained for several lengths of a vector at once (Matryoshka; Kusupati et al. 2022).
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .data import CorpusConfig, load_corpus
from .encoder import TermEncoder, load_sentence_transformer
from .errors import InputError
from .evaluate import embedder_report
from .examples import Example, SourceConfig, read_examples
from .loop import Epochs, TrainingConfig, fit, precision, start
from .run import Run
from .text import normal_form


@dataclass
class Stage:
    """One stage of the training."""

    name: str
    sources: list[SourceConfig]
    #: `ranking` draws positives near and all else of a batch away; `mse` and `cosine` draw a term
    #: to the teacher's vector (sources of kind `vectors` only).
    loss: Literal["ranking", "mse", "cosine"] = "ranking"
    training: TrainingConfig = field(default_factory=TrainingConfig)
    #: Temperature of the ranking loss.
    tau: float = 0.07
    #: Terms that go through the encoder at once; less needs less memory and changes no result.
    mini_batch: int = 128


@dataclass
class Config:
    """The recipe."""

    output: Path
    #: A Hugging Face folder to start from.
    model: Path
    stages: list[Stage]
    corpus: CorpusConfig = field(default_factory=CorpusConfig)
    max_tokens: int = 64
    #: Length of a vector by a linear layer; that of the encoder if absent.
    dimensions: int | None = None
    #: Shorter lengths that a vector can be cut to.
    matryoshka: list[int] = field(default_factory=list)

    def __post_init__(self):
        names = [stage.name for stage in self.stages]
        if not names or len(set(names)) != len(names):
            raise ValueError("`stages` must have names that differ")


def execute(config: Config, run: Run) -> dict[str, Any]:
    """Trains all stages, and writes the sentence-transformers folder `model`."""
    corpus = load_corpus(config.corpus)
    folder, reports = config.model, {}
    for number, stage in enumerate(config.stages, 1):
        part = run.part(f"{number}-{stage.name}", stage)
        if part.results is None:
            part.finish(**train_stage(config, stage, corpus, folder, part))
        folder, reports[stage.name] = part.path("model"), part.results
    encoder = TermEncoder.load(folder)
    encoder.save(run.path("model"))
    report = embedder_report(encoder, corpus.test, corpus, config.corpus.folder / "terms.jsonl")
    return {"folder": str(run.path("model")), "stages": reports, "test": report}


def train_stage(config: Config, stage: Stage, corpus, folder: Path, run: Run) -> dict[str, Any]:
    """Trains one stage from `folder`, and writes the folder `model` of its run."""
    device = start(stage.training)
    examples = read_examples(stage.sources, corpus, config.corpus.folder)
    if (stage.loss == "ranking") == any(example.vector is not None for example in examples):
        raise InputError(f"stage {stage.name}: loss `{stage.loss}` does not fit its sources")
    model = starting_model(config, stage, folder, examples).to(device)
    # Products in the chosen precision, the loss in full: the cached loss encodes twice, the second
    # time outside of whatever context the first was in.
    first = model[0]
    first.forward = precision(stage.training, device)(first.forward)
    loss = loss_module(config, stage, model)

    def loss_of(batch: list[Example]) -> Tensor:
        with torch.autocast(device.type, enabled=False):
            if stage.loss != "ranking":
                wanted = torch.from_numpy(np.stack([example.vector for example in batch]))
                texts = [[example.texts[0] for example in batch]]
                return loss([features(model, part, device) for part in texts], wanted.to(device))
            # The third column holds the hard negatives of those that have one; like all
            # positives, they are negatives of the whole batch.
            columns = [[e.texts[i] for e in batch if len(e.texts) > i] for i in range(3)]
            none = torch.zeros(len(batch), device=device)
            return loss([features(model, part, device) for part in columns if part], none)

    def evaluate() -> dict[str, float]:
        encoder = TermEncoder.from_sentence_transformer(model)
        report = embedder_report(encoder, corpus.dev, corpus)
        return {name: report[name] for name in ("top1_in_batch", "mean_reciprocal_rank")}

    batches = Epochs(
        lambda epoch: examples,
        stage.training.batch,
        stage.training.seed,
        keys=lambda example: map(normal_form, example.texts[:2]),
    )
    results = fit(
        run,
        model,
        batches,
        loss_of,
        stage.training,
        device,
        steps=round(batches.steps * stage.training.epochs),
        steps_per_epoch=batches.steps,
        evaluate=evaluate,
        score="mean_reciprocal_rank",
    )
    del first.forward  # the method of its class again
    TermEncoder.from_sentence_transformer(model.cpu()).save(run.path("model"))
    return {"examples": len(examples)} | results


def starting_model(config: Config, stage: Stage, folder: Path, examples: list[Example]):
    """The SentenceTransformer in `folder`, with a linear layer if a length is wanted it lacks."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense

    model = load_sentence_transformer(folder, config.max_tokens)
    encoder = TermEncoder.from_sentence_transformer(model)
    if config.dimensions and encoder.projection is None:
        torch.manual_seed(stage.training.seed)
        size = encoder.encoder.config.hidden_size
        dense = Dense(size, config.dimensions, activation_function=nn.Identity())
        model = SentenceTransformer(modules=[model[0], model[1], dense], device="cpu")
    length = model.get_embedding_dimension()
    wanted = next((len(e.vector) for e in examples if e.vector is not None), length)
    if wanted != length:
        raise InputError(
            f"stage {stage.name}: the teacher's vectors have {wanted} dimensions, the encoder's "
            f"{length}: set `dimensions = {wanted}`"
        )
    return model


def loss_module(config: Config, stage: Stage, model) -> nn.Module:
    """The loss of a stage, called with features by column and targets."""
    from sentence_transformers.sentence_transformer.losses import (
        CachedMultipleNegativesRankingLoss,
        MatryoshkaLoss,
        MSELoss,
    )

    if stage.loss == "mse":
        return MSELoss(model)
    if stage.loss == "cosine":
        return CosineToTeacher(model)
    loss = CachedMultipleNegativesRankingLoss(
        model, scale=1 / stage.tau, mini_batch_size=stage.mini_batch
    )
    if config.matryoshka:
        length = model.get_embedding_dimension()
        lengths = sorted({length, *config.matryoshka}, reverse=True)
        if lengths[0] > length:
            raise InputError(f"matryoshka = {config.matryoshka}: a vector has {length} dimensions")
        loss = MatryoshkaLoss(model, loss, lengths)
    return loss


class CosineToTeacher(nn.Module):
    """One minus the cosine to the teacher's vector, on average."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, columns: list[dict[str, Tensor]], wanted: Tensor) -> Tensor:
        """Features of N terms and vectors [N, D] to a number."""
        vectors = self.model(columns[0])["sentence_embedding"].float()
        return 1 - functional.cosine_similarity(vectors, wanted).mean()


def features(model, texts: list[str], device: torch.device) -> dict[str, Any]:
    """What the model reads of texts, on the device."""
    batch = model.preprocess(texts)
    return {k: v.to(device) if isinstance(v, Tensor) else v for k, v in batch.items()}
