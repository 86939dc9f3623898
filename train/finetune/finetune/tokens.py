"""Running text as packed rows of token numbers: made once, kept in files, read by the page.

A row is [CLS] and L - 1 tokens in the order of the text, lines parted by [SEP]; nothing is padded
and nothing lost.
"""

import hashlib
import itertools
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from tqdm import tqdm
from transformers import PreTrainedTokenizerBase

from .errors import InputError
from .tokenizer import SPACE, TextFile, read_text

#: Chunks of text whose tokens are remembered.
REMEMBERED = 2_000_000


def encode(tokenizer: PreTrainedTokenizerBase, lines: Iterable[str]) -> Iterator[list[int]]:
    """The token numbers of every line, followed by [SEP].

    Tokenizers that look at one word at a time (all with `▁` or `##`) are asked once per word:
    running text repeats itself, and looking up is ten times faster than cutting up.
    """
    separator = tokenizer.sep_token_id
    remembered: dict[str, list[int]] = {}
    lines = iter(lines)
    head = list(itertools.islice(lines, 200))
    by_word = all(
        _ids(tokenizer, [line])[0] == [i for ids in _ids(tokenizer, line.split()) for i in ids]
        for line in head
    )
    for block in _blocks(itertools.chain(head, lines), 4000):
        if not by_word:
            for ids in _ids(tokenizer, block):
                yield [*ids, separator]
            continue
        words = [line.split() for line in block]
        new = list({word for line in words for word in line if word not in remembered})
        remembered.update(zip(new, _ids(tokenizer, new), strict=True))
        for line in words:
            ids = [i for word in line for i in remembered[word]]
            ids.append(separator)
            yield ids
        if len(remembered) > REMEMBERED:
            remembered.clear()


def _ids(tokenizer: PreTrainedTokenizerBase, texts: list[str]) -> list[list[int]]:
    if not texts:
        return []
    return tokenizer(
        texts, add_special_tokens=False, return_attention_mask=False, verbose=False
    ).input_ids


def _blocks(lines: Iterable[str], size: int) -> Iterator[list[str]]:
    lines = iter(lines)
    while block := list(itertools.islice(lines, size)):
        yield block


def tokenized(file: TextFile, tokenizer: PreTrainedTokenizerBase, cache: Path) -> np.ndarray:
    """All tokens of a file [N], 16 or 32 bits each, from `cache` if they were made before."""
    if not file.path.is_file():
        raise InputError(f"{file.path}: no such file")
    stat = file.path.stat()
    made_from = [
        hashlib.sha256(tokenizer.backend_tokenizer.to_str().encode()).hexdigest(),
        [file.path.name, stat.st_size, stat.st_mtime_ns, file.characters],
    ]
    key = hashlib.sha256(json.dumps(made_from).encode()).hexdigest()[:16]
    kind = np.uint16 if len(tokenizer) <= 1 << 16 else np.uint32
    path = cache / f"{file.path.name.split('.')[0]}-{key}.tokens"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        bar = tqdm(desc=f"tokens of {file.path.name}", unit="tok", unit_scale=True, mininterval=1)
        with part.open("wb") as out, bar:
            for ids in encode(tokenizer, read_text(file)):
                out.write(np.asarray(ids, kind).tobytes())
                bar.update(len(ids))
        part.replace(path)
    if path.stat().st_size == 0:
        raise InputError(f"{file.path}: there is no text in it")
    return np.memmap(path, kind, "r")


