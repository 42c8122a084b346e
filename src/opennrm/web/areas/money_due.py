"""Money due to her: the routes, each claim with what was awarded and what came, the limits."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.claims import Claim, amounts, claims, limits, money, route_answers
from opennrm.vocabulary.redress import RedressRoute
from opennrm.web import words
from opennrm.web.areas.area import Area, Section, pairs
from opennrm.web.money import said
from opennrm.web.open_case import OpenCase


def cells(case: Case, today: date) -> tuple[str, ...]:
    """Say which routes wait, how many claims are open, and what has come."""
    known = route_answers(case)
    waiting = [route.value for route in RedressRoute if route.value not in known]
    still = [one for one in claims(case) if one.is_open(today)]
    return (
        gettext("All talked over") if not waiting else str(len(waiting)),
        str(len(still)),
        _sums(money(case).paid),
    )


def sections(case: OpenCase) -> Iterator[Section]:
    """Say what was answered on each route, each claim, and until when others can be made."""
    known = route_answers(case.case)
    yield Section(
        gettext("Ways to compensation"),
        tuple(
            (
                words.label(route.value, "redress_route"),
                words.label(known[route.value], "route_answer")
                if route.value in known
                else gettext("Not talked over yet"),
            )
            for route in RedressRoute
        ),
    )
    for claim in claims(case.case):
        yield _claim(claim, case)
    last = tuple(
        (words.label(one.text("route") or "", "redress_route"), words.iso_day(_until(one)))
        for one in limits(case.case)
    )
    if last:
        yield Section(gettext("Last days noted"), last)


def _until(limit: object) -> str | None:
    said_day: str | None = limit.text("last_day")  # type: ignore[attr-defined]
    return said_day


def _claim(claim: Claim, case: OpenCase) -> Section:
    outcome = claim.decided.text("claim_outcome") if claim.decided else ""
    title = gettext("Claim: %(route)s") % {"route": words.label(claim.route, "redress_route")}
    state = gettext("Something can still come of it") if claim.is_open(case.today) else ""
    return Section(
        title,
        pairs(
            (gettext("Claimed"), _sums(amounts(claim.filed))),
            (gettext("Decided"), words.label(outcome or "", "claim_outcome")),
            (gettext("Awarded"), _sums(claim.awarded)),
            (gettext("Received by the person"), _sums(claim.paid) or gettext("Nothing yet")),
            (gettext("Where it stands"), state or gettext("Over")),
        ),
    )


def _sums(sums: Mapping[str, int]) -> str:
    return ", ".join(said(amount, code) for code, amount in sums.items())


AREA = Area(
    slug="money",
    title=_("Money due"),
    empty=_("No case with a claim or a route to compensation is open to you."),
    parts=frozenset({"D13", "D13S"}),
    timers=frozenset({"T12", "T12A", "T12B"}),
    kinds=(
        "route_answered",
        "claim_limit_noted",
        "claim_filed",
        "claim_decided",
        "payment_received",
        "assets_recorded",
        "enforcement_recorded",
    ),
    group="redress",
    columns=(_("Routes to talk over"), _("Claims open"), _("Received")),
    cells=cells,
    sections=sections,
)
