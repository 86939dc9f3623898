"""The programs that training asks, and the tables of the model card."""

import pytest

from finetune import card
from finetune.data import CorpusConfig, Pair, load_corpus, read_pairs
from finetune.errors import InputError
from finetune.lexicon import Lexicon, ProgramsConfig, run_program, write_pairs


def test_pairs_survive_the_file(tmp_path):
    pairs = [Pair("kiracı", "müstecir", 0, 0.97, "entry"), Pair("alıcı", "satıcı", 1, 0.9, "")]
    write_pairs(tmp_path / "pairs.jsonl", pairs)
    assert read_pairs(tmp_path / "pairs.jsonl") == pairs


def test_a_missing_or_failing_program_is_named(tmp_path):
    with pytest.raises(InputError, match="build it first"):
        run_program([tmp_path / "semrel", "build"])
    with pytest.raises(InputError, match="false"):
        run_program(["false", "x"])
    lexicon = Lexicon(ProgramsConfig(tmp_path / "a", tmp_path / "b"), tmp_path / "pack")
    with pytest.raises(InputError, match="build it first"):
        lexicon.features([Pair("kiracı", "müstecir", 0)])


def test_another_split_holds_out_too(corpus):
    one = load_corpus(CorpusConfig(corpus, "random"))
    splits = corpus / "splits"
    other = splits / "reversed"
    other.mkdir()
    for name in ("pairs.part", "derived.part"):
        lines = (splits / "random" / name).read_text().split()
        (other / name).write_text("\n".join(reversed(lines)) + "\n")
    both = load_corpus(CorpusConfig(corpus, "random", ["reversed"]))
    held = load_corpus(CorpusConfig(corpus, "reversed"))
    keys = {pair.key for pair in both.train}
    assert keys < {pair.key for pair in one.train}
    assert keys.isdisjoint(pair.key for pair in (*held.dev, *held.test))


def test_tables_go_between_the_marks(tmp_path):
    path = tmp_path / "CARD.md"
    path.write_text(f"before\n{card.BEGIN}\nold\n{card.END}\nafter\n", encoding="utf-8")
    text = card.table(["a", "b"], [["x", card.number(0.25)]])
    card.replace(path, text)
    card.replace(path, text)
    assert path.read_text(encoding="utf-8") == (
        f"before\n{card.BEGIN}\n\n| a | b |\n|---|---:|\n| x | 0.250 |\n\n{card.END}\nafter\n"
    )
    path.write_text("no marks", encoding="utf-8")
    with pytest.raises(InputError, match="marks"):
        card.replace(path, text)
