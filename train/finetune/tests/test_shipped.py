"""The steps of the shipped models: vectors from text, fusion, the relation head."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from finetune import cooccurrence
from finetune.data import UNRELATED, Corpus, Pair
from finetune.errors import InputError
from finetune.export import run_onnx
from finetune.pairhead import calibrate, export_head
from finetune.pairmodel import (
    Knowledge,
    PairHead,
    TermFusion,
    TermTable,
    ranking_loss,
    rounded,
)
from finetune.pairtables import Draw, PairTable, random_pairs
from finetune.run import Run


def test_tokens_in_the_same_places_get_near_vectors(tmp_path):
    random = np.random.default_rng(1)
    sentences = []
    for _ in range(600):
        who = random.choice(["kiracı", "müstecir", "balık", "kuş"])
        places = (
            ["kira", "konut", "bedel"] if who in ("kiracı", "müstecir") else ["deniz", "gök", "su"]
        )
        sentences.append(
            " ".join([*random.permutation(places)[:2], who, *random.permutation(places)[:2]])
        )
    file = tmp_path / "tokens.txt"
    file.write_text("\n".join(sentences), encoding="utf-8")
    config = cooccurrence.Config(
        tmp_path / "run", [cooccurrence.TokenFile(file)], windows=[2], dimensions=3, subsample=1.0
    )
    run = Run(config.output, config)
    found = cooccurrence.execute(config, run)
    assert found["tokens"] == 10
    tokens = [
        line.split("\t")[0] for line in (run.path("tokens.txt")).read_text("utf-8").splitlines()
    ]
    vectors = np.load(run.path("vectors.npy"))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    of = {token: vectors[i] for i, token in enumerate(tokens)}
    assert of["kiracı"] @ of["müstecir"] > of["kiracı"] @ of["balık"] + 0.3


def test_decomposition_is_that_of_numpy():
    matrix = np.random.default_rng(2).random((40, 30)).astype(np.float32)
    import scipy.sparse

    ours = cooccurrence.decompose(scipy.sparse.csr_matrix(matrix), 5, seed=1, rounds=6)
    left, values, _ = np.linalg.svd(matrix)
    exact = left[:, :5] * np.sqrt(values[:5])
    assert np.allclose(np.abs(ours @ ours.T), np.abs(exact @ exact.T), atol=0.05)


def test_missing_token_file_is_an_error(tmp_path):
    config = cooccurrence.Config(tmp_path / "run", [cooccurrence.TokenFile(tmp_path / "none")])
    with pytest.raises(InputError, match="none"):
        cooccurrence.execute(config, Run(config.output, config))


def test_fusion_gives_unit_vectors_with_any_part_missing():
    model = TermFusion([4, 6], 8, [0.5, 0.5]).eval()
    known = Knowledge(
        [torch.randn(3, 4), torch.randn(3, 6)],
        [torch.tensor([1.0, 0.0, 1.0]), torch.tensor([1.0, 1.0, 0.0])],
    )
    vectors = model(known)
    assert torch.allclose(vectors.norm(dim=-1), torch.ones(3), atol=1e-5)
    # What is not there does not count, whatever stands in its place.
    known.parts[0][1] = 100.0
    assert torch.allclose(model(known), vectors, atol=1e-6)


def test_head_is_symmetric_and_its_rows_are_independent(tmp_path):
    torch.manual_seed(3)
    head = PairHead(8, 5).eval()
    a, b, p, q = (functional.normalize(torch.randn(6, 8), dim=-1) for _ in range(4))
    features = torch.rand(6, 5)
    with torch.no_grad():
        logits = head(a, b, p, q, features)
        assert torch.allclose(logits, head(b, a, q, p, features), atol=1e-5)
    path = tmp_path / "classifier.onnx"
    export_head(head, 8, 5, path)
    inputs = {"a": a, "b": b, "remainder_a": p, "remainder_b": q, "features": features}
    arrays = {name: x.numpy() for name, x in inputs.items()}
    together, alone = run_onnx(path, arrays, batch=6), run_onnx(path, arrays, batch=1)
    assert np.allclose(together, alone, atol=1e-5)
    assert np.abs(together - logits.numpy()).max() < 0.02


def test_calibration_lowers_the_loss_and_fits_the_shares():
    random = np.random.default_rng(4)
    gold = random.choice(4, size=2000, p=[0.1, 0.1, 0.2, 0.6])
    logits = 6 * (np.eye(4)[gold] + random.normal(size=(2000, 4)))
    head = PairHead(2, 1)
    calibrate(head, [(logits, gold)])
    after = torch.from_numpy(logits).float() / head.temperature + head.prior
    gold = torch.from_numpy(gold)
    before = functional.cross_entropy(torch.from_numpy(logits).float(), gold)
    assert functional.cross_entropy(after, gold) < before - 0.3
    assert head.prior[UNRELATED] == head.prior.max()


def test_rounded_vectors_are_near_and_small():
    vectors = functional.normalize(torch.randn(50, 96), dim=-1).numpy()
    found = rounded(vectors, 7)
    assert ((vectors * found).sum(axis=1) > 0.98).all()
    assert len(np.unique(np.round(found[0] / np.abs(found[0]).max() * 7))) <= 15


def test_ranking_loss_wants_its_own_row():
    vectors = torch.eye(4)
    assert ranking_loss(vectors, vectors, 0.07) < 1e-4
    assert ranking_loss(vectors, vectors.roll(1, 0), 0.07) > 5


def test_random_pairs_are_no_labelled_ones():
    pairs = [Pair("kiracı", "müstecir", 0), Pair("alıcı", "satıcı", 1), Pair("kira", "satış", 2)]
    corpus = Corpus(pairs, [Pair("alıcı", "kira", 2)], [], frozenset())
    drawn = random_pairs(corpus, 40, seed=1)
    assert {pair.label for pair in drawn} == {UNRELATED}
    assert {pair.key for pair in drawn}.isdisjoint(p.key for p in (*pairs, *corpus.dev))


def test_every_epoch_has_the_labelled_pairs_and_new_random_ones():
    labelled = PairTable(np.zeros((4, 4), int), np.zeros((4, 2)), np.array([0, 1, 2, UNRELATED]))
    draw = Draw(labelled, drawn=50, unrelated=3, random=10, seed=1)
    first, second = draw(0), draw(1)
    assert len(first) == len(second) == 4 + 2 + 10
    assert sorted(first[:6]) == [0, 1, 2, 3, 3, 3]
    assert set(first[6:]) != set(second[6:])


def test_spellings_share_a_row():
    terms = TermTable()
    assert terms.row("Hâkim") == terms.row("hakim") == 1
    assert terms.row("") == 0
    assert terms.terms() == ["", "hakim"]
