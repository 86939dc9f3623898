"""Cross-encoders over pairs: batches, scores, and unrelated pairs to train on."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoModelForSequenceClassification, PreTrainedTokenizerBase

from .data import RELATIONS, UNRELATED, Corpus, Pair, read_pairs
from .encoder import TermEncoder, first_position, load_tokenizer
from .errors import InputError
from .metrics import softmax
from .run import write_json
from .text import normal_form, pair_key


@dataclass
class UnrelatedConfig:
    """Unrelated pairs besides those that are labelled, as shares of the labelled pairs."""

    #: Two training terms at random, anew every epoch.
    random: float = 0.3
    #: A term and one of its neighbours in an embedding space that no label relates it to.
    neighbours: float = 0.0
    #: The embedder whose neighbours they are.
    embedder: Path | None = None
    #: Ranks of the neighbours that are taken: the nearest are too often synonyms that no one wrote.
    nearest: int = 20
    farthest: int = 100
    #: Pairs to use instead of an embedder's neighbours.
    file: Path | None = None

    def __post_init__(self):
        if self.neighbours and not (self.embedder or self.file):
            raise ValueError("`neighbours` needs an `embedder` or a `file`")


class Unrelated:
    """Draws unrelated pairs of training terms that no label of any part relates."""

    def __init__(self, config: UnrelatedConfig, corpus: Corpus, known: Sequence[Pair], seed: int):
        self._seed = seed
        every = (*corpus.train, *corpus.dev, *corpus.test, *known)
        self._known = {pair.key for pair in every}
        self._terms = sorted({term for pair in corpus.train for term in (pair.a, pair.b)})
        self._random = round(config.random * len(corpus.train))
        self._near: list[Pair] = []
        if config.neighbours:
            if config.file:
                near = [
                    Pair(pair.a, pair.b, UNRELATED, pair.weight)
                    for pair in read_pairs(config.file, labelled=False)
                ]
                near = [
                    pair
                    for pair in near
                    if pair.key not in self._known and corpus.held_out.isdisjoint(pair.key)
                ]
            else:
                near = self._neighbours(config)
            wanted = round(config.neighbours * len(corpus.train))
            order = np.random.default_rng([seed, 2]).permutation(len(near))
            self._near = [near[i] for i in order[:wanted]]

    def __call__(self, epoch: int) -> list[Pair]:
        """The unrelated pairs of an epoch, as many every time."""
        random = np.random.default_rng([self._seed, 3, epoch])
        drawn: list[Pair] = []
        for _ in range(100):
            missing = self._random - len(drawn)
            if missing <= 0:
                return self._near + drawn
            for i, j in random.integers(0, len(self._terms), (missing, 2)):
                a, b = self._terms[i], self._terms[j]
                if i != j and pair_key(a, b) not in self._known:
                    drawn.append(Pair(a, b, UNRELATED))
        raise InputError("nearly all terms are related: lower `unrelated.random`")

    def _neighbours(self, config: UnrelatedConfig) -> list[Pair]:
        vectors = TermEncoder.load(config.embedder).embed(self._terms)
        found, seen = [], set()
        far = min(config.farthest, len(self._terms) - 1)
        for start in range(0, len(vectors), 512):
            scores = vectors[start : start + 512] @ vectors.T
            top = np.argpartition(-scores, far, axis=1)[:, : far + 1]
            for row, i in enumerate(range(start, start + len(scores))):
                ranked = top[row][np.argsort(-scores[row, top[row]])]
                for j in ranked[min(config.nearest, far) : far + 1]:
                    key = pair_key(self._terms[i], self._terms[j])
                    if i != j and key not in self._known and key not in seen:
                        seen.add(key)
                        found.append(Pair(self._terms[i], self._terms[j], UNRELATED))
        return found


class CrossEncoder(nn.Module):
    """A transformer that reads `[CLS] a [SEP] b [SEP]` and scores the four relations."""

    def __init__(self, model: nn.Module, tokenizer: PreTrainedTokenizerBase, max_tokens: int):
        super().__init__()
        self.model, self.tokenizer = model, tokenizer
        room = model.config.max_position_embeddings - first_position(model.config)
        self.max_tokens = min(max_tokens, room)
        self.temperature = 1.0

    @classmethod
    def load(cls, folder: Path, max_tokens: int = 64) -> "CrossEncoder":
        """From any Hugging Face folder; a head that is not there for four classes is new."""
        tokenizer = load_tokenizer(folder)
        try:
            model = AutoModelForSequenceClassification.from_pretrained(
                folder,
                num_labels=len(RELATIONS),
                id2label=dict(enumerate(RELATIONS)),
                label2id={name: i for i, name in enumerate(RELATIONS)},
                ignore_mismatched_sizes=True,
                local_files_only=True,
            )
        except (OSError, ValueError, KeyError) as error:
            raise InputError(f"{folder}: not a Hugging Face encoder folder: {error}") from error
        encoder = cls(model, tokenizer, max_tokens)
        about = Path(folder) / "relations.json"
        if about.exists():
            encoder.temperature = float(json.loads(about.read_text())["temperature"])
        return encoder

    def save(self, folder: Path, **about: Any) -> None:
        """A Hugging Face folder, and `relations.json` with temperature, labels and `about`."""
        self.model.save_pretrained(folder)
        self.tokenizer.save_pretrained(folder)
        write_json(
            Path(folder) / "relations.json",
            {"labels": RELATIONS, "temperature": self.temperature} | about,
        )

    def forward(self, pairs: Sequence[Pair]) -> Tensor:
        """Pairs to logits [N, 4], in the order in which their terms stand."""
        device = next(self.parameters()).device
        batch = self.tokenizer(
            [pair.a for pair in pairs],
            [pair.b for pair in pairs],
            padding=True,
            truncation=True,
            max_length=self.max_tokens,
            return_tensors="pt",
        )
        return self.model(**batch.to(device)).logits

    @torch.inference_mode()
    def logits(self, pairs: Sequence[Pair], batch: int = 256) -> np.ndarray:
        """Logits [N, 4], the mean over both orders of every pair, in evaluation mode."""
        training = self.training
        self.eval()
        out = np.zeros((len(pairs), len(RELATIONS)), np.float32)
        order = sorted(range(len(pairs)), key=lambda i: len(pairs[i].a) + len(pairs[i].b))
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            both = [[pairs[i] for i in rows], [pairs[i].swapped for i in rows]]
            out[rows] = sum(self(part).float().cpu().numpy() for part in both) / 2
        self.train(training)
        return out

    def probabilities(self, pairs: Sequence[Pair]) -> np.ndarray:
        """Calibrated probabilities [N, 4]."""
        return softmax(self.logits(pairs), self.temperature)


def class_weights(pairs: Sequence[Pair], power: float) -> Tensor:
    """Weights [4] inverse to the classes' frequencies to a power, 1 on average over the pairs.

    `power` 1 makes all classes equal, 0 leaves them as they are.
    """
    counts = np.bincount([pair.label for pair in pairs], minlength=len(RELATIONS)).astype(float)
    weights = np.where(counts > 0, np.maximum(counts, 1) ** -power, 0.0)
    return torch.tensor(weights * counts.sum() / (weights * counts).sum(), dtype=torch.float32)


def labels_of(pairs: Sequence[Pair], device: torch.device) -> tuple[Tensor, Tensor]:
    """Labels [N] and weights [N] of pairs."""
    labels = torch.tensor([pair.label for pair in pairs], device=device)
    return labels, torch.tensor([pair.weight for pair in pairs], device=device)


def both_orders(pairs: Callable[[int], Sequence[Pair]]) -> Callable[[int], list[Pair]]:
    """Every pair of an epoch in both orders."""
    return lambda epoch: [p for pair in pairs(epoch) for p in (pair, pair.swapped)]


def with_unrelated(
    pairs: Sequence[Pair], random: float, seed: int, known: Sequence[Pair]
) -> list[Pair]:
    """The pairs and a share of random unrelated ones of the same terms, the same every time."""
    keys = {pair.key for pair in (*pairs, *known)}
    terms = sorted({term for pair in pairs for term in (pair.a, pair.b)}, key=normal_form)
    draws = np.random.default_rng([seed, 4]).integers(
        0, len(terms), (round(random * len(pairs)), 2)
    )
    extra = [
        Pair(terms[i], terms[j], UNRELATED)
        for i, j in draws
        if i != j and pair_key(terms[i], terms[j]) not in keys
    ]
    return [*pairs, *extra]
