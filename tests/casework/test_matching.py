"""Tests of matching: reasons for and against, and nobody left out for what is not known."""

from dataclasses import fields, replace
from datetime import date
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from opennrm.casework.matching import Aspect, Listed, Reason, Speaks, Wanted, matches, reasons

TODAY = date(2026, 3, 2)
HOUSE = Listed(ref=uuid4(), entry=uuid4(), organisation=uuid4(), name="House", service="shelter")
FULL = replace(
    HOUSE,
    groups=frozenset({"women", "families"}),
    forms_left_out=frozenset({"labour"}),
    languages=frozenset({"sq", "mk"}),
    areas=("North",),
    access=frozenset({"step_free"}),
    hours=frozenset({"nights"}),
    places=4,
    free=1,
    check="met",
    checked_on=date(2026, 1, 1),
    next_check_on=date(2027, 1, 1),
    agreement_until=date(2027, 1, 1),
)
WOMAN = Wanted(
    service="shelter",
    groups=frozenset({"women"}),
    forms=frozenset({"sexual"}),
    languages=frozenset({"sq"}),
    area="north",
    access=frozenset({"step_free"}),
    at_night=True,
)


def said(wanted: Wanted, listed: Listed) -> dict[Aspect, Speaks]:
    """Return what each aspect says."""
    return {one.aspect: one.speaks for one in reasons(wanted, listed, on=TODAY)}


class TestReasons:
    def test_speak_for_a_service_that_fits_in_every_aspect(self) -> None:
        assert said(WOMAN, FULL) == dict.fromkeys(Aspect, Speaks.FOR)

    def test_are_not_known_of_a_service_that_says_nothing(self) -> None:
        silent = said(WOMAN, replace(HOUSE, organisation=None))

        assert silent.pop(Aspect.FORM) is Speaks.FOR
        assert set(silent.values()) == {Speaks.NOT_KNOWN}

    def test_are_not_asked_of_what_nobody_said_she_needs(self) -> None:
        asked = said(Wanted(service="shelter"), FULL)

        assert set(asked) == {Aspect.PLACES, Aspect.STANDARDS, Aspect.AGREEMENT}

    def test_speak_against_with_what_is_missing(self) -> None:
        wanted = replace(
            WOMAN,
            groups=frozenset({"men", "families"}),
            forms=frozenset({"labour"}),
            languages=frozenset({"sq", "ar"}),
            area="South",
            access=frozenset({"hearing"}),
        )
        service = replace(
            FULL,
            free=0,
            waiting=2,
            check="not_met",
            agreement_until=TODAY,
            hours=frozenset({"weekdays"}),
        )

        found = list(reasons(wanted, service, on=TODAY))

        assert {one.speaks for one in found} == {Speaks.AGAINST}
        assert Reason(Aspect.GROUP, Speaks.AGAINST, ("men",)) in found
        assert Reason(Aspect.FORM, Speaks.AGAINST, ("labour",)) in found
        assert Reason(Aspect.LANGUAGE, Speaks.AGAINST, ("ar",)) in found
        assert Reason(Aspect.PLACES, Speaks.AGAINST, ("0", "4", "2")) in found

    def test_take_a_check_that_is_overdue_for_none(self) -> None:
        overdue = replace(FULL, next_check_on=date(2026, 3, 1))

        assert said(WOMAN, overdue)[Aspect.STANDARDS] is Speaks.NOT_KNOWN

    def test_have_no_field_for_what_help_must_not_depend_on(self) -> None:
        words = " ".join(field.name for field in fields(Wanted))

        for forbidden in ("operat", "nationality", "citizen", "residence", "criminal"):
            assert forbidden not in words


class TestMatches:
    def test_put_the_best_first_and_leave_none_out(self) -> None:
        full = replace(FULL, ref=uuid4(), free=0, name="A full house")
        silent = replace(HOUSE, ref=uuid4(), name="A silent house")
        other = replace(HOUSE, ref=uuid4(), service="medical")

        found = matches(WOMAN, [full, silent, other, FULL], on=TODAY)

        assert [one.listed.name for one in found] == ["House", "A full house", "A silent house"]

    @given(
        st.builds(
            Wanted,
            service=st.just("shelter"),
            groups=st.frozensets(st.sampled_from(["women", "men", "families"])),
            languages=st.frozensets(st.sampled_from(["sq", "ar"])),
            access=st.frozensets(st.sampled_from(["hearing"])),
            at_night=st.booleans(),
        )
    )
    def test_never_count_silence_against_a_service(self, wanted: Wanted) -> None:
        silent = replace(HOUSE, organisation=None)

        [found] = matches(wanted, [silent], on=TODAY)

        assert found.speaking(Speaks.AGAINST) == ()
