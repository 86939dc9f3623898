"""Embedder, classifier, distillation, export and evaluation at toy scale."""

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from conftest import TRAINING, results, write_lines
from torch import nn

from finetune.data import CorpusConfig, Pair, load_corpus
from finetune.distil import distillation_loss
from finetune.encoder import TermEncoder
from finetune.errors import InputError
from finetune.examples import synonyms
from finetune.export import OPERATORS, export_onnx, operators, run_onnx
from finetune.pairs import CrossEncoder, Unrelated, UnrelatedConfig, class_weights
from finetune.text import pair_key


@pytest.fixture
def toy(corpus) -> dict:
    return {"folder": corpus, "split": "random"}


@pytest.fixture(scope="session")
def embedder(pretrained, corpus, tmp_path_factory) -> Path:
    """Three stages: to a teacher's vectors, glosses, synonyms with hard negatives."""
    from conftest import toml

    from finetune.__main__ import main

    folder = tmp_path_factory.mktemp("embedder")
    terms = [json.loads(line)["term"] for line in (corpus / "terms.jsonl").open(encoding="utf-8")]
    write_lines(folder / "terms.txt", terms)
    vectors = np.random.default_rng(0).normal(size=(len(terms), 16)).astype(np.float32)
    np.save(folder / "teacher.npy", vectors)
    triplets = [{"anchor": "ev", "positive": "konut", "negative": "iş yeri"}] * 4
    write_lines(folder / "triplets.jsonl", triplets)
    teacher = {"kind": "vectors", "file": folder / "terms.txt", "vectors": folder / "teacher.npy"}
    stages = [
        {"name": "teacher", "loss": "cosine", "sources": [teacher], "training": TRAINING},
        {"name": "glosses", "sources": [{"kind": "glosses"}], "training": TRAINING},
        {
            "name": "synonyms",
            "mini_batch": 4,
            "sources": [
                {"kind": "synonyms", "negatives": "antonym", "repeat": 4},
                {"kind": "triplets", "file": folder / "triplets.jsonl"},
            ],
            "training": TRAINING | {"epochs": 10, "rate": 1e-2},
        },
    ]
    recipe = folder / "recipe.toml"
    recipe.write_text(
        f'output = "{folder}/run"\nmodel = "{pretrained}"\ndimensions = 16\nmatryoshka = [8]\n'
        f"corpus = {toml({'folder': corpus, 'split': 'random'})}\nstages = {toml(stages)}\n"
    )
    assert main(["embedder", str(recipe)]) == 0
    return folder / "run" / "model"


@pytest.fixture(scope="session")
def classifier(pretrained, embedder, corpus, tmp_path_factory) -> Path:
    from conftest import toml

    from finetune.__main__ import main

    folder = tmp_path_factory.mktemp("classifier")
    unrelated = {
        "random": 0.3, "neighbours": 0.2, "embedder": embedder, "nearest": 3, "farthest": 20,
    }  # fmt: skip
    recipe = folder / "recipe.toml"
    recipe.write_text(
        f'output = "{folder}/run"\nmodel = "{pretrained}"\n'
        f"corpus = {toml({'folder': corpus, 'split': 'random'})}\n"
        f"unrelated = {toml(unrelated)}\ntraining = {toml(TRAINING | {'epochs': 2})}\n"
    )
    assert main(["classifier", str(recipe)]) == 0
    return folder / "run" / "model"


def test_every_stage_leaves_its_run(embedder):
    report = results(embedder.parent)
    assert list(report["stages"]) == ["teacher", "glosses", "synonyms"]
    for name in ("1-teacher", "2-glosses", "3-synonyms"):
        assert (embedder.parent / name / "plot.png").exists()
    assert report["test"]["queries"] > 0 and 0 <= report["test"]["recall_10"] <= 1


