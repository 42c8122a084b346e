"""Every state times every step times every role, against the grid written by hand."""

from itertools import product

import pytest

from opennrm.lifecycle import moves
from opennrm.lifecycle.fields import OpenValue
from opennrm.lifecycle.kinds import kind_named
from opennrm.lifecycle.tracks import TRACKS, criminal, residence
from opennrm.vocabulary.criminal import CriminalTrack
from opennrm.vocabulary.need_to_know import Access, need_to_know
from opennrm.vocabulary.residence import ResidenceTrack
from opennrm.vocabulary.roles import Role
from tests.lifecycle import grid
from tests.lifecycle.paths import ANY, STEPS, WITHDRAW, walk
from tests.lifecycle.telling import Telling, told

GRIDS = (
    (
        "identification",
        grid.IDENTIFICATION,
        grid.IDENTIFICATION_COLUMNS,
        grid.IDENTIFICATION_CODES,
    ),
    ("assistance", grid.ASSISTANCE, grid.ASSISTANCE_COLUMNS, grid.ASSISTANCE_CODES),
)
CELLS = [
    (track, step, column, ways[column], target, codes)
    for track, text, ways, codes in GRIDS
    for (step, column), target in grid.cells(text).items()
]
HOLDING = frozenset({Access.READ, Access.WRITE, Access.SUMMARY})
CRIMINAL = {
    "none": "intelligence_only reported investigation prosecution trial judgment appeal final"
    " discontinued",
    "intelligence_only": "reported investigation discontinued",
    "reported": "investigation prosecution discontinued",
    "investigation": "prosecution discontinued",
    "prosecution": "trial discontinued",
    "trial": "judgment discontinued",
    "judgment": "appeal final discontinued",
    "appeal": "trial judgment final discontinued",
    "final": "",
    "discontinued": "reported investigation prosecution",
}
STEPS_OF_PROCEEDINGS = [step for step in CriminalTrack if step is not CriminalTrack.NONE]


def prepared(way: str, step: str) -> tuple[Telling, str, dict[str, OpenValue]]:
    """Tell the way to a state, and return what the step would record there."""
    telling = Telling()
    if step == WITHDRAW and "agree" not in way:
        walk(telling, "agree")
    walk(telling, way)
    if step != WITHDRAW:
        kind, parts = STEPS[step]
        return telling, kind, dict(parts)
    consent = next(fact for fact in telling.facts if fact.kind == "consent_given")
    taken_back: dict[str, OpenValue] = {"consent": str(consent.fact_ref)}
    return telling, "consent_withdrawn", {**taken_back, "withdrawn_on": "2026-03-09"}


class TestGrid:
    def test_covers_every_state_of_both_tracks(self) -> None:
        for track, _, ways, codes in GRIDS:
            states = next(one.states for one in TRACKS if one.name == track)
            assert set(codes.values()) == set(states)
            assert {told_state(way, track) for way in ways.values()} == set(states)

    def test_covers_every_row_of_the_table(self) -> None:
        used = {
            move.label
            for _, step, _, way, target, _ in CELLS
            if target != "."
            for telling, kind, parts in [prepared(way, step)]
            for move in moves.MOVES
            if move.concerns(telling.case.event(kind, parts))
            and move.leaves(telling.case.standings[move.track])
        }
        mine = {m.label for m in moves.MOVES if m.track in ("identification", "assistance")}

        assert used == mine

    @pytest.mark.parametrize(
        ("track", "step", "column", "way", "target", "codes"),
        CELLS,
        ids=[f"{step}-from-{column}" for _, step, column, _, _, _ in CELLS],
    )
    def test_leads_where_it_says_and_refuses_the_rest(
        self, track: str, step: str, column: str, way: str, target: str, codes: dict[str, str]
    ) -> None:
        telling, kind, parts = prepared(way, step)
        before = telling.case.standings[track].state
        expected = before if target in "=." else codes[target]

        finding = moves.judge(telling.case, kind, list(Role), parts)
        telling.tell(kind, parts)

        assert finding.is_broken == (target == ".")
        assert telling.case.standings[track].state == expected

    @pytest.mark.parametrize(
        ("track", "step", "column", "way", "target", "codes"),
        CELLS,
        ids=[f"{step}-from-{column}" for _, step, column, _, _, _ in CELLS],
    )
    def test_is_open_to_the_roles_it_names_and_to_no_other(
        self, track: str, step: str, column: str, way: str, target: str, codes: dict[str, str]
    ) -> None:
        telling, kind, parts = prepared(way, step)
        case = telling.case
        allowed = frozenset() if target == "." else grid.roles_for(step, column)

        open_to = {role.value for role in Role if moves.judge(case, kind, [role], parts).holds}

        assert open_to == allowed

    @pytest.mark.parametrize(("state", "step"), [*product(CRIMINAL, STEPS_OF_PROCEEDINGS)])
    def test_of_the_criminal_track_follows_proceedings(
        self, state: str, step: CriminalTrack
    ) -> None:
        start = [] if state == "none" else [("criminal_step_recorded", {"step": state})]
        case = told(*start)
        wanted = step in CRIMINAL[state].split()

        for role in Role:
            finding = moves.judge(case, "criminal_step_recorded", [role], {"step": step})
            assert finding.holds == (wanted and role in (Role.LE, Role.PR))

    @pytest.mark.parametrize(("state", "status"), [*product(residence.STATES, ResidenceTrack)])
    def test_of_the_residence_track_lets_every_status_follow_every_other(
        self, state: str, status: ResidenceTrack
    ) -> None:
        start = (
            [] if state == residence.NOT_RECORDED else [("residence_recorded", {"status": state})]
        )
        case = told(*start)

        open_to = {
            role
            for role in Role
            if moves.judge(case, "residence_recorded", [role], {"status": status}).holds
        }

        assert open_to == {Role.MI, Role.AS}


