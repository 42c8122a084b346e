"""The reasons for which steps of residence and return are refused, each with a remedy."""

from collections.abc import Mapping

RETURN_REASONS: Mapping[str, tuple[str, str]] = {
    "enforcement_does_not_decide": (
        "ask_colleague",
        "A unit that enforces immigration law takes no step in these cases. The migration "
        "authority decides.",
    ),
    "day_ahead": ("correct_day", "This day has not come yet. Record what happened on its day."),
    "application_not_found": (
        "choose_application",
        "There is no such application for a permit in this case. Choose it again.",
    ),
    "application_decided": (
        "apply_again",
        "This application was decided. Record a new application, or correct the decision.",
    ),
    "permit_incomplete": (
        "name_ground",
        "A permit rests on a ground and has a last day ahead of the decision. Add both.",
    ),
    "refusal_incomplete": (
        "give_reasons",
        "A refused permit is told with reasons, in a language she understands, with what she can "
        "do against it and until when. Add what is missing.",
    ),
    "task_not_found": (
        "choose_task",
        "There is no such removal, detention or transfer in this case. Choose it again.",
    ),
    "task_stopped": ("record_anew", "This task was stopped. If it is asked for again, record it."),
    "task_authorised": ("look_at_case", "This task was authorised already."),
    "return_open_already": (
        "give_up_return",
        "A return is being worked on already. Give that one up first if another is wanted.",
    ),
    "return_not_proposed": (
        "propose_return",
        "No return is being worked on in this case. Record first who asks for one, and how.",
    ),
    "return_authorised_already": ("look_at_case", "This return was authorised already."),
    "chosen_before_proposed": (
        "ask_person",
        "Nobody had proposed this return on that day, so she could not choose it. Ask her now, "
        "and record the day she says it.",
    ),
    "country_not_known": (
        "name_country",
        "Nobody can assess the risks of a country that is not named. Record the return or the "
        "task again with its country, and have the risks there assessed.",
    ),
    "about_needed": (
        "name_what_waits",
        "A second opinion is given on one return, or on one removal, detention or transfer. Say "
        "which one.",
    ),
    "about_not_open": (
        "name_what_waits",
        "What this opinion would be about is not open in this case: it was never recorded, or it "
        "ended or was authorised. Choose what waits now.",
    ),
    "told_too_long_ago": (
        "begin_today",
        "The days of the recovery and reflection period count only while she has them. Tell her "
        "today, in her language, and let the period begin today.",
    ),
    "period_not_current": (
        "extend_period",
        "This is not the period she is in now. Make the newest one longer.",
    ),
    "findings_missing": (
        "write_findings",
        "An assessment says which dangers were looked at and what was found. Add both.",
    ),
    "ngo_view_missing": (
        "note_ngo_input",
        "Write down what the NGO said, or choose that none could be asked.",
    ),
    "return_not_authorised": (
        "authorise_return",
        "No authorised return stands. Have it authorised first; until then nobody travels.",
    ),
    "travel_day_not_set": ("set_travel_day", "Set the day of travel first."),
    "hour_past": ("correct_hour", "This hour has passed. Set the hour of the meeting to come."),
    "departure_not_recorded": ("record_departure", "Record first that she left, and when."),
    "period_not_running": (
        "look_at_case",
        "No recovery and reflection period runs in this case.",
    ),
    "period_not_resting": ("look_at_case", "The recovery and reflection period does not rest."),
    "period_rests_already": (
        "resume_recovery_period",
        "The recovery and reflection period rests already. Let it go on first.",
    ),
    "day_outside_period": (
        "correct_day",
        "This day lies before the period, or before the pause, began. Correct the day.",
    ),
    "review_must_come": (
        "correct_day",
        "A pause is looked at again on a day that still comes. Choose a later day.",
    ),
}
