"""A first responder's own system hands over a whole referral in one call, or nothing of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from opennrm.records import queries
from tests import cast
from tests.api.calling import Program, let_in
from tests.database import NOW, as_administrator, signed_in
from tests.exchange.test_digital_referral import SAID

POLICE, HOUSE = cast.POLICE_OFFICER, cast.CASE_MANAGER
TODAY = NOW.date()
UNTIL = (TODAY + timedelta(days=90)).isoformat()


@pytest.fixture
def police() -> Program:
    """A system of the police that may refer."""
    return let_in(POLICE)


def referral() -> dict[str, Any]:
    """Return to whom it goes."""
    return {
        "to": str(HOUSE.actor.organisation),
        "to_role": "CM",
        "purpose": "assistance",
        "until": UNTIL,
        "reply_by": (TODAY + timedelta(days=3)).isoformat(),
        "urgency": "urgent",
    }


def consent(**more: Any) -> dict[str, Any]:
    """Return the consent as it was given."""
    return {
        "purpose": "assistance",
        "until": UNTIL,
        "language": "sq",
        "form": "spoken",
        "given_on": TODAY.isoformat(),
        "recipient": str(HOUSE.actor.organisation),
        "recipient_role": "CM",
        "scopes": ["D1", "D2", "D4", "D10"],
        **more,
    }


def delivery(**more: Any) -> dict[str, Any]:
    """Return a whole referral."""
    brought = {
        "contact": {
            "route": "own_detection",
            "channel": "in_person",
            "contact_on": TODAY.isoformat(),
            "majority": "adult",
        },
        "person": {"names": "Ermira Duka"},
        "account": {"forms": ["labour"], "words": "She was not paid."},
    }
    known = {"brought": brought, "referral": referral(), "consent": consent()}
    return {"delivery": {**known, **more}}


def answers(**changed: str) -> dict[str, Any]:
    """Return the answers of the digital form."""
    told = {**SAID, **{name.replace("_", "-"): said for name, said in changed.items()}}
    known = {"answers": told, "referral": referral(), "consent": consent()}
    return {"delivered": {**known, "reporting_entity": "police"}}


def cases() -> int:
    """Count all cases."""
    with as_administrator() as connection:
        row = connection.execute("SELECT count(*) FROM nrm.case_head").fetchone()
    return int(row[0]) if row else 0


class TestADelivery:
    def test_lands_in_the_inbox_of_the_addressee_with_its_consent(self, police: Program) -> None:
        answer = police.post("/deliver-referral", delivery(), uuid4())

        assert answer.status_code == 201, answer.content
        case_ref = answer.json()["reference"]
        (offer,) = queries.case_page(signed_in(HOUSE), UUID(case_ref), at=NOW).offers
        assert offer.kind == "referral_sent"
        kinds = [each["kind"] for each in police.get(f"/cases/{case_ref}").json()["entries"]]
        assert {"contact_recorded", "person_described", "consent_given", "referral_sent"} <= set(
            kinds
        )

    def test_is_done_once_however_often_it_is_sent(self, police: Program) -> None:
        key, before, body = uuid4(), cases(), delivery()

        first, again = (police.post("/deliver-referral", body, key) for _ in range(2))

        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() == again.json()
        assert cases() == before + 1

    @pytest.mark.parametrize(
        "broken",
        [
            {"consent": None},
            {"consent": consent(recipient_role="SH")},
            {"consent": consent(until=(TODAY - timedelta(days=1)).isoformat())},
            {"referral": {**referral(), "to": str(uuid4())}},
            {"referral": {**referral(), "purpose": "removal"}},
        ],
        ids=["no consent", "for another role", "consent over", "nobody", "removal"],
    )
    def test_leaves_nothing_behind_when_one_check_refuses(
        self, police: Program, broken: dict[str, Any]
    ) -> None:
        before = cases()

        answer = police.post("/deliver-referral", delivery(**broken))

        assert answer.status_code in (403, 409, 422), answer.content
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert "Ermira" not in answer.content.decode()
        assert cases() == before


class TestAnswersOfTheForm:
    def test_become_the_same_referral(self, police: Program) -> None:
        answer = police.post("/deliver-answers", answers())

        assert answer.status_code == 201, answer.content
        page = police.get(f"/cases/{answer.json()['reference']}", opened=["D2", "D4"]).json()
        assert "Amina Kovač" in repr(page)
        assert "A promise of work." in repr(page)

    def test_without_consent_become_a_notification_of_seven_codes(self, police: Program) -> None:
        before = cases()

        answer = police.post("/deliver-answers", answers(pv_want_to_submit_nrm="no"))

        assert answer.status_code == 201, answer.content
        assert cases() == before
        with as_administrator() as connection:
            (content,) = connection.execute(
                "SELECT coarse FROM nrm.notification WHERE notification_ref = %s",
                [answer.json()["reference"]],
            ).fetchone() or ("",)
        assert len(content) == 7
        assert not any(word in repr(content) for word in ("Amina", "Kov", "promise", "example"))

    def test_name_the_field_that_is_wrong_and_not_what_it_holds(self, police: Program) -> None:
        answer = police.post("/deliver-answers", answers(pv_dob="2020-01-01"))

        assert answer.status_code == 422
        assert "pv-dob" in answer.content.decode()
        assert "2020-01-01" not in answer.content.decode()
