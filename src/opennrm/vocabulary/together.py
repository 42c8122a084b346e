"""Words of working together on a case: tasks, handing over, the case conference."""

from opennrm.vocabulary.code import Code, CodeList, Verification

LIFECYCLE_6 = "Domain reference, lifecycle, stage 6"


class TaskEnd(Code):
    """How a task ended."""

    DONE = "done", "Done"
    NOT_NEEDED = "not_needed", "No longer needed"
    NOT_WANTED = "not_wanted", "The person does not want it"
    NOT_POSSIBLE = "not_possible", "Not possible"


class ConferenceTopic(Code):
    """What a case conference talks about."""

    SAFETY = "safety", "Safety"
    PLAN = "plan", "The plan"
    LEGAL_STEPS = "legal_steps", "Legal steps"
    DECISIONS_DUE = "decisions_due", "Decisions that are due"
    DISAGREEMENTS = "disagreements", "Disagreements"
    HER_QUESTIONS = "her_questions", "The person's own questions"


class TakingPart(Code):
    """How the person takes part in a case conference, as she wishes."""

    IN_PERSON = "in_person", "In person"
    REPRESENTED = "represented", "Somebody of her choice speaks for her"
    IN_WRITING = "in_writing", "Her words are read out"
    NOT_HERSELF = "not_herself", "She agrees that it is held without her"
    NOT_AGREED = "not_agreed", "She does not agree that it is held"


class AgendaShown(Code):
    """How the agenda was made known to the person."""

    READ_OUT = "read_out", "Read out to her"
    GIVEN = "given", "She has a copy"
    WITH_INTERPRETER = "with_interpreter", "Talked over with an interpreter"
    THROUGH_GUARDIAN = "through_guardian", "Talked over with her guardian there"


class HandingReason(Code):
    """Why a case is handed to a colleague."""

    ABSENCE = "absence", "Absence"
    WORKLOAD = "workload", "Too many cases"
    PERSON_ASKS = "person_asks", "The person asks for it"
    CONFLICT_OF_INTEREST = "conflict_of_interest", "A conflict of interest"
    OTHER_SKILLS = "other_skills", "Another skill or language is needed"
    SHARED_OUT = "shared_out", "Shared out in the team"
    LEAVING = "leaving", "The colleague leaves"


class PersonAnswer(Code):
    """What somebody answers about two cases of her house; no case is ever merged with another."""

    SAME = "same", "The same person"
    MAYBE = "maybe", "Maybe the same person"
    ANOTHER = "another", "Another person"
    FAMILY = "family", "Family"
    TAKEN_BACK = "taken_back", "Taken back"


class PersonReason(Code):
    """Why somebody answers so about two cases."""

    NAMES = "names", "The names"
    BIRTH_DATE = "birth_date", "The date of birth"
    PAPERS = "papers", "Papers"
    PERSON_SAYS = "person_says", "The person says so"
    KNOWN = "known", "Somebody knows her or him"
    MET_TOGETHER = "met_together", "Met together"
    MISTAKE = "mistake", "A mistake"
    SOMETHING_NEW = "something_new", "Something new is known"


LISTS = tuple(
    CodeList(name, title, says, LIFECYCLE_6, Verification.PROJECT, codes)
    for name, title, says, codes in (
        ("task_end", "How a task ended", "How a task on a case ended.", TaskEnd),
        ("conference_topic", "Conference topic", "What a conference is about.", ConferenceTopic),
        ("taking_part", "Taking part", "How the person takes part.", TakingPart),
        ("agenda_shown", "How the agenda was shown", "She sees it first.", AgendaShown),
        ("handing_reason", "Why a case is handed over", "In one house.", HandingReason),
        ("person_answer", "Same person or not", "Two cases of one house.", PersonAnswer),
        ("person_reason", "Why the same person or not", "Of two cases.", PersonReason),
    )
)
