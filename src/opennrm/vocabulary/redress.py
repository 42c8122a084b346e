"""Words of redress: routes to compensation, heads of loss, decisions, money, assets."""

from functools import cache

from babel.core import get_global
from babel.numbers import get_currency_precision

from opennrm.vocabulary.code import Code, CodeList, Verification

STAGE = "Domain reference, lifecycle, stage 9"


class RedressRoute(Code):
    """A way to compensation; any number of them in parallel."""

    CRIMINAL_ORDER = "criminal_order", "Order of the criminal court"
    CIVIL_CLAIM = "civil_claim", "Civil claim"
    LABOUR_CLAIM = "labour_claim", "Labour claim for wages"
    STATE_FUND = "state_fund", "State compensation fund"
    SETTLEMENT = "settlement", "Settlement"
    CONFISCATED_ASSETS = "confiscated_assets", "Share of confiscated assets"


class RouteAnswer(Code):
    """What was answered about a route."""

    PURSUED = "pursued", "Pursued"
    NOT_WANTED = "not_wanted", "Not wanted by the person"
    NOT_AVAILABLE = "not_available", "Not available"


class RouteReason(Code):
    """Why a route is not wanted or not available; co-operation is no reason."""

    OWN_CHOICE = "own_choice", "The person's own choice, after advice"
    TOO_DANGEROUS = "too_dangerous", "Too dangerous for the person or the family"
    OTHER_ROUTE_COVERS = "other_route_covers", "Another route covers the loss"
    NOT_IN_LAW = "not_in_law", "The law here has no such route"
    TIME_IS_OVER = "time_is_over", "The time to claim is over"
    NOBODY_TO_CLAIM_FROM = "nobody_to_claim_from", "Nobody to claim from is known"
    NO_ASSETS = "no_assets", "Nothing was found that could be paid or taken"
    NO_SUCH_LOSS = "no_such_loss", "There is no loss of this kind"
    PERSON_NOT_REACHED = "person_not_reached", "The person could not be reached"


class HeadOfLoss(Code):
    """What a claim is for."""

    UNPAID_WAGES = "unpaid_wages", "Unpaid wages"
    MEDICAL_COST = "medical_cost", "Medical cost"
    LOST_OPPORTUNITY = "lost_opportunity", "Lost opportunity"
    PAIN_AND_SUFFERING = "pain_and_suffering", "Pain and suffering"
    BELONGINGS = "belongings", "Documents and belongings returned"
    DEBTS_CANCELLED = "debts_cancelled", "Debts cancelled"


class ClaimOutcome(Code):
    """What was decided on a claim."""

    AWARDED = "awarded", "Awarded"
    AWARDED_IN_PART = "awarded_in_part", "Awarded in part"
    AGREED = "agreed", "Agreed in a settlement"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Taken back"


class Payer(Code):
    """Who paid."""

    TRAFFICKER = "trafficker", "Trafficker"
    FUND = "fund", "State fund"
    EMPLOYER = "employer", "Employer"
    OTHER = "other", "Someone else"


class AssetStep(Code):
    """What was done with assets of those who exploited."""

    SEIZED = "seized", "Seized or frozen"
    CONFISCATED = "confiscated", "Confiscated"
    PASSED_ON = "passed_on", "Passed on to the person"
    RELEASED = "released", "Given back"


class EnforcementStep(Code):
    """What was done so that an award is paid."""

    ASKED = "asked", "Enforcement asked for"
    UNDER_WAY = "under_way", "Under way"
    PAID_OUT = "paid_out", "Led to payment"
    FAILED = "failed", "Led to nothing"


@cache
def currencies() -> tuple[str, ...]:
    """Return the codes of the currencies in use today. Source: CLDR, supplemental data."""
    found = {
        code
        for entries in get_global("territory_currencies").values()
        for code, _starts, ends, is_tender in entries
        if ends is None and is_tender
    }
    return tuple(sorted(found))


def minor_digits(currency: str) -> int:
    """Return how many digits follow the point in amounts of a currency.

    >>> minor_digits("EUR"), minor_digits("JPY")
    (2, 0)
    """
    return int(get_currency_precision(currency))


def _list(name: str, title: str, definition: str, codes: type[Code]) -> CodeList:
    return CodeList(name, title, definition, STAGE, Verification.PROJECT, codes)


LISTS = (
    CodeList(
        "redress_route",
        "Route to compensation",
        "The ways to compensation; each is answered before a case is closed (R58).",
        STAGE,
        Verification.STATED,
        RedressRoute,
    ),
    _list("route_answer", "Answer on a route", "What was answered about a route.", RouteAnswer),
    _list(
        "route_reason",
        "Reason about a route",
        "Why a route is not wanted or not available.",
        RouteReason,
    ),
    _list("head_of_loss", "Head of loss", "What a claim is for.", HeadOfLoss),
    _list("claim_outcome", "Outcome of a claim", "What was decided on a claim.", ClaimOutcome),
    _list("payer", "Payer", "Who paid.", Payer),
    _list(
        "asset_step",
        "Step on assets",
        "What was done with assets of those who exploited; never added to what was paid (R59).",
        AssetStep,
    ),
    _list(
        "enforcement_step",
        "Step of enforcement",
        "What was done so that an award is paid.",
        EnforcementStep,
    ),
)
