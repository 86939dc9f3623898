import numpy as np

from finetune.metrics import (
    batch_top1,
    calibration_error,
    classification,
    downgrade,
    fit_temperature,
    plot_confusion,
    relation_report,
    retrieval,
    softmax,
)


def test_macro_f1_is_the_mean_over_the_classes_that_occur():
    report = classification([0, 0, 1, 2], [0, 1, 1, 2])
    assert report["per_class"]["synonym"] == {
        "precision": 1.0, "recall": 0.5, "f1": 0.6667, "support": 2,
    }  # fmt: skip
    assert report["macro_f1"] == round((2 / 3 + 2 / 3 + 1) / 3, 4)
    assert report["confusion"][0] == [1, 1, 0, 0]
    assert report["accuracy"] == 0.75


def test_doubtful_synonyms_and_antonyms_become_co_hyponyms():
    scores = np.array([[0.6, 0.2, 0.1, 0.1], [0.8, 0.1, 0.1, 0.0], [0.1, 0.2, 0.1, 0.6]])
    assert downgrade(scores, 0.7).tolist() == [2, 0, 3]


def test_three_classes_leave_unrelated_pairs_out():
    scores = np.array([[0.3, 0.1, 0.1, 0.5], [0.1, 0.1, 0.1, 0.7]])
    report = relation_report(scores, [0, 3])
    assert report["four_class"]["accuracy"] == 0.5
    assert report["three_class"]["accuracy"] == 1.0


def test_temperature_undoes_overconfidence():
    random = np.random.default_rng(0)
    gold = random.integers(0, 4, 4000)
    logits = random.normal(size=(4000, 4)) + 2 * np.eye(4)[gold]
    sharp = 3 * logits
    temperature = fit_temperature(sharp, gold)
    before = calibration_error(softmax(sharp), gold)
    after = calibration_error(softmax(sharp, temperature), gold)
    assert 1.2 < temperature < 3
    assert after < 0.03 < before


def test_retrieval_passes_over_other_synonyms():
    vectors = np.eye(4, dtype=np.float32)
    vectors[3] = [0.6, 0.0, 0.8, 0.0]
    query = np.array([[1.0, 0, 0, 0]], np.float32)
    assert retrieval(query, np.array([3]), vectors, [[]])["top1"] == 0.0
    assert retrieval(query, np.array([3]), vectors, [[0]])["top1"] == 1.0
    assert retrieval(query, np.array([3]), vectors, [[]])["recall_10"] == 1.0
    assert retrieval(query[:0], np.array([], int), vectors, [])["top1"] == 0.0


def test_equal_vectors_are_no_hit():
    vectors = np.ones((4, 2), np.float32)
    assert retrieval(vectors[:1], np.array([2]), vectors, [[0]])["top1"] == 0.0


def test_top1_looks_inside_the_batch_only():
    anchors = np.eye(4, dtype=np.float32)
    positives = anchors[[0, 1, 3, 2]]
    assert batch_top1(anchors, positives, 4) == 0.5
    assert batch_top1(anchors[:1], positives[:1], 4) == 0.0


def test_confusion_becomes_a_picture(tmp_path):
    plot_confusion(np.eye(4, dtype=int) * 5, tmp_path / "confusion.png")
    assert (tmp_path / "confusion.png").read_bytes().startswith(b"\x89PNG")
