"""Makes the shape of an answer out of the dataclass a query returns."""

import dataclasses
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from ninja import Schema
from pydantic import create_model


@cache
def told(kind: type[Any], leave_out: tuple[str, ...] = ()) -> type[Schema]:
    """Make the JSON shape of a dataclass; dataclasses within it become shapes too."""
    hints = get_type_hints(kind)
    fields: dict[str, Any] = {
        one.name: (_told(hints[one.name]), ...)
        for one in dataclasses.fields(kind)
        if one.name not in leave_out
    }
    made: type[Schema] = create_model(
        kind.__name__, __base__=Schema, __doc__=kind.__doc__, __module__=kind.__module__, **fields
    )
    return made


def _told(hint: Any) -> Any:
    """Replace dataclasses in a type by their shapes; what has no order of its own is a list."""
    if dataclasses.is_dataclass(hint):
        return told(hint)  # type: ignore[arg-type]
    parts = tuple(_told(part) for part in get_args(hint) if part is not Ellipsis)
    if not parts:
        return hint
    if get_origin(hint) is frozenset or Ellipsis in get_args(hint):
        return list[parts[0]]  # type: ignore[valid-type]
    if get_origin(hint) in (types.UnionType, Union):
        return Union[parts]  # noqa: UP007 - the parts are known when the shape is made only
    return dict[parts] if get_origin(hint) is Mapping else hint  # type: ignore[misc, valid-type]
