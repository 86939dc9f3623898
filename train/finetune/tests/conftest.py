"""A toy corpus, a toy text, and the models that several tests start from."""

import itertools
import json
import os
from pathlib import Path

import pytest

# Threads that wait for each other cost more than these tiny products; for processes started too.
os.environ |= {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}

from finetune.__main__ import main

#: Groups of synonyms; neighbours in a row of two groups are opposites.
GROUPS = [
    [["kiracı", "müstecir"], ["malik", "mal sahibi"]],
    [["borçlu", "medyun"], ["alacaklı", "dain"]],
    [["büyük", "kocaman"], ["küçük", "ufak"]],
    [["eski", "kadim"], ["yeni", "taze"]],
    [["siyah", "kara"], ["beyaz", "ak"]],
    [["zengin", "varlıklı"], ["yoksul", "fakir"]],
    [["barış", "sulh"], ["savaş", "harp"]],
    [["yanıt", "cevap"], ["soru", "sual"]],
    [["doğru", "gerçek"], ["yalan", "uydurma"]],
    [["hızlı", "süratli"], ["yavaş", "ağır"]],
    [["İYİ NİYET", "hüsnüniyet"], ["kötü niyet", "suiniyet"]],
    [["hâkim", "yargıç"], ["sanık", "maznun"]],
]
SIBLINGS = ["elma", "armut", "kiraz", "erik", "kayısı", "ayva", "incir", "dut"]


def stated() -> list[dict]:
    pairs = []
    for groups in GROUPS:
        for group in groups:
            pairs.append((*group, "synonym"))
        pairs += [(a, b, "antonym") for a, b in itertools.product(*groups)]
    pairs += [(a, b, "co_hyponym") for a, b in itertools.combinations(SIBLINGS, 2)]
    pairs += [(a, b[0][0], "unrelated") for a, b in zip(SIBLINGS, GROUPS, strict=False)]
    return [
        {"sentence1": a, "sentence2": b, "label": label, "weight": 0.9} for a, b, label in pairs
    ]


def write_lines(path: Path, rows: list) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def corpus(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    pairs = stated()
    parts = ["dev" if i % 7 == 3 else "test" if i % 7 == 5 else "train" for i in range(len(pairs))]
    write_lines(folder / "pairs.jsonl", pairs)
    write_lines(folder / "splits" / "random" / "pairs.part", parts)
    derived = [{"sentence1": "mazi", "sentence2": "geçmiş", "label": "synonym", "weight": 0.9}]
    write_lines(folder / "derived.jsonl", derived)
    write_lines(folder / "splits" / "random" / "derived.part", ["train"])
    terms = sorted({pair[key] for pair in pairs for key in ("sentence1", "sentence2")})
    glosses = [{"term": term, "pos": "noun", "gloss": f"{term} denen şey"} for term in terms]
    write_lines(folder / "terms.jsonl", glosses)
    return folder


@pytest.fixture(scope="session")
def text(tmp_path_factory) -> Path:
    words = [word for groups in GROUPS for group in groups for word in group] + SIBLINGS
    lines = [
        f"{a} ile {b} arasında {i}. maddeye göre {c} olduğu kabul edildi, {a} hâlâ {c}."
        for i, (a, b, c) in enumerate(itertools.islice(itertools.permutations(words, 3), 700))
    ]
    return write_lines(tmp_path_factory.mktemp("text") / "text.txt", lines)


def toml(value) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(str(value) if isinstance(value, Path) else value, ensure_ascii=False)


@pytest.fixture
def run_step(tmp_path):
    """Runs a step with a recipe given as keywords; the exit status."""

    def run(step: str, *arguments: str, **recipe) -> int:
        path = tmp_path / f"{step}.toml"
        path.write_text("".join(f"{key} = {toml(value)}\n" for key, value in recipe.items()))
        return main([step, str(path), *arguments])

    return run


TINY = {"layers": 1, "hidden": 32, "heads": 2}
TRAINING = {"batch": 16, "rate": 1e-3, "epochs": 1, "log_every": 2, "device": "cpu"}


def results(folder: Path) -> dict:
    return json.loads((folder / "done.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def tokenizer(tmp_path_factory, text) -> Path:
    folder = tmp_path_factory.mktemp("tokenizer")
    recipe = folder / "recipe.toml"
    files = toml([{"path": text}])
    recipe.write_text(f'output = "{folder}/run"\nvocabulary = 300\nfiles = {files}\n')
    assert main(["tokenizer", str(recipe)]) == 0
    return folder / "run" / "tokenizer"


@pytest.fixture(scope="session")
def pretrained(tmp_path_factory, text, tokenizer) -> Path:
    folder = tmp_path_factory.mktemp("pretrained")
    recipe = folder / "recipe.toml"
    files = toml([{"path": text, "weight": 1.5}])
    recipe.write_text(
        f'output = "{folder}/run"\ntokenizer = "{tokenizer}"\ncache = "{folder}/tokens"\n'
        f"row = 64\nheld_out = 8\nmax_tokens = 20000\nfiles = {files}\n"
        f"model = {toml(TINY)}\ntraining = {toml(TRAINING)}\n"
    )
    assert main(["pretrain", str(recipe)]) == 0
    return folder / "run" / "model"
