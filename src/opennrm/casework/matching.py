"""Weighs what a person needs against what services say of themselves, with every reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

NIGHTS = "nights"
MET = frozenset({"met", "met_in_part"})


class Aspect(StrEnum):
    """What is looked at when a need meets a service."""

    GROUP = "group"
    FORM = "form"
    LANGUAGE = "language"
    AREA = "area"
    ACCESS = "access"
    PLACES = "places"
    HOURS = "hours"
    STANDARDS = "standards"
    AGREEMENT = "agreement"


class Speaks(StrEnum):
    """Whether a reason speaks for a service, against it, or is not known."""

    FOR = "for"
    AGAINST = "against"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, with the codes or words it is about."""

    aspect: Aspect
    speaks: Speaks
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person needs of a service; what nobody asked is left empty and decides nothing.

    There is no field for co-operation, nationality, residence or a criminal case.
    """

    service: str
    groups: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    area: str = ""
    access: frozenset[str] = frozenset()
    at_night: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A service as the directory knows it; never with an address."""

    ref: UUID
    entry: UUID
    organisation: UUID | None
    name: str
    service: str
    groups: frozenset[str] = frozenset()
    forms_left_out: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    areas: tuple[str, ...] = ()
    access: frozenset[str] = frozenset()
    hours: frozenset[str] = frozenset()
    places: int | None = None
    free: int | None = None
    counted_on: date | None = None
    waiting: int = 0
    check: str = ""
    checked_on: date | None = None
    next_check_on: date | None = None
    agreement_until: date | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A service with all reasons for and against it, and what is not known of it."""

    listed: Listed
    reasons: tuple[Reason, ...]

    def speaking(self, speaks: Speaks) -> tuple[Reason, ...]:
        """Return the reasons that speak for it, against it, or are not known."""
        return tuple(one for one in self.reasons if one.speaks is speaks)

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """Return its place: least against first, then least unknown, then most for."""
        count = {speaks: len(self.speaking(speaks)) for speaks in Speaks}
        more = count[Speaks.AGAINST], count[Speaks.NOT_KNOWN], -count[Speaks.FOR]
        return (*more, self.listed.name)


def matches(wanted: Wanted, services: Iterable[Listed], *, on: date) -> tuple[Match, ...]:
    """Return every service of the kind that is wanted, the best first; none is left out."""
    alike = (one for one in services if one.service == wanted.service)
    found = (Match(one, tuple(reasons(wanted, one, on=on))) for one in alike)
    return tuple(sorted(found, key=lambda match: match.rank))


def reasons(wanted: Wanted, listed: Listed, *, on: date) -> Iterator[Reason]:
    """Yield every reason for and against a service."""
    yield from _covers(Aspect.GROUP, wanted.groups, listed.groups)
    yield from _form(wanted, listed)
    yield from _covers(Aspect.LANGUAGE, wanted.languages, listed.languages)
    yield from _area(wanted, listed)
    yield from _covers(Aspect.ACCESS, wanted.access, listed.access)
    yield from _hours(wanted, listed)
    yield _places(listed)
    yield _standards(listed, on)
    yield _agreement(listed, on)


def _covers(aspect: Aspect, wanted: frozenset[str], said: frozenset[str]) -> Iterator[Reason]:
    """Compare what is wanted with what a service says it covers; silence is no refusal."""
    if not wanted:
        return
    missing = tuple(sorted(wanted - said))
    if not said:
        yield Reason(aspect, Speaks.NOT_KNOWN, tuple(sorted(wanted)))
    elif missing:
        yield Reason(aspect, Speaks.AGAINST, missing)
    else:
        yield Reason(aspect, Speaks.FOR, tuple(sorted(wanted)))


def _form(wanted: Wanted, listed: Listed) -> Iterator[Reason]:
    left_out = tuple(sorted(wanted.forms & listed.forms_left_out))
    if left_out:
        yield Reason(Aspect.FORM, Speaks.AGAINST, left_out)
    elif wanted.forms:
        yield Reason(Aspect.FORM, Speaks.FOR, tuple(sorted(wanted.forms)))


def _area(wanted: Wanted, listed: Listed) -> Iterator[Reason]:
    if not wanted.area:
        return
    covered = {area.casefold() for area in listed.areas}
    if not covered:
        yield Reason(Aspect.AREA, Speaks.NOT_KNOWN, (wanted.area,))
    else:
        speaks = Speaks.FOR if wanted.area.casefold() in covered else Speaks.AGAINST
        yield Reason(Aspect.AREA, speaks, (wanted.area,))


def _hours(wanted: Wanted, listed: Listed) -> Iterator[Reason]:
    if wanted.at_night:
        yield from _covers(Aspect.HOURS, frozenset({NIGHTS}), listed.hours)


def _places(listed: Listed) -> Reason:
    if listed.free is None:
        return Reason(Aspect.PLACES, Speaks.NOT_KNOWN)
    about = (str(listed.free), str(listed.places or 0), str(listed.waiting))
    return Reason(Aspect.PLACES, Speaks.FOR if listed.free else Speaks.AGAINST, about)


def _standards(listed: Listed, on: date) -> Reason:
    """Say how the last check ended; a check whose next day has passed says nothing any more."""
    overdue = listed.next_check_on is not None and listed.next_check_on < on
    if not listed.check or overdue:
        return Reason(Aspect.STANDARDS, Speaks.NOT_KNOWN)
    speaks = Speaks.FOR if listed.check in MET else Speaks.AGAINST
    return Reason(Aspect.STANDARDS, speaks, (listed.check,))


def _agreement(listed: Listed, on: date) -> Reason:
    if listed.organisation is None:
        return Reason(Aspect.AGREEMENT, Speaks.NOT_KNOWN)
    until = listed.agreement_until
    in_force = until is not None and until > on
    return Reason(Aspect.AGREEMENT, Speaks.FOR if in_force else Speaks.AGAINST)
