"""Step `card`: the tables and pictures of a model card from what the other steps measured."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .data import RELATIONS
from .errors import InputError
from .run import Run, read_json

BEGIN, END = (
    "<!-- figures: made by `python -m finetune card`, do not edit -->",
    "<!-- end of figures -->",
)


@dataclass
class ShareRun:
    """A run of `pairhead` with a share of the labels."""

    share: float
    folder: Path


@dataclass
class Config:
    """The recipe."""

    output: Path
    #: Run folder of `system`.
    system: Path
    #: Runs of `pairhead`, the last with all labels.
    shares: list[ShareRun]
    #: Run folder of the encoder's distillation.
    student: Path
    #: The card, which has the two marks.
    card: Path = Path("../../models/tr/MODEL_CARD.md")
    #: Where the pictures go.
    figures: Path = Path("figures")
    #: Sets by name, in the order of the tables.
    sets: list[str] = field(
        default_factory=lambda: [
            "random_test",
            "lexical_test",
            "external",
            "random_dev",
            "lexical_dev",
        ]
    )


def execute(config: Config, run: Run) -> dict[str, Any]:
    """Puts the tables into the card, and the pictures into their folder."""
    system = read_json(config.system / "report.json")
    heads = {run.share: read_json(run.folder / "reports.json") for run in config.shares}
    config.figures.mkdir(parents=True, exist_ok=True)
    for name in config.sets[:3]:
        source = config.system / f"confusion-relation-{name}.png"
        shutil.copy(source, config.figures / f"confusion-{name}.png")
    plot_shares(heads, config.figures / "learning-curve.png")
    shutil.copy(config.student / "1-distil" / "plot.png", config.figures / "distillation.png")
    whole = heads[max(heads)]
    text = "\n\n".join(
        [
            "### Relations, lexicon and forms and models together",
            scores_table(system["relation"], config.sets),
            "### Relations by the models alone (`--no-lexicon`)",
            scores_table(system["relation_by_model"], config.sets),
            "### By relation, models alone, four classes",
            classes_table(system["relation_by_model"], config.sets[:3]),
            "### What new terms cost",
            described_table(whole),
            "### Learning curve: macro-F1 by the share of the labels",
            shares_table(heads),
            "### Embedder",
            embedder_table(system["retrieval"], whole["top1_in_batch"]),
            "### Expansion of terms that the lexicon does not know",
            expansion_table(system["expansion"]),
        ]
    )
    replace(config.card, text)
    return {"card": str(config.card)}


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table, numbers to the right."""
    lines = ["| " + " | ".join(head) + " |", "|---" + "|---:" * (len(head) - 1) + "|"]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def number(value: float) -> str:
    """A share with three digits."""
    return f"{value:.3f}"


def title(name: str) -> str:
    """A name for people."""
    return name.replace("_", " ")


def scores_table(reports: dict[str, Any], sets: Sequence[str]) -> str:
    """Macro-F1, accuracy and calibration of every set."""
    rows = [
        [
            title(name),
            f"{found['pairs']:,}",
            number(found["three_class"]["macro_f1"]),
            number(found["four_class"]["macro_f1"]),
            number(found["four_class"]["accuracy"]),
            number(found["calibration_error"]),
        ]
        for name in sets
        if (found := reports.get(name))
    ]
    head = ["pairs of", "pairs", "macro-F1, 3", "macro-F1, 4", "accuracy, 4", "calibration error"]
    return table(head, rows)


def classes_table(reports: dict[str, Any], sets: Sequence[str]) -> str:
    """Precision, recall and F1 of every relation."""
    rows = []
    for name in sets:
        for relation in RELATIONS:
            found = reports[name]["four_class"]["per_class"][relation]
            scores = [number(found[kind]) for kind in ("precision", "recall", "f1")]
            rows.append([f"{title(name)}: {title(relation)}", *scores, f"{found['support']:,}"])
    return table(["set and relation", "precision", "recall", "F1", "pairs"], rows)


def described_table(report: dict[str, Any]) -> str:
    """Held-out terms by their letters alone, and with their stored vectors."""
    rows = []
    for part in ("dev", "test"):
        for name, what in (("", "letters alone"), ("_described", "stored vectors, no relations")):
            found = report[f"lexical_{part}{name}"]
            kinds = (found[kind]["macro_f1"] for kind in ("three_class", "four_class"))
            rows.append([f"lexical {part}: {what}", *map(number, kinds)])
    return table(["what is known of the terms", "macro-F1, 3", "macro-F1, 4"], rows)


def shares_table(heads: dict[float, Any]) -> str:
    """Macro-F1 over the share of the labels."""
    names = ["random_test", "lexical_test", "lexical_test_described", "external"]
    head = ["share of the labels"]
    head += [f"{title(name)}, {k}" for name in names for k in (3, 4)]
    rows = []
    for share, report in sorted(heads.items()):
        scores = [
            number(report[name][kind]["macro_f1"])
            for name in names
            for kind in ("three_class", "four_class")
        ]
        rows.append([share, *scores])
    return table(head, rows)


def plot_shares(heads: dict[float, Any], path: Path) -> None:
    """Draws macro-F1 over the share of the labels."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 4), layout="constrained")
    axes = figure.add_subplot()
    shares = sorted(heads)
    for name in ("random_test", "lexical_test", "lexical_test_described", "external"):
        for kind, style in (("three_class", "-"), ("four_class", "--")):
            scores = [heads[share][name][kind]["macro_f1"] for share in shares]
            label = f"{title(name)}, {kind.split('_')[0]} classes"
            axes.plot(shares, scores, style, marker="o", label=label)
    axes.set_xscale("log", base=2)
    axes.set_xlabel("share of the labelled pairs")
    axes.set_ylabel("macro-F1")
    axes.grid(alpha=0.3)
    axes.legend(fontsize=7)
    figure.savefig(path, dpi=110)


def embedder_table(retrieval: dict[str, Any], top1: dict[str, float]) -> str:
    """How often held-out synonyms find each other."""
    rows = [
        [f"lexical {part}, top-1 among all terms", number(f["top1"])]
        for part, f in retrieval.items()
    ]
    rows += [
        [f"lexical {part}, recall@10", number(f["recall_10"])] for part, f in retrieval.items()
    ]
    rows += [[f"{title(name)}, top-1 in batches of 128", number(top1[name])] for name in top1]
    return table(["held-out synonyms", "share"], rows)


def expansion_table(found: dict[str, Any]) -> str:
    """What was shown for unknown terms, by the label that the corpus has for it."""
    rows = [
        ["held-out terms asked", f"{found['terms']:,}"],
        ["terms with an expansion", f"{found['terms_with_expansions']:,}"],
        ["expansions shown", f"{found['shown']:,}"],
    ]
    rows += [[f"of these {title(n)}", f"{k:,}"] for n, k in sorted(found["by_label"].items())]
    rows.append(["antonym intrusion", f"{100 * found['antonym_intrusion']:.2f} %"])
    return table(["", ""], rows)


def replace(path: Path, text: str) -> None:
    """Puts `text` between the two marks of a document."""
    whole = path.read_text(encoding="utf-8")
    before, begin, rest = whole.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise InputError(f"{path}: the marks {BEGIN!r} and {END!r} are wanted")
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
