"""Twins of the journeys on rights: what must not happen is refused to programs too."""

import os
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from opennrm.rapporteur.working import work_on_requests
from opennrm.rights.registry import RULES
from tests import cast, stories
from tests.api.playing import agreed, met, program, referred, refused, seen, sent, step
from tests.database import NOW
from tests.journeys.test_rights_children import EVERYBODY, ready_to_return
from tests.journeys.test_rights_justice import housed_and_permitted
from tests.journeys.test_rights_recovery import SHORT
from tests.rapporteur.invented import copied, persons

POLICE, MANAGER, AUTHORITY = cast.POLICE_OFFICER, cast.CASE_MANAGER, cast.DECIDING_OFFICER
WORKER, FOCAL, PANEL = cast.CHILD_WORKER, cast.FOCAL_OFFICER, cast.PANEL_READER
SHELTER, TODAY = cast.SHELTER_WITHOUT_CONSENT, stories.TODAY
DUTY = {"duty": "child_protection", "reason": "She may be a child."}
UNKNOWN = {"majority": "unknown", "age_in_doubt": True}
# No other test counts in this year.
YEAR = 1998
FEW: tuple[Any, ...] = (
    (40, {}),
    (30, {"sex": "male", "gender": "masculine"}),
    (1, {"sex": "other"}),
)


@pytest.fixture(scope="module")
def returning() -> UUID:
    """A child of whom everything is ready for a return but the panel's signatures."""
    return ready_to_return()


@pytest.fixture(scope="module")
def case_ref() -> UUID:
    """A person with reasonable grounds, at the authority."""
    case_ref = met(POLICE)
    referred(POLICE, case_ref, AUTHORITY, "CA", "D1", "D2", "D4", "D10", "D14")
    yes = {"outcome": "positive", "standard": "reasonable_grounds", "decided_on": TODAY}
    said = {"reasons": "It agrees.", "language": "sq"}
    step(AUTHORITY, "decide_reasonable_grounds", case_ref, **yes, **said)
    return case_ref


class TestAPersonWhoseAgeNobodyKnows:
    def test_has_a_guardian_asked_for_at_once(self) -> None:
        case_ref = met(POLICE, **UNKNOWN)
        referred(POLICE, case_ref, WORKER, "CP", duty=DUTY, purpose="child_protection")

        found = seen(WORKER, case_ref)

        assert "T03" in {one["kind"] for one in found["due"]}

    def test_is_given_no_bed_among_adults(self) -> None:
        case_ref = met(POLICE, **UNKNOWN)
        bed = {"service": "shelter", "place_kind": "with_adults", "duty": DUTY}
        until = {"until": stories.in_days(5), "reply_by": stories.in_days(1)}
        to = {"provider": SHELTER.actor.organisation, "provider_role": "SH"}

        no = refused(POLICE, "offer_service", case_ref, **bed, **until, **to)

        assert no["rule"] == "R35"

    def test_owes_nobody_a_proof_of_means(self) -> None:
        case_ref = met(POLICE, **UNKNOWN)
        duty = {"duty": "competent_authority_for_child", "reason": "She may be a child."}
        referred(POLICE, case_ref, AUTHORITY, "CA", duty=duty, purpose="identification")
        no = {"outcome": "negative", "standard": "reasonable_grounds", "decided_on": TODAY}

        told = refused(
            AUTHORITY,
            "decide_reasonable_grounds",
            case_ref,
            **no,
            reasons="Nobody pressed her.",
            reasons_codes=["no_means"],
            language="sq",
            remedy="reconsideration",
            remedy_until=stories.in_days(30),
        )

        assert told["rule"] == "R37"


class TestAReturnOfAChild:
    def test_cannot_be_saved_by_any_role(self, returning: UUID) -> None:
        for member in EVERYBODY:
            no = refused(member, "authorise_return", returning)

            assert no["reason"], member
        assert refused(FOCAL, "authorise_return", returning)["rule"] == "R34"
        assert stories.folded(WORKER, returning).newest("return_authorised") is None

    def test_goes_for_every_other_grave_act_too(self, returning: UUID) -> None:
        for act in ("transfer_abroad", "family_reunification", "durable_placement"):
            planned = {"act": act, "authorised_on": TODAY, "reasons": "It would be quicker."}

            assert refused(WORKER, "authorise_child_act", returning, **planned)["rule"] == "R34"


