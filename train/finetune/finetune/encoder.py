"""The small encoder, and any encoder with mean pooling and a projection: term to unit vector."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import (
    AutoTokenizer,
    BertConfig,
    BertModel,
    PretrainedConfig,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)

from .errors import InputError


def small_config(
    vocabulary: int,
    *,
    layers: int = 4,
    hidden: int = 256,
    heads: int = 4,
    intermediate: int | None = None,
    positions: int = 128,
    dropout: float = 0.1,
    pad: int = 0,
) -> BertConfig:
    """A BERT (Devlin et al. 2019) of our size: one token type, feed-forward four times as wide."""
    if hidden % heads:
        raise InputError(f"hidden = {hidden} cannot be shared out among heads = {heads}")
    return BertConfig(
        vocab_size=vocabulary,
        num_hidden_layers=layers,
        hidden_size=hidden,
        num_attention_heads=heads,
        intermediate_size=intermediate or 4 * hidden,
        max_position_embeddings=positions,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
        type_vocab_size=1,
        pad_token_id=pad,
    )


#: Encoders whose positions begin after that of padding.
ROBERTA = ("roberta", "xlm-roberta", "camembert")


def first_position(config: PretrainedConfig) -> int:
    """Where the first token stands in the table of positions: RoBERTa keeps room for padding."""
    return config.pad_token_id + 1 if config.model_type in ROBERTA else 0


def load_tokenizer(folder: str | Path) -> PreTrainedTokenizerBase:
    """The tokenizer of a Hugging Face folder, as it is there."""
    if not Path(folder).is_dir():
        raise InputError(f"{folder}: no such folder; a Hugging Face folder is wanted here")
    try:
        return AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{folder}: no tokenizer in there: {error}") from error


def mean_pool(states: Tensor, mask: Tensor) -> Tensor:
    """The mean of token states [B, T, H] over the mask [B, T], as [B, H]."""
    weights = mask.to(states.dtype).unsqueeze(-1)
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1.0)


class TermEncoder(nn.Module):
    """Encoder, mean pooling, optional projection, unit length: Sentence-BERT (Reimers and
    Gurevych 2019).

    On disk it is a sentence-transformers folder; any Hugging Face encoder loads as one too.
    """

    def __init__(
        self,
        encoder: PreTrainedModel,
        tokenizer: PreTrainedTokenizerBase,
        projection: nn.Linear | None = None,
        max_tokens: int = 64,
    ):
        super().__init__()
        self.encoder = encoder
        self.projection = projection
        self.tokenizer = tokenizer
        self.max_tokens = max_tokens

    @property
    def dimensions(self) -> int:
        """The length D of a vector."""
        if self.projection is not None:
            return self.projection.out_features
        return self.encoder.config.hidden_size

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return next(self.parameters()).device

    def pooled(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Ids and mask [B, T] to vectors [B, D] of any length."""
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        vectors = mean_pool(states, attention_mask)
        return vectors if self.projection is None else self.projection(vectors)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Ids and mask [B, T] to unit vectors [B, D]."""
        return functional.normalize(self.pooled(input_ids, attention_mask), dim=-1)

    def tokenize(self, terms: Sequence[str]) -> dict[str, Tensor]:
        """Padded `input_ids` and `attention_mask`, both [B, T], where the weights are."""
        batch = self.tokenizer(
            list(terms),
            padding=True,
            truncation=True,
            max_length=self.max_tokens,
            return_tensors="pt",
            return_token_type_ids=False,
        )
        return {name: batch[name].to(self.device) for name in ("input_ids", "attention_mask")}

    @torch.inference_mode()
    def embed(self, terms: Sequence[str], batch: int = 256) -> np.ndarray:
        """Unit vectors [len(terms), D] of 32-bit floats, in evaluation mode."""
        training = self.training
        self.eval()
        order = sorted(range(len(terms)), key=lambda i: len(terms[i]))
        vectors = np.zeros((len(terms), self.dimensions), np.float32)
        for start in range(0, len(order), batch):
            part = order[start : start + batch]
            vectors[part] = self(**self.tokenize([terms[i] for i in part])).float().cpu().numpy()
        self.train(training)
        return vectors

    @classmethod
    def new(
        cls, tokenizer: PreTrainedTokenizerBase, config: BertConfig, dimensions: int | None = None
    ) -> "TermEncoder":
        """A randomly initialised encoder with a projection to `dimensions`, if given."""
        encoder = BertModel(config, add_pooling_layer=False)
        projection = nn.Linear(config.hidden_size, dimensions) if dimensions else None
        return cls(encoder, tokenizer, projection, min(64, config.max_position_embeddings))

    @classmethod
    def load(cls, folder: str | Path) -> "TermEncoder":
        """From a sentence-transformers folder or any Hugging Face encoder folder."""
        return cls.from_sentence_transformer(load_sentence_transformer(folder))

    @classmethod
    def from_sentence_transformer(cls, model) -> "TermEncoder":
        """The parts of a SentenceTransformer with mean pooling; the weights are shared."""
        from sentence_transformers.sentence_transformer.modules import Dense, Normalize, Pooling

        first, *rest = list(model)
        projection = None
        for module in rest:
            if isinstance(module, Pooling) and module.pooling_mode in ("mean", ("mean",)):
                continue
            if isinstance(module, Dense) and isinstance(module.activation_function, nn.Identity):
                projection = module.linear
            elif not isinstance(module, Normalize):
                raise InputError(
                    f"{type(module).__name__} in a sentence-transformers folder: only mean "
                    "pooling, a linear layer and normalisation are supported"
                )
        encoder = cls(first.model, first.tokenizer, projection, first.max_seq_length or 64)
        return encoder.train(first.training)

    def save(self, folder: str | Path) -> None:
        """Writes a sentence-transformers folder that `load` and SentenceTransformer read."""
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import (
            Dense,
            Normalize,
            Pooling,
            Transformer,
        )

        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self.encoder.save_pretrained(folder)
        self.tokenizer.save_pretrained(folder)
        # Built from files: the library's Transformer module takes a folder, not a model.
        transformer = Transformer(str(folder), max_seq_length=self.max_tokens)
        modules = [transformer, Pooling(self.encoder.config.hidden_size, "mean")]
        if self.projection is not None:
            dense = Dense(
                self.projection.in_features,
                self.projection.out_features,
                bias=self.projection.bias is not None,
                activation_function=nn.Identity(),
            )
            dense.linear.load_state_dict(self.projection.state_dict())
            modules.append(dense)
        modules.append(Normalize())
        SentenceTransformer(modules=modules, device="cpu").save(
            str(folder), create_model_card=False
        )


def load_sentence_transformer(folder: str | Path, max_tokens: int | None = None):
    """The SentenceTransformer in `folder`, on the CPU; a plain encoder gets mean pooling."""
    from sentence_transformers import SentenceTransformer

    if not Path(folder).is_dir():
        raise InputError(f"{folder}: no such folder; a Hugging Face encoder folder is wanted here")
    try:
        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{folder}: not a Hugging Face encoder folder: {error}") from error
    if max_tokens:
        model.max_seq_length = max_tokens
    return model