class PackedText:
    """Rows of packed text, shuffled anew for every epoch; a batch is a function of its step.

    A file of weight w gives each of its rows w times an epoch (of a broken weight, other rows each
    time). The last rows of every file, `held_out` in all, are never trained on.
    """

    def __init__(
        self,
        files: list[TextFile],
        tokenizer: PreTrainedTokenizerBase,
        cache: Path,
        *,
        row: int,
        batch: int,
        held_out: int,
        seed: int,
    ):
        self._tokens = [tokenized(file, tokenizer, cache) for file in files]
        self._weights = [file.weight for file in files]
        self._start = tokenizer.cls_token_id
        self._row, self._batch, self._seed, self._epoch = row, batch, seed, -1
        rows = np.array([len(tokens) // (row - 1) for tokens in self._tokens])
        kept_back = np.minimum((held_out * rows / max(rows.sum(), 1)).astype(int) + 1, rows // 2)
        self._rows = rows - kept_back
        self._first = np.concatenate([[0], np.cumsum(rows)])
        self.held_out = self.rows(
            np.concatenate(
                [
                    np.arange(self._first[i + 1] - n, self._first[i + 1])
                    for i, n in enumerate(kept_back)
                ]
            )
        )
        self.steps = int((self._rows * np.array(self._weights)).sum()) // batch
        if self.steps == 0:
            raise InputError(
                f"the text fills {int(self._rows.sum())} rows of {row} tokens, fewer than one "
                f"batch of {batch}: more text, or a smaller batch or row"
            )
        used = sum(map(len, self._tokens))
        print(f"text: {used:,} tokens, {self.steps:,} batches an epoch", file=sys.stderr)

    def __call__(self, step: int) -> np.ndarray:
        """The rows [batch, row] of a step."""
        epoch, index = divmod(step, self.steps)
        if epoch != self._epoch:
            self._order, self._epoch = self._shuffled(epoch), epoch
        return self.rows(self._order[index * self._batch : (index + 1) * self._batch])

    def rows(self, numbers: np.ndarray) -> np.ndarray:
        """Rows [len(numbers), row] by their numbers over all files."""
        out = np.full((len(numbers), self._row), self._start, np.int64)
        width = self._row - 1
        files = np.searchsorted(self._first, numbers, side="right") - 1
        for i, (file, number) in enumerate(zip(files, numbers, strict=True)):
            at = (number - self._first[file]) * width
            out[i, 1:] = self._tokens[file][at : at + width]
        return out

    def _shuffled(self, epoch: int) -> np.ndarray:
        random = np.random.default_rng([self._seed, epoch])
        parts = []
        for first, rows, weight in zip(self._first, self._rows, self._weights, strict=False):
            whole, rest = divmod(weight, 1)
            parts += [np.arange(first, first + rows)] * int(whole)
            if rest:
                parts.append(first + random.choice(rows, int(rest * rows), replace=False))
        return random.permutation(np.concatenate(parts))


class Masking:
    """Chooses what a masked language model has to guess (Devlin et al. 2019, section 3.1).

    Of what is chosen, eight in ten become [MASK], one a random token, one stays. With whole words,
    all tokens of a word are chosen together. The number of places is fixed, so that shapes are.
    """

    def __init__(self, tokenizer: PreTrainedTokenizerBase, share: float, whole_words: bool):
        self.share, self.whole_words = share, whole_words
        self.mask, self.size = tokenizer.mask_token_id, len(tokenizer)
        names = tokenizer.convert_ids_to_tokens(range(self.size))
        self.special = np.isin(np.arange(self.size), tokenizer.all_special_ids)
        # WordPiece marks what is inside a word, the others what begins one.
        inside = any(name.startswith("##") for name in names)
        self.begins = self.special | np.array([_begins_word(name, inside) for name in names])

    def __call__(
        self, ids: np.ndarray, random: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Rows [B, L] to masked rows [B, L], flat places [K], and the tokens there [K].

        Places that were not needed have the token -100.
        """
        if self.whole_words:
            words = np.cumsum(self.begins[ids], axis=1)
            draws = random.random((ids.shape[0], ids.shape[1] + 1))
            chosen = np.take_along_axis(draws, words, axis=1) < self.share
        else:
            chosen = random.random(ids.shape) < self.share
        flat = ids.ravel()
        found = np.flatnonzero(chosen.ravel() & ~self.special[flat])
        count = -(-int(ids.size * self.share * 1.05) // 8) * 8
        if len(found) > count:
            found = np.sort(random.choice(found, count, replace=False))
        places = np.zeros(count, np.int64)
        labels = np.full(count, -100, np.int64)
        places[: len(found)] = found
        labels[: len(found)] = flat[found]
        masked = flat.copy()
        how = random.random(len(found))
        masked[found[how < 0.8]] = self.mask
        swapped = found[(how >= 0.8) & (how < 0.9)]
        masked[swapped] = random.integers(0, self.size, len(swapped))
        return masked.reshape(ids.shape), places, labels


def _begins_word(name: str, inside_is_marked: bool) -> bool:
    """Whether a token begins a word; punctuation and digits always do."""
    if not any(c.isalpha() for c in name.removeprefix("##")):
        return True
    return not name.startswith("##") if inside_is_marked else name.startswith((SPACE, "Ġ"))
