"""What figures keep of redress: how far a claim came and how far assets did, never an amount."""

from dataclasses import dataclass

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.claims import claims, money

ASSET_STEPS = ("released", "seized", "confiscated", "passed_on")
NONE = "none"


@dataclass(frozen=True, slots=True)
class RedressRow:
    """Two coarse words of one case: compensation claimed to paid, and assets seized to passed on.

    They are two columns, so that nobody adds what was confiscated to what was received (R59).
    """

    compensation: str
    assets: str


def redress_row(case: Case) -> RedressRow:
    """Return how far redress came in a case, without identity and without amounts."""
    return RedressRow(compensation=_compensation(case), assets=_assets(case))


def _compensation(case: Case) -> str:
    found, kept = claims(case), money(case)
    granted = [one for one in found if one.is_granted]
    if not granted:
        return "received" if kept.paid else ("claimed" if found else NONE)
    if not kept.paid:
        return "awarded"
    is_all = all(kept.paid.get(code, 0) >= amount for code, amount in kept.awarded.items())
    return "received" if is_all else "received_in_part"


def _assets(case: Case) -> str:
    steps = {fact.text("asset_step") for fact in case.of_kind("assets_recorded")}
    return next((step for step in reversed(ASSET_STEPS) if step in steps), NONE)
