"""A run that was stopped ends as if it had not been."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch
from conftest import TRAINING, results, toml
from torch import nn

from finetune.__main__ import main
from finetune.errors import InputError
from finetune.loop import Epochs, Stopped, TrainingConfig, cosine, fit, prefetch
from finetune.run import Run, seed_everything


@dataclass
class Recipe:
    rate: float = 0.01


def train(folder: Path, *, stop_at: int | None = None, **changes) -> tuple[nn.Module, dict]:
    """Trains a network with dropout on numbers; `stop_at` interrupts it as SIGTERM does."""
    settings = {"batch": 8, "rate": 0.01, "precision": "f32", "log_every": 1} | changes
    config = TrainingConfig(**settings)
    seed_everything(1)
    model = nn.Sequential(nn.Linear(4, 16), nn.Dropout(0.3), nn.ReLU(), nn.Linear(16, 1))
    inputs = torch.linspace(-1, 1, 160).view(40, 4)
    batches = Epochs(lambda epoch: list(range(40)), 8, 1)
    made = 0

    def loss_of(batch):
        nonlocal made
        made += 1
        if made == stop_at:
            os.kill(os.getpid(), signal.SIGTERM)
        wanted = inputs[batch].sum(1, keepdim=True)
        return nn.functional.mse_loss(model(inputs[batch]), wanted)

    @torch.inference_mode()
    def evaluate():
        loss = nn.functional.mse_loss(model(inputs), inputs.sum(1, keepdim=True)).item()
        return {"loss_dev": loss, "fit": -loss}

    run = Run(folder, Recipe())
    done = fit(
        run, model, batches, loss_of, config, torch.device("cpu"),
        steps=25, steps_per_epoch=5, evaluate=evaluate, score="fit",
    )  # fmt: skip
    return model, done


def test_a_stopped_run_ends_in_the_same_state(tmp_path):
    whole, _ = train(tmp_path / "whole")
    with pytest.raises(Stopped, match="after step 12 of 25"):
        train(tmp_path / "parts", stop_at=12)
    parts, _ = train(tmp_path / "parts")
    for one, other in zip(whole.parameters(), parts.parameters(), strict=True):
        assert torch.equal(one, other)
    lines = [Run(tmp_path / name, Recipe()).metrics() for name in ("whole", "parts")]
    for one, other in zip(*lines, strict=True):
        volatile = {"seconds", "examples_per_second"}
        assert {k: v for k, v in one.items() if k not in volatile} == {
            k: v for k, v in other.items() if k not in volatile
        }


def test_metrics_after_the_checkpoint_are_logged_once(tmp_path):
    with pytest.raises(Stopped):
        train(tmp_path, stop_at=6)
    with (tmp_path / "metrics.jsonl").open("a") as out:  # killed later, after its last checkpoint
        out.write('{"step": 7, "seconds": 1, "loss": 1.0}\n{"step": 8, "seco')
    train(tmp_path)
    steps = [line["step"] for line in Run(tmp_path, Recipe()).metrics() if "loss" in line]
    assert steps == list(range(1, 26))


def test_training_ends_when_the_time_is_over_or_nothing_improves(tmp_path):
    _, timed = train(tmp_path / "time", max_minutes=1e-9)
    assert timed["steps"] == 1
    _, patient = train(tmp_path / "patience", rate=0.0, patience=2)
    assert patient["steps"] == 15 and patient["best_step"] == 5


def test_another_recipe_in_the_same_folder_is_refused(tmp_path):
    train(tmp_path)
    with pytest.raises(InputError, match="changed: rate"):
        Run(tmp_path, Recipe(rate=0.5))
    assert Run(tmp_path, Recipe(rate=0.5), resume=True).restore() is not None
    assert Run(tmp_path, Recipe(), fresh=True).restore() is None
    Run(tmp_path / "failed", Recipe())
    Run(tmp_path / "failed", Recipe(rate=0.5))  # nothing was trained: no objection
    with pytest.raises(InputError, match="no run to resume"):
        Run(tmp_path / "new", Recipe(), resume=True)


def test_a_broken_checkpoint_is_named(tmp_path):
    train(tmp_path)
    (tmp_path / "checkpoint.pt").write_bytes(b"PK\3\4 cut short")
    with pytest.raises(InputError, match="not a checkpoint"):
        Run(tmp_path, Recipe()).restore()


def test_batches_hold_no_term_twice_where_that_can_be_helped():
    examples = [("a", str(i)) for i in range(6)] + [("b", str(i)) for i in range(6, 18)]
    batches = Epochs(lambda epoch: examples, 2, 1, keys=lambda example: example)
    found = [batches(i) for i in range(batches.steps)]
    assert sorted(example for batch in found for example in batch) == sorted(examples)
    assert sum(one[0] == other[0] for one, other in found) <= 3
    assert [batches(i) for i in range(9, 18)] != found


def test_the_rate_rises_and_falls():
    assert [cosine(p, 0.1) for p in (0, 0.05, 0.1, 0.55)] == pytest.approx([0.01, 0.5, 1, 0.5])
    assert cosine(1.0, 0.1) == cosine(1.5, 0.1) == 0


def test_an_error_while_making_a_batch_is_raised():
    def batch_at(step: int) -> int:
        if step == 2:
            raise InputError("line 3")
        return step

    made = prefetch(batch_at, 0, 5)
    assert [next(made), next(made)] == [0, 1]
    with pytest.raises(InputError, match="line 3"):
        next(made)


def test_a_killed_pretraining_goes_on(tokenizer, text, tmp_path, capsys):
    """The whole program, killed without warning; weights equal those of a run that was not."""
    from safetensors.torch import load_file

    shared = (
        f'tokenizer = "{tokenizer}"\ncache = "{tmp_path}/tokens"\nrow = 32\nheld_out = 4\n'
        f"max_tokens = 30720\nfiles = {toml([{'path': text}])}\n"
        "model = {layers = 1, hidden = 32, heads = 2}\n"
        f"training = {toml(TRAINING | {'checkpoint_steps': 10, 'log_every': 1})}\n"
    )
    finals = []
    for name, killed in (("whole", False), ("parts", True)):
        recipe = tmp_path / f"{name}.toml"
        recipe.write_text(f'output = "{tmp_path / name}"\n{shared}')
        if killed:
            command = [sys.executable, "-m", "finetune", "pretrain", recipe]
            process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
            while not (tmp_path / name / "checkpoint.pt").exists():
                time.sleep(0.02)
                assert process.poll() is None, process.stderr.read()
            process.kill()
            process.communicate()
            assert not (tmp_path / name / "done.json").exists()
        assert main(["pretrain", str(recipe)]) == 0
        assert ("goes on after step" in capsys.readouterr().err) == killed
        finals.append(load_file(tmp_path / name / "model" / "model.safetensors"))
        assert results(tmp_path / name)["steps"] == 60
    for name, weights in finals[0].items():
        assert torch.equal(weights, finals[1][name]), name
    assert json.loads((tmp_path / "whole" / "config.json").read_text())["row"] == 32
