"""Words about training: who comes to a course, how it went, what a certificate rests on."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class Profession(Code):
    """The work of somebody who comes to a course or is reached by an activity."""

    POLICE = "police", "Police"
    BORDER_GUARD = "border_guard", "Border guard"
    MIGRATION_OFFICER = "migration_officer", "Migration or asylum officer"
    LABOUR_INSPECTOR = "labour_inspector", "Labour inspector"
    PROSECUTOR = "prosecutor", "Prosecutor"
    JUDGE = "judge", "Judge"
    LAWYER = "lawyer", "Lawyer"
    SOCIAL_WORKER = "social_worker", "Social worker"
    HEALTH_WORKER = "health_worker", "Health worker"
    PSYCHOLOGIST = "psychologist", "Psychologist"
    TEACHER = "teacher", "Teacher"
    CONSUL = "consul", "Consular officer"
    NGO_WORKER = "ngo_worker", "Worker of a non-governmental organisation"
    CULTURAL_MEDIATOR = "cultural_mediator", "Interpreter or cultural mediator"
    TRADE_UNIONIST = "trade_unionist", "Trade unionist"
    MISSION_STAFF = "mission_staff", "Staff of an international mission"
    MILITARY = "military", "Military"
    JOURNALIST = "journalist", "Journalist"
    BUSINESS = "business", "Business"
    OTHER = "other", "Other"


class CourseStatus(Code):
    """Where a session of a course stands."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class AttendanceStatus(Code):
    """Whether somebody came to a session."""

    ENROLLED = "enrolled", "Has a place"
    ATTENDED = "attended", "Was there throughout"
    PART = "part", "Was there in part"
    ABSENT = "absent", "Did not come"


def _list(name: str, title: str, definition: str, codes: type[Code]) -> CodeList:
    return CodeList(name, title, definition, SOURCE, Verification.PROJECT, codes)


SOURCE = "Roles reference, section 5"
LISTS = (
    _list("profession", "Profession", "The work of who comes to a course.", Profession),
    _list("course_status", "Status of a session", "Where a session stands.", CourseStatus),
    _list("attendance_status", "Attendance", "Whether somebody came.", AttendanceStatus),
)
