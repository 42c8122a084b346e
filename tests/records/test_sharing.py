"""A case shared with consent, read by who may, closed at once when the consent is taken back."""

import pytest

from opennrm.casework.refusals import AccessMissing, CaseNotFound
from opennrm.records import queries
from tests import cast, stories
from tests.database import NOW, as_administrator, signed_in

POLICE, SHELTER = cast.POLICE_OFFICER, cast.CASE_MANAGER
SCOPES = ("D1", "D2", "D4", "D9", "D10")
NAMES = "Лиридона Краснићи"


def opened_names(who: cast.Member, case_ref: object) -> list[str]:
    """Open the identity as a page does and return the names told."""
    page = queries.case_page(signed_in(who), case_ref, at=NOW, opened=("D2", "D2S"))
    return [entry.told["names"] for entry in page.timeline if entry.told and "names" in entry.told]


class TestACase:
    """What its own organisation sees of it."""

    def test_is_read_with_its_sealed_parts_by_who_recorded_it(self):
        case_ref = stories.contact(POLICE)
        stories.described(POLICE, case_ref, names=NAMES, sex="female")

        assert opened_names(POLICE, case_ref) == [NAMES]

    def test_is_found_by_name_in_another_script(self):
        case_ref = stories.contact(POLICE)
        stories.described(POLICE, case_ref, names="Ѓорѓина Џемаилова")

        hits = queries.find_people(signed_in(POLICE), "Gjorgjina Xhemailova", at=NOW)

        assert case_ref in [hit.case_ref for hit in hits]

    def test_does_not_exist_for_another_organisation(self):
        case_ref = stories.contact(POLICE)
        stories.described(POLICE, case_ref, names="Zarina Ymeri")

        with pytest.raises(CaseNotFound):
            queries.case_page(signed_in(SHELTER), case_ref, at=NOW)
        assert queries.find_people(signed_in(SHELTER), "Zarina Ymeri", at=NOW) == []
        rows = queries.worklist(signed_in(SHELTER), at=NOW).rows
        assert case_ref not in [row.case_ref for row in rows]


class TestAReferral:
    """What the recipient sees before it accepts, after, and when consent ends."""

    def test_shows_a_preview_and_no_more_until_it_is_accepted(self):
        case_ref = stories.contact(POLICE)
        stories.described(POLICE, case_ref, names=NAMES)

        stories.referred(POLICE, case_ref, SHELTER, "CM", SCOPES)

        page = queries.case_page(signed_in(SHELTER), case_ref, at=NOW, opened=("D2",))
        assert len(page.offers) == 1
        assert page.timeline == ()
        assert page.offers[0].answer_by < page.offers[0].until
        assert queries.find_people(signed_in(SHELTER), NAMES, at=NOW) == []

    def test_opens_what_was_agreed_when_it_is_accepted(self):
        case_ref = stories.contact(POLICE, words="She asked for help.")
        stories.described(POLICE, case_ref, names=NAMES)
        referral = stories.referred(POLICE, case_ref, SHELTER, "CM", SCOPES)

        stories.answered(SHELTER, case_ref, referral)

        page = queries.case_page(signed_in(SHELTER), case_ref, at=NOW, opened=SCOPES)
        assert {part.removesuffix("S") for part in page.compartments} == {*SCOPES, "D16"}
        assert NAMES in opened_names(SHELTER, case_ref)
        hits = queries.find_people(signed_in(SHELTER), "Liridona Krasniqi", at=NOW)
        assert case_ref in [hit.case_ref for hit in hits]

    def test_is_gone_at_once_when_the_consent_is_taken_back(self):
        case_ref = stories.contact(POLICE)
        stories.described(POLICE, case_ref, names="Merita Zogaj")
        referral = stories.referred(POLICE, case_ref, SHELTER, "CM", SCOPES)
        stories.answered(SHELTER, case_ref, referral)
        queries.find_people(signed_in(SHELTER), "Merita Zogaj", at=NOW)

        consent = stories.folded(POLICE, case_ref).newest("consent_given")
        stories.withdrawn(POLICE, case_ref, consent.fact_ref)

        with pytest.raises(CaseNotFound):
            queries.case_page(signed_in(SHELTER), case_ref, at=NOW)
        assert queries.find_people(signed_in(SHELTER), "Merita Zogaj", at=NOW) == []
        assert opened_names(POLICE, case_ref) == ["Merita Zogaj"]
        told = queries.notices(signed_in(SHELTER))
        assert any("withdrawn" in notice.kind for notice in told)

    def test_closes_for_the_recipient_when_it_declines(self):
        case_ref = stories.contact(POLICE)
        referral = stories.referred(POLICE, case_ref, SHELTER, "CM", ("D1", "D10"))

        stories.answered(SHELTER, case_ref, referral, "declined")

        with pytest.raises(CaseNotFound):
            queries.case_page(signed_in(SHELTER), case_ref, at=NOW)

    def test_cannot_be_answered_by_another_organisation(self):
        case_ref = stories.contact(POLICE)
        referral = stories.referred(POLICE, case_ref, SHELTER, "CM", ("D1", "D10"))

        with pytest.raises((CaseNotFound, AccessMissing)):
            stories.answered(cast.SHELTER_WITHOUT_CONSENT, case_ref, referral)

    def test_can_go_to_another_organisation_after_the_first_declined(self):
        case_ref = stories.contact(POLICE)
        first = stories.referred(POLICE, case_ref, cast.SHELTER_WITHOUT_CONSENT, "CM", SCOPES)
        stories.answered(cast.SHELTER_WITHOUT_CONSENT, case_ref, first, "declined")

        second = stories.referred(POLICE, case_ref, SHELTER, "CM", SCOPES)
        stories.answered(SHELTER, case_ref, second)

        page = queries.case_page(signed_in(SHELTER), case_ref, at=NOW)
        assert "D9" in page.compartments


class TestADamagedPart:
    """One damaged sealed part keeps no other from being read."""

    def test_is_named_and_the_rest_is_still_read(self):
        case_ref = stories.contact(POLICE, words="These words are damaged.")
        stories.described(POLICE, case_ref, names="Safe and Sound")
        with as_administrator() as connection:
            connection.execute("ALTER TABLE nrm.fact DISABLE TRIGGER only_added")
            connection.execute(
                "UPDATE nrm.fact SET sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) "
                "WHERE case_ref = %s AND compartment = 'D4' AND sealed IS NOT NULL",
                [case_ref],
            )

        page = queries.case_page(signed_in(POLICE), case_ref, at=NOW, opened=("D2", "D4"))

        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.fact SET sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) "
                "WHERE case_ref = %s AND compartment = 'D4' AND sealed IS NOT NULL",
                [case_ref],
            )
            connection.execute("ALTER TABLE nrm.fact ENABLE ALWAYS TRIGGER only_added")
        told = {e.fact.compartment: (e.told, e.is_damaged) for e in page.timeline}
        assert told["D4"] == (None, True)
        assert told["D2"][0]["names"] == "Safe and Sound"
