"""Term vectors from what is known of terms, and the relation head over pairs of them."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .data import RELATIONS
from .text import normal_form


@dataclass
class Knowledge:
    """What is known of terms besides their letters: parts [N, D] and whether each is there."""

    parts: list[Tensor]
    present: list[Tensor]

    def rows(self, index: Tensor) -> "Knowledge":
        """That of some terms."""
        return Knowledge([p[index] for p in self.parts], [p[index] for p in self.present])


class TermFusion(nn.Module):
    """Parts of knowledge to one unit vector [N, D].

    While training, whole parts are left out at random (Neverova et al. 2016, ModDrop), so that a
    vector is good for terms of which less is known.
    """

    def __init__(self, sizes: list[int], dimensions: int, leave_out: list[float]):
        super().__init__()
        self.lifts = nn.ModuleList(nn.Linear(size, 256) for size in sizes)
        self.absent = nn.Parameter(torch.zeros(len(sizes), 256))
        self.mix = nn.Sequential(nn.LayerNorm(256 * len(sizes)), nn.Linear(256 * len(sizes), 384))
        self.out = nn.Sequential(nn.GELU(), nn.Dropout(0.1), nn.Linear(384, dimensions))
        self.leave_out = leave_out

    def forward(self, known: Knowledge) -> Tensor:
        """Knowledge of N terms to unit vectors [N, D]."""
        lifted = []
        for i, lift in enumerate(self.lifts):
            there = known.present[i].unsqueeze(-1)
            if self.training:
                others = sum(p for j, p in enumerate(known.present) if j != i).unsqueeze(-1) > 0
                dropped = torch.rand(there.shape, device=there.device) < self.leave_out[i]
                there = there * (~(dropped & others)).to(there.dtype)
            lifted.append(there * lift(known.parts[i]) + (1 - there) * self.absent[i])
        return functional.normalize(self.out(self.mix(torch.cat(lifted, -1))), dim=-1)


class PairHead(nn.Module):
    """Two term vectors, those of the words they do not share, and features, to four logits.

    Symmetric in the two terms. A zero vector stands for no words.
    """

    def __init__(self, dimensions: int, features: int, hidden: int = 256, dropout: float = 0.3):
        super().__init__()
        self.scale = dimensions**0.5
        inputs = 6 * dimensions + features + 2
        self.layers = nn.Sequential(
            nn.Linear(inputs, hidden),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(hidden, hidden // 2),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(hidden // 2, len(RELATIONS)),
        )
        #: Logits are divided by it (Guo et al. 2017).
        self.register_buffer("temperature", torch.ones(()))
        #: Added to the logits: other shares of the relations than in the training pairs.
        self.register_buffer("prior", torch.zeros(len(RELATIONS)))

    def forward(
        self, a: Tensor, b: Tensor, remainder_a: Tensor, remainder_b: Tensor, features: Tensor
    ) -> Tensor:
        """Vectors [N, D] four times and features [N, F] to logits [N, 4]."""
        a, b = a * self.scale, b * self.scale
        p, q = remainder_a * self.scale, remainder_b * self.scale
        near = [(a * b).mean(-1, keepdim=True), (p * q).mean(-1, keepdim=True)]
        joined = [(a - b).abs(), a * b, a + b, (p - q).abs(), p * q, p + q, *near, features]
        return self.layers(torch.cat(joined, -1)) / self.temperature + self.prior


class TermTable:
    """Rows by term: the same row for every spelling of one."""

    def __init__(self):
        self._rows: dict[str, int] = {"": 0}

    def row(self, term: str) -> int:
        """The row of a term, a new one if it has none; row 0 is no term."""
        return self._rows.setdefault(normal_form(term), len(self._rows))

    def terms(self) -> list[str]:
        """The normal forms by row."""
        return list(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def ranking_loss(a: Tensor, b: Tensor, tau: float) -> Tensor:
    """In-batch ranking of unit vectors [N, D], both ways."""
    scores = a @ b.T / tau
    own = torch.arange(len(a), device=a.device)
    return (functional.cross_entropy(scores, own) + functional.cross_entropy(scores.T, own)) / 2


def rounded(vectors: np.ndarray, levels: int) -> np.ndarray:
    """Unit vectors [N, D] as the pack stores them: whole numbers up to ±`levels` of a row's
    largest value, and unit length again."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    whole = np.round(vectors / np.maximum(largest, 1e-9) * levels)
    return (whole / np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), 1e-9)).astype(
        np.float32
    )
