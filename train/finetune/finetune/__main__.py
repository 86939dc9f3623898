"""`python -m finetune STEP RECIPE.toml`: trains, distils, exports and evaluates models."""

import argparse
import importlib
import json
import sys

from .errors import InputError

STEPS = {
    "tokenizer": "vocabulary and normaliser from text",
    "pretrain": "a masked language model from running text",
    "cooccurrence": "vectors of tokens from running text",
    "teacher": "vectors of English equivalents by an English encoder",
    "fusion": "term vectors and a relation head from all that is known of terms",
    "embedder": "term vectors: synonyms and glosses near, others far",
    "classifier": "a cross-encoder that tells the relation of two terms",
    "distil": "large cross-encoders into a small one",
    "pairhead": "the relation head over the vectors that are shipped",
    "export": "an encoder as ONNX in 8-bit integers, with a parity check",
    "quantisation": "what the shipped models lose by 8 bits",
    "system": "the library itself on held-out pairs and terms",
    "card": "tables and pictures of a model card",
    "evaluate": "figures and pictures of any classifier or embedder",
}


def main(arguments: list[str] | None = None) -> int:
    """Runs one step; 0 done, 2 bad usage or bad input, 130 interrupted."""
    parser = argparse.ArgumentParser(
        prog="python -m finetune",
        description="\n".join(f"{name:14}{what}" for name, what in STEPS.items()),
        epilog="The same command goes on with a run that was stopped.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("recipe", help="a file in configs/, or one of your own")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="overrides")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--resume", action="store_true", help="go on, even if the recipe changed")
    group.add_argument("--fresh", action="store_true", help="forget what the run folder holds")
    options = parser.parse_args(arguments)

    from .config import load
    from .loop import Stopped
    from .run import Run

    quiet()
    try:
        step = importlib.import_module(f".{options.step}", __package__)
        config = load(options.recipe, step.Config, options.overrides, options.step)
        run = Run(config.output, config, resume=options.resume, fresh=options.fresh)
        if run.results is not None:
            print(f"{run.folder}: finished before; --fresh does it again", file=sys.stderr)
            results = run.results
        else:
            results = run.finish(**step.execute(config, run))
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except Stopped as stopped:
        print(f"{stopped}; the same command goes on", file=sys.stderr)
        return 130
    print(json.dumps(results, ensure_ascii=False, indent=2))
    return 0


def quiet() -> None:
    """Keeps the libraries' progress bars and advice off the terminal."""
    import transformers

    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()


if __name__ == "__main__":
    sys.exit(main())
