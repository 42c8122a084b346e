"""Acts of the model on children: guardian, assessment, panel, and acts that wait for them."""

from collections.abc import Hashable, Iterable
from typing import NamedTuple

from opennrm.casework import overrides
from opennrm.casework.exploring import record
from opennrm.casework.exploring.act import Act
from opennrm.casework.exploring.acts_sharing import once_only, police
from opennrm.casework.exploring.law import Law
from opennrm.casework.exploring.model import ChildFile, Dossier, State, is_child
from opennrm.casework.overrides import Overriding
from opennrm.rights.best_interests import (
    FOR_A_PANEL,
    SERVED,
    BestInterestsSituation,
    DeterminationSituation,
    PanelSituation,
    ViewsSituation,
)
from opennrm.rights.children import ActOnChild, GuardianSituation, PlaceSituation

AGAINST = "not_in_best_interests"
MOST_MEMBERS = 3
CARE = "emergency_care"
PLACES = ("family_care", "detention")


class Opened(NamedTuple):
    """A panel asked about an act: whether the child was heard, or a reason says why not."""

    place: int
    is_heard: bool
    why_not: bool = False


class Signed(NamedTuple):
    """A signature under a determination, by somebody of a new house or of one that signed."""

    place: int
    is_for: bool
    new_house: bool


class Authorised(NamedTuple):
    """An act on the child: where it ends, and whether danger is said to let rules give way."""

    act: str
    place: str = "family_care"
    in_danger: bool = False


def of_a_child(law: Law, state: State, choice: object) -> bool:
    """Look at acts on children only where she is one, or presumed to be."""
    return is_child(state)


def file_of(state: State) -> ChildFile:
    """Return what is written down about the child."""
    return state.child or ChildFile()


def grave_places(law: Law) -> Iterable[Hashable]:
    """List the grave acts within the bounds by their place."""
    return range(len(law.bounds.grave))


def dossier(law: Law, state: State, place: int) -> Dossier:
    """Return what is known of one grave act."""
    dossiers = file_of(state).dossiers
    return dossiers[place] if dossiers else Dossier()


def with_dossier(law: Law, state: State, place: int, one: Dossier) -> State:
    """Return the state with another dossier of one grave act."""
    file = file_of(state)
    known = list(file.dossiers or (Dossier(),) * len(law.bounds.grave))
    known[place] = one
    return state._replace(child=file._replace(dossiers=tuple(known)))


def may_name(law: Law, state: State, choice: object) -> bool:
    """Look at naming a guardian where there is none."""
    return is_child(state) and not file_of(state).guarded


def named(law: Law, state: State, choice: bool) -> State | None:
    """Name a guardian, when no interest stands against it (R32)."""
    interests = frozenset({"houses_the_child"}) if choice else frozenset()
    situation = GuardianSituation(
        "local_government_organisation", frozenset({"GU"}), interests=interests
    )
    if not law.allows("R32", situation, state.day):
        return None
    return state._replace(child=file_of(state)._replace(guarded=True, conflicted=choice))


def assessed(law: Law, state: State, choice: bool) -> State | None:
    """Assess what is best for her in an ordinary act, with her views (R36)."""
    if not law.allows("R36", ViewsSituation(True, "great"), state.day):
        return None
    result = SERVED if choice else AGAINST
    return state._replace(child=file_of(state)._replace(assessed=result))


def risks_seen(law: Law, state: State, choice: object) -> State | None:
    """Assess the risks that wait for her."""
    return state._replace(child=file_of(state)._replace(risk_on=state.day))


def may_open(law: Law, state: State, choice: Opened) -> bool:
    """Look at a question to a panel that was not asked yet."""
    return is_child(state) and not dossier(law, state, choice.place).opened


def opened(law: Law, state: State, choice: Opened) -> State | None:
    """Ask a panel, with the child's views or the reason why there are none (R36)."""
    views = ViewsSituation(
        choice.is_heard,
        "great" if choice.is_heard else None,
        "too_young" if choice.why_not else None,
    )
    if not law.allows("R36", views, state.day):
        return None
    heard = "heard" if choice.is_heard or choice.why_not else "unheard"
    return with_dossier(law, state, choice.place, Dossier(opened=heard))


def may_sign(law: Law, state: State, choice: Signed) -> bool:
    """Look at signatures under an open determination, up to a few members."""
    one = dossier(law, state, choice.place)
    is_open = bool(one.opened) and not one.result and one.members < MOST_MEMBERS
    return is_child(state) and is_open and (choice.new_house or one.houses > 0)


def signed(law: Law, state: State, choice: Signed) -> State | None:
    """Sign what a member of the panel finds."""
    one = dossier(law, state, choice.place)
    after = one._replace(
        members=one.members + 1,
        houses=one.houses + choice.new_house,
        ayes=one.ayes + choice.is_for,
    )
    return with_dossier(law, state, choice.place, after)


def may_complete(law: Law, state: State, choice: int) -> bool:
    """Look at closing a determination that is open."""
    one = dossier(law, state, choice)
    return is_child(state) and bool(one.opened) and not one.result


def completed(law: Law, state: State, choice: int) -> State | None:
    """Close a determination that enough members of enough houses signed (R34)."""
    one = dossier(law, state, choice)
    if not law.allows("R34", panel(law, one, state.day), state.day):
        return None
    result = SERVED if 2 * one.ayes > one.members else AGAINST
    return with_dossier(law, state, choice, one._replace(result=result))


