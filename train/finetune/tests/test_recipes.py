"""The recipes that are there are valid, and the published one runs on an XLM-R folder."""

import tomllib
from pathlib import Path

import pytest
from conftest import results
from transformers import AutoTokenizer, XLMRobertaConfig, XLMRobertaModel

from finetune import (
    card,
    classifier,
    cooccurrence,
    distil,
    embedder,
    evaluate,
    export,
    fusion,
    pairhead,
    pretrain,
    system,
    teacher,
    tokenizer,
)  # fmt: skip
from finetune.__main__ import main
from finetune.config import load

CONFIGS = Path(__file__).parent.parent / "configs"
STEPS = {
    "tokenizer": tokenizer, "pretrain": pretrain, "embedder": embedder, "classifier": classifier,
    "distil": distil, "export": export, "evaluate": evaluate, "cooccurrence": cooccurrence,
    "teacher": teacher, "fusion": fusion, "pairhead": pairhead, "student": embedder,
    "system": system, "card": card,
}  # fmt: skip


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_recipe_is_valid(path):
    found = list(tomllib.loads(path.read_text(encoding="utf-8"))) if path.stem == "paper" else []
    for step in found or [name for name in STEPS if path.stem.startswith(name)]:
        load(path, STEPS[step].Config, step=step)


@pytest.fixture(scope="session")
def xlm_r(tmp_path_factory, tokenizer) -> Path:
    """A random XLM-R of two layers: the architecture of multilingual-e5-large."""
    folder = tmp_path_factory.mktemp("xlm-r")
    words = AutoTokenizer.from_pretrained(tokenizer)
    config = XLMRobertaConfig(
        vocab_size=len(words), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=80, pad_token_id=words.pad_token_id,
        type_vocab_size=1,
    )  # fmt: skip
    XLMRobertaModel(config).save_pretrained(folder)
    words.save_pretrained(folder)
    return folder


def test_the_published_recipe_runs_on_any_folder(xlm_r, corpus, tmp_path, capsys):
    recipe = str(CONFIGS / "paper.toml")
    assert load(recipe, classifier.Config, step="classifier").training.epochs == 8
    stage = load(recipe, embedder.Config, step="embedder").stages[0]
    assert (stage.training.epochs, stage.training.batch, stage.training.rate) == (5, 128, 3e-5)
    common = [f"model={xlm_r}", f"corpus.folder={corpus}", "corpus.split=random"]
    for step, own in (
        ("embedder", ["stages.0.training.device=cpu"]),
        ("classifier", ["training.device=cpu", "training.epochs=2", "unrelated.neighbours=0.0"]),
    ):
        sets = [*common, f"output={tmp_path / step}", *own]
        assert main([step, recipe, *(f"--set={item}" for item in sets)]) == 0
        assert "xlm-roberta" in (tmp_path / step / "model" / "config.json").read_text()
    assert results(tmp_path / "classifier")["reports"]["test"]["pairs"] > 0
    assert main(["distil", recipe]) == 2
    assert "none of distil" in capsys.readouterr().err


def test_an_xlm_r_embedder_is_exported(xlm_r, corpus, tmp_path):
    recipe = str(CONFIGS / "export.toml")
    sets = [f"output={tmp_path}", f"model={xlm_r}", f"pairs={corpus}/pairs.jsonl"]
    assert main(["export", recipe, *(f"--set={item}" for item in sets)]) == 0
    report = results(tmp_path)
    assert report["onnxruntime_f32"]["max_difference"] < 1e-5
    assert report["onnxruntime_int8"]["mean_cosine"] > 0.98
