"""Two people at once: the second is told what changed in what she may see, and nothing is lost."""

from datetime import timedelta

import pytest

from opennrm.casework.contact import AccountNote, note_account
from opennrm.casework.handing import Handing, hand_case
from opennrm.casework.referral import Referral, refer
from opennrm.casework.refusals import ChangedMeanwhile
from opennrm.records import queries
from tests import cast, stories
from tests.database import NOW, signed_in

FIRST, SECOND = cast.POLICE_OFFICER, cast.POLICE_COLLEAGUE
HOUSE, PARTS = cast.CASE_MANAGER, ("D1", "D9", "D10")


class TestTwoWorkersAtOnce:
    """A conflict tells of the compartment that was written to, and of no other."""

    def test_the_second_is_told_what_the_first_recorded(self):
        case_ref = stories.contact(FIRST)
        seen = queries.case_page(signed_in(SECOND), case_ref, at=NOW).sequences["D4"]
        stories.do(note_account, FIRST, case_ref=case_ref, account=AccountNote(words="first"))

        with pytest.raises(ChangedMeanwhile) as told:
            stories.do(
                note_account,
                SECOND,
                case_ref=case_ref,
                account=AccountNote(words="second"),
                expected={"D4": seen},
            )

        assert [fact.kind for fact in told.value.facts] == ["account_noted"]
        assert told.value.compartment == "D4"

    def test_nothing_of_the_second_is_recorded_until_she_looked_again(self):
        case_ref = stories.contact(FIRST)
        stories.do(note_account, FIRST, case_ref=case_ref, account=AccountNote(words="first"))

        with pytest.raises(ChangedMeanwhile):
            stories.do(
                note_account,
                SECOND,
                case_ref=case_ref,
                account=AccountNote(words="second"),
                expected={"D4": 0},
            )
        stories.do(
            note_account,
            SECOND,
            case_ref=case_ref,
            account=AccountNote(words="second"),
            expected={"D4": 1},
        )

        page = queries.case_page(signed_in(FIRST), case_ref, at=NOW, opened=("D4",))
        assert [e.told["words"] for e in page.timeline if e.told] == ["second", "first"]

    def test_what_another_house_keeps_to_itself_is_no_conflict(self):
        case_ref = stories.contact(FIRST)
        stories.answered(HOUSE, case_ref, stories.referred(FIRST, case_ref, HOUSE, "CM", PARTS))
        take = Handing(to_account=FIRST.account, to_role="FR", handing_reason="absence")
        stories.do(hand_case, FIRST, case_ref=case_ref, handing=take)
        page = queries.case_page(signed_in(HOUSE), case_ref, at=NOW)
        until = stories.TODAY + timedelta(days=90)
        asked = Referral(
            to=cast.LAWYER.actor.organisation,
            to_role="LA",
            purpose="referral",
            until=until,
            reply_by=until,
            consent=stories.consent(HOUSE, case_ref, cast.LAWYER, "LA", ("D1",)),
            compartments=("D1",),
        )

        seen = {"D1": page.sequences["D1"]}
        stories.do(refer, HOUSE, case_ref=case_ref, referral=asked, expected=seen)

        assert "case_handed" not in {entry.fact.kind for entry in page.timeline}
        with pytest.raises(ChangedMeanwhile):
            stories.do(refer, HOUSE, case_ref=case_ref, referral=asked, expected=seen)

    def test_writing_elsewhere_in_the_case_is_no_conflict(self):
        case_ref = stories.contact(FIRST)
        stories.described(FIRST, case_ref, called="M.")

        stories.do(
            note_account,
            SECOND,
            case_ref=case_ref,
            account=AccountNote(words="x"),
            expected={"D4": 0},
        )

        assert stories.folded(FIRST, case_ref).sequences["D4"] == 1
