"""Step `tokenizer`: a subword vocabulary from text, with its normaliser, as one tokenizer.json.

Unigram (Kudo 2018) or BPE (Sennrich et al. 2016) over words that begin with `▁`. The normaliser is
part of the file, so that every program that reads it sees the same text.
"""

import lzma
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from tokenizers import decoders as token_decoders
from transformers import PreTrainedTokenizerFast

from .data import read_jsonl
from .errors import InputError
from .run import Run

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
SPACE = "▁"


@dataclass
class Normaliser:
    """What is made of text before it is cut into words."""

    #: `turkish` lowers I to ı and İ to i, `plain` by Unicode, `keep` not at all.
    case: Literal["turkish", "plain", "keep"] = "turkish"
    #: Whether *hâkim* becomes *hakim*.
    drop_circumflex: bool = True
    #: Whether hyphens and dashes become spaces.
    split_hyphens: bool = True


@dataclass
class TextFile:
    """Running text, one paragraph a line: .txt, .txt.xz, or .jsonl with terms."""

    path: Path
    #: How often the text is read.
    weight: float = 1.0
    #: Characters that are read, from the beginning; all if absent.
    characters: int | None = None


@dataclass
class Config:
    """The recipe."""

    output: Path
    files: list[TextFile]
    vocabulary: int = 16000
    model: Literal["unigram", "bpe"] = "unigram"
    normaliser: Normaliser = field(default_factory=Normaliser)
    #: The most tokens that a model of this tokenizer takes.
    max_tokens: int = 128


def execute(config: Config, run: Run) -> dict[str, Any]:
    """Trains the tokenizer and writes the Hugging Face folder `tokenizer`."""
    tokenizer = train(config, (line for file in config.files for line in weighted(file)))
    folder = run.path("tokenizer")
    wrap(tokenizer, config.max_tokens).save_pretrained(folder)
    pieces = words = 0
    for file in config.files:
        for i, line in enumerate(read_text(file)):
            if i == 2000:
                break
            words += len(line.split())
            pieces += len(tokenizer.encode(line, add_special_tokens=False).ids)
    return {
        "folder": str(folder),
        "vocabulary": tokenizer.get_vocab_size(),
        "tokens_per_word": round(pieces / max(words, 1), 3),
    }


def train(config: Config, lines: Iterator[str]) -> Tokenizer:
    """A tokenizer trained on `lines`."""
    common = {
        "vocab_size": config.vocabulary,
        "special_tokens": list(SPECIAL),
        "show_progress": sys.stderr.isatty(),
    }
    if config.model == "unigram":
        tokenizer = Tokenizer(models.Unigram())
        trainer = trainers.UnigramTrainer(unk_token="[UNK]", max_piece_length=16, **common)
    else:
        tokenizer = Tokenizer(models.BPE(unk_token="[UNK]"))
        trainer = trainers.BpeTrainer(min_frequency=2, **common)
    tokenizer.normalizer = normaliser(config.normaliser)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always", split=True),
            pre_tokenizers.Punctuation("isolated"),
            pre_tokenizers.Digits(individual_digits=True),
        ]
    )
    tokenizer.decoder = token_decoders.Metaspace(replacement=SPACE, prepend_scheme="always")
    tokenizer.train_from_iterator(lines, trainer)
    ids = [(name, tokenizer.token_to_id(name)) for name in ("[CLS]", "[SEP]")]
    # One token type: the encoder has no table to tell two from each other.
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=ids
    )
    return tokenizer


def normaliser(config: Normaliser) -> normalizers.Normalizer:
    """Compatibility forms, case, circumflex, hyphens and white space, in this order."""
    steps: list[normalizers.Normalizer] = [normalizers.NFKC()]
    if config.case == "turkish":
        # What other programs make of İ (i and a combining dot) comes down to i as well.
        steps += [normalizers.Replace("İ", "i"), normalizers.Replace("I", "ı")]
    if config.case != "keep":
        steps += [normalizers.Lowercase(), normalizers.Replace("i\u0307", "i")]
    if config.drop_circumflex:
        steps += [normalizers.NFD(), normalizers.Replace("\u0302", ""), normalizers.NFC()]
    if config.split_hyphens:
        dashes = r"[\u2010-\u2015\u2212\-]"
        steps.append(normalizers.Replace(Regex(dashes), " "))
    steps += [
        normalizers.Replace(Regex(r"[\u00ad\u200b-\u200f\ufeff]"), ""),
        normalizers.Replace(Regex(r"\s+"), " "),
        normalizers.Strip(),
    ]
    return normalizers.Sequence(steps)


def wrap(tokenizer: Tokenizer, max_tokens: int) -> PreTrainedTokenizerFast:
    """The tokenizer as transformers knows it."""
    names = ("pad", "unk", "cls", "sep", "mask")
    special = {f"{name}_token": token for name, token in zip(names, SPECIAL, strict=True)}
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=max_tokens,
        model_input_names=["input_ids", "attention_mask"],
        **special,
    )


def weighted(file: TextFile) -> Iterator[str]:
    """The lines of a file as often as its weight says; of a broken weight, the first lines."""
    whole, rest = divmod(file.weight, 1)
    for _ in range(int(whole)):
        yield from read_text(file)
    if rest:
        size = sum(len(line) for line in read_text(file))
        part = TextFile(file.path, characters=int(rest * min(size, file.characters or size)))
        yield from read_text(part)


def read_text(file: TextFile) -> Iterator[str]:
    """Lines of text that are not blank; of a .jsonl file its terms and glosses."""
    left = file.characters if file.characters is not None else sys.maxsize
    for line in _lines(file.path):
        if left <= 0:
            return
        if line := line.strip():
            yield line
            left -= len(line)


def _lines(path: Path) -> Iterator[str]:
    if path.suffix == ".jsonl":
        for _, value in read_jsonl(path):
            for key in ("term", "gloss", "sentence1", "sentence2", "text"):
                if isinstance(value.get(key), str):
                    yield value[key]
        return
    try:
        opened = lzma.open if path.suffix == ".xz" else open
        with opened(path, "rt", encoding="utf-8") as text:
            yield from text
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text: {error}") from error
