"""Step `quantisation`: what 8 bits cost.

The shipped files against the same files with weights widened to 32-bit floats, so that nothing but
the arithmetic differs. The library answers the held-out pairs with both, by its models alone and
without stored vectors: every vector goes through the encoder. Vectors by the library are held
against those of ONNX Runtime in floats, too.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from .data import RELATIONS, CorpusConfig, Pair
from .export import session
from .fusion import evaluation_sets
from .lexicon import ProgramsConfig, run_program, write_pairs
from .metrics import batch_top1, relation_report
from .run import Run, write_json
from .system import ask, relations
from .widen import widen

FILES = ("embedder.onnx", "classifier.onnx")


@dataclass
class Config:
    """The recipe."""

    output: Path
    #: A folder with the models of a pack.
    models: Path = Path("../../models/tr")
    corpus: CorpusConfig = field(default_factory=CorpusConfig)
    programs: ProgramsConfig = field(default_factory=ProgramsConfig)
    external: Path | None = None


def execute(config: Config, run: Run) -> dict[str, Any]:
    """Writes `report.json`: figures of both, and what 8 bits lose, in points."""
    packs = {name: make_pack(config, run, name) for name in ("int8", "f32")}
    report: dict[str, Any] = {"relation_by_model": {}, "vectors": {}}
    for name, pairs in evaluation_sets(config).items():
        report["relation_by_model"][name] = relations_report(config, packs, pairs)
        report["vectors"][name] = vectors_report(config, run, packs, pairs)
    write_json(run.path("report.json"), report)
    return report


def make_pack(config: Config, run: Run, name: str) -> Path:
    """A pack with the models in 8 bits or in floats, and none of the corpus' terms."""
    models = run.path(f"models-{name}")
    models.mkdir(exist_ok=True)
    for file in (*FILES, "tokenizer.json", "model.json"):
        shutil.copy(config.models / file, models / file)
    if name == "f32":
        for file in FILES:
            widen(config.models / file, models / file)
    # Something must be in a pack. No held-out pair has the term.
    term, pairs = models / "term.txt", models / "pairs.jsonl"
    term.write_text("zzz\n", encoding="utf-8")
    dimensions = session(models / FILES[0]).get_outputs()[0].shape[-1]
    np.save(models / "vector.npy", np.eye(1, dimensions, dtype=np.float32))
    command = [config.programs.semrel_train, "vectors", "--terms", term]
    run_program([*command, "--vectors", models / "vector.npy", "-o", models / "vectors.bin"])
    write_pairs(pairs, [Pair("zzz", "zzzz", RELATIONS.index("unrelated"))])
    pack = run.path(f"pack-{name}")
    shutil.rmtree(pack, ignore_errors=True)
    command = [config.programs.semrel, "build", pairs, "--folder", "--model", models]
    names = ["--name", name, "--language", "tr", "--pack-version", "0"]
    run_program([*command, "--output", pack, *names])
    return pack


def relations_report(
    config: Config, packs: dict[str, Path], pairs: Sequence[Pair]
) -> dict[str, Any]:
    """Macro-F1 with each of the packs, points lost, and how often the label is the same."""
    gold = np.array([pair.label for pair in pairs])
    report: dict[str, Any] = {"pairs": len(pairs)}
    labels = {}
    for kind, pack in packs.items():
        scores, _ = relations(config, pack, pairs, ["--no-lexicon"])
        labels[kind] = scores.argmax(axis=1)
        figures = relation_report(scores, gold)
        report[kind] = {
            classes: figures[classes]["macro_f1"] for classes in ("three_class", "four_class")
        }
    lost = {classes: report["f32"][classes] - report["int8"][classes] for classes in report["f32"]}
    report["points_lost"] = {classes: round(100 * loss, 2) for classes, loss in lost.items()}
    report["same_label"] = round(float((labels["int8"] == labels["f32"]).mean()), 4)
    return report


def vectors_report(
    config: Config, run: Run, packs: dict[str, Path], pairs: Sequence[Pair]
) -> dict[str, Any]:
    """Cosines of the library's vectors to those of ONNX Runtime in floats, and how well synonyms
    find each other in batches of 128 by each."""
    terms = sorted({term for pair in pairs for term in (pair.a, pair.b)})
    row = {term: i for i, term in enumerate(terms)}
    vectors = {kind: embed(config, pack, terms) for kind, pack in packs.items()}
    vectors["f32_onnxruntime"] = embed_by_runtime(run.path("models-f32"), terms)
    exact = vectors["f32_onnxruntime"]
    synonyms = [pair for pair in pairs if pair.label == RELATIONS.index("synonym")]
    # Files are sorted, so that neighbours look alike: batches are drawn from anywhere.
    order = np.random.default_rng(0).permutation(len(synonyms))
    anchors = [row[synonyms[i].a] for i in order]
    positives = [row[synonyms[i].b] for i in order]
    report: dict[str, Any] = {"terms": len(terms), "synonyms": len(synonyms)}
    for kind, found in vectors.items():
        cosines = (found * exact).sum(axis=1)
        report[kind] = {
            "top1_in_batch": batch_top1(found[anchors], found[positives]),
            "mean_cosine": round(float(cosines.mean()), 5),
            "least_cosine": round(float(cosines.min()), 5),
        }
    return report


def embed(config: Config, pack: Path, terms: Sequence[str]) -> np.ndarray:
    """Vectors [N, D] of terms by the library."""
    rows = ask(config, ["embed", "--input", "-", "--pack", pack], terms)
    return np.array(rows, np.float32)


def embed_by_runtime(models: Path, terms: Sequence[str]) -> np.ndarray:
    """Vectors [N, D] of terms by ONNX Runtime, one at a time."""
    tokenizer = Tokenizer.from_file(str(models / "tokenizer.json"))
    loaded = session(models / FILES[0])
    rows = []
    for term in terms:
        ids = np.array([tokenizer.encode(term).ids], np.int64)
        rows.append(loaded.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0])
    return np.concatenate(rows)
