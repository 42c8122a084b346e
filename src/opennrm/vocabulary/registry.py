"""The register of all code lists, in reading order."""

from functools import cache

from opennrm.vocabulary import (
    age,
    assistance,
    awareness,
    calls,
    children,
    code,
    contact,
    coordination,
    criminal,
    exploitation,
    figures,
    files,
    hand_over,
    holds,
    identification,
    incompatible,
    industry,
    job_offers,
    justice,
    keeping,
    need_to_know,
    organisations,
    outreach,
    person,
    plans,
    programs,
    redress,
    residence,
    returns,
    roles,
    safety,
    scopes,
    screening,
    sharing,
    surveys,
    together,
    training,
    trials,
)
from opennrm.vocabulary.code import Code, CodeList, Verification

VERIFICATION = CodeList(
    "verification",
    "Verification",
    "How far a source was checked; carried into the data and shown in the configuration.",
    "Domain reference, trust levels",
    Verification.PROJECT,
    code.Verification,
)


@cache
def code_lists() -> tuple[CodeList, ...]:
    """Return every code list with its name, definition, source and verification."""
    themes = (
        contact.LISTS,
        calls.LISTS,
        person.LISTS,
        age.LISTS,
        exploitation.LISTS,
        industry.LISTS,
        screening.LISTS,
        identification.LISTS,
        figures.LISTS,
        assistance.LISTS,
        together.LISTS,
        criminal.LISTS,
        residence.LISTS,
        returns.LISTS,
        safety.LISTS,
        files.LISTS,
        holds.LISTS,
        children.LISTS,
        programs.LISTS,
        sharing.LISTS,
        hand_over.LISTS,
        keeping.LISTS,
        justice.LISTS,
        redress.LISTS,
        organisations.LISTS,
        coordination.LISTS,
        surveys.LISTS,
        plans.LISTS,
        training.LISTS,
        job_offers.LISTS,
        trials.LISTS,
        awareness.LISTS,
        outreach.LISTS,
        roles.LISTS,
        incompatible.LISTS,
        scopes.LISTS,
        need_to_know.LISTS,
    )
    return (*(entry for theme in themes for entry in theme), VERIFICATION)


def code_list(name: str) -> CodeList:
    """Return one code list.

    :raises KeyError: when there is no list of that name.
    """
    return _by_name()[name]


# The lists whose codes are explained beside the field that asks for them.
EXPLAINED = frozenset(
    {
        *("age_status", "decision_standard", "preliminary_outcome", "formal_outcome"),
        *("offer_answer_reason", "guardian_kind", "child_act", "best_interests_result"),
        *("age_discipline", "proceedings_capacity"),
    }
)


def meanings(name: str) -> dict[str, str]:
    """Return what the codes of an explained list mean, where it has to be said.

    :raises KeyError: when there is no list of that name.
    """
    if name not in EXPLAINED:
        return {}
    return {one.value: one.definition for one in code_list(name).codes if one.definition}


def label(name: str, value: str) -> str:
    """Return the English label of a value of a list, or the value itself when it is not in it."""
    try:
        member: Code = code_list(name).codes(value)
    except ValueError:
        return value
    return member.label


@cache
def _by_name() -> dict[str, CodeList]:
    return {entry.name: entry for entry in code_lists()}
