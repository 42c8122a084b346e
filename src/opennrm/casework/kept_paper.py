"""Says what the paper tells that a person keeps of a consent."""

from opennrm.consent.receipt import Agreed
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day


def agreed_in(consent: Fact, *, number: str) -> Agreed:
    """Return what a receipt of a consent tells, with the number it is asked for by."""
    return Agreed(
        purpose=consent.text("purpose") or "",
        compartments=consent.texts("scopes"),
        given_on=day(consent, "given_on") or consent.at.date(),
        until=day(consent, "until"),
        recheck_on=day(consent, "recheck_on"),
        number=number,
        has_recipient=consent.reference("recipient") is not None,
    )
