"""Measures of classifiers and embedders, and the picture of a confusion matrix."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .data import RELATIONS

#: The relations of the published three-class task.
THREE = RELATIONS[:3]


def softmax(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    """Logits [N, C] to probabilities [N, C], in 64 bits."""
    scaled = logits.astype(np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def restrict(probabilities: np.ndarray, classes: int) -> np.ndarray:
    """Probabilities [N, C] among the first `classes` relations only, summing to one again."""
    kept = probabilities[:, :classes]
    return kept / np.maximum(kept.sum(axis=1, keepdims=True), 1e-12)


def downgrade(probabilities: np.ndarray, threshold: float = 0.7) -> np.ndarray:
    """Predicted labels [N]: a synonym or antonym below `threshold` becomes a co-hyponym.

    The rule of the published pipeline: a doubtful strong relation is taken for the weak one.
    """
    labels = probabilities.argmax(axis=1)
    doubtful = (labels < RELATIONS.index("co_hyponym")) & (probabilities.max(axis=1) < threshold)
    return np.where(doubtful, RELATIONS.index("co_hyponym"), labels)


def classification(
    gold: Sequence[int], predicted: Sequence[int], names: Sequence[str] = RELATIONS
) -> dict[str, Any]:
    """Macro-F1, accuracy, per-class figures, and the confusion matrix (rows are gold labels).

    A class that neither occurs nor is predicted does not count in the macro average.
    """
    count = len(names)
    confusion = np.zeros((count, count), np.int64)
    np.add.at(confusion, (np.asarray(gold, int), np.asarray(predicted, int)), 1)
    per_class, scores = {}, []
    for i, name in enumerate(names):
        right, answered, there = confusion[i, i], confusion[:, i].sum(), confusion[i].sum()
        precision = right / answered if answered else 0.0
        recall = right / there if there else 0.0
        f1 = 2 * right / (answered + there) if answered + there else 0.0
        per_class[name] = {
            "precision": _round(precision),
            "recall": _round(recall),
            "f1": _round(f1),
            "support": int(there),
        }
        if answered + there:
            scores.append(f1)
    return {
        "macro_f1": _round(np.mean(scores) if scores else 0.0),
        "accuracy": _round(np.trace(confusion) / max(confusion.sum(), 1)),
        "per_class": per_class,
        "confusion": confusion.tolist(),
    }


def calibration_error(probabilities: np.ndarray, gold: Sequence[int], bins: int = 15) -> float:
    """Expected calibration error over equally wide bins (Guo et al. 2017, section 2)."""
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == np.asarray(gold)
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for i in range(bins):
        inside = index == i
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return _round(error)


def fit_temperature(logits: np.ndarray, gold: Sequence[int]) -> float:
    """The temperature with the least negative log-likelihood (Guo et al. 2017, section 4.2)."""
    rows, gold = np.arange(len(gold)), np.asarray(gold)

    def loss(temperature: float) -> float:
        return -np.log(np.maximum(softmax(logits, temperature)[rows, gold], 1e-12)).mean()

    low, high = np.log(0.05), np.log(20.0)
    for _ in range(3):  # the loss has one minimum: look closer around the best of a grid
        grid = np.linspace(low, high, 41)
        best = int(np.argmin([loss(np.exp(point)) for point in grid]))
        low, high = grid[max(best - 1, 0)], grid[min(best + 1, 40)]
    return float(np.exp((low + high) / 2))


def relation_report(
    probabilities: np.ndarray, gold: Sequence[int], threshold: float | None = None
) -> dict[str, Any]:
    """Four-class and three-class figures of calibrated probabilities [N, 4].

    Three-class: pairs that are not unrelated, decided among the three relations, as published.
    With a `threshold`, the downgrade rule decides instead of the largest probability.
    """
    gold = np.asarray(gold)
    related = gold < len(THREE)

    def decide(scores: np.ndarray) -> np.ndarray:
        return scores.argmax(axis=1) if threshold is None else downgrade(scores, threshold)

    report = {
        "pairs": len(gold),
        "four_class": classification(gold, decide(probabilities)),
        "calibration_error": calibration_error(probabilities, gold),
    }
    if related.any():
        scores = restrict(probabilities[related], len(THREE))
        report["three_class"] = classification(gold[related], decide(scores), THREE)
    return report


def batch_top1(anchors: np.ndarray, positives: np.ndarray, batch: int = 128) -> float:
    """Share of unit vectors [N, D] whose own positive is the nearest of its batch, as published.

    The last batch may be smaller; it counts if it has at least two rows.
    """
    right = total = 0
    for start in range(0, len(anchors), batch):
        a, b = anchors[start : start + batch], positives[start : start + batch]
        if len(a) > 1:
            right += int(((a @ b.T).argmax(axis=1) == np.arange(len(a))).sum())
            total += len(a)
    return _round(right / total) if total else 0.0


def retrieval(
    queries: np.ndarray,
    targets: np.ndarray,
    vectors: np.ndarray,
    passed_over: Sequence[Sequence[int]],
    cut: int = 10,
) -> dict[str, float]:
    """Top-1 and recall among all `vectors` [M, D] for `queries` [N, D] and target rows [N].

    `passed_over[i]` are rows that are no rivals of target i: the query itself and its other known
    synonyms (the filtered setting of Bordes et al. 2013).
    """
    ranks = np.zeros(len(queries), np.int64)
    for start in range(0, len(queries), 256):
        scores = queries[start : start + 256] @ vectors.T
        for row, i in enumerate(range(start, start + len(scores))):
            own = scores[row, targets[i]]
            scores[row, list(passed_over[i])] = -np.inf
            scores[row, targets[i]] = -np.inf
            ranks[i] = int((scores[row] >= own).sum())
    if not len(ranks):
        ranks = np.array([len(vectors)])
    return {
        "queries": len(queries),
        "terms": len(vectors),
        "top1": _round((ranks == 0).mean()),
        f"recall_{cut}": _round((ranks < cut).mean()),
        "mean_reciprocal_rank": _round((1 / (ranks + 1)).mean()),
    }


def plot_confusion(
    confusion: Sequence[Sequence[int]], path: Path, names: Sequence[str] = RELATIONS
) -> None:
    """Draws a confusion matrix: rows are gold labels, shades are shares of a row."""
    from matplotlib.figure import Figure

    counts = np.asarray(confusion)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure = Figure(figsize=(5.2, 4.6), layout="constrained")
    axes = figure.add_subplot()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), [name.replace("_", "-") for name in names])
    axes.set_yticks(range(len(names)), [name.replace("_", "-") for name in names])
    axes.set_xlabel("answered")
    axes.set_ylabel("labelled")
    for i, row in enumerate(shares):
        for j, share in enumerate(row):
            colour = "white" if share > 0.5 else "black"
            text = f"{counts[i, j]:,}\n{share:.0%}"
            axes.text(j, i, text, ha="center", va="center", color=colour, fontsize=9)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=120)


def _round(value: float) -> float:
    return round(float(value), 4)
