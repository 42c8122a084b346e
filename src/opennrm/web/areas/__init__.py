"""The six areas of work on a case: decisions, court, money, papers, travel and children."""

from collections.abc import Mapping

from opennrm.casework.actors import Actor
from opennrm.web.areas import court, decisions, money_due, papers, travel, young
from opennrm.web.areas.area import Area

AREAS: Mapping[str, Area] = {
    one.slug: one
    for one in (decisions.AREA, court.AREA, money_due.AREA, papers.AREA, travel.AREA, young.AREA)
}


def areas_of(actor: Actor) -> list[Area]:
    """List the areas of which a person's roles may read a part."""
    return [area for area in AREAS.values() if area.is_for(actor)]
