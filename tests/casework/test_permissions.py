"""Tests of the table of permissions and of the compartments it derives from the matrix."""

import inspect
from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest

from opennrm.casework.permissions import (
    COMPARTMENTS,
    PERMISSIONS,
    UNDER_PSEUDONYM,
    acting_roles,
    allows,
    may_read,
    may_write,
    readable,
    refusal,
    require,
    writable,
)
from opennrm.casework.reasons import REASONS
from opennrm.casework.refusals import PermissionMissing
from opennrm.vocabulary.need_to_know import Access, need_to_know
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import CASE_SCOPES
from tests import cast
from tests.cast import NOON

MODULES = (
    *(
        "contact",
        "screening",
        "consent",
        "referral",
        "notification",
        "decision",
        "deposit",
        "court_order",
    ),
    *("decision_letter",),
    *("consent_recheck", "emergency", "plan", "safety_sheet", "service", "outcome"),
    *("breach", "correction", "handing", "tasks", "conference"),
    *("places", "partners", "own_door", "service_words"),
    *("holds", "overrides", "closing", "early_end", "duty_end"),
    *("child_guardian", "child_acts", "child_best_interests", "child_panel"),
    *("child_missing", "child_age"),
    *("message", "retention", "erasing", "files", "incident", "media"),
    *("residence", "residence_removal", "recovery_rest", "safe_return"),
    *(
        "safe_return_assessment",
        "safe_return_authorise",
        "safe_return_journey",
        "safe_return_travel",
    ),
    *("safe_return_document", "safe_return_follow_up"),
    *("justice", "justice_statement", "justice_hearing", "justice_witness"),
    *("redress", "redress_money", "hand_over", "hand_over_received"),
    *("taking_in", "delivery", "places"),
)
WITHIN_OTHERS = {"accept_referral", "accept_offer", "accept_hand_over"}


def use_cases() -> dict[str, object]:
    modules = (import_module(f"opennrm.casework.{name}") for name in MODULES)
    return {
        name: thing
        for module in modules
        for name, thing in inspect.getmembers(module, inspect.isfunction)
        if thing.__module__ == module.__name__
        and {"actor", "at", "desk"} <= parameters(thing)
        and inspect.signature(thing).return_annotation.__name__ == "UUID"
    }


def parameters(thing: object) -> set[str]:
    return set(inspect.signature(thing).parameters)  # type: ignore[arg-type]


class TestPermissions:
    def test_name_every_use_case_and_nothing_else(self) -> None:
        assert set(PERMISSIONS) - WITHIN_OTHERS == set(use_cases())

    def test_every_use_case_takes_keywords_only_and_at_most_seven(self) -> None:
        for name, use_case in use_cases().items():
            taken = inspect.signature(use_case).parameters.values()  # type: ignore[arg-type]
            assert all(one.kind is one.KEYWORD_ONLY for one in taken), name
            assert len(taken) <= 7, name

    @pytest.mark.parametrize("who", [cast.IMMIGRATION_OFFICER, cast.ANALYST, cast.RAPPORTEUR])
    def test_give_those_without_cases_no_step_that_begins_or_decides_one(
        self, who: cast.Member
    ) -> None:
        steps = [name for name, one in PERMISSIONS.items() if one.roles]

        one_way = {"deposit_referral"} if who is cast.IMMIGRATION_OFFICER else set()
        assert {name for name in steps if allows(name, actor=who.actor, at=NOON)} == one_way

    def test_give_the_front_door_one_step(self) -> None:
        door = cast.FRONT_DOOR.actor

        open_to_it = {name for name in PERMISSIONS if allows(name, actor=door, at=NOON)}

        assert open_to_it == {"ask_for_help"}

    def test_stop_only_new_cases_and_new_sharing_when_an_agreement_ends(self) -> None:
        stopped = set()
        for member in cast.MEMBERS:
            lapsed = replace(member.actor, agreement_until=NOON.date() - timedelta(days=1))
            stopped |= {
                name
                for name in PERMISSIONS
                if allows(name, actor=member.actor, at=NOON)
                and not allows(name, actor=lapsed, at=NOON)
            }

        assert stopped == {
            *("record_contact", "refer", "offer_service", "accept_referral", "accept_offer"),
            *("offer_hand_over", "send_hand_over", "accept_hand_over", "take_over_hand_over"),
            *("take_in", "deliver_referral"),
            "ask_partner",
        }

    def test_let_cases_be_passed_on_while_they_are_wound_up(self) -> None:
        ended, day = NOON.date() - timedelta(days=1), timedelta(days=1)
        lapsed = replace(cast.CASE_MANAGER.actor, agreement_until=ended)

        assert allows("refer", actor=replace(lapsed, bound_until=NOON.date() + day), at=NOON)
        assert not allows("refer", actor=replace(lapsed, bound_until=NOON.date()), at=NOON)

    def test_say_why_not(self) -> None:
        finding = refusal("identify", actor=cast.CASE_MANAGER.actor, at=NOON)

        assert finding is not None
        assert (finding.reason, finding.remedy) == ("role_not_allowed", "ask_colleague")
        with pytest.raises(PermissionMissing):
            require("identify", actor=cast.CASE_MANAGER.actor, at=NOON)

    def test_name_the_roles_in_which_someone_acts(self) -> None:
        assert acting_roles("record_contact", cast.CASE_MANAGER.actor) == (Role.CM,)


class TestCompartments:
    @pytest.mark.parametrize("role", list(Role))
    def test_follow_the_matrix(self, role: Role) -> None:
        for scope in CASE_SCOPES:
            if (role, scope) in UNDER_PSEUDONYM:
                continue
            access = need_to_know(role, scope)
            full, extract = scope.value, f"{scope.value}S"
            assert may_read(role, full) == (access in {Access.READ, Access.WRITE})
            assert may_write(role, full) == (access is Access.WRITE)
            in_part = access in {Access.READ, Access.WRITE, Access.SUMMARY}
            assert may_read(role, extract) == may_write(role, extract) == in_part

    def test_give_a_panel_the_pseudonym_of_the_case_and_nothing_of_identity(self) -> None:
        assert {"D1S"} == {code for code in readable(Role.BP) if code.startswith(("D1S", "D2"))}
        assert "D1" not in readable(Role.BP)
        assert "D11" in writable(Role.BP)

    def test_are_never_written_by_those_who_may_not_read_them(self) -> None:
        assert all(writable(role) <= readable(role) for role in Role)

    def test_are_closed_to_immigration_enforcement_statistics_and_administration(self) -> None:
        for code in ("IE", "AD", "SO", "NR", "NCO", "TR", "MD"):
            assert readable(Role(code)) == frozenset()

    def test_leave_out_what_belongs_to_no_case(self) -> None:
        assert not [code for code in COMPARTMENTS if code.startswith(("D0", "D15"))]


class TestReasons:
    @pytest.mark.parametrize("reason", list(REASONS))
    def test_say_what_to_do_next_in_plain_words(self, reason: str) -> None:
        remedy, says = REASONS[reason]

        assert remedy
        assert says.endswith(".")
        assert not {"victim", "client"} & set(says.lower().split())
