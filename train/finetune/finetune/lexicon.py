"""What the lexicon of the training part says around a pair: asked of semrel's own programs, so
that training sees exactly what the library will."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .data import RELATIONS, Corpus, Pair, read_jsonl
from .errors import InputError
from .text import normal_form


@dataclass
class ProgramsConfig:
    """Where the programs are: `cargo build --release` makes them, here and in `train/`."""

    semrel: Path = Path("../../target/release/semrel")
    semrel_train: Path = Path("../target/release/semrel-train")


class Lexicon:
    """A pack of the training pairs and of the terms that are not held out."""

    def __init__(self, programs: ProgramsConfig, folder: Path):
        self._programs, self.folder = programs, folder

    def build(self, corpus: Corpus, terms: Path) -> None:
        """Makes the pack from the training pairs and `terms.jsonl`."""
        with tempfile.TemporaryDirectory() as place:
            pairs, described = Path(place) / "pairs.jsonl", Path(place) / "terms.jsonl"
            write_pairs(pairs, corpus.train)
            with described.open("w", encoding="utf-8") as out:
                for _, value in read_jsonl(terms):
                    if normal_form(value["term"]) not in corpus.held_out:
                        hypernym = value.get("hypernym")
                        if hypernym and normal_form(hypernym) in corpus.held_out:
                            del value["hypernym"]
                        out.write(json.dumps(value, ensure_ascii=False) + "\n")
            command = [self._programs.semrel, "build", described, pairs, "--folder"]
            command += ["--output", self.folder, "--name", "training", "--language", "tr"]
            run_program([*command, "--pack-version", "0"])

    def features(
        self, pairs: Sequence[Pair], *, known: bool = True
    ) -> tuple[np.ndarray, list[tuple[str, str]]]:
        """Features [N, F] of pairs, and the words that the terms of each do not share.

        With `known` false the lexicon is left out of it.
        """
        with tempfile.TemporaryDirectory() as place:
            source, table, words = (Path(place) / name for name in ("p.jsonl", "f.npy", "r.tsv"))
            write_pairs(source, pairs)
            command = [self._programs.semrel_train, "features", source, "--pack", self.folder]
            command += ["--output", table, "--remainders", words]
            run_program([*command, *([] if known else ["--no-lexicon"])])
            rows = words.read_text(encoding="utf-8").split("\n")[: len(pairs)]
            return np.load(table), [tuple(row.split("\t")) for row in rows]


def write_pairs(path: Path, pairs: Sequence[Pair]) -> None:
    """Labelled pairs as JSON Lines; derived ones keep their source."""
    with path.open("w", encoding="utf-8") as out:
        for pair in pairs:
            line = {"sentence1": pair.a, "sentence2": pair.b, "label": RELATIONS[pair.label]}
            line |= {"weight": pair.weight} | ({"source": pair.source} if pair.source else {})
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def run_program(command: Sequence[object]) -> None:
    """Runs one of the programs; what it says of a failure is raised."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    except OSError as error:
        raise InputError(f"{words[0]}: cannot be run: {error.strerror}; build it first") from error
    if done.returncode:
        raise InputError(f"{words[0]} {words[1]}: {done.stderr.strip()}")
