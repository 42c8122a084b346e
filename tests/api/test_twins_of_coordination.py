"""The journeys of the co-ordination, played by programs: the same stories through HTTP."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

from opennrm.vocabulary.trials import TrialRight
from tests import cast, stories
from tests.api.playing import refused, step
from tests.api.test_registers import (
    CO_ORDINATOR,
    TODAY,
    added,
    added_action,
    house,
    new_plan,
    program,
    shown,
)

SIGNS = {"population": "adult", "told": ["DEL-AL-DR-01"]}
LATER = (TODAY + timedelta(days=300)).isoformat()


def taken(who: cast.Member, register: str, ref: str, act: str, **said: Any) -> Any:
    """Take a step of an entry as it stands now, and return the answer."""
    version = shown(register, ref, who)["version"]
    told = {"expected": version, "why": "It is time", **said}
    return program(who).post(f"/registers/{register}/{ref}/{act}", told)


def done(who: cast.Member, register: str, ref: str, act: str, **said: Any) -> None:
    """Take a step that is done."""
    answer = taken(who, register, ref, act, **said)
    assert answer.status_code == 201, answer.content


def stopped(who: cast.Member, register: str, ref: str, act: str, **said: Any) -> str:
    """Take a step that a rule stops, and return what the rule says."""
    answer = taken(who, register, ref, act, **said)
    assert (answer.status_code, answer.json()["reason"]) == (409, "change_refused")
    return str(answer.json()["detail"])


def everybody(address: str, **asked: str) -> str:
    """Return a page as somebody without an account sees it."""
    answer = Client(headers={"host": "localhost"}).get(address, asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


class TestThePlan:
    def test_goes_from_a_draft_to_what_everybody_reads(self) -> None:
        maja, plan = CO_ORDINATOR, added("plans", new_plan())
        action = added_action(plan)
        lead = added("organisations", house())
        dated = {"from_on": TODAY.isoformat(), "until_on": LATER}
        done(maja, "actions", action, "change", entry={"lead": lead, **dated})
        early = stopped(maja, "actions", action, "activate")
        measured = {"text": "Buyers met", "unit": "buyers", "target": "40", "target_on": LATER}
        added("indicators", {"action": action, **measured})
        money = {"planned": "1200.50", "allocated": "0", "spent": "0"}
        added("budgets", {"action": action, "source": "state", "year": TODAY.year, **money})
        done(maja, "actions", action, "activate")
        unassessed = stopped(maja, "plans", plan, "propose")
        read = {"rights_impact": "Read with two", "rights_impact_on": TODAY.isoformat()}
        done(maja, "plans", plan, "change", entry=read)
        done(maja, "plans", plan, "propose")
        agreed = {"outcome": "approved", "decided_on": TODAY.isoformat(), "says": "All agreed"}
        added("approvals", {"plan": plan, **agreed}, cast.COMMISSIONER)
        done(maja, "plans", plan, "adopt", on=TODAY.isoformat())
        done(maja, "plans", plan, "publish")

        assert "an indicator with a target" in early and "human rights" in unassessed
        assert "Talk to employers" in everybody(f"/public/plans/{plan}/")


class TestAnOffer:
    def test_is_checked_by_anybody_against_what_a_program_published(self) -> None:
        sonja, name = cast.LABOUR_INSPECTOR, f"Zlatna Zhetva {uuid4().hex[:8]}"
        known = {"title": f"Warnings {uuid4().hex[:8]}", "kind": "warnings", "source": "Own list"}
        issued = {"issuer": "An invented inspectorate", "as_of": TODAY.isoformat()}
        register = added("job-registers", {**known, **issued}, sonja)
        line = {"register": register, "name": name, "says": "Takes money before departure"}
        added("job-register-lines", line, sonja)
        before = self.checked(name)
        done(sonja, "job-registers", register, "publish")
        while_published = self.checked(name)
        done(sonja, "job-registers", register, "take-back")

        assert "Takes money before departure" in while_published
        assert "Takes money" not in before and "Takes money" not in self.checked(name)

    def checked(self, name: str) -> str:
        """Let anybody check an offer."""
        answer = Client(headers={"host": "localhost"}).post("/job-offers/", {"name": name})
        return str(answer.content.decode())


class TestATrainer:
    def test_runs_a_course_and_a_right_opens(self) -> None:
        vera, dragan = cast.TRAINER, cast.NEWCOMER
        case_ref = stories.contact(dragan)
        before = refused(dragan, "record_screening", case_ref, **SIGNS)
        counts = {"hours": 12, "valid_months": 24, "pass_mark": 60, "version": "1"}
        about = {"title": "Signs", "tag": "indicators-basic", "aims": "Sees the signs"}
        course = added("courses", {**about, **counts}, vera)
        day = {"from_on": TODAY.isoformat(), "until_on": TODAY.isoformat()}
        held = {"course": course, "places": 12, "status": "planned", **day}
        session = added("course-sessions", held, vera)
        done(dragan, "course-sessions", session, "take-place")

        (place,) = self.entries("attendances", vera, "session", session)
        early = stopped(vera, "attendances", place, "certify")
        there = {"status": "attended", "profession": "border_guard", "before": 40, "after": 85}
        done(vera, "attendances", place, "change", entry=there)
        done(vera, "course-sessions", session, "change", entry={"status": "held"})
        done(vera, "attendances", place, "certify")
        step(dragan, "record_screening", case_ref, **SIGNS)
        (certificate,) = self.entries("certificates", dragan, "course", course)
        done(vera, "certificates", certificate, "withdraw")
        after = refused(dragan, "record_screening", case_ref, **SIGNS)

        assert "there throughout" in early
        assert before["reason"] == after["reason"] == "training_missing"

    def entries(self, register: str, who: cast.Member, field: str, ref: str) -> list[str]:
        """List the entries somebody may read that name another."""
        found = program(who).get(f"/registers/{register}", most=200).json()["entries"]
        return [one["ref"] for one in found if one["entry"][field] == ref]


class TestAnObserver:
    def test_files_a_hearing(self) -> None:
        emil, court = cast.TRIAL_OBSERVER, f"Court {uuid4().hex[:8]}"
        about = {"public_number": "K-1/26", "charge": "trafficking"}
        trial = added("trials", {"court": court, **about}, emil)
        how = {"kind": "trial", "access": "public", "outcome": "held", "observers": "Two"}
        known = {"trial": trial, "held_on": "2026-03-02", **how}
        hearing = added("hearings", known, emil)
        early = stopped(emil, "hearings", hearing, "file")
        seen = [{"right": right.value, "stands": "kept"} for right in TrialRight]
        answer = program(emil).post(f"/hearings/{hearing}/rights", {"seen": seen})
        done(emil, "hearings", hearing, "file")

        assert answer.status_code == 201 and "rights have no answer" in early
        assert taken(emil, "hearings", hearing, "file").status_code == 403
        read = program(CO_ORDINATOR).get(f"/registers/trials/{trial}")
        assert read.status_code in (403, 404)
        assert court not in everybody("/public/trials/")
