"""Words about offers of work: registers, signs of danger, licences, inspections, wages."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class JobRegisterKind(Code):
    """What it means that an employer or recruiter stands in a register."""

    LICENCES = "licences", "Licences to recruit or employ"
    SANCTIONS = "sanctions", "Sanctions and convictions of firms"
    WARNINGS = "warnings", "Warnings of an authority"


class OfferSign(Code):
    """A sign that an offer of work may be dangerous, in words for who reads the offer."""

    PAY_FIRST = "pay_first", "You are asked to pay first, or to owe money for the journey."
    TOO_GOOD = "too_good", "The pay is far higher than others pay for the same work."
    NO_CONTRACT = "no_contract", "There is no written contract in a language you read."
    OTHER_WORK = "other_work", "Nobody says exactly what the work is, where, and for whom."
    PAPERS_KEPT = "papers_kept", "They want to keep your passport or identity card."
    NO_QUESTIONS = "no_questions", "They do not want you to ask others, or hurry you to decide."
    TOURIST_VISA = "tourist_visa", "You shall travel as a tourist and work without a permit."
    LIVE_THERE = "live_there", "You must live where they say and may not go out alone."
    NO_NAME = "no_name", "You know a telephone number, but no firm and no address."
    PICTURES = "pictures", "They ask for pictures of your body, or for intimate things."
    PHONE_TAKEN = "phone_taken", "They say that you will have no telephone of your own."
    FAMILY_TOLD = "family_told", "They speak with your family and not with you."


class LicenceStatus(Code):
    """Where the licence of a recruitment agency stands."""

    VALID = "valid", "Valid"
    SUSPENDED = "suspended", "Suspended"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REFUSED = "refused", "Refused"


class InspectionReason(Code):
    """Why a place of work was inspected."""

    PLANNED = "planned", "Planned: a sector at risk"
    COMPLAINT = "complaint", "A complaint"
    REFERRAL = "referral", "Passed on by another body"
    JOINT = "joint", "Joint action of several bodies"
    FOLLOW_UP = "follow_up", "To see whether faults were put right"


class LabourSign(Code):
    """A sign at a place of work; it is about the place, never about who a worker is."""

    WAGES_UNPAID = "wages_unpaid", "Wages not paid, or far below the law"
    PAPERS_HELD = "papers_held", "Papers of workers are kept by others"
    NO_CONTRACTS = "no_contracts", "No contracts, or false ones"
    DEBTS = "debts", "Debts for recruitment, travel or lodging"
    HOURS = "hours", "Hours and rest far outside the law"
    LODGING = "lodging", "Workers live at the place, in bad conditions or locked in"
    NOT_FREE_TO_SPEAK = "not_free_to_speak", "Workers were not free to speak"
    NO_SAFETY = "no_safety", "Dangerous work without protection"
    CHILDREN = "children_at_work", "Children at work"
    MIDDLEMEN = "middlemen", "A chain of middlemen without licence"


class InspectionOutcome(Code):
    """What followed an inspection."""

    NOTHING_FOUND = "nothing_found", "Nothing found"
    ORDER = "order", "Ordered to put it right"
    FINE = "fine", "Fine"
    CLOSED = "closed", "Work stopped"
    LICENCE = "licence", "Passed on to who gives licences"
    PROSECUTION = "prosecution", "Passed on to the prosecutor"
    REFERRAL = "referral", "Workers were offered help and referral"


class WageStatus(Code):
    """What became of unpaid wages."""

    CLAIMED = "claimed", "Claimed"
    AGREED = "agreed", "Agreed to be paid"
    PAID = "paid", "Paid"
    IN_COURT = "in_court", "Before a court"
    LOST = "lost", "Not recovered"


def _list(name: str, title: str, definition: str, codes: type[Code]) -> CodeList:
    return CodeList(name, title, definition, SOURCE, Verification.PROJECT, codes)


SOURCE = "National structures reference, section 4: tasks on prevention and the labour market"
LISTS = (
    _list("job_register_kind", "Kind of register", "What a register says.", JobRegisterKind),
    _list("offer_sign", "Sign of a dangerous offer", "For who reads an offer.", OfferSign),
    _list("licence_status", "Status of a licence", "Where a licence stands.", LicenceStatus),
    _list("inspection_reason", "Why inspected", "Why a place was inspected.", InspectionReason),
    _list("labour_sign", "Sign at a place of work", "About the place.", LabourSign),
    _list("inspection_outcome", "What followed", "After an inspection.", InspectionOutcome),
    _list("wage_status", "Unpaid wages", "What became of unpaid wages.", WageStatus),
)
