"""The reasons for which a step of a hand-over to or from another State is refused."""

from collections.abc import Mapping

HAND_OVER_REASONS: Mapping[str, tuple[str, str]] = {
    "reached_by_hand_over": (
        "offer_hand_over",
        "A focal point of another State is reached by a hand-over, and nobody else is. Bring the "
        "case to the focal point here, who offers it.",
    ),
    "partner_not_trusted": (
        "call_focal_point",
        "Exchange with this focal point is not trusted now, so nothing goes there. Call it, and "
        "ask the national co-ordinator.",
    ),
    "keys_missing": (
        "make_hand_over_keys",
        "Your organisation has no keys for hand-overs yet. Make them on the page Partners abroad.",
    ),
    "hand_over_not_now": (
        "read_story",
        "The hand-over does not stand where this step belongs. Read its story first.",
    ),
    "hand_over_taken_before": (
        "open_case",
        "A case was started with this hand-over before. Open that case.",
    ),
    "content_unreadable": (
        "ask_sender",
        "What came cannot be read with your keys. Ask the focal point that sent it to take it "
        "back and to offer it anew.",
    ),
    "no_plan_of_return": (
        "propose_return",
        "She would go to that State, and no return or transfer to it is planned. Propose it and "
        "assess its risks first.",
    ),
    "plan_not_authorised": (
        "authorise_return",
        "What tells who she is goes when the return or transfer is authorised and arranged. "
        "Arrange it and have it authorised first.",
    ),
    "risk_not_fresh": (
        "assess_risk",
        "Her risks were not assessed, or it is time to look at them again. Assess them first.",
    ),
    "summary_outside": (
        "leave_out",
        "A summary belongs to a part that she did not agree to. Leave it out.",
    ),
    "nothing_to_hand_over": (
        "write_summary",
        "Nothing would go. Write who she is, or a summary of a part.",
    ),
    "role_to_begin_missing": (
        "ask_colleague",
        "A case is begun by a first responder, a helpline or a case manager. Ask a colleague who "
        "is a focal point and one of these.",
    ),
}
