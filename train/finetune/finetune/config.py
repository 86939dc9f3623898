"""Recipes: a TOML file and `--set key=value` into a dataclass, strictly.

A key that the dataclass does not have is an error that names the nearest one; a value of another
type is an error too. Paths are relative to the folder that the command runs in.
"""

import dataclasses
import difflib
import json
import tomllib
import types
import typing
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

from .errors import InputError

T = TypeVar("T")


def load(
    path: str | Path, kind: type[T], overrides: Sequence[str] = (), step: str | None = None
) -> T:
    """The recipe `path` as a `kind` (a dataclass), with overrides such as `model.layers=4`.

    A file may hold the recipes of several steps, each in a table of the step's name, and nothing
    else; then that of `step` is read.

    An override's value is read as TOML, and as plain text if it is none: `rate=1e-4`,
    `exclude=["a.jsonl"]`, `output=runs/a`. Numbers in a key count list items: `stages.0.epochs=2`.
    """
    path = Path(path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not TOML: {error}") from error
    if step and "output" not in table and table and all(map(_is_table, table.values())):
        if step not in table:
            raise InputError(f"{path}: recipes of {', '.join(table)}, none of {step}")
        table = table[step]
    for override in overrides:
        _override(table, override)
    return build(table, kind, str(path))


def build(table: dict[str, Any], kind: type[T], where: str = "config") -> T:
    """The dataclass `kind` from a table of TOML or JSON values."""
    fields = {field.name: field for field in dataclasses.fields(kind) if field.init}
    hints = typing.get_type_hints(kind)
    values = {}
    for key, value in table.items():
        if key not in fields:
            raise InputError(f"{where}: unknown key `{key}`{_nearest(key, fields)}")
        values[key] = _convert(value, hints[key], f"{where}: `{key}`")
    for name, field in fields.items():
        needed = (
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        )
        if needed and name not in values:
            raise InputError(f"{where}: `{name}` is missing")
    try:
        return kind(**values)
    except ValueError as error:  # raised by a `__post_init__` that checks values together
        raise InputError(f"{where}: {error}") from error


def as_table(config: Any) -> dict[str, Any]:
    """The dataclass `config` as plain values that JSON can hold; `build` reads it back."""
    return json.loads(json.dumps(dataclasses.asdict(config), default=str))


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _nearest(key: str, known: typing.Iterable[str]) -> str:
    names = list(known)
    close = difflib.get_close_matches(key, names, n=1)
    if close:
        return f"; did you mean `{close[0]}`?"
    return f"; known are {', '.join(f'`{name}`' for name in names)}"


def _override(table: dict[str, Any], override: str) -> None:
    key, equals, text = override.partition("=")
    if not equals or not key.strip():
        raise InputError(f"--set {override}: write key=value")
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = text
    *parents, last = key.strip().split(".")
    at: Any = table
    try:
        for name in parents:
            at = at[int(name)] if isinstance(at, list) else at.setdefault(name, {})
        if isinstance(at, list):
            at[int(last)] = value
        elif isinstance(at, dict):
            at[last] = value
        else:
            raise TypeError
    except (IndexError, ValueError, TypeError, AttributeError) as error:
        raise InputError(f"--set {override}: there is no such place in the recipe") from error


def _convert(value: Any, hint: Any, where: str) -> Any:
    """`value` as the annotated type `hint`; whole numbers may stand for floats, nothing else."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        if value is None and type(None) in arguments:
            return None
        (inner,) = [argument for argument in arguments if argument is not type(None)]
        return _convert(value, inner, where)
    if origin is Literal:
        if value not in arguments:
            known = ", ".join(repr(argument) for argument in arguments)
            raise InputError(f"{where}: {value!r} is not one of {known}")
        return value
    if origin is list:
        if not isinstance(value, list):
            raise InputError(f"{where}: a list is wanted, not {value!r}")
        return [_convert(item, arguments[0], f"{where}[{i}]") for i, item in enumerate(value)]
    if dataclasses.is_dataclass(hint):
        if not isinstance(value, dict):
            raise InputError(f"{where}: a table is wanted, not {value!r}")
        return build(value, hint, where)
    if hint is Path and isinstance(value, str):
        return Path(value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not hint:
        raise InputError(f"{where}: {hint.__name__} is wanted, not {value!r}")
    return value
