"""Words of a hand-over between two States: what is said, where it stands, who is trusted."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class HandOverWord(Code):
    """What one message of a hand-over says; each is said once at most."""

    OFFERED = "offered", "Offered", "A preview without a name: can you take this person?"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused", "With a reason; nothing else was sent."
    HANDED_OVER = "handed_over", "Handed over", "What she agreed to, sealed to the receiver."
    TAKEN_OVER = "taken_over", "Taken over", "The receiver has opened a case with it."
    WITHDRAWN = "withdrawn", "Consent taken back", "She took her consent back."
    REVOKED = "revoked", "Taken back", "The sender took it back."
    CONFIRMED = "confirmed", "End confirmed", "The receiver says what became of what it had."


class HandOverState(Code):
    """Where a hand-over stands; both sides work it out of the same messages."""

    OFFERED = "offered", "Waits for an answer"
    ACCEPTED = "accepted", "Accepted; the rest may go"
    REFUSED = "refused", "Refused"
    HANDED_OVER = "handed_over", "Handed over; not yet taken over"
    TAKEN_OVER = "taken_over", "Taken over"
    ENDED = "ended", "Taken back; not yet confirmed"
    CLOSED = "closed", "Taken back and confirmed"


class HandOverRefusal(Code):
    """Why a hand-over is refused; no reason says anything about the person."""

    NO_PLACE = "no_place", "No place at this time"
    NO_SUCH_SERVICE = "no_such_service", "No such service here"
    NOT_SAFE_HERE = "not_safe_here", "The person would not be safe here"
    OTHER_FOCAL_POINT = "other_focal_point", "Another focal point is responsible"
    NOT_IN_TIME = "not_in_time", "Not possible by then"
    NEEDS_MORE_TIME = "needs_more_time", "More time is needed; ask again"


class Revocation(Code):
    """Why the sender takes a hand-over back without her having taken back her consent."""

    PLAN_CHANGED = "plan_changed", "The plan has changed"
    SENT_IN_ERROR = "sent_in_error", "Sent in error"
    NOT_SAFE_THERE = "not_safe_there", "The person would not be safe there"
    NO_ANSWER = "no_answer", "No answer in time"


class EndDone(Code):
    """What became, at the receiver, of what it had when a hand-over ended."""

    NOTHING_OPENED = "nothing_opened", "Nothing was opened; it was deleted"
    DELETED = "deleted", "What was received is deleted"
    KEPT_AS_SHE_AGREED = "kept_as_she_agreed", "Kept, on the person's own consent given here"
    KEPT_BY_LAW = "kept_by_law", "Kept in part, as the law here orders"


class Movement(Code):
    """Whether she herself goes to the other State."""

    RETURN = "return", "Returns there"
    TRANSFER = "transfer", "Is transferred there"
    IS_THERE = "is_there", "Is there already, or stays here"


class PartnerStatus(Code):
    """Whether a focal point of another State is trusted now."""

    PROPOSED = "proposed", "Proposed; a second person decides"
    TRUSTED = "trusted", "Trusted"
    SUSPENDED = "suspended", "Suspended", "Nothing new goes or comes; withdrawals still do."
    COMPROMISED = "compromised", "Compromised", "Its keys may be in other hands: nothing passes."


def _listed(name: str, title: str, says: str, codes: type[Code]) -> CodeList:
    source = "Rights rules R41, R53; research on security, section 3.6"
    return CodeList(name, title, says, source, Verification.PROJECT, codes)


LISTS = (
    _listed(
        "hand_over_word",
        "Message of a hand-over",
        "What the two focal points of a cross-border referral say to each other.",
        HandOverWord,
    ),
    _listed(
        "hand_over_state",
        "State of a hand-over",
        "Where a cross-border referral stands, the same on both sides.",
        HandOverState,
    ),
    _listed(
        "hand_over_refusal",
        "Reason for refusing a hand-over",
        "Given with every refusal; none speaks of the person.",
        HandOverRefusal,
    ),
    _listed(
        "revocation",
        "Reason for taking a hand-over back",
        "Why the sender takes a hand-over back.",
        Revocation,
    ),
    _listed(
        "end_done",
        "What became of a hand-over that ended",
        "Told by the receiver when a consent or a hand-over was taken back.",
        EndDone,
    ),
    _listed(
        "movement",
        "Movement",
        "Whether the person goes to the State she is referred to.",
        Movement,
    ),
    _listed(
        "partner_status",
        "Status of a partner abroad",
        "Whether messages pass between this installation and a focal point of another State.",
        PartnerStatus,
    ),
)
