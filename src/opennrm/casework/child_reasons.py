"""The reasons for which a step on a child is refused, each with a remedy and a sentence."""

from collections.abc import Mapping

CHILD_REASONS: Mapping[str, tuple[str, str]] = {
    "not_a_child": (
        "look_at_age",
        "This step is for a child, or somebody whose age is in doubt. If that is so here, "
        "record it with the description of the person first.",
    ),
    "day_ahead": (
        "correct_day",
        "This is recorded on its day or later. Correct the day.",
    ),
    "guardian_not_found": (
        "choose_guardian",
        "There is no such guardian in this case. Choose the guardian who was named.",
    ),
    "guardian_unnamed": (
        "name_guardian",
        "Say who the guardian is: choose the organisation, or write the name.",
    ),
    "emergency_not_found": (
        "choose_emergency",
        "There is no such emergency in this case. Choose what was done at once.",
    ),
    "place_needed": (
        "name_place",
        "Say what kind of place it is. A child is not placed where nobody knows who lives there.",
    ),
    "determination_not_found": (
        "open_determination",
        "There is no such determination in this case. Open one first.",
    ),
    "determination_closed": (
        "open_determination",
        "This determination is closed. Open a new one if something has changed.",
    ),
    "missing_report_not_found": (
        "report_missing_child",
        "There is no such report of a missing child in this case. Report it first.",
    ),
    "reported_already": (
        "log_missing_call",
        "The child is reported missing already. Note each call and each piece of news there.",
    ),
    "found_already": (
        "report_missing_child",
        "The child was found. If she is missing again, report it anew.",
    ),
    "age_stands": (
        "nothing_to_do",
        "The age stands as you say already. Nothing has to be settled.",
    ),
}
