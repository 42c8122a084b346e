"""Kinds of facts of criminal proceedings: the criminal track, and what the person meets in them.

What happened to her can be told by anyone on the case; what is planned, by those who read it.
"""

from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import justice
from opennrm.vocabulary.criminal import CriminalTrack, ProceedingsCapacity
from opennrm.vocabulary.scopes import Scope

JUSTICE = (
    Kind(
        "criminal_step_recorded",
        "Step of criminal proceedings",
        Scope.CRIMINAL,
        track="criminal",
        fields={
            "step": must(of.code(set(CriminalTrack) - {CriminalTrack.NONE})),
            "step_on": of.day(),
            "proceeding": of.reference(),
            "capacity": of.code(ProceedingsCapacity),
        },
        sealed=("note",),
    ),
    Kind(
        "liability_recorded",
        "Step against the person",
        Scope.CRIMINAL,
        needs="any",
        fields={
            "liability": must(of.code(justice.LiabilityStep)),
            "act": of.code(justice.UnlawfulAct),
            "recorded_on": must(of.day()),
            "proceeding": of.reference(),
        },
    ),
    Kind(
        "compulsion_assessed",
        "Trafficking assessment of an unlawful act",
        Scope.CRIMINAL,
        needs="any",
        fields={
            "answers": must(of.reference()),
            "finding": must(of.code(justice.CompelledFinding)),
            "assessed_on": must(of.day()),
        },
        sealed=("reasons",),
    ),
    Kind(
        "legal_aid_offered",
        "Lawyer offered",
        Scope.CRIMINAL,
        needs="any",
        fields={
            "offered_on": must(of.day()),
            "aid_answer": must(of.code(justice.LegalAidAnswer)),
            "language": of.like(of.LANGUAGE),
            "lawyer": of.reference(),
        },
    ),
    Kind(
        "statement_booked",
        "Statement booked",
        Scope.CRIMINAL,
        fields={
            "statement": must(of.code(justice.StatementKind)),
            "booked_for": must(of.day()),
            "proceeding": of.reference(),
            "own_request": of.flag(),
            "lawyer_present": of.flag(),
            "interpreter": of.flag(),
            "recorded": of.flag(),
            "own_sex_interviewer": of.flag(),
            "hold": of.reference(),
        },
    ),
    Kind(
        "statement_taken",
        "Statement taken",
        Scope.CRIMINAL,
        needs="any",
        fields={
            "statement": must(of.code(justice.StatementKind)),
            "taken_on": must(of.day()),
            "booking": of.reference(),
            "proceeding": of.reference(),
            "own_request": of.flag(),
            "lawyer_present": of.flag(),
            "interpreter": of.flag(),
            "recorded": of.flag(),
        },
    ),
    Kind(
        "hearing_set",
        "Hearing set",
        Scope.CRIMINAL,
        needs="read",
        fields={
            "hearing": must(of.code(justice.HearingKind)),
            "hearing_on": must(of.day()),
            "proceeding": of.reference(),
            "person_called": of.flag(),
        },
    ),
    Kind(
        "hearing_ended",
        "What became of a hearing",
        Scope.CRIMINAL,
        needs="read",
        fields={
            "answers": must(of.reference()),
            "hearing_outcome": must(of.code(justice.HearingOutcome)),
            "adjourned_to": of.day(),
            "adjourned_because": of.codes(justice.AdjournmentReason),
        },
    ),
    Kind(
        "protection_assessed",
        "Protection in proceedings assessed",
        Scope.CRIMINAL,
        needs="any",
        fields={
            "assessed_on": must(of.day()),
            "hearing_ref": of.reference(),
            "measures": of.codes(justice.ProtectionMeasure),
            "wishes_asked": of.flag(),
        },
        sealed=("wishes", "reasons"),
    ),
    Kind(
        "protection_measures_answered",
        "Protection asked for, granted or refused",
        Scope.CRIMINAL,
        needs="read",
        fields={
            "measures": must(of.codes(justice.ProtectionMeasure)),
            "measure_state": must(of.code(justice.MeasureState)),
            "state_on": must(of.day()),
            "hearing_ref": of.reference(),
        },
        sealed=("reasons",),
    ),
    Kind(
        "witness_plan_made",
        "Plan with the victim-witness co-ordinator",
        Scope.CRIMINAL,
        needs="read",
        fields={
            "explained": of.codes(justice.ExplainedTopic),
            "explained_on": must(of.day()),
            "language": must(of.like(of.LANGUAGE)),
            "hearing_ref": of.reference(),
            "accompanied": of.flag(),
            "next_day_check": of.flag(),
        },
        sealed=("wishes",),
    ),
    Kind(
        "court_day_planned",
        "Day in court planned",
        Scope.CRIMINAL,
        needs="read",
        fields={
            "hearing_ref": must(of.reference()),
            "arranged": of.codes(justice.CourtDayItem),
            "not_needed": of.codes(justice.CourtDayItem),
        },
        sealed=("route", "meeting_point", "companion"),
    ),
    Kind(
        "witness_checked",
        "Check on the day after",
        Scope.CRIMINAL,
        needs="read",
        fields={
            "answers": must(of.reference()),
            "checked_on": must(of.day()),
            "after_hearing": must(of.code(justice.AfterHearing)),
        },
        sealed=("words",),
    ),
    Kind(
        "evidence_recorded",
        "Evidence beyond the person",
        Scope.CRIMINAL,
        fields={
            "lines": of.codes(justice.EvidenceLine),
            "checked_on": must(of.day()),
            "proceeding": of.reference(),
        },
    ),
    Kind(
        "trial_observed",
        "Trial observed",
        Scope.CRIMINAL,
        fields={
            "observed_on": must(of.day()),
            "represented": of.flag(),
            "interpreter": of.flag(),
            "measures_granted": of.codes(justice.ProtectionMeasure),
            "measures_refused": of.codes(justice.ProtectionMeasure),
            "lesser_offence": of.flag(),
            "sentence_passed": of.flag(),
            "confiscation_ordered": of.flag(),
            "compensation_ordered": of.flag(),
        },
        always_extract=True,
    ),
)