def test_an_embedder_is_a_sentence_transformers_folder(embedder):
    from sentence_transformers import SentenceTransformer

    encoder = TermEncoder.load(embedder)
    terms = ["kiracı", "mal sahibi", "süratli"]
    vectors = encoder.embed(terms)
    assert vectors.shape == (3, 16) and encoder.dimensions == 16
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    theirs = SentenceTransformer(str(embedder), device="cpu").encode(terms)
    assert np.abs(theirs - vectors).max() < 1e-5


def test_synonyms_draw_near(embedder, corpus, pretrained):
    train = load_corpus(CorpusConfig(folder=corpus, split="random")).train
    pairs = [pair for pair in train if pair.label == 0]

    def contrast(folder: Path) -> float:
        encoder = TermEncoder.load(folder)
        a = encoder.embed([pair.a for pair in pairs])
        b = encoder.embed([pair.b for pair in pairs])
        scores = a @ b.T
        return float(np.diag(scores).mean() - scores.mean())

    assert contrast(embedder) > contrast(pretrained) + 0.1


def test_antonyms_are_hard_negatives():
    pairs = [Pair("a", "b", 0), Pair("b", "c", 1), Pair("d", "e", 0)]
    texts = [example.texts for example in synonyms(pairs, "antonym")]
    assert texts == [("b", "a", "c"), ("e", "d")] or texts == [("b", "a", "c"), ("d", "e")]
    assert all(len(example.texts) == 2 for example in synonyms(pairs, "none"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"loss": "mse"}, "does not fit its sources"),
        ({"sources": [{"kind": "pairs"}]}, "`file` is missing"),
        ({"sources": [{"kind": "triplets", "file": "bad.jsonl"}]}, "bad.jsonl:1: `anchor`"),
    ],
)
def test_bad_stages_are_named(
    run_step, toy, pretrained, tmp_path, monkeypatch, capsys, change, message
):
    monkeypatch.chdir(tmp_path)
    write_lines(tmp_path / "bad.jsonl", [{"anchor": "a"}])
    stage = {"name": "s", "sources": [{"kind": "synonyms"}], "training": TRAINING} | change
    output = tmp_path / "run"
    assert run_step("embedder", output=output, model=pretrained, corpus=toy, stages=[stage]) == 2
    assert message in capsys.readouterr().err


def test_a_classifier_is_calibrated_and_reported(classifier):
    done = results(classifier.parent)
    assert set(done["reports"]) == {"dev", "test"}
    figures = done["reports"]["dev"]
    assert {"four_class", "three_class", "calibration_error", "downgraded"} <= set(figures)
    about = json.loads((classifier / "relations.json").read_text())
    assert about["labels"][0] == "synonym" and about["temperature"] > 0
    model = CrossEncoder.load(classifier)
    assert model.temperature == about["temperature"]
    scores = model.probabilities([Pair("kiracı", "müstecir", -1), Pair("müstecir", "kiracı", -1)])
    assert scores.sum(axis=1) == pytest.approx(1)
    assert scores[0] == pytest.approx(scores[1], abs=1e-6)


def test_unrelated_pairs_are_new_every_epoch_and_never_known(corpus):
    loaded = load_corpus(CorpusConfig(folder=corpus, split="random"))
    secret = [Pair("elma", "mazi", 3)]
    draw = Unrelated(UnrelatedConfig(random=2.0), loaded, secret, seed=1)
    one, two = ({pair.key for pair in draw(epoch)} for epoch in (0, 1))
    assert one != two and len(draw(0)) == len(draw(1)) == 2 * len(loaded.train)
    known = {p.key for p in (*loaded.train, *loaded.dev, *loaded.test, *secret)}
    assert not (one | two) & known


def test_rare_classes_weigh_more():
    pairs = [Pair("a", "b", 0)] * 8 + [Pair("a", "c", 1)] * 2
    weights = class_weights(pairs, 1.0)
    assert weights[1] == pytest.approx(4 * weights[0].item())
    assert class_weights(pairs, 0.0)[:2].tolist() == [1.0, 1.0]


