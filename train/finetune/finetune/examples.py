"""What an embedder learns from: synonyms, glosses, triplets, translations, a teacher's vectors."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from .data import RELATIONS, Corpus, Pair, read_equivalents, read_jsonl, read_pairs, read_terms
from .errors import InputError
from .text import normal_form


@dataclass
class SourceConfig:
    """A source of examples.

    kind           file                              an example
    synonyms       none                              two synonyms of the training part
    glosses        terms.jsonl (the corpus's)        a term and its gloss
    pairs          JSON Lines sentence1, sentence2   the two, without looking at labels
    triplets       JSON Lines anchor, positive, negative
    equivalents    term TAB equivalents              a term and its English equivalent
    vectors        JSON Lines or text, `vectors`     a term and the teacher's vector of it
    """

    kind: Literal["synonyms", "glosses", "pairs", "triplets", "equivalents", "vectors"]
    file: Path | None = None
    #: .npy file [N, D]; row n belongs to line n of `file` (terms, or JSON Lines with `term`).
    vectors: Path | None = None
    #: Synonyms only: terms of this relation to the anchor are hard negatives.
    negatives: Literal["none", "antonym", "co_hyponym", "both"] = "none"
    #: How often the source is read in an epoch.
    repeat: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """Anchor, positive and maybe a negative; or a text and the teacher's vector [D] of it."""

    texts: tuple[str, ...]
    vector: np.ndarray | None = None


def read_examples(sources: list[SourceConfig], corpus: Corpus, folder: Path) -> list[Example]:
    """The examples of all sources; nothing that the corpus holds out is in them."""
    examples: list[Example] = []
    for source in sources:
        found = _read(source, corpus, folder)
        if not found:
            raise InputError(f"source `{source.kind}` {source.file or ''}: no examples")
        examples += found * source.repeat
    return examples


def _read(source: SourceConfig, corpus: Corpus, folder: Path) -> list[Example]:
    held_out = corpus.held_out
    if source.kind == "synonyms":
        return synonyms(corpus.train, source.negatives)
    if source.kind == "glosses":
        terms = read_terms(source.file or folder / "terms.jsonl", held_out)
        return [Example((term.term, term.gloss)) for term in terms if term.gloss]
    if source.file is None:
        raise InputError(f"source `{source.kind}`: `file` is missing")
    evaluation = {pair.key for pair in (*corpus.dev, *corpus.test)}
    if source.kind == "equivalents":
        found = read_equivalents(source.file, held_out)
        return [Example((term, english[0])) for term, english in found]
    if source.kind == "pairs":
        return [
            Example((pair.a, pair.b))
            for pair in read_pairs(source.file, labelled=False)
            if pair.key not in evaluation and held_out.isdisjoint(pair.key)
        ]
    if source.kind == "triplets":
        triplets = _triplets(source.file)
        return [
            Example(texts)
            for texts in triplets
            if held_out.isdisjoint(map(normal_form, texts))
            and Pair(texts[0], texts[1], -1).key not in evaluation
        ]
    return _vectors(source, held_out)


def synonyms(pairs: list[Pair], negatives: str) -> list[Example]:
    """Synonyms among `pairs`, one example each, with a hard negative of the anchor if there is one.

    `negatives` is as in `SourceConfig`. The anchor is the first term and the second in turn; the
    one that has a negative, if only one does.
    """
    wanted = {"none": (), "both": ("antonym", "co_hyponym")}.get(negatives, (negatives,))
    labels = {RELATIONS.index(name) for name in wanted}
    opposite: dict[str, list[str]] = {}
    for pair in pairs:
        if pair.label in labels:
            opposite.setdefault(pair.a, []).append(pair.b)
            opposite.setdefault(pair.b, []).append(pair.a)
    examples = []
    for i, pair in enumerate(p for p in pairs if p.label == RELATIONS.index("synonym")):
        anchor, positive = (pair.a, pair.b) if i % 2 else (pair.b, pair.a)
        if labels and anchor not in opposite:
            anchor, positive = positive, anchor
        against = opposite.get(anchor)
        negative = (against[i % len(against)],) if against else ()
        examples.append(Example((anchor, positive, *negative)))
    return examples


def _triplets(path: Path) -> list[tuple[str, str, str]]:
    triplets = []
    for number, value in read_jsonl(path):
        texts = tuple(value.get(key) for key in ("anchor", "positive", "negative"))
        if not all(isinstance(text, str) and text.strip() for text in texts):
            raise InputError(f"{path}:{number}: `anchor`, `positive` and `negative` must be texts")
        triplets.append(texts)
    return triplets


def _vectors(source: SourceConfig, held_out: frozenset[str]) -> list[Example]:
    if source.vectors is None:
        raise InputError("source `vectors`: `vectors`, a .npy file, is missing")
    if source.file.suffix == ".jsonl":
        texts = [str(value.get("term", "")) for _, value in read_jsonl(source.file)]
    else:
        texts = source.file.read_text(encoding="utf-8").splitlines()
    try:
        vectors = np.load(source.vectors, mmap_mode="r")
    except (OSError, ValueError) as error:
        raise InputError(f"{source.vectors}: not a .npy file: {error}") from error
    if vectors.ndim != 2 or len(vectors) != len(texts):
        raise InputError(
            f"{source.vectors}: shape {vectors.shape} for the {len(texts)} lines of {source.file}"
        )
    return [
        Example((text,), np.asarray(vector, np.float32))
        for text, vector in zip(texts, vectors, strict=True)
        if text and normal_form(text) not in held_out
    ]
