"""The data classes D0 to D15: what a scope of a case holds and how sensitive it is."""

from __future__ import annotations

from opennrm.vocabulary.code import Code, CodeList, Verification


class Scope(Code):
    """A data class; what is opened, sealed and counted is opened, sealed and counted by it."""

    PUBLISHED = "D0", "Published figures", "Aggregates, small cells suppressed."
    SKELETON = ("D1", "Case skeleton", "Pseudonym, stage, timers and owner; no personal facts.")
    IDENTITY = "D2", "Identity", "Name, date of birth, nationality, documents, photo."
    WHEREABOUTS = (
        "D3",
        "Contact and whereabouts",
        "Ways to reach her, shelter address, travel plan.",
    )
    ACCOUNT = (
        "D4",
        "Screening and account",
        "Screening, indicators, account, interview recordings.",
    )
    HEALTH = (
        "D5",
        "Health",
        "Health, psychological, sexual and reproductive; professional secrecy.",
    )
    CRIMINAL = "D6", "Criminal case", "Statement, protection measures, hearings."
    RESIDENCE = "D7", "Residence and asylum", "Permits and asylum."
    SAFETY = "D8", "Safety and risk", "Safety and risk assessments."
    PLAN = "D9", "Needs, plan and services", "Needs, plan, services, outcomes."
    CONSENTS = "D10", "Consents and disclosures", "Consents, disclosures, access log."
    CHILD = "D11", "Child file", "Guardian, best interests, views, tracing."
    SUSPECTS = "D12", "Suspects and networks", "Kept under police rules."
    REDRESS = "D13", "Redress", "Compensation, wages, bank details, assets."
    DECISIONS = "D14", "Decisions", "Preliminary and formal decisions, reasons, remedies."
    STRUCTURES = ("D15", "Structures", "Plans, surveys, commitments, training, campaigns.")
    SHEET = (
        "D16",
        "Minimum safety sheet",
        "Allergies, threats, medicine, appointments: what keeps her safe where she sleeps.",
    )


SENSITIVITY = {
    Scope.PUBLISHED: "public",
    Scope.SKELETON: "restricted",
    Scope.IDENTITY: "high",
    Scope.WHEREABOUTS: "very high",
    Scope.ACCOUNT: "very high",
    Scope.HEALTH: "very high",
    Scope.CRIMINAL: "high",
    Scope.RESIDENCE: "high",
    Scope.SAFETY: "very high",
    Scope.PLAN: "high",
    Scope.CONSENTS: "high",
    Scope.CHILD: "very high",
    Scope.SUSPECTS: "very high",
    Scope.REDRESS: "high",
    Scope.DECISIONS: "high",
    Scope.STRUCTURES: "internal or public",
    Scope.SHEET: "very high",
}

# The classes a consent is asked about. The sheet is none of them: it goes along to whoever cares
# for her, and the person is told so (decision 0026).
CASE_SCOPES = tuple(
    scope for scope in Scope if scope not in (Scope.PUBLISHED, Scope.STRUCTURES, Scope.SHEET)
)

LISTS = (
    CodeList(
        "scope",
        "Data class",
        "The classes a case record is divided into; each is opened and sealed apart.",
        "Roles reference, section 3",
        Verification.PROJECT,
        Scope,
    ),
)