def test_distillation_reaches_for_teacher_and_label():
    soft = torch.tensor([[0.7, 0.1, 0.1, 0.1]] * 2)
    same = soft.log()
    labels, weights = torch.tensor([-1, -1]), torch.ones(4)
    assert distillation_loss(same * 2, soft, labels, weights, 2.0, 0.7).item() == pytest.approx(
        0, abs=1e-6
    )
    labelled = distillation_loss(same * 2, soft, torch.tensor([0, 3]), weights, 2.0, 0.7)
    assert labelled > 0.1


def test_a_student_learns_from_teachers_and_bare_pairs(
    run_step, toy, classifier, pretrained, tmp_path
):
    loaded = load_corpus(CorpusConfig(**toy))
    held = loaded.test[0]
    bare = [{"sentence1": held.a, "sentence2": held.b}, {"sentence1": "ev", "sentence2": "konut"}]
    recipe = {
        "output": tmp_path / "run", "teachers": [classifier, classifier], "model": pretrained,
        "corpus": toy, "unlabelled": [write_lines(tmp_path / "bare.jsonl", bare)],
        "unrelated": {"random": 0.1}, "training": TRAINING,
    }  # fmt: skip
    assert run_step("distil", **recipe) == 0
    done = results(tmp_path / "run")
    random = round(0.1 * len(loaded.train))
    assert done["pairs"] == len(loaded.train) + random + 1  # the held-out pair is not among them
    assert np.load(tmp_path / "run" / "teacher.npy").shape == (done["pairs"], 4)
    assert CrossEncoder.load(tmp_path / "run" / "model").temperature > 0


@pytest.fixture(scope="session")
def exported(embedder, corpus, tmp_path_factory) -> Path:
    from finetune.__main__ import main

    folder = tmp_path_factory.mktemp("export")
    recipe = folder / "recipe.toml"
    recipe.write_text(
        f'output = "{folder}/run"\nmodel = "{embedder}"\npairs = "{corpus}/pairs.jsonl"\n'
    )
    assert main(["export", str(recipe)]) == 0
    return folder / "run"


def test_the_exported_embedder_agrees(exported):
    report = json.loads((exported / "parity.json").read_text())
    assert report["onnxruntime_f32"]["max_difference"] < 1e-5
    assert report["onnxruntime_int8"]["least_cosine"] > 0.98
    assert report["onnxruntime_int8"]["max_difference_of_pair_cosine"] < 0.1
    expected = [json.loads(line) for line in (exported / "expected.jsonl").open(encoding="utf-8")]
    assert len(expected) == 2 * report["pairs"] and len(expected[0]["embedding"]) == 16


def test_the_exported_graph_is_plain_and_in_integers(exported):
    model = onnx.load(str(exported / "embedder.onnx"))
    found = operators(model)
    assert set(found) <= OPERATORS
    assert found["MatMulInteger"] >= 7 and found["DynamicQuantizeLinear"] >= 4
    assert found["MatMul"] == 2  # attention, which has no weights
    assert not {"If", "Loop", "Scan", "QuantizeLinear"} & set(found)
    assert [entry.name for entry in model.graph.input] == ["input_ids", "attention_mask"]
    assert [entry.name for entry in model.graph.output] == ["embedding"]
    assert not model.graph.value_info
    assert model.opset_import[0].version == 17
    for entry in model.graph.input:
        assert [axis.dim_param for axis in entry.type.tensor_type.shape.dim] == ["batch", "tokens"]
    large = [w.name for w in model.graph.initializer if w.data_type == 1 and np.prod(w.dims) > 2100]
    assert not large  # all but the positions (64 rows) is 8 bits


def test_padding_changes_nothing(exported, embedder):
    encoder = TermEncoder.load(embedder)
    batch = encoder.tokenize(["kiracı", "malik ile mal sahibi arasında"])
    inputs = {name: value.numpy() for name, value in batch.items()}
    padded = {name: np.pad(value, ((0, 0), (0, 5))) for name, value in inputs.items()}
    plain = run_onnx(exported / "embedder.onnx", inputs)
    assert np.abs(run_onnx(exported / "embedder.onnx", padded) - plain).max() < 0.02


