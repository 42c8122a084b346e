"""Rules on the whole mechanism: figures that can be compared, and a Rapporteur who is free."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import COE, REPORT_2006, REPORT_2009, known, stated

REQUIRED = frozenset({"sex", "age", "form", "scope"})
RAPPORTEUR = "NR"


@dataclass(frozen=True, slots=True)
class FiguresSituation:
    """A table about to be published: its break-downs, those beside it, and what is hidden."""

    breakdowns: frozenset[str] | None
    beside: frozenset[str] = frozenset()
    suppressed: int = 0
    is_explained: bool = True


@dataclass(frozen=True, slots=True)
class IndependenceSituation:
    """The roles set up together in one account or one house, and what the Rapporteur would do.

    `clashing` holds the roles that must not stand beside the Rapporteur's; `is_stated` tells
    whether a house states openly why it holds them together; an account never may.
    """

    roles: frozenset[str]
    clashing: frozenset[str] | None
    is_stated: bool = False
    opens_cases: bool = False


def broken_down(situation: FiguresSituation, on: date) -> Finding:
    """Find whether figures come by sex, age, form, and internal or cross-border (R66)."""
    if situation.breakdowns is None:
        return not_known(
            "R66", "table_not_known", "choose_table", "It is not known which table this is."
        )
    lacking = sorted(REQUIRED - situation.breakdowns - situation.beside)
    if lacking:
        return broken(
            "R66",
            "breakdown_missing",
            "add_breakdown",
            f"Figures come with the break-downs that show who is left out. There is none by "
            f"{', '.join(lacking)}, here or in a table released with it. Add it.",
        )
    if situation.suppressed and not situation.is_explained:
        return broken(
            "R66",
            "suppression_not_explained",
            "explain_suppression",
            "Cells are hidden, and nothing says why. Say by which rule they are hidden.",
        )
    return holds("R66")


def rapporteur_is_free(situation: IndependenceSituation, on: date) -> Finding:
    """Find whether the National Rapporteur would do operational work (R67)."""
    if RAPPORTEUR not in situation.roles:
        return holds("R67")
    if situation.opens_cases:
        return broken(
            "R67",
            "opens_cases",
            "drop_role",
            "The Rapporteur reads figures and opens no case. Take the other role away.",
        )
    if situation.clashing is None:
        return not_known(
            "R67", "roles_not_known", "name_roles", "It is not known which other roles are held."
        )
    if situation.clashing and not situation.is_stated:
        return broken(
            "R67",
            "not_independent",
            "separate_roles",
            f"The Rapporteur tells the truth about the mechanism and does no work of it. Keep "
            f"{', '.join(sorted(situation.clashing))} apart from her.",
        )
    return holds("R67")


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "figures": FiguresSituation,
    "independence": IndependenceSituation,
}
RULES = (
    Rule(
        "R66",
        Chapter.SYSTEM,
        "Data by gender, age, form, internal/cross-border",
        (Action.BLOCK,),
        override=(Override.NOT_APPLICABLE,),
        sources=(stated(REPORT_2006), known(COE + "17")),
        check=broken_down,
        tells_her="Published numbers tell how many people were helped, and who was left out. "
        "They never tell that you were one of them.",
        enforced_at=("draw_release",),
        unknown_stops=True,
    ),
    Rule(
        "R67",
        Chapter.SYSTEM,
        "National Rapporteur is independent",
        (Action.BLOCK,),
        sources=(stated(REPORT_2009), stated(REPORT_2006)),
        check=rapporteur_is_free,
        tells_her="Someone who does no work on cases watches whether people like you get their "
        "rights, and says so in public. She never opens your case.",
        enforced_at=("enrol_organisation",),
        unknown_stops=True,
    ),
)