def panel(law: Law, one: Dossier, day: int) -> PanelSituation:
    """Return who signed, against how many must."""
    numbers = law.preset("panel_members_and_houses", day).numbers
    return PanelSituation(one.members, one.houses, *numbers)


def authorised(law: Law, state: State, choice: Authorised) -> State | None:
    """Authorise an act on her, as the use case asks: panel, place, guardian, assessment.

    What is authorised changes nothing that the model looks at; the step itself is looked at.
    """
    if not law.allows("R34", determination(law, state, choice.act), state.day):
        return None
    if not law.allows("R35", PlaceSituation(is_child(state), choice.place), state.day):
        return None
    file = file_of(state)
    result = file.assessed
    if choice.act in FOR_A_PANEL:
        result = dossier(law, state, law.bounds.grave.index(choice.act)).result or result
    asked = (
        ("R32", ActOnChild(choice.act, is_child(state), file.guarded)),
        ("R33", BestInterestsSituation(choice.act, is_child(state), result or None)),
    )
    if all(gives_way(law, state, rule, one, choice.in_danger) for rule, one in asked):
        return state
    return None


def gives_way(law: Law, state: State, rule: str, situation: Hashable, in_danger: bool) -> bool:
    """Tell whether a rule lets an act on, or gives way to danger where it may."""
    question = (rule, situation, state.day, in_danger)
    overriding = Overriding(rule=rule, reason="imminent_danger_to_child", text="She is in danger.")
    found = law.unless_refused(
        question,
        lambda: overrides.require_rule_unless(
            rule,
            situation,
            record.date_of(state.day),
            overriding if in_danger else None,
            case=law.case(state),
            actor=police(law),
            at=record.moment(state.day),
            desk=law.desk,
        ),
    )
    return found is not None


def determination(law: Law, state: State, act: str) -> DeterminationSituation:
    """Return what R34 looks at for an act."""
    grave = law.bounds.grave
    one = dossier(law, state, grave.index(act)) if act in grave else Dossier()
    seen = panel(law, one, state.day)
    enough = seen.members >= seen.least_members and seen.houses >= seen.least_houses
    return DeterminationSituation(
        act=act,
        is_child=is_child(state),
        determined=one.result or None,
        is_signed=bool(one.result) and enough,
        child_was_heard=one.opened == "heard" if one.result else None,
        risk_is_fresh=is_fresh(law, file_of(state).risk_on, state.day),
    )


def is_fresh(law: Law, seen_on: int | None, day: int) -> bool:
    """Tell whether risks were assessed of late."""
    if seen_on is None:
        return False
    return day < seen_on + law.preset("return_assessment_valid", day).number


def openings(law: Law) -> Iterable[Hashable]:
    """List questions to a panel: with the child's views, with a reason, with neither."""
    ways = ((True, False), (False, True), (False, False))
    return [Opened(i, *way) for i in range(len(law.bounds.grave)) for way in ways]


def signatures(law: Law) -> Iterable[Hashable]:
    """List signatures for and against, by a new house or one that signed."""
    ways = [(is_for, new) for is_for in (True, False) for new in (True, False)]
    return [Signed(i, *way) for i in range(len(law.bounds.grave)) for way in ways]


def authorisations(law: Law) -> Iterable[Hashable]:
    """List acts on a child: grave, ordinary, at once; also in danger, and in detention."""
    acts = (*law.bounds.grave, "interview", CARE, "move_to_safety")
    usual = [Authorised(act, in_danger=danger) for act in acts for danger in (False, True)]
    return [*usual, Authorised("placement", "detention"), Authorised("placement", "with_adults")]


def _says_opened(law: Law, choice: Opened) -> str:
    views = "with the child's views" if choice.is_heard else "without hearing the child"
    why = ", and says why" if choice.why_not else ""
    return f"A panel is asked about {_act(law.bounds.grave[choice.place])}, {views}{why}."


def _says_signed(law: Law, choice: Signed) -> str:
    word = "for" if choice.is_for else "against"
    house = "another house" if choice.new_house else "the same house"
    return f"A member of {house} signs {word} {_act(law.bounds.grave[choice.place])}."


def _says_authorised(law: Law, choice: Authorised) -> str:
    place = f", in {_act(choice.place)}" if choice.place != "family_care" else ""
    danger = ", because of danger" if choice.in_danger else ""
    return f"The child service authorises {_act(choice.act)}{place}{danger}."


def _act(code: str) -> str:
    return code.replace("_", " ")


CHILD = (
    Act(
        "guardian",
        "children",
        lambda law: (False, True),
        may_name,
        named,
        lambda law, choice: (
            "A guardian is named"
            + (", who owns the place where the child stays." if choice else ".")
        ),
    ),
    Act(
        "assess",
        "children",
        lambda law: (True, False),
        of_a_child,
        assessed,
        lambda law, choice: (
            "Her best interests in an act are assessed: "
            + ("it serves them." if choice else "it does not serve them.")
        ),
    ),
    Act(
        "assess_risk",
        "children",
        once_only,
        of_a_child,
        risks_seen,
        lambda law, choice: "The risks that wait for her are assessed.",
    ),
    Act("ask_panel", "children", openings, may_open, opened, _says_opened),
    Act("sign", "children", signatures, may_sign, signed, _says_signed),
    Act(
        "determine",
        "children",
        grave_places,
        may_complete,
        completed,
        lambda law, choice: f"The panel on {_act(law.bounds.grave[choice])} closes.",
    ),
    Act("authorise", "children", authorisations, of_a_child, authorised, _says_authorised),
)
