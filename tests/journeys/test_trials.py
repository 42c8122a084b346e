"""An observer files a hearing: the trial, the hearing, the list of rights, the findings."""

from collections.abc import Callable
from datetime import date

import pytest

from tests import cast
from tests.journeys import live
from tests.journeys.arriving import Colleague
from tests.journeys.test_plan_cycle import added, ref_of, stepped

HELD = date(2026, 3, 2)


class TestAnObserver:
    @pytest.mark.parametrize("look", live.PHONE_LOOKS)
    def test_files_a_hearing(self, arriving: Callable[..., Colleague], look: str) -> None:
        emil = arriving(cast.TRIAL_OBSERVER, viewport=getattr(live, look))
        trial = added(
            emil,
            "/coordination/trials/add/",
            court=f"Court seen on {look}",
            public_number="K-1/26",
            charge="trafficking",
        )
        hearing = added(
            emil,
            f"/coordination/hearings/add/?of={ref_of(trial)}",
            held_on=HELD,
            kind="trial",
            access="public",
            outcome="held",
            observers="Emil and a colleague",
        )
        early = stepped(emil, hearing, "file")

        emil.page.goto(f"{hearing}rights/")
        emil.readable()
        for box in emil.page.query_selector_all("input[type=radio][value=kept]"):
            box.check()
        emil.choose("v_no_contact=not_kept")
        emil.write("v_no_contact_says", "One corridor for all")
        emil.send()
        filed = stepped(emil, hearing, "file")
        emil.page.goto("/coordination/trial-findings/")
        emil.readable()
        found = emil.said()

        assert "rights have no answer" in early and "The hearing is filed" in filed
        assert f"Court seen on {look}" in found and "did not meet the accused" in found

        maja = arriving(cast.CO_ORDINATOR)
        maja.page.goto("/coordination/trials/")
        assert f"Court seen on {look}" not in maja.said()
        maja.page.goto("/public/trials/")
        maja.readable()
        assert f"Court seen on {look}" not in maja.said()
