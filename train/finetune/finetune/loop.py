"""The training loop that all steps share: AdamW, cosine with warm-up, checkpoints, early stopping.

A batch is a function of its step and nothing else, so that a run which was stopped goes on with
the very batch it would have had, and ends with the weights it would have had.
"""

import contextlib
import math
import queue
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from .run import Run, choose_device, seed_everything

T = TypeVar("T")


@dataclass
class TrainingConfig:
    """How any model is trained; the table `[training]` of a recipe."""

    batch: int = 128
    epochs: float = 5.0
    #: Peak learning rate.
    rate: float = 3e-5
    #: Share of the training in which the rate rises.
    warmup: float = 0.1
    weight_decay: float = 0.01
    #: Largest norm of a gradient.
    clip: float = 1.0
    precision: Literal["f32", "bf16"] = "bf16"
    seed: int = 1
    #: `auto`, `cpu`, `cuda`, `cuda:1`.
    device: str = "auto"
    #: CPU threads; 0 leaves it to PyTorch.
    threads: int = 0
    #: Ends the training, and the cosine with it, after this time.
    max_minutes: float | None = None
    log_every: int = 20
    #: Steps between evaluations; 0 is once an epoch.
    evaluate_every: int = 0
    #: Evaluations without improvement after which training stops; 0 is never.
    patience: int = 0
    checkpoint_minutes: float = 10.0
    #: Steps between checkpoints, besides those by time; 0 is none.
    checkpoint_steps: int = 0


class Stopped(Exception):
    """Training was interrupted; its checkpoint is written and the same command goes on."""


def start(config: TrainingConfig) -> torch.device:
    """Seeds everything, sets the threads, and chooses the device."""
    if config.threads:
        torch.set_num_threads(config.threads)
    torch.set_float32_matmul_precision("high")
    seed_everything(config.seed)
    return choose_device(config.device)


def precision(config: TrainingConfig, device: torch.device) -> torch.autocast:
    """The context, also a decorator, in which products are taken in the chosen precision."""
    return torch.autocast(device.type, torch.bfloat16, enabled=config.precision == "bf16")


class Epochs(Generic[T]):
    """Batches by step of examples that are shuffled anew for every epoch.

    `examples(epoch)` must always give the same number. With `keys`, no two examples of a batch
    share a key where that can be helped: other synonyms of one term are no negatives.
    """

    def __init__(
        self,
        examples: Callable[[int], Sequence[T]],
        batch: int,
        seed: int,
        keys: Callable[[T], Iterable[Hashable]] | None = None,
    ):
        self._examples, self._batch, self._seed, self._keys = examples, batch, seed, keys
        self._epoch, self._batches = -1, []
        self._load(0)

    @property
    def steps(self) -> int:
        """Batches per epoch."""
        return len(self._batches)

    def __call__(self, step: int) -> list[T]:
        """The batch of a step."""
        epoch, index = divmod(step, self.steps)
        if epoch != self._epoch:
            self._load(epoch)
        return self._batches[index]

    def _load(self, epoch: int) -> None:
        examples = self._examples(epoch)
        order = np.random.default_rng([self._seed, epoch]).permutation(len(examples))
        shuffled = [examples[i] for i in order]
        if self._keys is None:
            size = self._batch
            self._batches = [shuffled[i : i + size] for i in range(0, len(shuffled), size)]
        else:
            self._batches = list(_without_repeats(shuffled, self._batch, self._keys))
        self._epoch = epoch


def _without_repeats(
    examples: Sequence[T], size: int, keys: Callable[[T], Iterable[Hashable]]
) -> Iterator[list[T]]:
    pending = deque(examples)
    while pending:
        batch, seen, passed = [], set(), deque()
        while pending and len(batch) < size:
            example = pending.popleft()
            own = set(keys(example))
            if own & seen:
                passed.append(example)
            else:
                batch.append(example)
                seen |= own
        while passed and len(batch) < size:  # nothing else is left
            batch.append(passed.popleft())
        pending.extendleft(reversed(passed))
        yield batch


