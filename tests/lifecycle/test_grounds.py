"""Grounds for sharing are read out of the facts, with their end and their withdrawal."""

from datetime import UTC, date, datetime, timedelta

from opennrm.lifecycle.grounds import grounds
from tests.lifecycle.paths import walk
from tests.lifecycle.telling import AUTHORITY, HOUSE, START, Telling, ref

LATER = START + timedelta(days=1)
WHOLE = {
    "purpose": "service",
    "recipient": str(HOUSE),
    "recipient_role": "SH",
    "recipient_account": str(ref("night worker")),
    "scopes": ["D1", "D9S"],
    "given_on": "2026-03-02",
    "until": "2026-06-02",
    "guardian": True,
    "assent": True,
}


class TestGrounds:
    def test_hold_everything_a_consent_names(self) -> None:
        telling = Telling()
        consent = telling.tell("consent_given", WHOLE)

        (ground,) = grounds(telling.case)

        assert (ground.ground, ground.recipient, ground.recipient_role) == (consent, HOUSE, "SH")
        assert ground.account == ref("night worker")
        assert ground.compartments == frozenset({"D1", "D9S"})
        assert (ground.purpose, ground.until_on) == ("service", date(2026, 6, 2))
        assert (ground.by_guardian, ground.assented, ground.is_duty) == (True, True, False)

    def test_end_after_a_year_when_no_end_was_named(self) -> None:
        telling = Telling()
        telling.tell("consent_given", {"purpose": "media", "given_on": "2026-03-02"})

        assert grounds(telling.case)[0].until_on == date(2027, 3, 2)

    def test_of_a_duty_stand_until_the_day_it_names(self) -> None:
        telling = Telling()
        duty = {"duty": "child_protection", "recipient": str(HOUSE), "until": "2026-03-20"}
        telling.tell("legal_duty_relied_on", duty)

        (ground,) = grounds(telling.case)

        assert ground.is_duty
        assert ground.is_live(LATER)
        assert not ground.is_live(datetime(2026, 3, 20, tzinfo=UTC))

    def test_of_a_duty_without_an_end_open_nothing(self) -> None:
        telling = Telling()
        telling.tell("legal_duty_relied_on", {"duty": "imminent_danger", "recipient": str(HOUSE)})

        assert not grounds(telling.case)[0].is_live(LATER)

    def test_stop_at_the_moment_they_were_taken_back(self) -> None:
        telling = Telling()
        walk(telling, "agree withdraw")

        (ground,) = grounds(telling.case)

        assert ground.recipient == AUTHORITY
        assert ground.withdrawn_at == telling.facts[-1].at
        assert not any(ground.is_live(LATER) for ground in grounds(telling.case))

    def test_stay_taken_back_when_the_consent_was_corrected(self) -> None:
        telling = Telling()
        first = telling.tell("consent_given", WHOLE)
        again = telling.tell("consent_given", {**WHOLE, "scopes": ["D1"]}, corrects=first)
        taken_back = {"consent": str(again), "withdrawn_on": "2026-03-03"}
        telling.tell("consent_withdrawn", taken_back)

        (ground,) = grounds(telling.case)

        assert ground.compartments == frozenset({"D1"})
        assert ground.withdrawn_at is not None

    def test_count_as_live_until_then(self) -> None:
        telling = Telling()
        telling.tell("consent_given", WHOLE)

        assert [ground.is_live(LATER) for ground in grounds(telling.case)] == [True]
