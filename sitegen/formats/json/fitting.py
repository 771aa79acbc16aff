"""Plain values to a structure of what is wanted, field by field, where they do not fit as a whole.

Comes in: an object as the decoder gives it. Goes out: the structure with all that fits, and words
for what does not. Of a list the elements stay that fit; a name stands for an object with a name and
the other way round, since sources write people in both ways.
"""

from __future__ import annotations

from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec

_Structure = TypeVar("_Structure", bound=msgspec.Struct)
_UNFIT = (msgspec.MsgspecError, ValueError, RecursionError)
_MISFIT = object()
_KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}


def fitted(
    facts: dict[str, Any], kind: type[_Structure], wrong: list[str], path: str = ""
) -> _Structure:
    """The structure with the fields that fit; `wrong` is told of the others."""
    taken: dict[str, Any] = {}
    for field, key, wanted in _fields(kind):
        value = facts.get(key)
        if value is None:
            continue
        found = _field(value, wanted, wrong, path + key)
        if found is _MISFIT:
            wrong.append(f"{path}{key}: {_KINDS.get(type(value), 'a number')} where none belongs")
        else:
            taken[field] = found
    return kind(**taken)


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, str, Any], ...]:
    """Name, key and type of each field; to ask msgspec takes longer than to convert."""
    return tuple((one.name, one.encode_name, one.type) for one in msgspec.structs.fields(kind))


def _field(value: Any, wanted: Any, wrong: list[str], path: str) -> Any:
    found = _converted(value, wanted)
    if found is not _MISFIT:
        return found
    for one in get_args(wanted) if get_origin(wanted) in (Union, UnionType) else (wanted,):
        if isinstance(value, dict) and isinstance(one, type) and issubclass(one, msgspec.Struct):
            return fitted(value, one, wrong, f"{path}.")
        if isinstance(value, list) and get_origin(one) is list:
            return _elements(value, get_args(one)[0], wrong, path)
    return _MISFIT


def _elements(values: list[Any], wanted: Any, wrong: list[str], path: str) -> list[Any]:
    kept = [found for one in values if (found := _element(one, wanted)) is not _MISFIT]
    if len(kept) < len(values):
        wrong.append(f"{path}: {len(values) - len(kept)} of {len(values)}")
    return kept


def _element(value: Any, wanted: Any) -> Any:
    found = _converted(value, wanted)
    if found is _MISFIT and isinstance(value, dict):
        return _converted(value.get("name"), wanted)
    if found is _MISFIT and isinstance(value, str):
        return _converted({"name": value}, wanted)
    return found


def _converted(value: Any, wanted: Any) -> Any:
    if value is None and wanted is not NoneType and NoneType not in get_args(wanted):
        return _MISFIT
    try:
        return msgspec.convert(value, wanted)
    except _UNFIT:
        return _MISFIT