def fit(
    run: Run,
    model: nn.Module,
    batch_at: Callable[[int], Any],
    loss_of: Callable[[Any], Tensor],
    config: TrainingConfig,
    device: torch.device,
    *,
    steps: int,
    steps_per_epoch: int,
    evaluate: Callable[[], dict[str, float]] | None = None,
    score: str = "macro_f1",
    sizes: Callable[[Any], dict[str, int]] = lambda batch: {"examples": len(batch)},
) -> dict[str, Any]:
    """Trains `model`, which is on `device`, for `steps` steps or until the time is over.

    `evaluate` gives values to log; the weights with the highest `score` among them are those that
    the model has in the end (the last weights if there is no `evaluate`). `sizes` counts what is
    in a batch, for the speed in the log. Returns the steps made, the best values and the loss.
    """
    decayed = [p for p in model.parameters() if p.requires_grad and p.ndim > 1]
    others = [p for p in model.parameters() if p.requires_grad and p.ndim <= 1]
    groups = [{"params": decayed, "weight_decay": config.weight_decay}, {"params": others}]
    optimizer = torch.optim.AdamW(groups, lr=config.rate, weight_decay=0.0, eps=1e-7)
    state: dict[str, Any] = {"seconds": 0.0, "best": None, "since_best": 0}
    done = 0
    if (restored := run.restore()) is not None:
        done, saved = restored
        model.load_state_dict(saved.pop("model"))
        optimizer.load_state_dict(saved.pop("optimizer"))
        state |= saved
        print(f"goes on after step {done}", file=sys.stderr)

    def save() -> None:
        weights = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
        run.save(done, weights | state)

    def assess(loss: float) -> None:
        if evaluate is None:
            return
        model.eval()
        values = evaluate()
        model.train()
        run.log(done, **values)
        if state["best"] is None or values[score] > state["best"][score]:
            state.update(best=values | {"step": done}, since_best=0)
            part = run.path("best.pt.part")
            torch.save(model.state_dict(), part)
            part.replace(run.path("best.pt"))
        else:
            state["since_best"] += 1
        bar.write(f"step {done}: loss {loss:.4f}, {score} {values[score]:.4f}", file=sys.stderr)
        run.plot()

    model.train()
    evaluate_every = config.evaluate_every or steps_per_epoch
    budget = 60 * config.max_minutes if config.max_minutes else math.inf

    def over() -> bool:
        return state["seconds"] >= budget or 0 < config.patience <= state["since_best"]

    losses, counts, window, last_save = [], {}, 0.0, time.monotonic()
    bar = tqdm(total=steps, initial=done, desc=run.folder.name, dynamic_ncols=True, mininterval=1)
    batches = prefetch(batch_at, done, steps)
    with bar, interrupts() as interrupted, contextlib.closing(batches):
        while done < steps and not over():
            started = time.monotonic()
            batch = next(batches)
            progress = max(done / steps, state["seconds"] / budget)
            rate = config.rate * cosine(progress, config.warmup)
            for group in optimizer.param_groups:
                group["lr"] = rate
            with precision(config, device):
                loss = loss_of(batch)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), config.clip)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            losses.append(loss.detach())
            for name, count in sizes(batch).items():
                counts[name] = counts.get(name, 0) + count
            done += 1
            bar.update()
            logs = done % config.log_every == 0 or done == steps
            if logs:
                mean = float(torch.stack(losses).float().mean())  # waits for the device
                if not math.isfinite(mean):
                    raise FloatingPointError(
                        f'the loss is {mean} at step {done}: lower `rate`, or precision = "f32"'
                    )
            spent = time.monotonic() - started
            window += spent
            state["seconds"] += spent
            if logs:
                speeds = {f"{name}_per_second": round(n / window) for name, n in counts.items()}
                run.log(done, loss=mean, rate=rate, **speeds)
                bar.set_postfix(loss=f"{mean:.3f}", **speeds)
                losses, counts, window = [], {}, 0.0
            if done % evaluate_every == 0 or done == steps or over():
                assess(float(loss.detach()))
            ended = done == steps or over()
            by_steps = config.checkpoint_steps and done % config.checkpoint_steps == 0
            by_time = time.monotonic() - last_save >= 60 * config.checkpoint_minutes
            if ended or by_steps or by_time or interrupted.is_set():
                save()
                last_save = time.monotonic()
            if interrupted.is_set() and not ended:
                raise Stopped(f"{run.folder}: stopped after step {done} of {steps}")
    if evaluate is not None and run.path("best.pt").exists():
        model.load_state_dict(torch.load(run.path("best.pt"), map_location=device))
    model.eval()
    best = {f"best_{name}": value for name, value in (state["best"] or {}).items()}
    return {"steps": done, "training_seconds": round(state["seconds"], 1)} | best


def cosine(progress: float, warmup: float) -> float:
    """Share of the peak rate at `progress` in [0, 1]: linear rise, then half a cosine to zero.

    The first step has a hundredth of the peak at least, so that it is not lost.
    """
    if progress < warmup:
        return max(progress / warmup, 0.01)
    return 0.5 * (1 + math.cos(math.pi * min((progress - warmup) / (1 - warmup), 1.0)))


def prefetch(batch_at: Callable[[int], T], first: int, end: int, depth: int = 4) -> Iterator[T]:
    """The batches of steps `first` to `end`, made by a thread that runs ahead."""
    ready: queue.Queue[tuple[T | None, BaseException | None]] = queue.Queue(depth)
    closed = threading.Event()

    def put(item: tuple[T | None, BaseException | None]) -> None:
        while not closed.is_set():
            with contextlib.suppress(queue.Full):
                return ready.put(item, timeout=0.2)

    def work() -> None:
        try:
            for step in range(first, end):
                if closed.is_set():
                    return
                put((batch_at(step), None))
        except BaseException as error:
            put((None, error))

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    try:
        for _ in range(first, end):
            batch, error = ready.get()
            if error is not None:
                raise error
            yield batch
    finally:
        closed.set()
        worker.join()


@contextlib.contextmanager
def interrupts() -> Iterator[threading.Event]:
    """An event that the first SIGINT or SIGTERM sets; the second SIGINT is as ever."""
    event = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield event
        return

    def note(number: int, frame: Any) -> None:
        event.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield event
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
