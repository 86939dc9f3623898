"""Step `teacher`: vectors of the English equivalents of terms, by an English sentence encoder.

Translation-aligned training (Reimers and Gurevych 2020): what an English encoder knows of an
equivalent is what the term's own vector should learn.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from .data import read_equivalents
from .encoder import load_sentence_transformer
from .run import Run


@dataclass
class Config:
    """The recipe."""

    output: Path
    #: A sentence-transformers folder that knows English.
    model: Path
    #: Lines `term<TAB>equivalent ; equivalent`.
    equivalents: Path = Path("../data/tr/equivalents.tsv")
    batch: int = 512


def execute(config: Config, run: Run) -> dict[str, Any]:
    """Writes `terms.txt` and `vectors.npy` [terms, D]: the mean of a term's equivalents, unit
    length. Equivalents that an unfinished run has encoded are not encoded again."""
    terms = read_equivalents(config.equivalents)
    english = sorted({text for _, texts in terms for text in texts})
    known = dict(zip(*_encoded(run), strict=True))
    missing = [text for text in english if text not in known]
    if missing:
        model = load_sentence_transformer(config.model)
        with torch.autocast("cpu", torch.bfloat16):
            vectors = model.encode(
                missing, batch_size=config.batch, normalize_embeddings=True, show_progress_bar=True
            )
        known |= dict(zip(missing, np.asarray(vectors, np.float32), strict=True))
        np.savez(
            run.path("english.npz"),
            texts=np.array(list(known)),
            vectors=np.stack(list(known.values())),
        )
    means = np.stack([np.mean([known[text] for text in texts], axis=0) for _, texts in terms])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    run.path("terms.txt").write_text("".join(f"{term}\n" for term, _ in terms), encoding="utf-8")
    np.save(run.path("vectors.npy"), means.astype(np.float32))
    return {"terms": len(terms), "equivalents": len(english), "dimensions": means.shape[1]}


def _encoded(run: Run) -> tuple[list[str], list[np.ndarray]]:
    path = run.path("english.npz")
    if not path.exists():
        return [], []
    with np.load(path) as saved:
        return saved["texts"].tolist(), list(saved["vectors"])
