"""Values of declared types -> JSON and back. What is read can be nothing but what was declared, and runs nothing.

Declared can be text, whole numbers, truth values, dates, bytes, named tuples, and tuples, lists, frozen sets and
dictionaries by text of these; of a choice at most one part may be a record or a sequence.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable
from datetime import date
from typing import Any

Reader = Callable[[Any], Any]
"""Turns what JSON gives into a value; raises ValueError where it is of another form."""

_AS_THEY_ARE = (str, int, bool, types.NoneType)
_record_of = tuple.__new__


def encode(value: Any) -> bytes:
    """Return a value as JSON; equal values give equal bytes. Raises TypeError for one of a kind that cannot be declared."""
    # Names of files may hold what is no Unicode.
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")


def decoder(declared: Any) -> Callable[[bytes], Any]:
    """Return the function that reads values of a type; it raises ValueError for whatever else it is given."""
    read = _many(list, declared, {})

    def decode(data: bytes) -> Any:
        try:
            return read([json.loads(data.decode("utf-8", "surrogatepass"))])[0]
        except RecursionError:
            raise ValueError("nested too deeply") from None

    return decode


def _plain(value: Any) -> Any:
    """Return what stands in JSON for a value that it knows nothing of."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} cannot be stored")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False, default=_plain)


def _reader(declared: Any, records: dict[type, Reader]) -> Reader:
    """Return what reads a type; `records` has those of the named tuples, which may hold one another."""
    if declared is date:
        return date.fromisoformat
    if declared is bytes:
        return bytes.fromhex
    if isinstance(declared, type) and issubclass(declared, tuple) and hasattr(declared, "_fields"):
        if declared not in records:
            records[declared] = lambda value: records[declared](value)
            hints = typing.get_type_hints(declared)
            records[declared] = _fixed(declared, [hints[name] for name in declared._fields], records)
        return records[declared]
    form, parts = typing.get_origin(declared), typing.get_args(declared)
    if form is tuple and parts[-1] is not ...:
        return _fixed(tuple, parts, records)
    if form in (tuple, list, frozenset):
        return _many(form, parts[0], records)
    if form is dict and parts[0] is str:
        values = _many(list, parts[1], records)
        return lambda value: dict(zip(value, values(list(value.values()))))
    if form in (typing.Union, types.UnionType):
        return _choice(parts, records)
    if declared in _AS_THEY_ARE:
        return lambda value: value
    raise TypeError(f"{declared} cannot be declared")


def _choice(parts: tuple[Any, ...], records: dict[type, Reader]) -> Reader:
    others = [part for part in parts if part not in _AS_THEY_ARE]
    if len(others) > 1 or (others and str in parts and str in _kinds(others[0])):
        raise TypeError(f"{parts} cannot be told apart")
    kept, read = frozenset(parts) - frozenset(others), _reader(others[0] if others else parts[0], records)
    return lambda value: value if type(value) in kept else read(value)


def _many(form: Any, part: Any, records: dict[type, Reader]) -> Reader:
    kinds, read = _kinds(part), None if part in _AS_THEY_ARE else _reader(part, records)

    def read_many(values: Any) -> Any:
        if not values:
            return form()
        if not kinds.issuperset(map(type, values)):
            raise ValueError(f"no {form.__name__} of {part}")
        return form(map(read, values) if read else values)

    return read_many


def _fixed(form: Any, parts: typing.Sequence[Any], records: dict[type, Reader]) -> Reader:
    """Return what reads a record: the hot part of every build, so that forms that were seen to fit are known by their types."""
    fits: set[tuple[type, ...]] = set()
    fitting = [_kinds(part) for part in parts]
    read_parts = [(place, _reader(part, records)) for place, part in enumerate(parts) if not _is_as_it_is(part)]

    def read_fixed(values: Any) -> Any:
        kinds = tuple(map(type, values))
        if kinds not in fits:
            if len(kinds) != len(parts) or not all(kind in fit for kind, fit in zip(kinds, fitting)):
                raise ValueError(f"no {form.__name__}")
            fits.add(kinds)
        for place, read in read_parts:
            if (value := values[place]) is not None:
                values[place] = read(value)
        return _record_of(form, values)

    return read_fixed


def _kinds(declared: Any) -> frozenset[type]:
    """Return the types that JSON has for the values of a type; whoever holds such values looks at that before reading them."""
    if declared in _AS_THEY_ARE:  # true is no number here
        return frozenset({declared})
    if declared in (date, bytes):
        return frozenset({str})
    form = typing.get_origin(declared)
    if form in (typing.Union, types.UnionType):
        return frozenset().union(*map(_kinds, typing.get_args(declared)))
    return frozenset({dict if form is dict else list})


def _is_as_it_is(declared: Any) -> bool:
    parts = typing.get_args(declared) if typing.get_origin(declared) in (typing.Union, types.UnionType) else (declared,)
    return all(part in _AS_THEY_ARE for part in parts)
