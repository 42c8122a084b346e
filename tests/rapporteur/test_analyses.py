"""Saved questions: sums of released cells, hidden with any hidden part, kept and never changed."""

from datetime import UTC, datetime

import pytest

from opennrm.rapporteur.analyses import (
    CannotBeAnswered,
    Counted,
    Question,
    answer,
    as_text,
    from_text,
    require_answerable,
)
from opennrm.rapporteur.catalogue import OWN_DIMENSIONS, Period, shapes_for
from opennrm.rapporteur.copy_of_persons import NAMES
from opennrm.rapporteur.releases import OWN_COPY, Release
from opennrm.statistics import Rule, Tally, protect

USUAL = {
    "sex": "female", "age": "adult_21_23", "citizenship": "national", "scope": "internal",
    "form": frozenset({"sexual"}), "status": "presumed", "entity": "ngo", "help": "offered",
    "year": "1953",
}  # fmt: skip
IDENTIFIED = Counted("Identified only", "status", frozenset({"identified"}))
WIDER = Counted("Presumed too", "status", frozenset({"identified", "presumed"}))
REFUSED = Counted("Refused", "status", frozenset({"not_identified", "presumed"}))
ACROSS = Counted("Across a border", "scope", frozenset({"cross_border"}))


@pytest.fixture(scope="module")
def release() -> Release:
    """A release of 100 invented persons: 60 presumed, 30 identified, 10 across a border."""
    kinds = (
        (60, {}),
        (30, {"status": "identified", "sex": "male"}),
        (10, {"scope": "cross_border"}),
    )
    people = {tuple((USUAL | kind)[name] for name in NAMES): n for n, kind in kinds}
    period = Period(1953, 1953)
    shapes = [
        one
        for one in shapes_for(OWN_DIMENSIONS, period)
        if one.name in ("year_by_status", "form_by_scope")
    ]
    found = protect(shapes, Tally(NAMES, people), Rule(zeros_disclosive=False), exact=False)
    tables = {one.shape.name: one for one in found.tables}
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return Release(
        7, "2026-2", OWN_COPY, period, "Tests", at, None, "0", "sum", tables, {"passed": True}
    )


class TestTwoDefinitions:
    def test_count_the_same_persons_side_by_side(self, release: Release) -> None:
        found = answer(Question("year_by_status", {}, (IDENTIFIED, WIDER)), release)

        assert found.columns[:2] == ("Identified only", "Presumed too")
        assert found.lines == (("Total", (30, 100, 30, 0, 70)), ("1953", (30, 100, 30, 0, 70)))
        assert (found.release, found.period) == (7, Period(1953, 1953))

    def test_that_cross_say_whom_only_one_counts(self, release: Release) -> None:
        found = answer(Question("year_by_status", {}, (WIDER, REFUSED)), release)

        assert found.lines[0] == ("Total", (100, 70, 70, 30, 0))

    def test_of_different_kinds_are_not_laid_side_by_side(self) -> None:
        with pytest.raises(CannotBeAnswered, match="not broken down by this"):
            require_answerable(Question("year_by_status", {}, (IDENTIFIED, ACROSS)))


class TestAnAnswer:
    def test_hides_a_sum_with_a_hidden_part(self, release: Release) -> None:
        cells = dict(release.tables["year_by_status"].cells)
        assert cells[("status", "identified"),] == 30
        hidden = {**cells, (("status", "identified"),): None}
        table = type(release.tables["year_by_status"])(
            release.tables["year_by_status"].shape, hidden,
            release.tables["year_by_status"].parameters, 1, (), "0",
        )  # fmt: skip
        other = type(release)(**{**vars(release), "tables": {"year_by_status": table}})

        found = answer(Question("year_by_status", {}, (IDENTIFIED, WIDER)), other)

        assert found.lines[0] == ("Total", (None, None, None, 0, 70))
        assert as_text(found).splitlines()[1] == "Total,[c],[c],[c],0,70"

    def test_without_a_definition_is_the_table_narrowed(self, release: Release) -> None:
        found = answer(Question("form_by_scope", {"scope": "cross_border"}), release)

        assert found.columns == ("Total",)
        assert found.lines[0] == ("Total", (10,))

    def test_is_read_again_as_it_was_kept(self, release: Release) -> None:
        found = answer(Question("form_by_scope", {}, (ACROSS,)), release)

        heads, lines = from_text(as_text(found))

        assert heads == ["", "Across a border"]
        assert lines[0] == ["Total", "10"]

    @pytest.mark.parametrize(
        ("question", "says"),
        [
            (Question("entity_by_sex", {"scope": "internal"}), "Within one State"),
            (Question("sex_by_age", {}, (IDENTIFIED,)), "Status"),
        ],
        ids=["narrowed", "defined"],
    )
    def test_is_refused_before_it_is_kept(self, question: Question, says: str) -> None:
        with pytest.raises(CannotBeAnswered, match=says):
            require_answerable(question)

    def test_does_not_narrow_what_the_definition_counts(self) -> None:
        with pytest.raises(CannotBeAnswered, match="holds both together"):
            require_answerable(Question("form_by_scope", {"scope": "internal"}, (ACROSS,)))