class TestACriminalCaseThatIsDropped:
    def test_changes_nothing_for_her(self) -> None:
        case_ref = housed_and_permitted()
        holders = (MANAGER, AUTHORITY, cast.MIGRATION_OFFICER)
        before = [standing(one, case_ref) for one in holders]

        step(
            cast.DETECTIVE,
            "record_criminal_step",
            case_ref,
            step="discontinued",
            step_on=TODAY,
            capacity="injured_person",
        )

        assert [standing(one, case_ref) for one in holders] == before
        assert before[0][0] == "in_support"


def standing(who: cast.Member, case_ref: UUID) -> tuple[Any, ...]:
    """Say where a case stands, and what is due in it, for somebody."""
    found = seen(who, case_ref)
    return found["stage"], found["waiting_for"], sorted(one["kind"] for one in found["due"])


class TestTheRecoveryPeriod:
    def test_is_not_twenty_days_for_a_place_or_for_a_person(self, case_ref: UUID) -> None:
        draft = program(AUTHORITY).post("/periods/check", {"text": SHORT})
        days = {"told_on": TODAY, "language": "sq", "days": 20}

        assert "below the minimum of 30" in draft.json()["detail"]
        assert refused(AUTHORITY, "open_recovery_period", case_ref, **days)["rule"] == "R25"

    def test_ends_early_on_a_ground_and_a_second_person_only(self, case_ref: UUID) -> None:
        step(AUTHORITY, "open_recovery_period", case_ref, told_on=TODAY, language="sq", days=45)
        end = {
            "ground": "public_order",
            "ends_on": stories.in_days(5),
            "reasons": "She threatened others, it is said.",
            "language": "sq",
            "remedy": "reconsideration",
            "remedy_until": stories.in_days(30),
        }
        alone = refused(AUTHORITY, "end_recovery_period_early", case_ref, **end)
        hold = step(
            AUTHORITY,
            "propose_act",
            case_ref,
            act="recovery_ended_early",
            step="recovery_ended_early",
            to=cast.PANEL.organisation,
            to_role="RP",
            to_account=PANEL.account,
            reasons="She is said to have threatened others.",
        )
        assert "threatened" not in str(seen(PANEL, case_ref))
        step(PANEL, "give_opinion", case_ref, hold=hold, opinion="agrees", words="As I read it.")

        step(AUTHORITY, "end_recovery_period_early", case_ref, hold=hold, **end)

        assert alone["rule"] == "R27"


class TestANo:
    def test_is_read_by_a_second_person_and_told_in_a_letter(self) -> None:
        case_ref = met(POLICE)
        referred(POLICE, case_ref, AUTHORITY, "CA", "D1", "D2", "D4", "D10", "D14")
        no = {
            "outcome": "negative",
            "standard": "reasonable_grounds",
            "decided_on": TODAY,
            "reasons": "We asked the employer and saw the contract.",
            "reasons_codes": ["no_purpose"],
            "language": "sq",
            "remedy": "reconsideration",
            "remedy_until": stories.in_days(30),
        }
        alone = refused(AUTHORITY, "decide_reasonable_grounds", case_ref, **no)
        hold = step(
            AUTHORITY,
            "propose_act",
            case_ref,
            act="negative_decision",
            step="reasonable_grounds_decided",
            to=cast.PANEL.organisation,
            to_role="RP",
            to_account=PANEL.account,
            reasons="The dates do not fit together.",
        )
        assert "dates do not fit" not in str(seen(PANEL, case_ref, "D4", "D10", "D14"))
        step(PANEL, "give_opinion", case_ref, hold=hold, opinion="agrees", words="So do I.")

        decision = step(AUTHORITY, "decide_reasonable_grounds", case_ref, hold=hold, **no)
        given = {"language": "sq", "handed_over": "read_aloud", "given_on": TODAY}
        letter = step(AUTHORITY, "give_letter", case_ref, decision=decision, **given)

        assert alone["rule"] == "R23"
        assert str(letter) in {one["fact_ref"] for one in seen(AUTHORITY, case_ref)["entries"]}


