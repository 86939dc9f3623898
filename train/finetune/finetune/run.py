"""The run folder: what a training run was, how it went, and where it goes on after a stop.

config.json     the recipe as it ran
metrics.jsonl   one line per log step: {"step", "seconds", and values by name}
plot.png        losses and scores over the steps
checkpoint.pt   everything to go on from, replaced in one move
done.json       results; the run is finished
"""

import contextlib
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch

from .config import as_table
from .errors import InputError


class Run:
    """A run folder that is open for writing.

    `resume` goes on even if the recipe changed (a longer budget, say) and wants something to go on
    from; `fresh` forgets what is there; with neither, a stopped run of the same recipe goes on.
    """

    def __init__(self, folder: Path, config: Any, *, resume: bool = False, fresh: bool = False):
        if resume and fresh:
            raise InputError("--resume and --fresh exclude each other")
        self.folder, self._resume, self._fresh = Path(folder), resume, fresh
        self.folder.mkdir(parents=True, exist_ok=True)
        if fresh:
            for name in ("config.json", "metrics.jsonl", "checkpoint.pt", "done.json", "plot.png"):
                (self.folder / name).unlink(missing_ok=True)
        table = as_table(config)
        written = self._read("config.json")
        if resume and written is None:
            raise InputError(f"{self.folder}: there is no run to resume")
        # A run that failed before its first checkpoint holds nothing to lose.
        trained = any(self.folder.glob("**/checkpoint.pt")) or self.path("done.json").exists()
        if trained and written is not None and written != table and not resume:
            changed = sorted(k for k in {*written, *table} if written.get(k) != table.get(k))
            raise InputError(
                f"{self.folder} holds a run of another recipe (changed: {', '.join(changed)}): "
                "--resume goes on with the new one, --fresh starts over, or choose another output"
            )
        if resume and written != table:
            self.path("done.json").unlink(missing_ok=True)
        self._write("config.json", table)
        self._started = time.monotonic()

    def part(self, name: str, config: Any) -> "Run":
        """A run folder in this one, for one of several trainings in a row."""
        resume = self._resume and (self.folder / name / "config.json").exists()
        return Run(self.folder / name, config, resume=resume, fresh=self._fresh)

    def path(self, name: str) -> Path:
        """The path of a file or folder in the run folder."""
        return self.folder / name

    @property
    def results(self) -> dict[str, Any] | None:
        """What the finished run handed to `finish`, or nothing if it is not finished."""
        return self._read("done.json")

    @property
    def seconds(self) -> float:
        """Time spent training, over all starts of this run."""
        return time.monotonic() - self._started

    def log(self, step: int, **values: float) -> None:
        """Adds a line to `metrics.jsonl`. Names that start with `loss` are plotted as losses."""
        record = {"step": step, "seconds": round(self.seconds, 1)}
        record |= {name: _short(value) for name, value in values.items()}
        with self.path("metrics.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(record) + "\n")

    def metrics(self) -> list[dict[str, Any]]:
        """All lines logged so far."""
        try:
            lines = self.path("metrics.jsonl").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        records = []
        for line in lines:
            with contextlib.suppress(json.JSONDecodeError):  # cut short when the run was killed
                records.append(json.loads(line))
        return records

    def save(self, step: int, state: dict[str, Any]) -> None:
        """Writes the checkpoint: `state`, the random numbers' state and the time spent."""
        part = self.path("checkpoint.pt.part")
        whole = {"step": step, "seconds": self.seconds, "random": random_state(), "state": state}
        torch.save(whole, part)
        part.replace(self.path("checkpoint.pt"))

    def restore(self) -> tuple[int, dict[str, Any]] | None:
        """Step and state of the checkpoint, if there is one; also sets the random numbers back.

        Metrics logged after the checkpoint are dropped: they will be logged again.
        """
        path = self.path("checkpoint.pt")
        if not path.exists():
            self.path("metrics.jsonl").unlink(missing_ok=True)
            return None
        try:
            whole = torch.load(path, map_location="cpu", weights_only=False)
        except Exception as error:
            raise InputError(f"{path}: not a checkpoint ({error}); --fresh starts over") from error
        kept = [record for record in self.metrics() if record["step"] <= whole["step"]]
        text = "".join(json.dumps(record) + "\n" for record in kept)
        self.path("metrics.jsonl").write_text(text, encoding="utf-8")
        self._started = time.monotonic() - whole["seconds"]
        set_random_state(whole["random"])
        return whole["step"], whole["state"]

    def plot(self) -> None:
        """Draws `plot.png`: losses above, scores below."""
        from matplotlib.figure import Figure

        curves: dict[str, list[tuple[int, float]]] = {}
        for record in self.metrics():
            for name, value in record.items():
                if name not in ("step", "seconds", "rate") and not name.endswith("per_second"):
                    curves.setdefault(name, []).append((record["step"], value))
        panels = [
            [name for name in curves if name.startswith("loss")],
            [name for name in curves if not name.startswith("loss")],
        ]
        panels = [names for names in panels if names]
        if not panels:
            return
        figure = Figure(figsize=(8, 3.2 * len(panels)), layout="constrained")
        for i, names in enumerate(panels):
            axes = figure.add_subplot(len(panels), 1, i + 1)
            for name in names:
                axes.plot(*zip(*curves[name], strict=True), label=name, marker=".", markersize=3)
            axes.set_xlabel("step")
            axes.set_ylabel("loss" if names[0].startswith("loss") else "score")
            axes.grid(alpha=0.3)
            axes.legend()
        figure.savefig(self.path("plot.png"), dpi=110)

    def finish(self, **results: Any) -> dict[str, Any]:
        """Writes the results, which marks the run as finished, and draws the plot."""
        results = {"seconds": round(self.seconds, 1)} | results
        self.plot()
        self._write("done.json", results)
        return results

    def _read(self, name: str) -> Any:
        try:
            return json.loads(self.path(name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except json.JSONDecodeError as error:
            raise InputError(
                f"{self.path(name)}: not JSON ({error}); --fresh starts over"
            ) from error

    def _write(self, name: str, value: Any) -> None:
        write_json(self.path(name), value)


def write_json(path: Path, value: Any) -> None:
    """Writes `value` as indented JSON, in one move."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    part.replace(path)


def read_json(path: Path) -> Any:
    """What `write_json` wrote."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except json.JSONDecodeError as error:
        raise InputError(f"{path}: not JSON: {error.msg}") from error


def seed_everything(seed: int) -> None:
    """Seeds Python, NumPy and PyTorch on every device."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def random_state() -> dict[str, Any]:
    """The state of all generators that `seed_everything` seeds."""
    return {
        "python": random.getstate(),
        "numpy": np.random.get_state(),
        "torch": torch.get_rng_state(),
        "cuda": torch.cuda.get_rng_state_all() if torch.cuda.is_available() else [],
    }


def set_random_state(state: dict[str, Any]) -> None:
    """Sets back what `random_state` took; devices that are not there any more are left out."""
    random.setstate(state["python"])
    np.random.set_state(state["numpy"])
    torch.set_rng_state(state["torch"])
    if torch.cuda.is_available() and len(state["cuda"]) == torch.cuda.device_count():
        torch.cuda.set_rng_state_all(state["cuda"])


def choose_device(name: str = "auto") -> torch.device:
    """`auto` is the first GPU if there is one; says on stderr what it is."""
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    if name.startswith("cuda") and not torch.cuda.is_available():
        raise InputError('device = "cuda", but PyTorch sees no GPU here: use "cpu" or "auto"')
    device = torch.device(name)
    what = (
        torch.cuda.get_device_name(device)
        if device.type == "cuda"
        else f"{torch.get_num_threads()} threads"
    )
    print(f"device: {device} ({what})", file=sys.stderr)
    return device


def _short(value: float) -> float:
    return value if isinstance(value, int) else float(f"{value:.6g}")
