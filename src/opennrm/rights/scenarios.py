"""Reads scenarios written in plain sentences, and makes the situation each of them tells."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, get_type_hints

from opennrm.rights.registry import CHAPTERS

SITUATIONS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {name: made for chapter in CHAPTERS for name, made in chapter.SITUATIONS.items()}
)


def situation_of(parts: Mapping[str, Any]) -> object:
    """Make the situation a scenario tells; a list becomes a set or a tuple as its field asks.

    :raises KeyError: when no situation has the kind named.
    :raises TypeError: when a field is not one of the situation's.
    """
    fields = dict(parts)
    make = SITUATIONS[fields.pop("kind")]
    wanted = get_type_hints(make)
    return make(**{name: _as(value, str(wanted.get(name, ""))) for name, value in fields.items()})


def _as(value: object, wanted: str) -> object:
    if not isinstance(value, list):
        return value
    return tuple(value) if wanted.startswith("tuple") else frozenset(value)