class PairHead(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(67, 32), nn.GELU(), nn.LayerNorm(32), nn.Linear(32, 4)
        )

    def forward(self, a, b, remainder_a, remainder_b, features):
        parts = [a * b, (a - b).abs(), remainder_a * remainder_b, torch.maximum(a, b), features]
        return self.layers(torch.cat(parts, dim=-1))


@pytest.mark.parametrize("int8", [False, True])
def test_any_module_with_named_inputs_is_exported(tmp_path, int8):
    torch.manual_seed(0)
    head = PairHead().eval()
    names = ("a", "b", "remainder_a", "remainder_b")
    inputs = {name: torch.randn(5, 16) for name in names} | {"features": torch.randn(5, 3)}
    axes = {name: {0: "pairs"} for name in (*inputs, "logits")}
    found = export_onnx(head, inputs, axes, tmp_path / "classifier.onnx", int8)
    assert (found["MatMulInteger"] == 2) == int8
    more = {name: torch.randn(9, value.shape[1]) for name, value in inputs.items()}
    wanted = head(*more.values()).detach().numpy()
    given = {name: value.numpy() for name, value in more.items()}
    logits = run_onnx(tmp_path / "classifier.onnx", given)
    assert np.abs(logits - wanted).max() < (0.1 if int8 else 1e-5)


def test_an_operator_that_is_not_allowed_is_named(tmp_path):
    class Strange(nn.Module):
        def forward(self, a):
            return torch.cumsum(a, 1)

    axes = {"a": {0: "pairs"}}
    with pytest.raises(InputError, match="CumSum"):
        export_onnx(Strange(), {"a": torch.ones(2, 2)}, axes, tmp_path / "a.onnx", int8=False)


@pytest.mark.parametrize("kind", ["classifier", "embedder"])
def test_any_folder_is_evaluated(run_step, toy, classifier, embedder, tmp_path, kind):
    folder = {"classifier": classifier, "embedder": embedder}[kind]
    rows = [{"sentence1": "ev", "sentence2": "konut", "label": "synonym"}] * 2
    files = [write_lines(tmp_path / "external.jsonl", rows)]
    output = tmp_path / "run"
    assert (
        run_step(
            "evaluate",
            output=output,
            kind=kind,
            model=folder,
            corpus=toy,
            files=files,
            device="cpu",
        )
        == 0
    )
    report = json.loads((output / "report.json").read_text())
    assert set(report) == {"dev", "test", "external"}
    if kind == "classifier":
        assert report["external"]["four_class"]["per_class"]["synonym"]["support"] == 2
        assert (output / "confusion-dev-three_class.png").exists()
    else:
        assert {"top1_in_batch", "top1", "recall_10", "terms"} <= set(report["test"])


def test_scores_of_other_programs_are_evaluated(run_step, tmp_path):
    rows = [
        {"sentence1": "a", "sentence2": "b", "label": "co-hyponym", "scores": {"co_hyponym": 0.9}},
        {"sentence1": "a", "sentence2": "c", "label": "antonym", "scores": {"synonym": 0.6}},
    ]
    path = write_lines(tmp_path / "answers.jsonl", rows)
    assert run_step("evaluate", output=tmp_path / "run", kind="scores", model=path) == 0
    report = json.loads((tmp_path / "run" / "report.json").read_text())
    assert report["answers"]["four_class"]["accuracy"] == 0.5


def test_neighbours_are_near_but_not_known(corpus, embedder):
    loaded = load_corpus(CorpusConfig(folder=corpus, split="random"))
    settings = UnrelatedConfig(
        random=0.0, neighbours=0.5, embedder=embedder, nearest=2, farthest=10
    )
    pairs = Unrelated(settings, loaded, [], seed=1)(0)
    assert len(pairs) == round(0.5 * len(loaded.train))
    assert not {pair.key for pair in pairs} & {pair_key(p.a, p.b) for p in loaded.train}
