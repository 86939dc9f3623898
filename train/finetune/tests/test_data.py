import json
import re

import pytest
from conftest import write_lines

from finetune.data import (
    CorpusConfig,
    Pair,
    assert_no_overlap,
    load_corpus,
    read_pairs,
    read_parts,
    sample_share,
)
from finetune.errors import InputError
from finetune.text import normal_form, pair_key


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("  SAKLI   PAY ", "saklı pay"),
        ("İSTANBUL", "istanbul"),
        ("i\u0307stanbul", "istanbul"),
        ("I\u0307STANBUL", "istanbul"),
        ("Hâkim", "hakim"),
        ("a\u0302lem", "alem"),
        ("hikmet-i teşrî", "hikmet i teşri"),
        ("e\u2011posta", "e posta"),
        ("def’i", "defi"),
        ("ＴＢＫ　ｍａｄｄｅ", "tbk madde"),
        ("saklı\u00ad pay\u200b", "saklı pay"),
        ("“saklı pay”.", "saklı pay"),
        ("A.Ş.", "a.ş"),
        ("ﬁkir", "fikir"),
        ("' '", ""),
    ],
)
def test_normal_form_is_that_of_the_library(written, form):
    assert normal_form(written) == form
    assert normal_form(form) == form


def test_parts_name_who_trains(corpus):
    loaded = load_corpus(CorpusConfig(folder=corpus, split="random"))
    assert len(loaded.train) > len(loaded.dev) > 0
    assert Pair("mazi", "geçmiş", 0, 0.9) in loaded.train
    stated_only = load_corpus(CorpusConfig(folder=corpus, split="random", derived=False))
    assert len(stated_only.train) == len(loaded.train) - 1


def test_excluded_pairs_do_not_train_in_any_order_or_spelling(corpus, tmp_path):
    before = load_corpus(CorpusConfig(folder=corpus, split="random")).train
    gone = before[0]
    rows = [{"sentence1": gone.b.replace("i", "İ").upper(), "sentence2": gone.a}]
    path = write_lines(tmp_path / "external.jsonl", rows)
    after = load_corpus(CorpusConfig(folder=corpus, split="random", exclude=[path])).train
    assert [pair for pair in before if pair not in after] == [gone]


def test_extra_pairs_never_bring_evaluation_pairs_back(corpus, tmp_path):
    loaded = load_corpus(CorpusConfig(folder=corpus, split="random"))
    held = loaded.test[0]
    rows = [
        {"sentence1": held.b, "sentence2": held.a, "label": "synonym"},
        {"sentence1": "ev", "sentence2": "konut", "label": "synonym"},
    ]
    path = write_lines(tmp_path / "extra.jsonl", rows)
    more = load_corpus(CorpusConfig(folder=corpus, split="random", extra=[path]))
    assert {pair.key for pair in more.train} - {pair.key for pair in loaded.train} == {
        pair_key("ev", "konut")
    }


def test_overlap_raises_with_examples():
    train = [Pair("alıcı", "satıcı", 1), Pair("hâkim", "yargıç", 0)]
    assert_no_overlap(train, {"dev": [Pair("dain", "alacaklı", 0)]})
    with pytest.raises(InputError, match=r"1 training pairs are in .*`dev`: hakim – yargıç"):
        assert_no_overlap(train, {"dev": [Pair("Yargıç", "HAKİM", 0)]})


def test_a_split_that_trains_on_an_evaluation_pair_is_refused(corpus, tmp_path):
    pairs = (corpus / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    first = json.loads(pairs[0])
    first["sentence1"], first["sentence2"] = first["sentence2"], first["sentence1"]
    write_lines(tmp_path / "pairs.jsonl", [pairs[0], first])
    write_lines(tmp_path / "splits/random/pairs.part", ["train", "test"])
    with pytest.raises(InputError, match="evaluation data `test`"):
        load_corpus(CorpusConfig(folder=tmp_path, split="random", derived=False))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"sentence1":"a","sentence2":"b","label":"hyponym"}', "`label` is 'hyponym'"),
        ('{"sentence1":"a","label":"synonym"}', "`sentence2` must be a term"),
        ('{"sentence1":"a","sentence2":"b","label":"synonym","weight":2}', "`weight` must be"),
        ("[1]", "an object is wanted"),
        ("{", "not JSON"),
    ],
)
def test_bad_lines_are_named_with_file_and_number(tmp_path, line, message):
    good = {"sentence1": "a", "sentence2": "b", "label": "co-hyponym"}
    path = write_lines(tmp_path / "bad.jsonl", [good, line])
    with pytest.raises(InputError, match=re.escape(f"{path}:2: ") + message):
        read_pairs(path)


def test_parts_must_have_a_line_per_pair(corpus, tmp_path):
    parts = write_lines(tmp_path / "pairs.part", ["train"])
    with pytest.raises(InputError, match=r"1 lines for the .* make the splits again"):
        read_parts(corpus / "pairs.jsonl", parts)


def test_a_smaller_share_is_part_of_a_larger_one():
    pairs = [Pair(f"terim {i}", f"karşılık {i}", 0) for i in range(400)]
    few, many = sample_share(pairs, 0.25), sample_share(pairs, 0.5)
    assert set(few) < set(many)
    assert 60 < len(few) < 140
