"""Rules on children: doubt about age, guardian, detention and places with adults."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import COE, EU, REPORT_2009, known, read, stated

CHILD = frozenset({"child", "presumed_child"})
AGREES = "agrees"
MAJORITY_AGE = 18
LEAST_DISCIPLINES = 2
ASSESSED = "age_assessment"
NEEDS_GUARDIAN = frozenset(
    {
        *("interview", "age_assessment", "medical_examination", "transfer", "separation"),
        *("return", "removal", "dublin_transfer", "transfer_abroad"),
        *("family_reunification", "durable_placement"),
    }
)
AT_ONCE = frozenset({"emergency_care", "move_to_safety"})
CONFLICTED_ROLES = frozenset({"MI", "IE", "SH", "CA"})
CONFLICTED_KINDS = frozenset({"immigration_service", "immigration_enforcement"})
DETAINED = frozenset({"detention", "closed_centre", "police_station"})
WITH_ADULTS = frozenset({"with_adults", "hotel"})


@dataclass(frozen=True, slots=True)
class AgeSituation:
    """What is known of a person's age: whether it is in doubt, and the status recorded."""

    is_in_doubt: bool | None
    age_status: str | None = None


@dataclass(frozen=True, slots=True)
class AgeSettlement:
    """An age about to be settled: on which ground, how it was assessed, who else agrees.

    `youngest` is the lower end of the margin of an assessment, in years.
    """

    age_status: str
    basis: str | None = None
    has_grounds: bool = False
    second_opinion: str | None = None
    youngest: int | None = None
    has_turned_18: bool | None = None


@dataclass(frozen=True, slots=True)
class AgeAssessmentSituation:
    """An age assessment: why there is doubt, which professions take part, who agreed."""

    doubts: frozenset[str]
    disciplines: frozenset[str]
    guardian_agreed: bool | None
    child_agreed: bool | None


@dataclass(frozen=True, slots=True)
class ActOnChild:
    """An act on a person: whether she is a child, and whether a guardian stands by her."""

    act: str
    is_child: bool | None
    has_guardian: bool | None


@dataclass(frozen=True, slots=True)
class GuardianSituation:
    """A guardian about to be named: the house, its duties, and interests that were told.

    `interests` is None when nobody asked; `houses_child` says whether the child stays there.
    """

    house_kind: str | None = None
    house_roles: frozenset[str] = frozenset()
    houses_child: bool = False
    interests: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class PlaceSituation:
    """A place about to be offered or chosen, and whether it is for a child."""

    is_child: bool | None
    place: str | None


def age_status_for(majority: str | None, is_in_doubt: bool | None) -> str | None:
    """Return the age status to record: a person whose age is in doubt is a presumed child."""
    if is_in_doubt and majority != "child":
        return "presumed_child"
    return majority if majority in ("child", "adult") else None


def presumed_minor(
    situation: AgeSituation | AgeSettlement | AgeAssessmentSituation, on: date
) -> Finding:
    """Find whether doubt about an age is given to the person, until it is verified (R31)."""
    if isinstance(situation, AgeSettlement):
        return _settled(situation)
    if isinstance(situation, AgeAssessmentSituation):
        return _assessed(situation)
    if situation.age_status in CHILD or situation.is_in_doubt is False:
        return holds("R31")
    if situation.is_in_doubt is None:
        return not_known(
            "R31",
            "age_not_asked",
            "look_at_age",
            "Nobody said whether her age is in doubt. If it may be, treat her as a child.",
        )
    return broken(
        "R31",
        "doubt_not_given",
        "presume_child",
        "Her age is in doubt, so she is treated as a child until it is verified.",
    )


def _settled(situation: AgeSettlement) -> Finding:
    if situation.age_status != "adult":
        return holds("R31")
    if not situation.basis or not situation.has_grounds:
        return broken(
            "R31",
            "age_without_ground",
            "give_grounds",
            "That somebody is an adult is settled on a ground, in words. Name the ground, or go "
            "on treating her as a child.",
        )
    if not _margin_is_hers(situation):
        return broken(
            "R31",
            "margin_in_childs_favour",
            "presume_child",
            "The margin of error is hers: as long as she may be under 18, she is treated as a "
            "child. Keep the rules for children.",
        )
    if situation.second_opinion != AGREES:
        return broken(
            "R31",
            "adult_needs_second_person",
            "ask_second_opinion",
            "No one person alone makes an adult of a child. Propose it, and let somebody of "
            "another organisation give an opinion first.",
        )
    return holds("R31")


def _margin_is_hers(situation: AgeSettlement) -> bool:
    if situation.basis == ASSESSED:
        return situation.youngest is not None and situation.youngest >= MAJORITY_AGE
    return situation.basis != "turned_18" or situation.has_turned_18 is True


def _assessed(situation: AgeAssessmentSituation) -> Finding:
    if not situation.doubts:
        return broken(
            "R31",
            "no_serious_doubt",
            "presume_child",
            "An age is assessed on serious doubt only; looks are not a reason. Treat her as a "
            "child without it.",
        )
    if len(situation.disciplines) < LEAST_DISCIPLINES:
        return broken(
            "R31",
            "one_profession_only",
            "ask_other_professions",
            "An age is assessed by several professions together, never by one alone. Ask others "
            "to take part.",
        )
    if situation.guardian_agreed and situation.child_agreed:
        return holds("R31")
    return broken(
        "R31",
        "assessment_not_agreed",
        "ask_guardian_and_child",
        "An age assessment needs the guardian's consent and the child's own. Ask both; a no "
        "counts for nothing against her.",
    )


