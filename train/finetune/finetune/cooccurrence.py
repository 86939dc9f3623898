"""Step `cooccurrence`: vectors of tokens from running text, without a neural network.

Positive pointwise mutual information of tokens and their contexts, and a truncated singular value
decomposition of it. With context distribution smoothing, subsampling, a weighted window and
singular values to the power of a half it is as good as skip-grams with negative sampling on texts
of this size (Levy, Goldberg and Dagan 2015) at a tenth of the time. Small windows give what can
stand in a token's place, large ones what it is about: vectors of several windows are joined.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from tqdm import tqdm

from .errors import InputError
from .run import Run


@dataclass
class TokenFile:
    """A file of tokens, one sentence a line: what `semrel-train lemmas` writes."""

    path: Path
    #: How often it counts.
    weight: float = 1.0


@dataclass
class Config:
    """The recipe."""

    output: Path
    files: list[TokenFile]
    #: Tokens that occur less often get no vector.
    least: int = 4
    #: The most frequent tokens that serve as contexts.
    contexts: int = 40_000
    #: Tokens to each side, and the dimensions that each window gets.
    windows: list[int] = field(default_factory=lambda: [2, 5])
    dimensions: int = 128
    #: Relative frequency above which tokens are dropped at random.
    subsample: float = 3e-5
    #: Exponent that flattens the distribution of contexts.
    smoothing: float = 0.75
    seed: int = 1

    def __post_init__(self):
        if not self.files:
            raise ValueError("`files` must name token files")


#: Tokens that are counted in one go.
CHUNK = 3_000_000


def execute(config: Config, run: Run) -> dict[str, Any]:
    """Writes `tokens.txt` (token, TAB, frequency) and `vectors.npy` [tokens, windows x D]."""
    frequency = count(config)
    tokens = [token for token, n in frequency.most_common() if n >= config.least]
    if len(tokens) <= config.dimensions:
        raise InputError(f"{len(tokens)} tokens occur {config.least} times: too few to go on")
    parts = []
    for window in config.windows:
        table = cooccurrences(config, tokens, frequency, window)
        parts.append(decompose(ppmi(table, config.smoothing), config.dimensions, config.seed))
    with run.path("tokens.txt").open("w", encoding="utf-8") as out:
        out.writelines(f"{token}\t{frequency[token]}\n" for token in tokens)
    vectors = np.concatenate(parts, axis=1)
    np.save(run.path("vectors.npy"), vectors)
    return {"tokens": len(tokens), "running": sum(frequency.values()), "shape": vectors.shape}


def lines(path: Path) -> Iterator[list[str]]:
    """The tokens of every line."""
    try:
        with path.open(encoding="utf-8") as text:
            for line in text:
                yield line.split()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def count(config: Config) -> Counter[str]:
    """How often every token occurs."""
    frequency: Counter[str] = Counter()
    for file in config.files:
        for line in lines(file.path):
            frequency.update(line)
    return frequency


def cooccurrences(
    config: Config, tokens: list[str], frequency: Counter[str], window: int
) -> sparse.csr_matrix:
    """Weighted counts [tokens, contexts] of tokens within `window` of each other.

    A neighbour at distance d counts (window + 1 - d) / window. Frequent tokens are dropped before
    the distance is taken, with the probability of word2vec.
    """
    index = {token: i for i, token in enumerate(tokens)}
    shape = (len(tokens), min(config.contexts, len(tokens)))
    share = np.array([frequency[token] for token in tokens], float)
    kept = np.minimum(1.0, np.sqrt(config.subsample * share.sum() / share))
    random = np.random.default_rng(config.seed)
    table = sparse.csr_matrix(shape, dtype=np.float32)
    end_of_line = np.full(window, -1, np.int32)

    def add(parts: list[np.ndarray], weight: float) -> None:
        nonlocal table
        ids = np.concatenate(parts)
        ids = ids[(ids < 0) | (random.random(len(ids)) < kept[ids])]
        for distance in range(1, window + 1):
            value = weight * (window + 1 - distance) / window
            for row, column in (
                (ids[:-distance], ids[distance:]),
                (ids[distance:], ids[:-distance]),
            ):
                both = (row >= 0) & (column >= 0) & (column < shape[1])
                values = np.full(int(both.sum()), value, np.float32)
                table = (
                    table + sparse.coo_matrix((values, (row[both], column[both])), shape).tocsr()
                )

    for file in config.files:
        parts, held = [], 0
        for line in tqdm(
            lines(file.path), desc=f"window {window}, {file.path.name}", file=sys.stderr
        ):
            ids = np.fromiter((index.get(token, -1) for token in line), np.int32)
            parts += [ids, end_of_line]
            held += len(ids)
            if held > CHUNK:
                add(parts, file.weight)
                parts, held = [], 0
        if parts:
            add(parts, file.weight)
    return table


def ppmi(table: sparse.csr_matrix, smoothing: float) -> sparse.csr_matrix:
    """Positive pointwise mutual information of counts, the contexts' distribution flattened."""
    rows = np.asarray(table.sum(axis=1)).ravel()
    contexts = np.asarray(table.sum(axis=0)).ravel() ** smoothing
    contexts /= contexts.sum()
    cells = table.tocoo()
    information = np.log(cells.data / (rows[cells.row] * contexts[cells.col]))
    positive = information > 0
    return sparse.csr_matrix(
        (
            information[positive].astype(np.float32),
            (cells.row[positive], cells.col[positive]),
        ),
        table.shape,
    )


def decompose(matrix: sparse.csr_matrix, dimensions: int, seed: int, rounds: int = 3) -> np.ndarray:
    """The first left singular vectors times the roots of their values [rows, dimensions].

    Randomised subspace iteration (Halko, Martinsson and Tropp 2011, algorithm 4.4).
    """
    random = np.random.default_rng(seed)
    transposed = matrix.T.tocsr()
    size = min(dimensions + 20, *matrix.shape)
    found = matrix @ random.standard_normal((matrix.shape[1], size)).astype(np.float32)
    for _ in range(rounds):
        found, _ = np.linalg.qr(found)
        found = matrix @ np.linalg.qr(transposed @ found)[0]
    basis, _ = np.linalg.qr(found)
    left, values, _ = np.linalg.svd((transposed @ basis).T, full_matrices=False)
    return ((basis @ left)[:, :dimensions] * np.sqrt(values[:dimensions])).astype(np.float32)
