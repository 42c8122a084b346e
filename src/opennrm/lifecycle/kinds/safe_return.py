"""Kinds of facts of safe return: proposed, assessed, chosen, arranged, authorised, followed up."""

from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import returns
from opennrm.vocabulary.scopes import Scope

SAFE_RETURN = (
    Kind(
        "return_proposed",
        "Return proposed",
        Scope.SAFETY,
        needs="any",
        fields={
            "comes_about": must(of.code(returns.ReturnKind)),
            "asked_by": must(of.code(returns.ReturnAsker)),
            "country": must(of.like(of.COUNTRY_OR_NONE)),
            "proposed_on": must(of.day()),
        },
        sealed=("reasons",),
    ),
    Kind(
        "return_assessed",
        "Risks of a return assessed",
        Scope.SAFETY,
        fields={
            "answers": must(of.reference()),
            "outcome": must(of.code(returns.ReturnOutcome)),
            "topics": of.codes(returns.ReturnTopic),
            "ngo_input": of.code(returns.NgoInput),
            "signed": of.flag(),
            "assessed_on": must(of.day()),
            "valid_until": must(of.day()),
        },
        sealed=("findings", "sources", "ngo_view"),
    ),
    Kind(
        "return_choice_recorded",
        "Her choice about the return",
        Scope.SAFETY,
        needs="any",
        fields={
            "answers": must(of.reference()),
            "wish": must(of.code(returns.ReturnWish)),
            "alternatives": of.codes(returns.ReturnAlternative),
            "language": of.like(of.LANGUAGE),
            "written": of.flag(),
            "chosen_on": must(of.day()),
        },
        sealed=("own_words",),
    ),
    Kind(
        "return_choice_taken_back",
        "Her choice to return taken back",
        Scope.SAFETY,
        needs="any",
        fields={"answers": must(of.reference()), "said_on": must(of.day())},
        sealed=("own_words",),
    ),
    Kind(
        "return_arranged",
        "Return arranged",
        Scope.SAFETY,
        needs="any",
        fields={
            "answers": must(of.reference()),
            "taking_part": of.codes(returns.RemedyArrangement),
            "goes_all_the_same": of.flag(),
            "has_service": of.flag(),
            "has_safe_contact": of.flag(),
            "focal_point": of.reference(),
            "arranged_on": must(of.day()),
        },
        sealed=("service_named", "safe_contact", "lawyer_note"),
    ),
    Kind(
        "return_authorised",
        "Return authorised",
        Scope.SAFETY,
        needs="any",
        fields={
            "answers": must(of.reference()),
            "comes_about": must(of.code(returns.ReturnKind)),
            "authorised_on": must(of.day()),
            "hold": of.reference(),
        },
    ),
    Kind(
        "travel_day_set",
        "Day of travel set",
        Scope.SAFETY,
        needs="any",
        fields={
            "answers": must(of.reference()),
            "meet_at": must(of.moment_or_day()),
            "has_code_word": of.flag(),
        },
    ),
    Kind(
        "travel_day_described",
        "How the day of travel goes",
        Scope.WHEREABOUTS,
        needs="any",
        fields={"travel_day": must(of.reference())},
        sealed=("meeting_place", "code_word", "flight", "escort", "receiver", "call_if_wrong"),
    ),
    Kind(
        "travel_day_event",
        "On the day of travel",
        Scope.SAFETY,
        needs="any",
        fields={
            "answers": must(of.reference()),
            "travel_event": must(of.code(returns.TravelEvent)),
            "happened_at": must(of.moment_or_day()),
        },
        sealed=("note",),
    ),
    Kind(
        "return_given_up",
        "Return given up",
        Scope.SAFETY,
        needs="any",
        fields={"answers": must(of.reference()), "given_up_on": must(of.day())},
    ),
    Kind(
        "departure_recorded",
        "Departure",
        Scope.SAFETY,
        needs="any",
        fields={
            "answers": of.reference(),
            "departed_on": must(of.day()),
            "was_authorised": must(of.flag()),
        },
    ),
    Kind(
        "journey_described",
        "The journey",
        Scope.WHEREABOUTS,
        needs="any",
        fields={"departure": must(of.reference())},
        sealed=("itinerary",),
    ),
    Kind(
        "arrival_recorded",
        "Arrival",
        Scope.SAFETY,
        needs="any",
        fields={
            "departure": must(of.reference()),
            "arrived_on": must(of.day()),
            "was_received": of.flag(),
        },
    ),
    Kind(
        "document_requested",
        "Travel document asked for at a consulate",
        Scope.IDENTITY,
        needs="any",
        fields={
            "consulate": must(of.reference()),
            "consent": of.reference(),
            "items": must(of.codes(returns.ConsularItem)),
            "asked_on": must(of.day()),
        },
        sealed=("package",),
    ),
    Kind(
        "follow_up_contacted",
        "Follow-up",
        Scope.PLAN,
        needs="any",
        fields={
            "contact_from": must(of.code(returns.ContactFrom)),
            "result": must(of.code(returns.FollowUpResult)),
            "contacted_on": must(of.day()),
            "consent": of.reference(),
        },
        sealed=("note",),
    ),
)
