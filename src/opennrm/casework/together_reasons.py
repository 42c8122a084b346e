"""The reasons for which working together is refused, each with a remedy and a sentence."""

from collections.abc import Mapping

TOGETHER_REASONS: Mapping[str, tuple[str, str]] = {
    "colleague_not_on_case": (
        "choose_colleague",
        "The case is not open to this colleague in this role. Choose a colleague who holds a role "
        "to which it is open.",
    ),
    "handed_already": ("nothing_to_do", "This colleague holds the case already."),
    "handing_not_yours": (
        "look_at_case",
        "You are not asked to take this case over, or no longer. Look at who holds it now.",
    ),
    "not_on_the_plan": (
        "take_consent",
        "The plan is not open to one of these organisations. Ask the person first whether it may "
        "see her plan, or leave it out.",
    ),
    "task_not_open": (
        "choose_task",
        "There is no such task for you on this case, or it has ended. Choose another.",
    ),
    "conference_not_found": (
        "call_conference",
        "There is no such case conference, or it was held already. Choose another, or call one.",
    ),
    "agenda_not_shown": (
        "show_agenda",
        "The person has not seen the agenda before that day. Talk it over with her first, and "
        "record that you did.",
    ),
    "conference_not_agreed": (
        "show_agenda",
        "The person does not agree that a conference about her is held. Help goes on without one. "
        "Record it if she changes her mind.",
    ),
    "health_not_here": (
        "leave_out_health",
        "What is said of health stays with those who may see a summary of it, and you do not. "
        "Leave it out, or let a colleague with that part write it.",
    ),
}
