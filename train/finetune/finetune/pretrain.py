"""Step `pretrain`: a masked language model from running text (Devlin et al. 2019).

Only the masked places go through the output layer, whose weights are those of the input: with a
small encoder and a large vocabulary it would otherwise cost more than the encoder.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModelForMaskedLM, BertForMaskedLM

from .encoder import load_tokenizer, small_config
from .loop import TrainingConfig, fit, precision, start
from .run import Run
from .tokenizer import TextFile
from .tokens import Masking, PackedText


@dataclass
class ModelConfig:
    """The size of a new encoder."""

    layers: int = 4
    hidden: int = 256
    heads: int = 4
    #: Width of the feed-forward layers; four times `hidden` if absent.
    intermediate: int | None = None
    dropout: float = 0.1


@dataclass
class Config:
    """The recipe."""

    output: Path
    #: Folder of the tokenizer.
    tokenizer: Path
    files: list[TextFile]
    model: ModelConfig = field(default_factory=ModelConfig)
    training: TrainingConfig = field(default_factory=TrainingConfig)
    #: A masked language model to go on from, instead of a new one.
    init: Path | None = None
    #: Where token files are kept; other runs with the same tokenizer use them too.
    cache: Path = Path("runs/tokens")
    #: Tokens in a row.
    row: int = 128
    mask: float = 0.15
    whole_words: bool = True
    #: Rows to measure on.
    held_out: int = 512
    #: Ends the training after so many tokens, instead of `training.epochs`.
    max_tokens: int | None = None
    #: Compiles the encoder; worth its minute on a GPU.
    compile: bool = False


class MaskedLanguageModel(nn.Module):
    """Any transformers model with a masked-language-model head, asked at masked places only."""

    def __init__(self, model: nn.Module):
        super().__init__()
        self.model = model
        self.encoder = model.base_model
        self.head = model.cls if hasattr(model, "cls") else model.lm_head

    def forward(self, ids: Tensor, places: Tensor) -> Tensor:
        """Rows [B, L] and flat places [K] to logits [K, V]."""
        states = self.encoder(input_ids=ids).last_hidden_state
        return self.head(states.flatten(0, 1)[places])


def execute(config: Config, run: Run) -> dict[str, Any]:
    """Trains, and writes the Hugging Face folder `model`."""
    device = start(config.training)
    tokenizer = load_tokenizer(config.tokenizer)
    training = config.training
    if config.init:
        inner = AutoModelForMaskedLM.from_pretrained(config.init, local_files_only=True)
    else:
        settings = vars(config.model) | {"positions": config.row, "pad": tokenizer.pad_token_id}
        inner = BertForMaskedLM(small_config(len(tokenizer), **settings))
    model = MaskedLanguageModel(inner).to(device)
    if config.compile:
        model.encoder.compile()
    text = PackedText(
        config.files,
        tokenizer,
        config.cache,
        row=config.row,
        batch=training.batch,
        held_out=config.held_out,
        seed=training.seed,
    )
    masking = Masking(tokenizer, config.mask, config.whole_words)

    def batch_at(step: int) -> tuple[Tensor, ...]:
        random = np.random.default_rng([training.seed, 1, step])
        return tuple(map(torch.from_numpy, masking(text(step), random)))

    def loss_of(batch: tuple[Tensor, ...]) -> Tensor:
        ids, places, labels = (part.to(device, non_blocking=True) for part in batch)
        return functional.cross_entropy(model(ids, places).float(), labels)

    @torch.inference_mode()
    def evaluate() -> dict[str, float]:
        random = np.random.default_rng(0)  # the same places every time
        loss = right = count = 0.0
        for i in range(0, len(text.held_out), 64):
            parts = masking(text.held_out[i : i + 64], random)
            ids, places, labels = (torch.from_numpy(part).to(device) for part in parts)
            with precision(training, device):
                logits = model(ids, places).float()
            loss += functional.cross_entropy(logits, labels, reduction="sum").item()
            right += (logits.argmax(-1) == labels).sum().item()
            count += (labels >= 0).sum().item()
        return {"loss_held_out": loss / max(count, 1), "masked_accuracy": right / max(count, 1)}

    steps = round(text.steps * training.epochs)
    if config.max_tokens:
        steps = max(config.max_tokens // (training.batch * config.row), 1)
    results = fit(
        run,
        model,
        batch_at,
        loss_of,
        training,
        device,
        steps=steps,
        steps_per_epoch=text.steps,
        evaluate=evaluate,
        score="masked_accuracy",
        sizes=lambda batch: {"tokens": batch[0].numel()},
    )
    inner.save_pretrained(run.path("model"))
    tokenizer.save_pretrained(run.path("model"))
    tokens = results["steps"] * training.batch * config.row
    return {"folder": str(run.path("model")), "tokens": tokens, "device": str(device)} | results
