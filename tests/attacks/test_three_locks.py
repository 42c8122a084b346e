"""Policy in code, row-level security and key wrapping open the same cells, in every story."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, event, given, seed, settings
from hypothesis import strategies as st

from opennrm.casework.permissions import COMPARTMENTS, readable
from opennrm.casework.refusals import Refused
from opennrm.vocabulary.roles import Role
from tests import cast, stories
from tests.attacks.figures import told
from tests.attacks.locks import MEMBERS, locks, named
from tests.database import as_administrator, stay_awake

# The night plays more.
STORIES = int(os.environ.get("OPENNRM_LOCKS", "15"))
STARTERS = (cast.POLICE_OFFICER, cast.HELPLINE_WORKER, cast.CASE_MANAGER)
RECIPIENTS = (
    (cast.CASE_MANAGER, "CM"),
    (cast.CASE_MANAGER, "SH"),
    (cast.SHELTER_WITHOUT_CONSENT, "CM"),
    (cast.DECIDING_OFFICER, "CA"),
    (cast.PANEL_READER, "RP"),
    (cast.LAWYER, "LA"),
    (cast.HEALTH_WORKER, "HC"),
    (cast.GUARDIAN, "GU"),
    (cast.CHILD_WORKER, "CP"),
    (cast.DETECTIVE, "LE"),
    (cast.IMMIGRATION_OFFICER, "MI"),
)
SCOPES = ("D1", "D2", "D3", "D4", "D8", "D9", "D10", "D14", "D2S", "D4S", "D8S", "D14S")
LAPSE = "UPDATE nrm.access SET until = now() WHERE offer_fact = %s AND until > now()"


@dataclass
class Story:
    """A case, who works on it, and what was offered and consented to so far."""

    starter: cast.Member
    case_ref: UUID
    holders: list[cast.Member]
    offers: list[tuple[cast.Member, UUID]] = field(default_factory=list)
    consents: list[UUID] = field(default_factory=list)

    def refer(self, who: int, to: int, scopes: frozenset[str]) -> None:
        """Take consent for a recipient and offer the case."""
        worker = self.holders[who % len(self.holders)]
        member, role = RECIPIENTS[to % len(RECIPIENTS)]
        chosen = tuple(sorted(scopes & readable(Role(role)) | {"D1"}))
        sent = stories.referred(worker, self.case_ref, member, role, chosen)
        self.offers.append((member, sent))
        self.consents.append(stories.newest(worker, self.case_ref, "consent_given"))

    def accept(self, who: int, to: int, scopes: frozenset[str]) -> None:
        """Let an addressee accept."""
        member, sent = self.offers[who % len(self.offers)]
        stories.answered(member, self.case_ref, sent)
        self.holders.append(member)

    def decline(self, who: int, to: int, scopes: frozenset[str]) -> None:
        """Let an addressee decline."""
        member, sent = self.offers[who % len(self.offers)]
        stories.answered(member, self.case_ref, sent, "declined")

    def withdraw(self, who: int, to: int, scopes: frozenset[str]) -> None:
        """Take a consent back."""
        consent = self.consents[to % len(self.consents)]
        stories.withdrawn(self.holders[-who % len(self.holders)], self.case_ref, consent)

    def lapse(self, who: int, to: int, scopes: frozenset[str]) -> None:
        """Let the term of an offer run out."""
        with as_administrator() as connection:
            connection.execute(LAPSE, [self.offers[to % len(self.offers)][1]])

    def describe(self, who: int, to: int, scopes: frozenset[str]) -> None:
        """Write down who she is, which seals to the newest key."""
        worker = self.holders[who % len(self.holders)]
        stories.described(worker, self.case_ref, names="Ermira Duka")


def begun(starter: cast.Member) -> Story:
    case_ref = stories.contact(starter, words="She asked for a lawyer.", safe_way="by day")
    return Story(starter, case_ref, [starter])


_compared: list[int] = []
STEPS: dict[str, Callable[[Story, int, int, frozenset[str]], None]] = {
    "refer": Story.refer,
    "accept": Story.accept,
    "decline": Story.decline,
    "withdraw": Story.withdraw,
    "lapse": Story.lapse,
    "describe": Story.describe,
}
WEIGHED = (*(["refer", "accept", "withdraw"] * 2), "describe", "decline", "lapse")
steps = st.tuples(
    st.sampled_from(WEIGHED),
    st.integers(0, 5),
    st.integers(0, len(RECIPIENTS) - 1),
    st.frozensets(st.sampled_from(SCOPES), min_size=1, max_size=4),
)


class TestThreeLocks:
    """For every member and every compartment, after every step of every story."""

    @seed(20261123)
    @settings(
        max_examples=STORIES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    @given(st.sampled_from(STARTERS), st.lists(steps, min_size=4, max_size=9))
    def test_open_the_same_cells(self, starter, taken):
        stay_awake()
        story = begun(starter)
        story.refer(0, 3, frozenset({"D1", "D2S", "D10"}))

        with as_administrator() as connection:
            connection.autocommit = True
            for name, who, to, scopes in taken:
                try:
                    STEPS[name](story, who, to, scopes)
                except Refused:
                    event(f"{name} refused")
                else:
                    event(f"{name} done")
                asked = locks(connection, story.case_ref)

                assert named(asked.disagreements()) == []
                _compared.append(len(MEMBERS) * len(COMPARTMENTS))

    def test_say_how_much_was_compared(self):
        told("locks", stories=STORIES, states=len(_compared), cells=sum(_compared))

    def test_have_something_to_open(self):
        """The control: the comparison sees cells, for more than one organisation."""
        story = begun(cast.POLICE_OFFICER)
        story.refer(0, 0, frozenset({"D1", "D2", "D4", "D10"}))
        story.accept(0, 0, frozenset())

        with as_administrator() as connection:
            asked = locks(connection, story.case_ref)

        assert {(cast.CASE_MANAGER.account, "D2"), (cast.POLICE_COLLEAGUE.account, "D2")} <= (
            asked.policy
        )
        assert asked.disagreements() == frozenset()

    @pytest.mark.parametrize(
        "broken",
        (
            "CREATE POLICY open_to_all ON nrm.fact FOR SELECT TO opennrm_app USING (true)",
            "DROP POLICY reader ON nrm.fact",
            "DELETE FROM nrm.wrap",
            "CREATE OR REPLACE FUNCTION nrm.has_row(in_case uuid, part text, to_write boolean) "
            "RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        ),
    )
    def test_are_seen_to_disagree_when_one_is_broken(self, broken):
        """The control: one lock is broken in a transaction that is rolled back."""
        story = begun(cast.POLICE_OFFICER)

        with as_administrator() as connection, connection.transaction(force_rollback=True):
            connection.execute(broken)

            assert locks(connection, story.case_ref).disagreements()
