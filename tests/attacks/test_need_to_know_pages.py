"""Every page, for every role of the cast: no word of a part its role and her consent do not open.

The pages are taken from the table of addresses, so that a new page is asked without being named
here. One word is planted in each part; what a role may see is the printed matrix and her consent.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.core.cache import cache as limits
from django.test import Client
from django.urls import URLPattern, reverse

from opennrm.casework.contact import (
    PersonDescription,
    SafeContactNote,
    describe_person,
    note_safe_contact,
)
from opennrm.casework.plan import RiskAssessment, assess_risk
from opennrm.casework.refusals import Refused
from opennrm.casework.safety_sheet import SafetySheet, write_safety_sheet
from opennrm.records.reference import reference
from opennrm.vocabulary.need_to_know import Access, need_to_know
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import CASE_SCOPES, Scope
from opennrm.web import acts
from opennrm.web.urls import urlpatterns
from tests import cast, stories
from tests.web.browsing import browser, fields_of

STARTER = cast.POLICE_OFFICER
PLANTED = {
    "D2": "Zymryt Quorraj",
    "D3": "phone the bakery at noon",
    "D4": "she was kept in a cellar",
    "D8": "he waits with a black dog",
    "D16": "never give her ibuprofen",
}
HOLDS_IT = frozenset({Access.READ, Access.WRITE})
# Acts whose forms begin with what was written before, or list it.
FILLED_IN = frozenset(
    {"write_safety_sheet", "correct_fact", "take_consent", "withdraw_consent", "refer"}
)
NO_PAGES_OF_WORK = frozenset({"account_logout", "leave", "calendar_feed", "ask_for_help"})
# These read the copy without identity or no case at all; tests/attacks/test_planted_names.py and
# the tests of the release desk look at what leaves through them.
WITHOUT_CASES = (
    "figures/",
    "open-figures/",
    "rules/",
    "periods/",
    "co-ordination/",
    "coordination/",
)


@dataclass(frozen=True)
class Asked:
    """A member of the cast in a role, and the scopes she consented to for that role."""

    member: cast.Member
    role: Role
    scopes: tuple[str, ...]

    def may_see(self, part: str) -> bool:
        """Say whether she agreed to a part for this role, and the matrix lets it be read."""
        agreed = part in self.scopes or part == "D16"
        return agreed and need_to_know(self.role, Scope(part)) in HOLDS_IT


def everybody() -> Iterator[Asked]:
    """Yield one member of the cast for each first role, with all that the role may hold."""
    known = set()
    for member in cast.MEMBERS:
        role = min(member.actor.roles, default=None)
        if role is None or role in known or member.organisation is STARTER.organisation:
            continue
        known.add(role)
        held = (Access.READ, Access.WRITE, Access.SUMMARY)
        scopes = tuple(s.value for s in CASE_SCOPES if need_to_know(role, s) in held)
        without_health = tuple(code for code in scopes if code != "D5")
        yield Asked(member, role, without_health)


def pages() -> list[tuple[str, bool]]:
    """List the pages that need nothing or only a case, but forms that begin empty."""
    found = []
    for one in urlpatterns:
        name = one.name if isinstance(one, URLPattern) else None
        is_empty_form = name in acts.ACTS and name not in FILLED_IN
        if name is None or name in NO_PAGES_OF_WORK or is_empty_form:
            continue
        if str(one.pattern).startswith(WITHOUT_CASES):
            continue
        wanted = set(one.pattern.converters)
        if wanted <= {"case_ref"}:
            found.append((name, bool(wanted)))
    return found


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    """Forget how often somebody signed in: all of these people come from one machine."""
    limits.clear()


@pytest.fixture(scope="module")
def case_ref(_database: None) -> UUID:
    """A case with a word planted in each part, shared with whoever may hold something."""
    case_ref = stories.contact(STARTER, majority="adult", words=PLANTED["D4"])
    person = PersonDescription(names=PLANTED["D2"], sex="female")
    stories.do(describe_person, STARTER, case_ref=case_ref, person=person)
    safe = SafeContactNote(safe_channel="phone_call", safe_way=PLANTED["D3"])
    stories.do(note_safe_contact, STARTER, case_ref=case_ref, note=safe)
    risk = RiskAssessment(level="high", review_on=stories.in_days(30), reasons=PLANTED["D8"])
    stories.do(assess_risk, STARTER, case_ref=case_ref, assessment=risk)
    sheet = SafetySheet(allergies=PLANTED["D16"])
    stories.do(write_safety_sheet, STARTER, case_ref=case_ref, sheet=sheet)
    return case_ref


def shared(case_ref: UUID, asked: Asked) -> bool:
    """Share the case with her in her role, as far as the rules let it go."""
    try:
        sent = stories.referred(STARTER, case_ref, asked.member, asked.role.value, asked.scopes)
        stories.answered(asked.member, case_ref, sent)
    except Refused:
        return False
    return True


def seen_by(client: Client, case_ref: UUID) -> dict[str, str]:
    """Ask every page as she would, opening all there is to open, and find her by name."""
    seen = {}
    for name, of_case in pages():
        address = reverse(name, args=[case_ref] if of_case else [])
        seen[name] = client.get(address, follow=False).content.decode(errors="replace")
    case = reverse("case", args=[case_ref])
    typed = fields_of(client.get(case))
    for what in ("identity", "all"):
        opened = client.post(case, {**typed, "open": what})
        seen[f"case, {what}"] = opened.content.decode()
    found = client.post(reverse("find"), {"name": PLANTED["D2"]})
    seen["found"] = found.content.decode().replace(f'value="{PLANTED["D2"]}"', "")
    seen["no such page"] = client.get(f"{case}nothing/").content.decode()
    return seen


def was_given(asked: Asked, part: str) -> bool:
    """Say whether a part was shared with her house in one of her roles."""
    house, roles = asked.member.organisation, asked.member.actor.roles
    return any(
        one.member.organisation is house and one.role in roles and one.may_see(part)
        for one in GIVEN
    )


EVERYBODY = tuple(everybody())
GIVEN: list[Asked] = []


class TestEveryPage:
    @pytest.mark.parametrize(
        "asked", EVERYBODY, ids=lambda one: f"{one.role} {one.member.account}"
    )
    def test_shows_nothing_beyond_matrix_and_consent(self, case_ref: UUID, asked: Asked) -> None:
        has_it = shared(case_ref, asked)
        GIVEN.extend([asked] if has_it else [])
        seen = seen_by(browser(asked.member), case_ref)

        leaked = [
            (page, part)
            for page, text in seen.items()
            for part, word in PLANTED.items()
            if word in text and not was_given(asked, part)
        ]
        assert leaked == []
        if not has_it:
            assert [p for p, text in seen.items() if reference(case_ref) in text] == []

    def test_shows_each_planted_word_to_somebody(self, case_ref: UUID) -> None:
        """The control: the words are there to be seen, and the pages were really asked."""
        seen = " ".join(seen_by(browser(STARTER), case_ref).values())

        assert [part for part, word in PLANTED.items() if word not in seen] == []
        assert len(pages()) > 15