class TestAConsentTakenBack:
    def test_ends_the_sharing_at_once_and_tells_the_shelter(self) -> None:
        case_ref, shelter = met(POLICE), program(MANAGER)
        step(POLICE, "describe_person", case_ref, names="Lina Example")
        consent = agreed(POLICE, case_ref, MANAGER, "CM", "D1", "D2", "D9")
        ground = {"consent": consent, "purpose": "referral"}
        referred(POLICE, case_ref, MANAGER, "CM", "D1", "D2", "D9", **ground)
        reference = seen(MANAGER, case_ref)["reference"]

        step(POLICE, "withdraw_consent", case_ref, consent=consent, withdrawn_on=TODAY)

        assert shelter.get(f"/cases/{case_ref}").status_code == 404
        assert shelter.get("/work-list", view="all", text=reference).json()["rows"] == []
        kinds = {one["kind"] for one in shelter.get("/notices").json()["notices"]}
        assert "consent_withdrawn" in kinds
        again = {"to": MANAGER.actor.organisation, "to_role": "CM", **ground}
        days = {"until": stories.in_days(20), "reply_by": stories.in_days(2)}
        assert refused(POLICE, "refer", case_ref, **again, **days)["status"] == 422


class TestImmigrationEnforcement:
    @pytest.mark.parametrize("role", ["IE", "MI"])
    def test_is_no_recipient(self, role: str) -> None:
        case_ref, unit = met(POLICE), cast.IMMIGRATION_OFFICER
        known = {"purpose": "referral", "until": stories.in_days(30), "language": "sq"}

        no = refused(
            POLICE,
            "take_consent",
            case_ref,
            **known,
            recipient=unit.actor.organisation,
            recipient_role=role,
            scopes=["D1"],
            form="spoken",
            given_on=TODAY,
        )

        assert (no["rule"], no["type"]) == ("R43", "/rules/R43/")
        rules = {one["rule"]: one["label"] for one in program(POLICE).get("/rules").json()}
        assert rules["R43"] == RULES["R43"].label


class TestANotification:
    ANSWERS = {
        "age_group": "adult_27_29",
        "sex": "female",
        "main_form": "labour",
        "citizenship_group": "unknown",
        "place_region": "MK-008",
        "month": "2026-10",
        "reporting_entity": "ngo",
    }

    def test_is_sent_with_its_seven_answers(self) -> None:
        assert sent(POLICE, "notify_without_identity", **self.ANSWERS).status_code == 201

    @pytest.mark.parametrize("tried", ["Lina Example", "4 March 2003", "Partizanska 5, Skopje"])
    def test_takes_no_name_no_birth_and_no_address(self, tried: str) -> None:
        for field in ("age_group", "place_region", "month"):
            wrong = {**self.ANSWERS, field: tried}

            no = refused(POLICE, "notify_without_identity", **wrong)

            assert tried not in str(no)
        assert refused(POLICE, "notify_without_identity", **self.ANSWERS, names=tried)


class TestTheRapporteur:
    @pytest.mark.skipif(
        "OPENNRM_FAULTS" not in os.environ, reason="bin/nightly draws a whole release"
    )
    def test_asks_and_lets_her_second_publish(self) -> None:
        asks, reads = program(cast.RAPPORTEUR), program(cast.SECOND_RAPPORTEUR)
        wanted = {"from_year": YEAR, "until_year": YEAR, "purpose": "Report of the Rapporteur"}
        with copied(persons(FEW, year=YEAR)):
            asked = asks.post("/release-desk", wanted).json()["reference"]
            work_on_requests(connection=connections["statistics"], at=NOW)
            alone = asks.post(f"/release-desk/{asked}/publish", {})
            drawn = reads.get(f"/release-desk/{asked}").json()
            number = reads.post(f"/release-desk/{asked}/publish", {}).json()["number"]
            shown = asks.get("/figures", from_year=YEAR, until_year=YEAR).json()
            late = {"revises": number, "reason": "A late report"}
            again = asks.post("/release-desk", {**wanted, **late, "purpose": "Corrected"})

        assert (alone.status_code, drawn["may_publish"]) == (422, True)
        counts = [one for row in shown["result"]["rows"] for one in row["persons"]]
        assert shown["release"] == number
        assert None in counts and 1 not in counts
        assert "fewer than 10 persons changed since" in again.json()["detail"]

    def test_opens_no_case_and_does_nothing_on_one(self) -> None:
        case_ref, rapporteur = met(POLICE), program(cast.RAPPORTEUR)

        assert rapporteur.get(f"/cases/{case_ref}").status_code == 404
        assert rapporteur.get("/cases").json()["cases"] == []
        for name in ("withdraw_consent", "identify", "agree_plan", "take_consent"):
            address = f"/cases/{case_ref}/{name.replace('_', '-')}"
            assert rapporteur.post(address, {}).status_code in (403, 404, 422)
        assert stories.folded(POLICE, case_ref).newest("consent_given") is None
