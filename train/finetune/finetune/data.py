"""Labelled pairs and terms: reading them, their splits, and what must not be trained on."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import InputError
from .text import normal_form, pair_key

#: The relations in the order of every score, logit and confusion matrix.
RELATIONS = ("synonym", "antonym", "co_hyponym", "unrelated")
UNRELATED = RELATIONS.index("unrelated")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two terms and how they relate; `label` is an index into `RELATIONS`, -1 if not labelled."""

    a: str
    b: str
    label: int
    weight: float = 1.0
    #: Where the label comes from, as the file has it.
    source: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What this pair shares with every other spelling and order of it."""
        return pair_key(self.a, self.b)

    @property
    def swapped(self) -> "Pair":
        """The same pair in the other order."""
        return Pair(self.b, self.a, self.label, self.weight, self.source)


@dataclass
class CorpusConfig:
    """Which pairs train, develop and test."""

    #: Folder with `pairs.jsonl`, `derived.jsonl`, `terms.jsonl` and `splits/`.
    folder: Path = Path("../data/tr")
    #: A folder in `splits/`.
    split: str = "lexical"
    #: More folders in `splits/` whose development and test pairs do not train either.
    also: list[str] = field(default_factory=list)
    #: Whether derived pairs train too.
    derived: bool = True
    #: More labelled pairs to train on.
    extra: list[Path] = field(default_factory=list)
    #: Files of pairs that never train, in either order and any spelling.
    exclude: list[Path] = field(default_factory=list)
    #: Share of the training pairs that is used, for learning curves.
    share: float = 1.0


@dataclass(frozen=True)
class Corpus:
    """The parts of a corpus, without overlap."""

    train: list[Pair]
    dev: list[Pair]
    test: list[Pair]
    #: Normal forms that no training data may hold (lexical split only).
    held_out: frozenset[str]


def read_jsonl(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line numbers and objects of a JSON Lines file; blank lines are passed over."""
    try:
        with Path(path).open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                value = json.loads(line)
                if not isinstance(value, dict):
                    raise InputError(
                        f"{path}:{number}: an object is wanted, such as "
                        '{"sentence1":"…","sentence2":"…","label":"synonym"}'
                    )
                yield number, value
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8: {error}") from error
    except json.JSONDecodeError as error:
        raise InputError(f"{path}:{number}: not JSON: {error.msg}") from error


def read_pairs(path: Path, *, labelled: bool = True) -> list[Pair]:
    """The pairs of a JSON Lines file with `sentence1`, `sentence2`, `label` and maybe `weight`."""
    return [
        _pair(value, f"{path}:{number}", labelled=labelled) for number, value in read_jsonl(path)
    ]


def _pair(value: dict[str, Any], where: str, *, labelled: bool) -> Pair:
    terms = []
    for key in ("sentence1", "sentence2"):
        term = value.get(key)
        if not isinstance(term, str) or not term.strip():
            raise InputError(f"{where}: `{key}` must be a term")
        terms.append(term)
    name, weight = value.get("label"), value.get("weight", 1.0)
    if name is None and not labelled:
        label = -1
    else:
        name = name.replace("-", "_") if isinstance(name, str) else name
        if name not in RELATIONS:
            known = ", ".join(RELATIONS)
            raise InputError(f"{where}: `label` is {name!r}, but must be one of {known}")
        label = RELATIONS.index(name)
    if not isinstance(weight, int | float) or not 0 < weight <= 1:
        raise InputError(f"{where}: `weight` must be above 0 and at most 1")
    return Pair(terms[0], terms[1], label, float(weight), value.get("source") or "")


def read_parts(pairs: Path, parts: Path) -> dict[str, list[Pair]]:
    """Pairs by part: line n of `parts` names the part of line n of `pairs`."""
    found = read_pairs(pairs)
    try:
        names = parts.read_text(encoding="utf-8").split()
    except OSError as error:
        raise InputError(f"{parts}: cannot be read: {error.strerror}") from error
    if len(names) != len(found):
        raise InputError(
            f"{parts}: {len(names)} lines for the {len(found)} pairs of {pairs}: "
            "make the splits again"
        )
    by_part: dict[str, list[Pair]] = {"train": [], "dev": [], "test": [], "out": []}
    for number, (name, pair) in enumerate(zip(names, found, strict=True), 1):
        if name not in by_part:
            raise InputError(
                f"{parts}:{number}: `{name}` is no part; parts are train, dev, test, out"
            )
        by_part[name].append(pair)
    return by_part


