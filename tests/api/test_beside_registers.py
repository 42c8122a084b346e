"""Reports, hearings and the matrix by programs: the whole way of a report and of a hearing."""

from typing import Any
from uuid import uuid4

from tests import cast
from tests.api.test_registers import added, program, shown

OFFICE, BODY, OBSERVER = cast.OSCE_OFFICER, cast.TRIAL_OBSERVER, cast.TRIAL_OBSERVER
RIGHTS = {"right": "v_informed", "stands": "kept"}


def report() -> dict[str, Any]:
    """Return a report as a program sends it."""
    days = {"period_from": "2025-01-01", "period_until": "2026-01-01", "due_on": "2026-12-01"}
    return {"title": f"Report {uuid4().hex[:8]}", "model": "by_priority", **days}


class TestAReport:
    def test_waits_for_its_parts_and_is_approved(self) -> None:
        ref = added("reports", report(), OFFICE)
        asked = {"report": ref, "house": str(BODY.organisation.organisation)}
        about = {"chapter": "b6_internal", "title": "Trials watched", "due_on": "2026-09-01"}
        part = added("report-parts", {**asked, **about}, OFFICE)
        early = program(OFFICE).post(f"/reports/{ref}/approve", None)
        written = {
            "entry": {"text": "We watched trials."},
            "expected": shown("report-parts", part, BODY)["version"],
            "why": "Written",
        }
        change = program(BODY).post(f"/registers/report-parts/{part}/change", written)
        by_others = program(OFFICE).post(f"/report-parts/{part}/send", None)

        sent = program(BODY).post(f"/report-parts/{part}/send", None)
        back = program(OFFICE).post(f"/report-parts/{part}/return", {"why": "How many?"})
        again = program(BODY).post(f"/report-parts/{part}/send", None)
        approved = program(OFFICE).post(f"/reports/{ref}/approve", None)

        assert (early.status_code, by_others.status_code) == (409, 409)
        assert [change.status_code, sent.status_code, back.status_code] == [201] * 3
        assert [again.status_code, approved.status_code] == [201, 201]
        assert program(cast.CO_ORDINATOR).post(f"/reports/{ref}/approve", None).status_code == 409


class TestAHearing:
    def test_is_filled_in_by_its_observers_alone(self) -> None:
        known = {"court": "Court", "public_number": uuid4().hex[:8], "charge": "trafficking"}
        trial = added("trials", known, OBSERVER)
        how = {"kind": "trial", "access": "public", "outcome": "held", "observers": "Two"}
        hearing = added("hearings", {"trial": trial, "held_on": "2026-03-02", **how}, OBSERVER)
        at = f"/hearings/{hearing}/rights"

        noted = program(OBSERVER).post(at, {"seen": [RIGHTS]})
        twice = program(OBSERVER).post(at, {"seen": [RIGHTS, RIGHTS]})
        other = program(cast.CO_ORDINATOR).post(at, {"seen": [RIGHTS]})

        assert (noted.status_code, twice.status_code, other.status_code) == (201, 422, 404)
        found = program(OBSERVER).get("/registers/hearing-findings", most=200).json()["entries"]
        assert ("v_informed", hearing) in {
            (one["entry"]["right"], one["entry"]["hearing"]) for one in found
        }


class TestTheMatrix:
    def test_has_a_line_for_each_commitment_of_states(self) -> None:
        state = program().get("/matrix/AL").json()
        region = program().get("/matrix").json()

        assert {one["number"] for one in state} == {one["number"] for one in region}
        assert len(region) > 50 and all(one["not_looked_at"] <= 56 for one in region)
        assert program().get("/matrix/nothing").status_code == 404


class TestWhatIsCounted:
    def test_says_what_is_missing_in_the_directory_and_how_long_money_lasts(self) -> None:
        missing = program(cast.CASE_MANAGER).get("/gaps").json()
        lasts = program(cast.CASE_MANAGER).get("/days-of-cover")

        assert all(one["service"] for one in missing["everywhere"])
        assert lasts.status_code == 200 and isinstance(lasts.json(), list)

    def test_tells_who_is_trained_to_who_plans_training_alone(self) -> None:
        roles = program(cast.TRAINER).get("/who-is-trained").json()

        assert all(
            one["people"] == one["trained"] + one["run_out"] + one["never"] for one in roles
        )
        assert ("FR", "indicators-basic") in {(one["role"], one["training"]) for one in roles}
        assert program(cast.CASE_MANAGER).get("/who-is-trained").status_code == 404
