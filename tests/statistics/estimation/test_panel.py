"""The panel: a range and never one number, refusals with their reason, and difficult tables."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opennrm.statistics.estimation.diagnostics import consistency, failing, leave_one_out
from opennrm.statistics.estimation.document import of_diagnostics, of_panel
from opennrm.statistics.estimation.errors import (
    made_smaller,
    with_false_links,
    with_missed_links,
    without_referrals,
)
from opennrm.statistics.estimation.headline import rounded_range
from opennrm.statistics.estimation.knowing import Sighting, run_both_ways, table_of_sightings
from opennrm.statistics.estimation.panel import METHODS, run_panel
from opennrm.statistics.estimation.resampling import resample
from opennrm.statistics.estimation.results import Panel, Refusal, Settings
from opennrm.statistics.estimation.sensitivity import (
    Reviewed,
    limits_with_linkage,
    sensitivity,
)
from opennrm.statistics.estimation.stepwise import stepwise_estimates
from opennrm.statistics.estimation.strata import run_strata
from opennrm.statistics.estimation.tables import ListTable
from opennrm.vocabulary.contact import KnowledgeRoute
from tests.statistics.estimation.invented import NAMES, population, table, tables

QUICK = Settings(bootstrap=100, seed=1)


@pytest.fixture(scope="module")
def usual() -> Panel:
    """The panel of an ordinary table."""
    return run_panel(population(1500, (0.2, 0.15, 0.25, 0.1), 8), Settings(300, 1))


class TestHeadline:
    def test_is_a_range_over_the_members_that_pass(self, usual: Panel) -> None:
        found = usual.headline
        assert found is not None
        figures = [one.figure for one in usual.members if one.passes and one.counts]

        assert found.low < found.high
        assert usual.member(found.lowest).figure == min(figures)
        assert usual.member(found.highest).figure == max(figures)
        assert found.limits_low < 1500 < found.limits_high

    def test_names_the_highest_and_the_lowest_and_why(self, usual: Panel) -> None:
        assert usual.headline is not None
        said = " ".join(usual.headline.says)

        assert usual.member(usual.headline.lowest).label in said
        assert usual.member(usual.headline.highest).label in said
        assert "Lowest:" in said and "Highest:" in said
        assert "links" in said or "linked" in said

    def test_leaves_independent_lists_out(self, usual: Panel) -> None:
        assert usual.member("main_effects").counts is False
        assert usual.headline is not None
        assert "main_effects" not in (usual.headline.lowest, usual.headline.highest)

    @pytest.mark.parametrize(
        ("low", "high", "people", "shown"),
        [
            (11313, 22991, 2744, (11000, 23000)),
            (157.2, 163.4, 123, (150, 170)),
            (4053.0, 4084.0, 1834, (4000, 4100)),
            (96.2, 97.3, 96, (96, 97)),
            (100.0, 100.0, 100, (100, 110)),
            (7.2, 9.1, 7, (7, 9)),
        ],
    )
    def test_is_rounded_to_two_figures_but_stays_a_range(
        self, low: float, high: float, people: int, shown: tuple[int, int]
    ) -> None:
        assert rounded_range(low, high, people) == shown

    @given(st.floats(10, 1e9), st.floats(1, 50), st.integers(1, 10))
    def test_always_has_two_ends(self, low: float, times: float, people: int) -> None:
        first, second = rounded_range(low, low * times, people)

        assert people <= first < second

    def test_says_when_the_data_do_not_determine_it(self) -> None:
        drawn = ListTable(tuple("ABCD"), (1, 2, 4, 8, 3, 12, 15), (50, 40, 30, 20, 15, 15, 1))

        found = run_panel(drawn, QUICK).headline

        assert found is not None
        assert not found.determined
        assert "do not determine" in found.says[0]


class TestRefusal:
    @pytest.mark.parametrize(
        ("drawn", "code"),
        [
            (table(30, 40, 5, lists=2), "fewer_than_three_lists"),
            (table(30, lists=1), "fewer_than_three_lists"),
            (table(40, 30, 0, 20, lists=3), "no_overlap"),
            (table(9, 0, 3, 0, 2, 0, 1, lists=3), "one_list_holds_all"),
            (table(0, 0, 0, 0, 0, 0, 50, lists=3), "one_list_holds_all"),
            (table(40, 30, 6, 20, lists=3), "no_triangle"),
        ],
    )
    def test_has_a_code_and_a_reason(self, drawn: ListTable, code: str) -> None:
        found = run_panel(drawn, QUICK)

        assert found.headline is None
        assert found.refusal is not None
        assert found.refusal.code == code
        assert len(found.refusal.says) > 30

    def test_with_two_lists_shows_chapman_as_an_aside(self) -> None:
        found = run_panel(table(30, 40, 5, lists=2), QUICK)

        assert found.members == ()
        assert len(found.two_lists) == 1

    def test_of_a_single_method_says_why_there_is_no_range(self) -> None:
        drawn = population(900, (0.2, 0.15, 0.25), 8)

        found = run_panel(drawn, QUICK, methods=["graphs"])

        assert [one.method for one in found.members] == ["graphs", "main_effects"]
        assert found.refusal is not None and found.refusal.code == "not_all_methods"


class TestAnyTable:
    @settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
    @given(tables(st.integers(1, 4), most=12))
    def test_gives_a_range_or_a_reason_and_a_document(self, drawn: ListTable) -> None:
        found = run_panel(drawn, QUICK)

        assert (found.headline is None) == (found.refusal is not None)
        for member in found.members:
            assert member.estimate is None or member.estimate >= drawn.people * (1 - 1e-9)
        document = json.loads(json.dumps(of_panel(found), allow_nan=False))
        assert set(document["methods"]) >= (set(METHODS) if len(drawn.lists) > 2 else set())

    @pytest.mark.parametrize(
        "drawn",
        [
            table(10**9, 2 * 10**9, 10**6, 10**9, 10**5, 3 * 10**4, 1, lists=3),
            table(*[1] * 7, lists=3),
            ListTable(tuple("ABCDE"), (1, 2, 4, 8, 16, 3, 5, 6), (50, 40, 30, 20, 9, 15, 15, 11)),
            table(*range(50_000_000, 50_000_031), lists=5),
        ],
        ids=["huge counts", "one of each", "lists that meet nobody", "five huge lists"],
    )
    def test_survives_what_is_difficult(self, drawn: ListTable) -> None:
        found = run_panel(drawn, QUICK)
        rest = of_diagnostics(
            consistency(drawn, samples=50, seed=1),
            leave_one_out(drawn, samples=50, seed=1),
            sensitivity(drawn, seed=1, times=10),
        )

        assert found.headline or found.refusal
        if found.headline:
            assert found.headline.limits_low <= found.headline.low
            assert found.headline.high <= found.headline.limits_high
        json.dumps([of_panel(found), rest], allow_nan=False)

    def test_works_with_eight_lists(self) -> None:
        drawn = population(4000, (0.1, 0.08, 0.06, 0.1, 0.05, 0.07, 0.09, 0.04), 4, together=0.4)

        found = run_panel(drawn, QUICK)

        assert found.headline is not None
        assert found.headline.low * 0.85 < 4000 < found.headline.high * 1.15


class TestDiagnostics:
    def test_find_the_known_size_of_independent_lists(self) -> None:
        drawn = population(3000, (0.3, 0.25, 0.3, 0.35), 9)

        found = consistency(drawn, seed=1)

        assert [one.known for one in found] == [int(drawn.margins[1 << n]) for n in range(4)]
        assert sum(one.holds is True for one in found) >= 3
        assert len(list(failing(found))) <= 1

    def test_leave_each_list_out(self) -> None:
        drawn = population(3000, (0.3, 0.25, 0.3, 0.35), 9)

        found = leave_one_out(drawn, seed=1)

        assert [one.name for one in found] == list("ABCD")
        assert all(0.9 < (one.ratio or 0) < 1.1 for one in found)

    def test_say_why_they_cannot_be_asked(self) -> None:
        drawn = population(900, (0.3, 0.25, 0.3), 9)

        assert all("fewer than three" in one.says for one in consistency(drawn, seed=1))
        assert all("fewer than three" in one.says for one in leave_one_out(drawn, seed=1))


class TestErrors:
    def test_of_missed_links_keep_every_record(self, random) -> None:
        drawn = population(900, (0.3, 0.25, 0.3), 9)
        records = sum(m.bit_count() * c for m, c in zip(drawn.masks, drawn.counts, strict=True))

        changed = with_missed_links(drawn, 0.3, random)

        assert sum(mask.bit_count() * count for mask, count in enumerate(changed)) == records
        assert changed.sum() > drawn.people

    def test_of_all_links_missed_leave_nobody_on_two_lists(self, random) -> None:
        drawn = population(900, (0.3, 0.25, 0.3), 9)

        changed = with_missed_links(drawn, 1.0, random)

        assert changed[[3, 5, 6, 7]].sum() == 0

    def test_of_false_links_join_people_who_share_no_list(self, random) -> None:
        drawn = population(900, (0.3, 0.25, 0.3), 9)

        changed = with_false_links(drawn, 20, random)

        assert changed.sum() == drawn.people - 20
        assert changed.min() >= 0

    def test_of_referral_keep_every_person(self, random) -> None:
        drawn = population(900, (0.3, 0.25, 0.3), 9)

        changed = without_referrals(drawn, 1.0, random)

        assert changed.sum() == drawn.people
        assert changed[[3, 5, 6, 7]].sum() == 0

    def test_move_the_estimate_the_way_they_must(self) -> None:
        drawn = population(3000, (0.2, 0.25, 0.2, 0.15), 9)

        found = {(one.kind, one.size): one.ratio for one in sensitivity(drawn, seed=1, times=60)}

        assert found["missed", 0.1] == pytest.approx(1 / 0.9, abs=0.06)
        assert found["missed", 0.3] == pytest.approx(1 / 0.7, abs=0.2)
        assert found["false", 20] < 1
        assert found["referral", 0.5] > found["referral", 0.1] > 1

    def test_are_tried_on_a_smaller_table_where_it_is_very_large(self) -> None:
        drawn = table(10**8, 10**8, 10**7, 10**8, 10**7, 10**7, 10**6, lists=3)

        assert made_smaller(drawn).people < 500_000
        assert made_smaller(table(9, 8, 3, lists=2)) == table(9, 8, 3, lists=2)

    def test_measured_in_a_sample_move_and_widen_the_limits(self) -> None:
        drawn = population(3000, (0.2, 0.25, 0.2, 0.15), 9)
        again = resample(drawn, stepwise_estimates, 300, 1)
        low, high = again.interval

        freed = limits_with_linkage(drawn, again, (Reviewed(20, 100), None), times=60)

        assert freed.estimate == pytest.approx(again.estimate * 0.8, rel=0.12)
        assert freed.high / freed.low > high / low

    @pytest.fixture
    def random(self):
        """Give numbers that are the same in every run."""
        import numpy as np

        return np.random.default_rng(5)


class TestSightings:
    def test_made_by_referral_are_no_overlap_of_their_own(self) -> None:
        own, referred = KnowledgeRoute.OWN_DETECTION, KnowledgeRoute.REFERRED
        seen = [Sighting(1, "A", own), Sighting(1, "B", referred), Sighting(2, "B", own)]

        every = table_of_sightings("AB", seen, own_only=False)
        alone = table_of_sightings("AB", seen, own_only=True)

        assert every.overlaps() == {"A:B": 1}
        assert alone.overlaps() == {"A:B": 0}
        assert alone.people == 2

    def test_are_estimated_both_ways(self) -> None:
        drawn = population(1500, (0.25, 0.2, 0.2), 3)
        seen = _sightings(drawn)

        found = run_both_ways(NAMES[:3], seen, QUICK)

        assert isinstance(found.own, Panel) and isinstance(found.any_knowledge, Panel)
        assert found.referred > 0
        assert found.own.member("stepwise").figure > found.any_knowledge.member("stepwise").figure

    def test_of_a_person_who_refused_research_are_on_no_list(self) -> None:
        own = KnowledgeRoute.OWN_DETECTION
        seen = [
            Sighting(1, "A", own),
            Sighting(1, "B", own, refused_research=True),
            Sighting(2, "B", own),
        ]

        assert table_of_sightings("AB", seen, own_only=False).people == 1
        assert run_both_ways("AB", seen, QUICK).refused == 1

    def test_of_referrals_only_are_refused_with_a_reason(self) -> None:
        seen = [Sighting(1, "A", KnowledgeRoute.REFERRED)]

        assert isinstance(run_both_ways("AB", seen, QUICK).own, Refusal)


def _sightings(drawn: ListTable) -> list[Sighting]:
    """Let every second overlap be made by a referral."""
    found: list[Sighting] = []
    person = 0
    for mask, count in zip(drawn.masks, drawn.counts, strict=True):
        for number in range(count):
            person += 1
            on = [place for place in range(3) if mask >> place & 1]
            for order, place in enumerate(on):
                made = order and number % 2
                route = KnowledgeRoute.REFERRED if made else KnowledgeRoute.OWN_DETECTION
                found.append(Sighting(person, NAMES[place], route))
    return found


class TestStrata:
    def test_are_never_added_up(self) -> None:
        one, other = (population(900, (0.3, 0.25, 0.3), seed) for seed in (1, 2))

        found = run_strata({"women": one, "men": other}, QUICK)

        assert set(found.by_stratum) == {"women", "men"}
        assert "not to be added" in found.says
        assert not hasattr(found, "total")