def load_corpus(config: CorpusConfig, foreign: dict[str, list[Pair]] | None = None) -> Corpus:
    """Reads the parts, leaves out what is excluded, and makes sure that nothing overlaps.

    `foreign` are other evaluation sets by name; what is in them does not train either.
    """
    foreign = foreign or {}
    folder = config.folder / "splits" / config.split
    stated = read_parts(config.folder / "pairs.jsonl", folder / "pairs.part")
    train = stated["train"]
    if config.derived:
        train += read_parts(config.folder / "derived.jsonl", folder / "derived.part")["train"]
    for name in config.also:
        other, names = config.folder / "splits" / name, ["pairs"] + ["derived"] * config.derived
        files = ((config.folder / f"{n}.jsonl", other / f"{n}.part") for n in names)
        trains = {pair.key for pairs, parts in files for pair in read_parts(pairs, parts)["train"]}
        train = [pair for pair in train if pair.key in trains]
    held_out = read_held_out(folder / "terms.tsv")
    evaluation = {pair.key for pair in (*stated["dev"], *stated["test"])}
    for path in config.extra:
        train += [
            pair
            for pair in read_pairs(path)
            if pair.key not in evaluation and held_out.isdisjoint(pair.key)
        ]
    excluded = {str(path): read_pairs(path, labelled=False) for path in config.exclude} | foreign
    train = without(train, [pair for pairs in excluded.values() for pair in pairs])
    if config.share < 1:
        train = sample_share(train, config.share)
    assert_no_overlap(train, {"dev": stated["dev"], "test": stated["test"]} | excluded)
    return Corpus(train, stated["dev"], stated["test"], held_out)


def read_held_out(path: Path) -> frozenset[str]:
    """The normal forms in `terms.tsv` of a split; none if the split has no such file."""
    if not path.exists():
        return frozenset()
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.split("\t")[0] for line in lines if line)


def without(pairs: Iterable[Pair], excluded: Iterable[Pair]) -> list[Pair]:
    """The pairs that are in none of `excluded`, in whatever order or spelling."""
    keys = {pair.key for pair in excluded}
    return [pair for pair in pairs if pair.key not in keys] if keys else list(pairs)


def assert_no_overlap(train: Iterable[Pair], evaluation: dict[str, Sequence[Pair]]) -> None:
    """Raises with examples if a training pair is in any evaluation set, given by name."""
    keys = {pair.key for pair in train}
    for name, pairs in evaluation.items():
        both = sorted({pair.key for pair in pairs} & keys)
        if both:
            examples = "; ".join(f"{a} – {b}" for a, b in both[:5])
            raise InputError(
                f"{len(both)} training pairs are in evaluation data `{name}`: {examples}"
            )


def sample_share(pairs: Sequence[Pair], share: float) -> list[Pair]:
    """A share of the pairs, chosen by a hash: a smaller share is part of every larger one."""
    from zlib import crc32

    limit = share * 2**32
    return [pair for pair in pairs if crc32("\t".join(pair.key).encode()) < limit]


@dataclass(frozen=True, slots=True)
class Term:
    """One sense of a term; glosses and hypernyms may be empty."""

    term: str
    gloss: str
    hypernym: str
    domain: str


def read_terms(path: Path, held_out: frozenset[str] = frozenset()) -> list[Term]:
    """The senses in `terms.jsonl`, without those of held-out terms."""
    terms = []
    for number, value in read_jsonl(path):
        term = value.get("term")
        if not isinstance(term, str) or not term.strip():
            raise InputError(f"{path}:{number}: `term` must be a term")
        if normal_form(term) not in held_out:
            fields = (value.get(key, "") for key in ("gloss", "hypernym", "domain"))
            terms.append(Term(term, *fields))
    return terms


def read_equivalents(
    path: Path, held_out: frozenset[str] = frozenset()
) -> list[tuple[str, list[str]]]:
    """Term and English equivalents of each line `term<TAB>equivalent ; equivalent`."""
    equivalents = []
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        term, tab, column = line.partition("\t")
        english = [text.strip() for text in column.split(";") if text.strip()]
        if not tab or not english:
            raise InputError(f"{path}:{number}: term, tab, equivalents are wanted")
        if normal_form(term) not in held_out:
            equivalents.append((term, english))
    return equivalents
