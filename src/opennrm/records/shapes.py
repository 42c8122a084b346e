"""Turns what a use case takes into a checked JSON shape, and what was sent back into it."""

import dataclasses
import types
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

LISTED = 200
TEXT = 20_000
NO_NUL = r"^[^\x00]*$"
_named: dict[str, type[Any]] = {}


class Exact(BaseModel):
    """A shape that takes the fields it names and no other."""

    model_config = ConfigDict(extra="forbid")


@cache
def shape_of(taken: type[Any]) -> type[Exact]:
    """Make the JSON shape of a dataclass; dataclasses within it become shapes too."""
    hints = get_type_hints(taken)
    fields: dict[str, Any] = {
        entry.name: (_shaped(hints[entry.name]), _default(entry))
        for entry in dataclasses.fields(taken)
    }
    made: type[Exact] = create_model(
        _name_of(taken), __base__=Exact, __doc__=taken.__doc__, **fields
    )
    return made


def _name_of(taken: type[Any]) -> str:
    """Name a shape; of two with one name the second bears that of its room in front.

    In a description shapes are known by their names alone.
    """
    if _named.setdefault(taken.__name__, taken) is taken:
        return taken.__name__
    return f"{taken.__module__.rpartition('.')[2].title().replace('_', '')}{taken.__name__}"


def taken_from(taken: type[Any], sent: Exact) -> Any:
    """Build what a use case takes from what was sent."""
    hints = get_type_hints(taken)
    values = {
        entry.name: _built(hints[entry.name], getattr(sent, entry.name))
        for entry in dataclasses.fields(taken)
    }
    return taken(**values)


def _shaped(hint: Any) -> Any:
    """Replace dataclasses in a type by their shapes, and bound what has no bound."""
    if dataclasses.is_dataclass(hint):
        return shape_of(hint)  # type: ignore[arg-type]
    if hint is str:
        return Annotated[str, Field(max_length=TEXT, pattern=NO_NUL)]
    parts = tuple(_shaped(part) for part in get_args(hint) if part is not Ellipsis)
    if not parts:
        return hint
    if get_origin(hint) is tuple:
        return Annotated[tuple[parts[0], ...], Field(max_length=LISTED)]  # type: ignore[valid-type]
    if get_origin(hint) in (types.UnionType, Union):
        return Union[parts]  # noqa: UP007 - the parts are known when the shape is made only
    return dict[parts] if get_origin(hint) is Mapping else hint  # type: ignore[misc, valid-type]


def _default(entry: "dataclasses.Field[Any]") -> Any:
    if entry.default is not dataclasses.MISSING:
        return entry.default
    if entry.default_factory is not dataclasses.MISSING:
        return Field(default_factory=entry.default_factory)
    return ...


def _built(hint: Any, value: Any) -> Any:
    """Build the value of a field: dataclasses from their shapes, everything else as it is."""
    if isinstance(value, Exact):
        wanted = next(part for part in (hint, *get_args(hint)) if dataclasses.is_dataclass(part))
        return taken_from(wanted, value)  # type: ignore[arg-type]
    if isinstance(value, tuple):
        return tuple(_built(get_args(hint)[0], one) for one in value)
    return value
