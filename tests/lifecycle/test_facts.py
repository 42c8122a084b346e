"""A fact cannot be built in a form its kind does not allow."""

from dataclasses import FrozenInstanceError
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opennrm.lifecycle.compartments import Compartment
from opennrm.lifecycle.facts import FactMalformed, NewFact
from opennrm.lifecycle.fields import SHAPE, Shape
from opennrm.lifecycle.kinds import KINDS
from opennrm.vocabulary.scopes import CASE_SCOPES, Scope
from tests.lifecycle.telling import Telling

SOME = str(uuid4())
NAME = "Ljubica Petrovska"


def refusal(kind: str, parts: dict[str, object], **more: object) -> str:
    """Return the message with which a fact is refused."""
    with pytest.raises(FactMalformed) as caught:
        NewFact(kind, parts, **more)  # type: ignore[arg-type]
    return str(caught.value)


class TestNewFact:
    def test_keeps_codes_and_leaves_out_what_was_not_given(self) -> None:
        fact = NewFact("contact_recorded", {"route": "self", "language": None})

        assert dict(fact.open) == {"route": "self"}

    def test_cannot_be_changed(self) -> None:
        fact = NewFact("contact_recorded", {"route": "self"}, {})

        with pytest.raises(TypeError):
            fact.open["route"] = "helpline"  # type: ignore[index]
        with pytest.raises(FrozenInstanceError):
            fact.kind = "case_closed"  # type: ignore[misc]

    def test_goes_to_the_compartment_of_its_kind(self) -> None:
        assert NewFact("person_described", {}).compartment.code == "D2"
        assert NewFact("service_offered", {"service": "shelter", "provider": SOME}, extract=True)
        assert NewFact("account_noted", {}, extract=True).compartment.code == "D4S"

    def test_puts_a_summary_in_the_extract_of_its_own_scope(self) -> None:
        fact = NewFact("summary_shared", {"scope": "D8"}, {"text": "Keep the door locked."})

        assert fact.compartment == Compartment(Scope.SAFETY, extract=True)

    def test_is_refused_when_its_kind_is_unknown(self) -> None:
        assert "not a kind of fact" in refusal("gossip_heard", {})

    def test_is_refused_with_an_unknown_field_and_says_which_there_are(self) -> None:
        assert "It has: route, channel" in refusal("contact_recorded", {"name": "x"})

    def test_is_refused_without_a_required_field(self) -> None:
        assert refusal("risk_assessed", {}) == "risk_assessed.level: is missing. Give a value"

    def test_is_refused_on_an_unknown_basis(self) -> None:
        assert "consent, legal_duty" in refusal("plan_agreed", {}, basis="habit")

    def test_is_refused_with_an_unknown_sealed_field(self) -> None:
        assert "It has: own_words, plan" in refusal("plan_agreed", {}, sealed={"diary": "x"})
        assert "It has: none" in refusal("contact_recorded", {}, sealed={"words": "x"})

    def test_is_refused_when_a_sealed_part_is_not_text(self) -> None:
        assert "must be text" in refusal("plan_agreed", {}, sealed={"plan": 3})

    def test_never_repeats_what_was_written_in_its_message(self) -> None:
        message = refusal("contact_recorded", {"route": "Petrovska"})

        assert "Petrovska" not in message
        assert "own_detection" in message


