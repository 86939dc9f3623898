"""Pairs as arrays: rows of their terms and of the words they do not share, features, labels."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from .data import UNRELATED, Corpus, Pair
from .lexicon import Lexicon
from .pairmodel import TermTable
from .text import pair_key


@dataclass
class PairTable:
    """N pairs: `rows` [N, 4] of a, b and what each has alone, `features` [N, F], `labels` [N]."""

    rows: np.ndarray
    features: np.ndarray
    labels: np.ndarray

    @classmethod
    def of(cls, pairs: Sequence[Pair], lexicon: Lexicon, terms: TermTable) -> "PairTable":
        """The table of pairs; new terms get rows."""
        features, remainders = lexicon.features(pairs)
        rows = [
            [terms.row(text) for text in (pair.a, pair.b, left, right)]
            for pair, (left, right) in zip(pairs, remainders, strict=True)
        ]
        labels = np.array([pair.label for pair in pairs], np.int64)
        return cls(np.array(rows, np.int64), features, labels)

    def __len__(self) -> int:
        return len(self.rows)

    def tensors(self, index: np.ndarray) -> tuple[Tensor, Tensor, Tensor]:
        """Rows, features and labels of some pairs."""
        return tuple(torch.from_numpy(x[index]) for x in (self.rows, self.features, self.labels))

    def __add__(self, other: "PairTable") -> "PairTable":
        both = zip(
            (self.rows, self.features, self.labels),
            (other.rows, other.features, other.labels),
            strict=True,
        )
        return PairTable(*(np.concatenate(pair) for pair in both))


def random_pairs(corpus: Corpus, count: int, seed: int) -> list[Pair]:
    """Unrelated pairs of training terms that no label of any part relates."""
    random = np.random.default_rng([seed, 11])
    known = {pair.key for pair in (*corpus.train, *corpus.dev, *corpus.test)}
    terms = sorted({term for pair in corpus.train for term in (pair.a, pair.b)})
    drawn: list[Pair] = []
    while len(drawn) < count:
        i, j = random.integers(len(terms), size=2)
        if i != j and pair_key(terms[i], terms[j]) not in known:
            drawn.append(Pair(terms[i], terms[j], UNRELATED))
    return drawn


class Draw:
    """The pairs of an epoch: all labelled ones, near unrelated ones several times, and a new part
    of the random ones. `more` pairs behind these come every time."""

    def __init__(
        self,
        labelled: PairTable,
        drawn: int,
        unrelated: int,
        random: int,
        seed: int,
        more: int = 0,
    ):
        near = np.flatnonzero(labelled.labels == UNRELATED)
        behind = len(labelled) + drawn + np.arange(more)
        self._fixed = np.concatenate([np.arange(len(labelled)), *[near] * (unrelated - 1), behind])
        self._first, self._drawn, self._random, self._seed = len(labelled), drawn, random, seed

    def __call__(self, epoch: int) -> np.ndarray:
        """Indices into the labelled pairs followed by the random ones."""
        random = np.random.default_rng([self._seed, 5, epoch])
        chosen = random.choice(self._drawn, size=min(self._random, self._drawn), replace=False)
        return np.concatenate([self._fixed, self._first + chosen])
