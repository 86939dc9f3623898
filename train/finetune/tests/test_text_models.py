"""Tokenizer and pretraining."""

import lzma
import shutil

import numpy as np
import pytest
from conftest import TINY, TRAINING, results, write_lines
from transformers import AutoModel, AutoModelForMaskedLM, AutoTokenizer

from finetune.errors import InputError
from finetune.tokenizer import TextFile, read_text, weighted
from finetune.tokens import Masking, PackedText, encode


def test_the_normaliser_stands_in_the_file(tokenizer):
    loaded = AutoTokenizer.from_pretrained(tokenizer)
    normalize = loaded.backend_tokenizer.normalizer.normalize_str
    assert normalize("İSTİNAF  ISPARTA") == "istinaf ısparta"
    assert normalize("hâkim-i \u00a0ﬁkir ") == "hakim i fikir"
    assert normalize("i\u0307zmir") == "izmir"


def test_pairs_stand_between_special_tokens(tokenizer):
    loaded = AutoTokenizer.from_pretrained(tokenizer)
    assert loaded.convert_ids_to_tokens(range(5)) == ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokens = loaded.convert_ids_to_tokens(loaded("kiracı", "malik").input_ids)
    assert tokens[0] == "[CLS]" and tokens[-1] == "[SEP]" and tokens.count("[SEP]") == 2
    assert list(loaded("kiracı")) == ["input_ids", "attention_mask"]
    assert "kiracı" in loaded.decode(loaded("KİRACI").input_ids, skip_special_tokens=True)


@pytest.mark.parametrize("model", ["unigram", "bpe"])
def test_both_models_train(run_step, text, tmp_path, model):
    files = [{"path": text, "characters": 5000}]
    assert (
        run_step("tokenizer", output=tmp_path / "run", vocabulary=150, model=model, files=files)
        == 0
    )
    assert results(tmp_path / "run")["vocabulary"] <= 150


def test_text_is_read_plain_and_compressed(tmp_path):
    plain = write_lines(tmp_path / "a.txt", ["bir", "", "iki"])
    packed = tmp_path / "a.txt.xz"
    packed.write_bytes(lzma.compress(plain.read_bytes()))
    assert list(read_text(TextFile(packed))) == list(read_text(TextFile(plain))) == ["bir", "iki"]
    assert list(weighted(TextFile(plain, weight=1.5))) == ["bir", "iki", "bir"]
    packed.write_bytes(packed.read_bytes()[:20])
    with pytest.raises(InputError, match=r"a\.txt\.xz: cannot be read"):
        list(read_text(TextFile(packed)))


def test_words_looked_up_are_words_cut_up(tokenizer, text):
    loaded = AutoTokenizer.from_pretrained(tokenizer)
    lines = ["Kiracı  ile\u00a0MALİK, 344. madde-i mahsusa", "hâlâ: 'def’i'", "\u200b"]
    lines += list(read_text(TextFile(text)))[:50]
    whole = [[*loaded(line, add_special_tokens=False).input_ids, 3] for line in lines]
    assert list(encode(loaded, lines)) == whole


def test_rows_are_packed_and_held_out_rows_do_not_train(tokenizer, text, tmp_path):
    loaded = AutoTokenizer.from_pretrained(tokenizer)
    files = [TextFile(text, weight=1.5)]
    packed = PackedText(files, loaded, tmp_path, row=32, batch=8, held_out=16, seed=1)
    again = PackedText(files, loaded, tmp_path, row=32, batch=8, held_out=16, seed=1)
    step = packed.steps + 3  # in the second epoch
    assert (packed(step) == again(step)).all()
    assert (packed(step)[:, 0] == loaded.cls_token_id).all()
    trained = {row.tobytes() for i in range(packed.steps) for row in packed(i)}
    last = packed.rows(np.arange(packed._first[1] - len(packed.held_out), packed._first[1]))
    assert (last == packed.held_out).all()
    numbers = np.concatenate([packed._order for _ in range(1)])
    assert numbers.max() < packed._first[1] - len(packed.held_out)
    assert len(trained) > packed.steps


def test_whole_words_are_masked_together(tokenizer):
    loaded = AutoTokenizer.from_pretrained(tokenizer)
    masking = Masking(loaded, 0.3, whole_words=True)
    ids = np.array(loaded(["mal sahibi varlıklı süratli kiracı"] * 64).input_ids)
    masked, places, labels = masking(ids, np.random.default_rng(0))
    used = labels >= 0
    assert (ids.ravel()[places[used]] == labels[used]).all()
    assert not np.isin(labels[used], loaded.all_special_ids).any()
    share = used.sum() / ids.size
    assert 0.15 < share < 0.35
    chosen = np.zeros(ids.size, bool)
    chosen[places[used]] = True
    inside = ~masking.begins[ids.ravel()] & ~masking.special[ids.ravel()]
    # A token inside a word is chosen exactly if the one before it is (unless cut by the count).
    before = np.roll(chosen, 1)
    assert (chosen[inside] == before[inside]).mean() > 0.97
    assert (masked.ravel()[~chosen] == ids.ravel()[~chosen]).all()


def test_pretraining_makes_a_folder_that_transformers_loads(pretrained):
    model = AutoModelForMaskedLM.from_pretrained(pretrained)
    assert model.config.num_hidden_layers == 1 and model.config.type_vocab_size == 1
    tied = model.get_output_embeddings().weight is model.get_input_embeddings().weight
    assert tied
    assert AutoModel.from_pretrained(pretrained).config.hidden_size == 32
    done = results(pretrained.parent)
    assert done["tokens"] == 19456 and 0 < done["best_loss_held_out"] < 6
    assert (pretrained.parent / "plot.png").stat().st_size > 1000


def test_pretraining_goes_on_from_a_folder(run_step, pretrained, tokenizer, text, tmp_path):
    recipe = {
        "output": tmp_path / "run", "tokenizer": tokenizer, "cache": tmp_path / "tokens",
        "row": 64, "held_out": 8, "max_tokens": 3000, "files": [{"path": text}],
        "init": pretrained, "model": TINY, "training": TRAINING,
    }  # fmt: skip
    assert run_step("pretrain", **recipe) == 0
    before = results(pretrained.parent)["best_loss_held_out"]
    assert results(tmp_path / "run")["best_loss_held_out"] < before + 0.5


def test_too_little_text_is_an_error(run_step, tokenizer, tmp_path, capsys):
    short = write_lines(tmp_path / "short.txt", ["bir iki üç"])
    recipe = {"tokenizer": tokenizer, "cache": tmp_path / "tokens", "files": [{"path": short}]}
    assert run_step("pretrain", output=tmp_path / "run", training=TRAINING, **recipe) == 2
    assert "fewer than one batch" in capsys.readouterr().err
    shutil.rmtree(tmp_path / "run")
