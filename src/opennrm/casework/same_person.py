"""What two cases say of their persons, side by side: evidence for people, never an answer."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from opennrm.statistics.linkage.records import Agreement, codes, dates, documents, names

DATE = re.compile(r"\d{4}(-\d{2}-\d{2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What one case says of its person; what is empty was not told and speaks for nothing."""

    names: str = ""
    birthdate: str = ""
    documents: str = ""
    sex: str = ""
    citizenship: tuple[str, ...] = ()
    majority: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing both cases tell: what stands here, what stands there, how far it agrees."""

    field: str
    here: tuple[str, ...]
    there: tuple[str, ...]
    agreement: Agreement


def evidence(here: Described, there: Described) -> Iterator[Evidence]:
    """Yield line by line what both tell; one of them alone tells nothing."""
    for field, measure in MEASURES.items():
        left, right = _told(here, field), _told(there, field)
        if left and right:
            yield Evidence(field, left, right, measure(left, right))


def _told(one: Described, field: str) -> tuple[str, ...]:
    told = getattr(one, field)
    if isinstance(told, tuple):
        return told
    return (told,) if told else ()


def _each(measure: Callable[[str, str], Agreement]) -> Callable[..., Agreement]:
    return lambda left, right: measure(left[0], right[0])


def _born(left: str, right: str) -> Agreement:
    """Compare days as days; what is written otherwise agrees only letter by letter."""
    are_days = DATE.fullmatch(left) and DATE.fullmatch(right)
    return dates(left, right) if are_days else codes(left.casefold(), right.casefold())


def _some(left: tuple[str, ...], right: tuple[str, ...]) -> Agreement:
    if set(left) == set(right):
        return Agreement.FULL
    return Agreement.NEAR if set(left) & set(right) else Agreement.NONE


MEASURES: dict[str, Callable[[tuple[str, ...], tuple[str, ...]], Agreement]] = {
    "names": _each(names),
    "birthdate": _each(_born),
    "documents": _each(documents),
    "sex": _each(codes),
    "citizenship": _some,
    "majority": _each(codes),
    "language": _each(codes),
}
