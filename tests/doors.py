"""Doors of the person's own for tests: a case whose page may be hers, opened and begun."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from opennrm.casework.own_door import OwnDoorClosing, OwnDoorOpening, close_own_door, open_own_door
from opennrm.casework.plan import RiskAssessment, assess_risk
from opennrm.records import own_door
from tests import cast, stories
from tests.database import CHEAP, signed_in

MANAGER, HOUSE = cast.CASE_MANAGER, cast.SHELTER_WITHOUT_CONSENT
PARTS = ("D1", "D2", "D4", "D8", "D9", "D10")
WORDS, PRESSED = "blue kettle on the hill", "seven quiet green lamps"


@dataclass(frozen=True, slots=True)
class Card:
    """A door that was opened with her: the case and the code on her card."""

    case: UUID
    code: str


def shared() -> UUID:
    """A case with a name in it, shared with a case manager."""
    officer = cast.POLICE_OFFICER
    case = stories.contact(officer, majority="adult", words="A van came each morning.")
    stories.described(officer, case, names="Teuta Rama")
    stories.answered(MANAGER, case, stories.referred(officer, case, MANAGER, "CM", PARTS))
    return case


def assessed(case: UUID, *, days: int = 30, own_access: bool = True) -> None:
    """Look at the dangers, to be looked at again after some days."""
    again = stories.TODAY + timedelta(days=days)
    risk = RiskAssessment(level="low", review_on=again, own_access=own_access)
    stories.do(assess_risk, MANAGER, case_ref=case, assessment=risk)


def opened(case: UUID, **given: object) -> str:
    """Open a door of hers; return the code of the card."""
    code = own_door.new_code()
    told = {
        "looked_on": stories.TODAY,
        "language": "en",
        "wanted": True,
        "word": "sparrow",
        "code_digest": own_door.digest(code).hex(),
    }
    opening = OwnDoorOpening(**(told | given))  # type: ignore[arg-type]
    stories.do(open_own_door, MANAGER, case_ref=case, opening=opening)
    return code


def begun(*, pressed: str = PRESSED, case: UUID | None = None, **given: object) -> Card:
    """Open a door and sign in for the first time, as her case manager sits beside her."""
    if case is None:
        case = shared()
        assessed(case)
    code = opened(case, **given)
    session = signed_in(MANAGER)
    own_door.begin(session, case, code=code, passphrase=WORDS, under_pressure=pressed, cost=CHEAP)
    return Card(case, code)


def entered(card: Card, words: str = WORDS) -> own_door.OwnSession:
    """Sign in with the card; return the open page."""
    session = own_door.resume(own_door.enter(card.code, words))
    assert session is not None
    return session


def closed(case: UUID, reason: str = "by_phone") -> None:
    """Close her door, as her case manager."""
    closing = OwnDoorClosing(reason=reason)
    stories.do(close_own_door, MANAGER, case_ref=case, closing=closing)
