"""The states of the model: one case, as small frozen values that can be compared."""

from collections.abc import Iterator
from typing import NamedTuple

from opennrm.casework.exploring.bounds import Bounds
from opennrm.casework.exploring.houses import HOUSES
from opennrm.lifecycle.move import Standing
from opennrm.lifecycle.tracks import assistance, criminal, identification, residence
from opennrm.vocabulary.identification import IdentificationStatus as Status

NO_PARTS: frozenset[str] = frozenset()


class Share(NamedTuple):
    """What one organisation has of the case: her consent to it, and its access rows.

    Days are counted from the first contact; an end is excluded. `basis` says what the rows rest
    on: nothing, a consent, or a legal duty that ends with them; `said` what she said to an offer.
    """

    consent_from: int | None = None
    consent_until: int = 0
    row: str = ""
    row_until: int = 0
    basis: str = ""
    duty_until: int = 0
    parts: frozenset[str] = NO_PARTS
    said: str = ""


class Recovery(NamedTuple):
    """A recovery and reflection period: from the day she was told, to its end, excluded."""

    begins: int
    ends: int


class Dossier(NamedTuple):
    """A grave act on a child before a panel: opened how, signed by whom, and what it found."""

    opened: str = ""
    members: int = 0
    houses: int = 0
    ayes: int = 0
    result: str = ""


class ChildFile(NamedTuple):
    """What is written down about a child; one dossier for each grave act within the bounds."""

    guarded: bool = False
    conflicted: bool = False
    assessed: str = ""
    risk_on: int | None = None
    dossiers: tuple[Dossier, ...] = ()


class WayHome(NamedTuple):
    """A return that is open: how it comes about, its risks, her choice, who else agreed."""

    comes_about: str = ""
    outcome: str = ""
    is_signed: bool = False
    by_other_body: bool = False
    assessed_on: int | None = None
    wish: str = ""
    informed: bool = False
    written: bool = False
    chosen_on: int | None = None
    arranged: bool = False
    second: str = ""


NOTHING = Share()
OVER = Recovery(0, 0)
LONG = 9999


class State(NamedTuple):
    """Where one case stands on one day."""

    day: int
    age: str
    identification: Standing
    assistance: Standing
    criminal: Standing
    residence: Standing
    shares: tuple[Share, ...]
    recovery: Recovery | None = None
    child: ChildFile | None = None
    way_home: WayHome | None = None


def firsts(bounds: Bounds) -> Iterator[State]:
    """List where a walk begins: first contact, and where asked, a recovery period that runs."""
    for age in bounds.ages:
        begun = first(age, bounds)
        yield begun
        if bounds.in_recovery:
            granted = Standing(Status.REASONABLE_GROUNDS_POSITIVE)
            yield begun._replace(identification=granted)
            yield begun._replace(identification=granted, recovery=Recovery(0, 30))


def first(age: str, bounds: Bounds) -> State:
    """Return the state of a case on the day of first contact."""
    return State(
        day=bounds.days[0],
        age=age,
        identification=Standing(identification.TRACK.start),
        assistance=Standing(assistance.TRACK.start),
        criminal=Standing(criminal.TRACK.start),
        residence=Standing(residence.TRACK.start),
        shares=(NOTHING,) * len(bounds.houses),
    )


def is_child(state: State) -> bool:
    """Tell whether the rules for children apply."""
    return state.age != "adult"


def with_share(state: State, place: int, share: Share) -> State:
    """Return the state with another share of one organisation."""
    shares = state.shares
    return state._replace(shares=(*shares[:place], share, *shares[place + 1 :]))


def seen_from(state: State, *places: int) -> tuple[Share, ...]:
    """Return the shares as a guard of these organisations looks at them.

    Of the others it sees which parts they hold, and nothing else: not on what ground, not until
    when. Questions that look alike are then asked once.
    """
    return tuple(
        share if place in places else _held_by_other(share)
        for place, share in enumerate(state.shares)
    )


def _held_by_other(share: Share) -> Share:
    if not share.row:
        return NOTHING
    return Share(row="open", row_until=LONG, basis="duty", duty_until=LONG, parts=share.parts)


class Symmetry:
    """Merges states that differ only in which of two interchangeable organisations is which."""

    def __init__(self, bounds: Bounds) -> None:
        likes = [HOUSES[name].like for name in bounds.houses]
        alike = (
            [i for i, one in enumerate(likes) if one == like] for like in dict.fromkeys(likes)
        )
        self.groups = [places for places in alike if len(places) > 1]

    def merged(self, state: State) -> State:
        """Return the one state that stands for all that look like this one."""
        for places in self.groups:
            found = [state.shares[i] for i in places]
            wanted = sorted(found, key=_order)
            if found != wanted:
                shares = list(state.shares)
                for place, share in zip(places, wanted, strict=True):
                    shares[place] = share
                state = state._replace(shares=tuple(shares))
        return state


def _order(share: Share) -> tuple[object, ...]:
    from_ = -1 if share.consent_from is None else share.consent_from
    return (from_, *share[1:6], tuple(sorted(share.parts)), share.said)