class TestFields:
    @pytest.mark.parametrize(
        ("kind", "parts", "says"),
        [
            ("contact_recorded", {"route": NAME}, "Put words in a sealed field"),
            ("contact_recorded", {"route": 7}, "Put words in a sealed field"),
            ("contact_recorded", {"left_early": "yes"}, "true or false"),
            ("contact_recorded", {"contact_on": "2026-02-30"}, "2026-01-31"),
            ("contact_recorded", {"contact_on": "02.03.2026"}, "2026-01-31"),
            ("contact_recorded", {"contact_on": "20260302"}, "2026-01-31"),
            ("contact_recorded", {"referred_by": "police"}, "reference (UUID)"),
            ("contact_recorded", {"language": "Macedonian"}, "code of the right form"),
            ("account_noted", {"forms": "sexual"}, "must be a list"),
            ("account_noted", {"forms": ["sexual", "sad"]}, "not a known code"),
            ("notification_sent", {"age_group": "adult"}, "is missing"),
        ],
    )
    def test_refuse_what_is_not_theirs(
        self, kind: str, parts: dict[str, object], says: str
    ) -> None:
        assert says in refusal(kind, parts)

    @pytest.mark.parametrize("days", [True, -1, "30", 3.5])
    def test_refuse_a_count_that_is_not_a_whole_number(self, days: object) -> None:
        parts = {"told_on": "2026-03-02", "from": "2026-03-02", "until": "2026-04-02"}

        assert "whole number" in refusal("recovery_period_opened", {**parts, "days": days})

    @pytest.mark.parametrize("reply_by", ["2026-03-04", "2026-03-04T12:00:00+00:00"])
    def test_take_a_day_or_a_moment_to_reply_by(self, reply_by: str) -> None:
        referral = {"to": SOME, "to_role": "CA", "purpose": "identification"}

        assert NewFact("referral_sent", {**referral, "reply_by": reply_by})

    @pytest.mark.parametrize("reply_by", ["2026-03-04T12:00:00", "soon"])
    def test_refuse_a_moment_without_its_offset(self, reply_by: str) -> None:
        referral = {"to": SOME, "to_role": "CA", "purpose": "identification"}

        assert "offset from UTC" in refusal("referral_sent", {**referral, "reply_by": reply_by})

    @settings(deadline=None)
    @given(st.text(min_size=1).filter(lambda text: not SHAPE.match(text)))
    def test_never_let_words_into_any_open_field(self, words: str) -> None:
        for kind in KINDS.values():
            for name, field in kind.fields.items():
                assert field.fault([words] if field.many else words), f"{kind.name}.{name}"


class TestKinds:
    def test_all_name_a_scope_of_a_case_or_let_the_fact_name_it(self) -> None:
        scopes = {kind.name: kind.scope for kind in KINDS.values()}

        assert [name for name, scope in scopes.items() if scope is None] == ["summary_shared"]
        assert {scope for scope in scopes.values() if scope} <= {*CASE_SCOPES, Scope.SHEET}

    def test_hold_no_open_field_without_a_closed_list_or_a_form(self) -> None:
        for kind in KINDS.values():
            for name, field in kind.fields.items():
                closed = field.codes or field.pattern
                assert field.shape is not Shape.CODE or closed, f"{kind.name}.{name}"

    def test_have_a_label_each(self) -> None:
        assert all(kind.label for kind in KINDS.values())

    def test_let_a_notification_carry_the_seven_coarse_fields_only(self) -> None:
        kind = KINDS["notification_sent"]

        assert len(kind.fields) == 7
        assert all(field.required for field in kind.fields.values())
        assert kind.sealed == ()

    @pytest.mark.parametrize("place", ["MK-801-3", "Bitola", "GB-ENGL"])
    def test_refuse_a_place_finer_than_a_region(self, place: str) -> None:
        assert "place_region" in refusal(
            "notification_sent",
            {
                "age_group": "adult",
                "sex": "female",
                "main_form": "labour",
                "citizenship_group": "national",
                "place_region": place,
                "month": "2026-03",
                "reporting_entity": "ngo",
            },
        )


class TestFact:
    def test_reads_its_fields_by_their_form(self) -> None:
        telling = Telling()
        telling.tell("account_noted", {"forms": ["labour"], "signs": ["DEL-AL-DR-01"]})
        telling.tell("contact_recorded", {"referred_by": SOME, "left_early": False})
        account, contact = telling.facts

        assert account.texts("forms") == ("labour",)
        assert account.texts("means") == ()
        assert account.text("forms") is None
        assert contact.reference("referred_by") == UUID(SOME)
        assert contact.reference("asked_by") is None
        assert contact.flag("left_early") is False
        assert contact.flag("route") is None


class TestCompartment:
    @pytest.mark.parametrize("scope", list(CASE_SCOPES))
    @pytest.mark.parametrize("extract", [False, True])
    def test_is_read_back_from_its_code(self, scope: Scope, extract: bool) -> None:
        compartment = Compartment(scope, extract)

        assert Compartment.parse(compartment.code) == compartment

    def test_names_people_only_for_whereabouts(self) -> None:
        named = [c for c in map(Compartment, Scope) if c.names_people]

        assert [c.code for c in named] == ["D3"]

    def test_is_refused_when_there_is_no_such_scope(self) -> None:
        with pytest.raises(ValueError, match="D99"):
            Compartment.parse("D99")
