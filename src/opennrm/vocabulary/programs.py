"""Words about programs that work in the name of a person: which steps they may take for her."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class ProgramStep(Code):
    """A kind of step that a program may be allowed; never more than the person may do herself."""

    READ = "read", "Read cases and the work list"
    FIND = "find", "Find people by name"
    CONTACT = "contact", "First contact and who the person is"
    SCREENING = "screening", "Screening"
    CONSENT = "consent", "Consent, given and taken back"
    REFERRAL = "referral", "Referral, sent and answered"
    HAND_OVER = "hand_over", "Hand-over to another State and from one"
    NOTIFICATION = "notification", "Anonymous notification"
    DECISION = "decision", "Decisions and the recovery period"
    PLAN = "plan", "Needs, safety and plan"
    SERVICE = "service", "Offers and services"
    OUTCOME = "outcome", "Outcome, closing, reopening"
    RESIDENCE = "residence", "Residence and removal"
    JUSTICE = "justice", "Criminal case, statements, hearings"
    REDRESS = "redress", "Compensation"
    SAFE_RETURN = "safe_return", "Return"
    CHILDREN = "children", "Protection of children"
    SECOND_PERSON = "second_person", "Opinions of a second person"
    KEEPING = "keeping", "Breaches, letters, keeping and corrections"
    FIGURES = "figures", "Figures and their release"
    SYSTEMS = "systems", "Systems that are told of news"
    REGISTERS = "registers", "Read plans, surveys and registers"
    REGISTER_ENTRIES = "register_entries", "Write plans and registers"
    SURVEYS = "surveys", "Answer surveys"


LISTS = (
    CodeList(
        "program_step",
        "Step of a program",
        "What a program that works in the name of a person may do for her.",
        "Project rule; research on security, section 3.2",
        Verification.PROJECT,
        ProgramStep,
    ),
)
