"""Tests of how forms become facts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from opennrm.casework.refusals import AccessMissing, EntryMalformed
from opennrm.casework.writing import new_fact, plain
from tests import cast


@dataclass
class Form:
    """A form with more on it than the fact knows."""

    sex: str | None = "female"
    citizenship: tuple[str, ...] = ()
    names: str = ""
    phone: str = "+38970000000"


class TestNewFact:
    def test_takes_what_its_kind_knows_and_leaves_out_what_is_empty(self) -> None:
        fact = new_fact("person_described", Form(), within=frozenset({"D2"}))

        assert dict(fact.open) == {"sex": "female"}
        assert dict(fact.sealed) == {}

    def test_prefers_the_scope_to_its_extract(self) -> None:
        full = new_fact("person_described", Form(), within=frozenset({"D2", "D2S"}))
        extract = new_fact("person_described", Form(), within=frozenset({"D2S"}))

        assert (full.compartment.code, extract.compartment.code) == ("D2", "D2S")

    def test_is_refused_where_neither_may_be_written(self) -> None:
        with pytest.raises(AccessMissing):
            new_fact("person_described", Form(), within=frozenset({"D4"}))

    def test_names_the_entry_of_a_wrong_form_and_never_what_was_written(self) -> None:
        with pytest.raises(EntryMalformed) as refused:
            new_fact("person_described", Form(sex="Lule"), within=frozenset({"D2"}))

        assert refused.value.field == "sex"
        assert "Lule" not in f"{refused.value} {refused.value.finding} {refused.value.__cause__}"


class TestPlain:
    @pytest.mark.parametrize(
        ("value", "written"),
        [
            (date(2026, 3, 2), "2026-03-02"),
            (cast.GREEN_DOOR.organisation, str(cast.GREEN_DOOR.organisation)),
            (("b", "a"), ["b", "a"]),
            (frozenset({"b", "a"}), ["a", "b"]),
            (False, False),
            (30, 30),
            ("code", "code"),
        ],
    )
    def test_writes_days_references_and_lists(
        self, value: date | UUID | tuple[str, ...] | frozenset[str] | bool | str, written: object
    ) -> None:
        assert plain(value) == written
