"""Rules on what becomes public: no child's identity, and no item that shows a person unasked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import COE, REPORT_2006, known, stated

LEAST_CELL = 3


@dataclass(frozen=True, slots=True)
class PublicSituation:
    """Something about to become public: whether it shows a child, and its smallest figure.

    `smallest_cell` is the smallest number of children shown, zero left out; None for no figure.
    """

    is_child: bool | None
    shows_person: bool | None
    smallest_cell: int | None = None


@dataclass(frozen=True, slots=True)
class MediaSituation:
    """An item for the media: whether it shows her, and the consent it rests on.

    `is_specific` tells whether the consent is for this item and was used for no other.
    """

    shows_person: bool | None
    is_child: bool | None = None
    purpose: str | None = None
    is_live: bool | None = None
    is_specific: bool | None = None


def no_child_shown(situation: PublicSituation, on: date) -> Finding:
    """Find whether a child could be recognised in something public (R40)."""
    if situation.smallest_cell is not None and situation.smallest_cell < LEAST_CELL:
        return broken(
            "R40",
            "few_children",
            "suppress_cells",
            "So few children could be recognised. Suppress small figures about children.",
        )
    if situation.shows_person is False:
        return holds("R40")
    if situation.shows_person is None or situation.is_child is None:
        return not_known(
            "R40",
            "item_not_known",
            "look_at_item",
            "It is not known whether this shows a child. Look first; do not publish.",
        )
    if situation.is_child:
        return broken(
            "R40",
            "child_shown",
            "leave_child_out",
            "Nobody may learn who this child is, whoever agrees. Take out all that shows the "
            "child.",
        )
    return holds("R40")


def shows_nobody_unasked(situation: MediaSituation, on: date) -> Finding:
    """Find whether an item shows a person without her own, specific consent (R76)."""
    if situation.shows_person is False:
        return holds("R76")
    if situation.shows_person is None:
        return not_known(
            "R76",
            "item_not_known",
            "look_at_item",
            "It is not known whether this shows her. Look first; do not publish.",
        )
    asked = situation.purpose == "media" and situation.is_live and situation.is_specific
    if situation.is_child or not asked:
        return broken(
            "R76",
            "child_shown" if situation.is_child else "no_specific_consent",
            "leave_person_out",
            "An item shows a person only if she agreed to this very item, and never a child. "
            "Take out all that shows her, or ask her.",
        )
    return holds("R76")


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "public": PublicSituation,
    "media": MediaSituation,
}
RULES = (
    Rule(
        "R40",
        Chapter.CHILDREN,
        "A child's identity is never made public",
        (Action.BLOCK,),
        sources=(known(COE + "11(2)"),),
        check=no_child_shown,
        tells_her="If you are under 18, nobody may tell the public who you are.",
        enforced_at=("release_media_item", "draw_release"),
        unknown_stops=True,
    ),
    Rule(
        "R76",
        Chapter.SYSTEM,
        "No media item identifies a person",
        (Action.BLOCK,),
        override=(Override.OWN_REQUEST,),
        sources=(stated(REPORT_2006), known(COE + "11(3)")),
        check=shows_nobody_unasked,
        tells_her="You are never shown in a newspaper, on television or online unless you agreed "
        "to that very item.",
        enforced_at=("release_media_item",),
        unknown_stops=True,
    ),
)