def guardian_beside_child(situation: ActOnChild | GuardianSituation, on: date) -> Finding:
    """Find whether a guardian without conflict of interest stands by the child (R32)."""
    if isinstance(situation, GuardianSituation):
        return _without_conflict(situation)
    if situation.act not in NEEDS_GUARDIAN or situation.is_child is False:
        return holds("R32")
    if situation.has_guardian:
        return holds("R32")
    if situation.is_child is None or situation.has_guardian is None:
        return not_known(
            "R32",
            "guardian_not_known",
            "look_at_age",
            "It is not known whether this is a child with a guardian. Find out before this act.",
        )
    return broken(
        "R32",
        "no_guardian",
        "name_guardian",
        "A child is not interviewed, examined for age or moved without a guardian at her side. "
        "Have a guardian named first; a temporary one is enough.",
    )


def _without_conflict(situation: GuardianSituation) -> Finding:
    clashes = situation.house_roles & CONFLICTED_ROLES
    if clashes or situation.house_kind in CONFLICTED_KINDS or situation.houses_child:
        return broken(
            "R32",
            "guardian_house_conflict",
            "name_another_guardian",
            "A guardian works for the child alone: never the migration authority, those who "
            "house the child, or those who decide on her case. Name somebody from another house.",
        )
    if situation.interests is None:
        return not_known(
            "R32",
            "interests_not_asked",
            "ask_about_interests",
            "Nobody asked whether this guardian has an interest of her or his own. Ask, and "
            "record the answer.",
        )
    if situation.interests:
        return broken(
            "R32",
            "guardian_has_interest",
            "name_another_guardian",
            "Somebody with an interest of her or his own in what becomes of the child is not her "
            "guardian. Name another person.",
        )
    return holds("R32")


def never_detained(situation: PlaceSituation, on: date) -> Finding:
    """Find whether a child would be detained, or placed among adults (R35).

    Where nobody asked her age, holding her waits for an answer; an open bed never does.
    """
    if situation.is_child is False:
        return holds("R35")
    if situation.place in DETAINED and situation.is_child:
        return broken(
            "R35",
            "child_detained",
            "place_with_children",
            "A child is never detained, not even to keep a family together. Find an open place "
            "for children. If she is held already, record that as a breach: those who must act "
            "are told.",
        )
    if situation.place in WITH_ADULTS and situation.is_child:
        return broken(
            "R35",
            "place_with_adults",
            "place_with_children",
            "A child, or somebody who may be one, is not housed among adults who are not her "
            "family. Find a place for children. If she is in danger now, move her to safety at "
            "once and record that.",
        )
    if situation.place in DETAINED and situation.is_child is None:
        return not_known(
            "R35",
            "age_not_asked",
            "look_at_age",
            "Nobody asked whether she is a child. Nobody is held before that is known: find out, "
            "and let her stay in an open place.",
        )
    if situation.is_child is None or situation.place is None:
        return not_known(
            "R35",
            "place_not_said",
            "name_place",
            "It is not said what kind of place this is, or whether she is a child. Say who "
            "lives there.",
        )
    return holds("R35")


UNICEF = "UNICEF Guidelines on the Protection of Child Victims of Trafficking"
SITUATIONS: Mapping[str, Callable[..., object]] = {
    "age": AgeSituation,
    "age_settlement": AgeSettlement,
    "age_assessment": AgeAssessmentSituation,
    "act_on_child": ActOnChild,
    "guardian": GuardianSituation,
    "place": PlaceSituation,
}
RULES = (
    Rule(
        "R31",
        Chapter.CHILDREN,
        "A person whose age is in doubt is treated as a child",
        (Action.DEFAULT, Action.HOLD),
        sources=(
            known(COE + "10(3)"),
            known(EU + "13(2)"),
            read("Parliamentary Assembly of the Council of Europe"),
            read(UNICEF),
        ),
        check=presumed_minor,
        tells_her="If it is not sure how old you are, you are treated as under 18. Nobody can "
        "decide alone that you are an adult.",
        enforced_at=(
            *("record_contact", "describe_person", "correct_fact", "settle_age"),
            *("record_age_assessment", "warnings"),
        ),
    ),
    Rule(
        "R32",
        Chapter.CHILDREN,
        "Guardian at once, without conflict of interest",
        (Action.TIMER, Action.BLOCK),
        override=(Override.IMMINENT_DANGER,),
        sources=(known(COE + "10(4)"), known(EU + "14(2), 16(3)"), read(UNICEF)),
        check=guardian_beside_child,
        tells_her="If you are under 18 and without your parents, somebody is named to stand by "
        "you and to speak for you. That person works for you and for nobody else.",
        enforced_at=("name_guardian", "authorise_child_act", "T03", "T03W", "T03F", "warnings"),
        unknown_stops=True,
    ),
    Rule(
        "R35",
        Chapter.CHILDREN,
        "Never detained, and never housed among adults",
        (Action.BLOCK,),
        sources=(stated(REPORT_2009),),
        check=never_detained,
        tells_her="Nobody may lock you up because you were trafficked or because of your papers. "
        "You stay in a place that is right for your age.",
        enforced_at=(
            *("authorise_child_act", "authorise_removal_task", "offer_service", "warnings"),
        ),
        unknown_stops=True,
    ),
)
