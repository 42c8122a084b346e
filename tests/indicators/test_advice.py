"""A screening gives advice with reasons; it never decides, and never says no for good."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opennrm.indicators import advice as advice_module
from opennrm.indicators.advice import (
    WEIGHT_ORDER,
    Advice,
    IndicatorUnknown,
    ReasonCode,
    Screening,
    advise,
    population_for,
)
from opennrm.indicators.catalogue import Indicator, indicators, read_catalogue
from opennrm.indicators.rule import positive_dimensions
from opennrm.vocabulary.age import AgeStatus
from opennrm.vocabulary.screening import AdviceOutcome, Answer, Population
from tests.indicators.test_catalogue import shipped

IDS = sorted(indicators())
UNWEIGHED = [key for key in IDS if not indicators()[key].is_weighed]
STATUSES = [*AgeStatus, None]
TICKED = [Answer.TOLD, Answer.SEEN, Answer.DOCUMENT, Answer.THIRD_PARTY]


def proposing(strength: str) -> dict[str, Indicator]:
    rows = list(csv.DictReader(shipped().splitlines()))
    page = io.StringIO()
    writer = csv.DictWriter(page, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows({**row, "strength_provisional": strength} for row in rows)
    return read_catalogue(page.getvalue())


PROPOSING = {strength: proposing(strength) for strength in ("strong", "weak", "")}


def screened(*ids: str, status: AgeStatus | None = AgeStatus.ADULT, **more: bool) -> Advice:
    return advise(Screening(status, dict.fromkeys(ids, Answer.TOLD), **more))


def codes(advice: Advice) -> set[ReasonCode]:
    return {reason.code for reason in advice.reasons}


class TestAdvise:
    def test_gives_strong_grounds_with_the_signs_that_carry_them(self) -> None:
        found = screened(
            "DEL-AL-DR-01", "DEL-AL-DR-08", "DEL-AL-EX-01", "DEL-AL-EX-04", "DEL-AL-CD-01",
            "DEL-AL-CD-03",
        )  # fmt: skip

        assert found.outcome is AdviceOutcome.STRONG_GROUNDS
        assert found.dimensions == (
            "deceptive_recruitment",
            "exploitation",
            "coercion_at_destination",
        )
        assert found.positive[2].carried_by == ("DEL-AL-CD-01", "DEL-AL-CD-03")

    def test_refers_an_exploited_worker_for_labour_rights(self) -> None:
        found = screened("DEL-AL-EX-01", "DEL-AL-EX-04")

        assert found.outcome is AdviceOutcome.LABOUR_RIGHTS_REFERRAL

    def test_accepts_a_professionals_reason_with_nothing_ticked(self) -> None:
        found = screened(presumed=True)

        assert found.outcome is AdviceOutcome.POSSIBLE
        assert ReasonCode.PRESUMED in codes(found)
        assert found.positive == ()

    def test_takes_a_strong_sign_alone_as_possible(self) -> None:
        assert screened("DEL-AL-CD-01").outcome is AdviceOutcome.POSSIBLE
        assert screened("DEL-AL-EX-01").outcome is AdviceOutcome.LABOUR_RIGHTS_REFERRAL

    def test_keeps_signs_below_the_threshold_in_mind(self) -> None:
        found = screened("DEL-AL-EX-02", "DEL-AL-EX-03")

        assert found.outcome is AdviceOutcome.NO_SIGN
        assert found.reasons[0].indicators == ("DEL-AL-EX-02", "DEL-AL-EX-03")

    @pytest.mark.parametrize("status", STATUSES)
    def test_is_never_triggered_by_the_place_a_person_comes_from(
        self, status: AgeStatus | None
    ) -> None:
        found = screened("UNODC-GEN-34", status=status)

        assert found.outcome is AdviceOutcome.NO_SIGN
        assert all("UNODC-GEN-34" not in reason.indicators for reason in found.reasons)

    def test_says_of_a_workplace_that_it_says_nothing_about_one_person(self) -> None:
        found = screened("UNODC-LAB-17")

        assert found.outcome is AdviceOutcome.NO_SIGN
        assert ReasonCode.ABOUT_A_PLACE in codes(found)

    def test_tells_not_asked_from_no(self) -> None:
        answers = {"DEL-AL-EX-01": Answer.NO, "DEL-AL-EX-02": Answer.NOT_ASKED}

        found = advise(Screening(AgeStatus.ADULT, answers))

        asked = [r.indicators for r in found.reasons if r.code is ReasonCode.NOT_ASKED]
        assert asked == [("DEL-AL-EX-02",)]

    def test_refuses_a_sign_that_is_not_in_the_lists(self) -> None:
        with pytest.raises(IndicatorUnknown, match="NO-SUCH-01"):
            screened("NO-SUCH-01")

    @pytest.mark.parametrize("status", [AgeStatus.CHILD, AgeStatus.PRESUMED_CHILD, None])
    def test_reads_an_adult_list_as_the_childs_when_age_is_in_doubt(
        self, status: AgeStatus | None
    ) -> None:
        found = screened("DEL-AL-CR-04", "DEL-AL-CR-07", "DEL-AL-EX-01", "DEL-AL-EX-02",
                         status=status)  # fmt: skip

        assert found.population is Population.CHILD
        assert found.outcome is AdviceOutcome.STRONG_GROUNDS
        assert ReasonCode.CHILD in codes(found)
        assert found.positive[0].carried_by == ("DEL-CL-CR-04", "DEL-CL-CR-07")

    def test_says_that_it_is_advice_and_never_that_someone_is_not_trafficked(self) -> None:
        words = " ".join(
            [advice_module.NOTE]
            + [f"{code.label} {code.definition}" for code in (*ReasonCode, *AdviceOutcome)]
        ).lower()

        assert "advice, not a decision" in advice_module.NOTE
        assert "victim" not in words
        assert "not trafficked" not in words

    def test_gives_each_reason_a_plain_sentence(self) -> None:
        assert all(code.label.endswith(".") for code in ReasonCode)


class TestAdviceAsAWhole:
    @given(st.sets(st.sampled_from(UNWEIGHED), max_size=40), st.sampled_from(STATUSES))
    def test_finds_no_positive_dimension_from_unweighed_signs(
        self, ids: set[str], status: AgeStatus | None
    ) -> None:
        assert screened(*ids, status=status).positive == ()

    @given(
        st.sets(st.sampled_from(IDS), max_size=30),
        st.sampled_from(IDS),
        st.sampled_from(STATUSES),
        st.sampled_from(TICKED),
    )
    def test_never_falls_when_a_sign_is_added(
        self, ids: set[str], one_more: str, status: AgeStatus | None, answer: Answer
    ) -> None:
        before = advise(Screening(status, dict.fromkeys(ids, answer)))
        after = advise(Screening(status, dict.fromkeys(ids | {one_more}, answer)))

        assert WEIGHT_ORDER.index(after.outcome) >= WEIGHT_ORDER.index(before.outcome)

    @given(st.sets(st.sampled_from(IDS), max_size=30), st.sampled_from(["strong", "weak", ""]))
    def test_does_not_read_the_proposed_strength(self, ids: set[str], proposed: str) -> None:
        changed = PROPOSING[proposed]

        before = positive_dimensions(indicators()[key] for key in ids)
        after = positive_dimensions(changed[key] for key in ids)

        assert after == before
        assert all(changed[key].is_weighed == indicators()[key].is_weighed for key in ids)

    @given(st.sets(st.sampled_from(IDS), max_size=30))
    def test_never_sees_the_place_a_person_comes_from(self, ids: set[str]) -> None:
        without = screened(*(ids - {"UNODC-GEN-34"}))
        with_it = screened(*(ids | {"UNODC-GEN-34"}))

        assert with_it == without


class TestPopulationFor:
    def test_uses_the_childs_lists_unless_someone_is_an_adult(self) -> None:
        assert population_for(AgeStatus.ADULT) is Population.ADULT
        assert population_for(AgeStatus.PRESUMED_CHILD) is Population.CHILD
        assert population_for(None) is Population.CHILD