class TestMoves:
    def test_let_only_roles_act_that_may_hold_the_compartment(self) -> None:
        for move in moves.MOVES:
            kind = kind_named(move.kind)
            assert kind.scope is not None
            if kind.needs != "addressee_or_write":
                unable = [r for r in move.roles if need_to_know(r, kind.scope) not in HOLDING]
                assert not unable, f"{move.label}: {unable}"

    def test_never_name_immigration_enforcement(self) -> None:
        assert not [move for move in moves.MOVES if Role.IE in move.roles]

    def test_belong_to_the_track_their_kind_belongs_to(self) -> None:
        assert not [m for m in moves.MOVES if kind_named(m.kind).track != m.track]

    def test_let_steps_pass_that_move_no_track(self) -> None:
        to_shelter = {"to": ANY, "to_role": "SH", "purpose": "service"}

        assert moves.judge(told(), "risk_assessed", []).holds
        assert moves.judge(told(), "referral_sent", [Role.SH], to_shelter).holds

    def test_judge_a_kind_by_any_content_when_none_is_given(self) -> None:
        pending = told(STEPS["signs"], STEPS["refer"])

        assert moves.judge(pending, "reasonable_grounds_decided", [Role.CA]).holds
        assert moves.judge(told(), "case_reopened", [Role.CM]).is_broken

    def test_refuse_with_a_sentence_that_says_what_to_do(self) -> None:
        closed = told(STEPS["close"])

        finding = moves.judge(closed, "service_offered", [Role.CM])

        assert finding.remedy == "reopen_case"
        assert "Open the case again first" in finding.says

    def test_refuse_another_role_and_name_the_right_one(self) -> None:
        finding = moves.judge(told(STEPS["signs"]), "reasonable_grounds_decided", [Role.LE])

        assert "Ask someone who holds one of: CA" in finding.says

    def test_give_a_general_remedy_where_there_is_no_special_one(self) -> None:
        identified = told(STEPS["signs"], STEPS["grounds_positive"], STEPS["identified"])

        finding = moves.judge(identified, "reconsideration_asked", [Role.CM])

        assert finding.remedy == "look_at_case"

    def test_say_nothing_when_a_step_may_be_made(self) -> None:
        assert moves.judge(told(), "screening_recorded", [Role.FR], {"presumed": True}).holds

    def test_name_no_state_the_asker_cannot_see(self) -> None:
        refused = told(
            *(STEPS[name] for name in ("signs", "refer", "grounds_positive", "not_identified"))
        )
        seen = refused.seen_from(frozenset({"D1"}))
        kind, asked = "identification_decided", {"outcome": "identified"}

        whole = moves.judge(refused, kind, [Role.CA], asked)
        hidden = moves.judge(refused, kind, [Role.CA], asked, seen=seen)

        assert "not identified" in whole.says
        assert "identified" not in hidden.says
        assert hidden.remedy == "look_at_case"

    def test_of_the_criminal_track_start_from_every_state_they_name(self) -> None:
        sources = {source for move in criminal.MOVES for source in move.sources}

        assert sources | {"final"} == set(CriminalTrack)


def told_state(way: str, track: str) -> str:
    """Return the state of a track after a way."""
    telling = Telling()
    return walk(telling, way).standings[track].state
