"""Properties that hold whatever is recorded and in whatever order."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opennrm.casework.consent import Withdrawal, withdraw_consent
from opennrm.casework.contact import PersonDescription, describe_person
from opennrm.casework.permissions import may_read, may_write
from opennrm.casework.refusals import CaseNotFound, Refused
from opennrm.lifecycle.codes import Basis
from opennrm.lifecycle.facts import NewFact, recorded
from opennrm.rights.jurisdictions import presets
from opennrm.vocabulary.criminal import CriminalTrack
from opennrm.vocabulary.exploitation import ExploitationForm, TraffickingScope
from opennrm.vocabulary.person import Sex
from opennrm.vocabulary.residence import ResidenceTrack
from opennrm.vocabulary.roles import Role
from tests import cast
from tests.casework.story import TODAY, Story
from tests.casework.test_screening import screened
from tests.fakes import Office

RECIPIENTS = (
    (cast.CASE_MANAGER, "CM"),
    (cast.CASE_MANAGER, "SH"),
    (cast.SHELTER_WITHOUT_CONSENT, "CM"),
    (cast.DECIDING_OFFICER, "CA"),
    (cast.HEALTH_WORKER, "HC"),
    (cast.LAWYER, "LA"),
    (cast.BORDER_OFFICER, "FR"),
    (cast.IMMIGRATION_OFFICER, "MI"),
)
SENDERS = (cast.POLICE_OFFICER, cast.CASE_MANAGER, cast.BORDER_OFFICER, cast.DECIDING_OFFICER)
SCOPES = ("D2", "D3", "D4", "D4S", "D5", "D8", "D9", "D10", "D14")


def begun() -> Story:
    office = Office(
        organisations={one.organisation: one for one in cast.ORGANISATIONS},
        members=tuple(one.actor for one in cast.MEMBERS),
        presets=presets,
    )
    return Story(office).contact()


def learned(story: Story, kind: str, **content: Any) -> None:
    """Add a fact of another track, as its own authority would."""
    file = story.office.files[story.case_ref]
    fact = recorded(
        NewFact(kind=kind, open=content, basis=Basis.PUBLIC_TASK),
        case_ref=story.case_ref,
        position=len(file.facts) + 1,
        sequence=1,
        at=story.at,
        actor=cast.DETECTIVE.account,
        organisation=cast.TOWN_POLICE.organisation,
    )
    file.facts.append(fact)


def helped(story: Story) -> list[str]:
    """Walk through help from referral to delivery and say what each step led to."""
    story.with_case_manager()
    offer = story.offer(cast.HEALTH_WORKER, "HC", "medical")
    told = []
    for who, by, answer in (
        (cast.HEALTH_WORKER, "provider", "accepted"),
        (cast.CASE_MANAGER, "person", "accepted"),
    ):
        story.reply(who, offer, by, answer)
        told.append(story.case.assistance)
    story.deliver(cast.HEALTH_WORKER, "medical", offer)
    rows = sorted(
        f"{row.organisation} {row.role} {row.compartment} {row.state} {row.until}"
        for row in story.case.access
    )
    return [*told, story.case.assistance, *rows]


class TestHelp:
    @settings(max_examples=40, deadline=None)
    @given(
        citizenship=st.sampled_from(["AL", "MK", "NG", "VN", "stateless", "unknown"]),
        scope=st.sampled_from([one.value for one in TraffickingScope]),
        form=st.sampled_from([one.value for one in ExploitationForm]),
        sex=st.sampled_from([one.value for one in Sex]),
        residence=st.sampled_from([one.value for one in ResidenceTrack]),
        steps=st.lists(
            st.sampled_from([one.value for one in CriminalTrack if one.value != "none"]),
            max_size=3,
        ),
        presumed=st.booleans(),
    )
    def test_never_depends_on_who_she_is_what_happened_or_whether_she_co_operates(
        self,
        citizenship: str,
        scope: str,
        form: str,
        sex: str,
        residence: str,
        steps: list[str],
        presumed: bool,
    ) -> None:
        story = begun()
        person = PersonDescription(citizenship=(citizenship,), sex=sex)
        describe_person(person=person, **story.by(cast.POLICE_OFFICER))
        screened(story, forms=(form,), scope_of_trafficking=scope, presumed=presumed)
        learned(story, "residence_recorded", status=residence)
        for step in steps:
            learned(story, "criminal_step_recorded", step=step)

        assert helped(story) == helped(begun())


choices = st.tuples(
    st.sampled_from(SENDERS),
    st.sampled_from(RECIPIENTS),
    st.sets(st.sampled_from(SCOPES), min_size=1, max_size=4),
    st.sampled_from(["accepted", "declined", "asks", "nothing"]),
    st.booleans(),
    st.booleans(),
)


def unless_refused(story: Story, act: Callable[[], UUID]) -> UUID | None:
    """Do a step; where it is refused, look that nothing at all was recorded."""
    before = snapshot(story)
    try:
        return act()
    except Refused as refused:
        assert refused.finding.says
        assert snapshot(story) == before
        return None


def snapshot(story: Story) -> tuple[Any, ...]:
    office = story.office
    return story.case.facts, story.case.access, len(office.entries), len(office.notices)


def try_to_share(story: Story, choice: Any) -> None:
    """Take consent, refer, answer, and perhaps take the consent back."""
    sender, (to, role), scopes, answer, is_named, is_taken_back = choice
    account = to.account if is_named else None
    parts = tuple(sorted(scopes))
    consent = unless_refused(story, lambda: story.consent(to, role, scopes=parts, who=sender))
    referral = unless_refused(
        story, lambda: story.refer(to, role, consent, who=sender, account=account)
    )
    if referral and answer != "nothing":
        unless_refused(story, lambda: story.answer(to, referral, answer, reason="no_place"))
    if consent and is_taken_back:
        back = Withdrawal(consent=consent, withdrawn_on=TODAY)
        unless_refused(story, lambda: withdraw_consent(withdrawal=back, **story.by(sender)))


def shared(made: list[Any]) -> Story:
    """Let people share, one after another, whatever comes of it."""
    story = begun()
    for choice in made:
        try_to_share(story, choice)
        story.at += timedelta(minutes=1)
    return story


class TestSharing:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(choices, max_size=7))
    def test_leaves_no_row_on_a_consent_that_was_taken_back(self, made: list[Any]) -> None:
        story = shared(made)

        taken_back = {
            fact.reference("consent") for fact in story.case.of_kind("consent_withdrawn")
        }
        left = [row for row in story.case.access if row.basis_fact in taken_back]
        # What keeps her safe where she sleeps stays with those who house or treat her.
        assert all(row.is_kept and row.compartment == "D16" for row in left)
        assert {row.role for row in left} <= {Role.SH, Role.HC}

    @settings(max_examples=60, deadline=None)
    @given(st.lists(choices, max_size=7))
    def test_opens_nothing_beyond_the_consent_the_matrix_and_the_named_person(
        self, made: list[Any]
    ) -> None:
        story = shared(made)

        for row in story.case.access:
            basis = story.case.fact(row.basis_fact)
            assert basis is not None
            assert may_read(row.role, row.compartment)
            assert row.mode == "read" or may_write(row.role, row.compartment)
            assert (row.account is not None) == row.compartment.startswith("D3")
            assert row.organisation != cast.REMOVALS.organisation
            if basis.kind == "consent_given":
                assert row.compartment in basis.texts("scopes")
                ends = row.opens_at if row.is_kept else row.until
                assert ends.date().isoformat() <= (basis.text("until") or "")
                assert basis.reference("recipient") == row.organisation

    @settings(max_examples=60, deadline=None)
    @given(st.lists(choices, max_size=7))
    def test_shows_the_case_to_nobody_without_a_row(self, made: list[Any]) -> None:
        story = shared(made)

        holders = {row.organisation for row in story.case.access}
        for who in cast.MEMBERS:
            cases = story.office.desk(who.actor, story.at).cases
            if who.organisation.organisation not in holders:
                with pytest.raises(CaseNotFound):
                    cases.load(story.case_ref)
