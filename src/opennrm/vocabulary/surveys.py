"""Words about surveys, assessments and reports: who replies, how questions match."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class ReplyGroup(Code):
    """Who replies to a survey."""

    STATE = "state", "A State", "A co-ordinated reply of a government; a State may send several."
    NGO = "ngo", "Organisations of civil society", "A joint reply of organisations of one State."
    BODY = "body", "A body of an international organisation"
    REGISTER = "register", "A register", "Facts taken from a register, such as treaty status."


class QuestionMatch(Code):
    """How far two questions of two versions are the same."""

    SAME = "same", "The same"
    REWORDED = "reworded", "Worded anew, same meaning"
    CHANGED = "changed", "Changed", "Numbers must not be compared (R80)."


class AssessmentKind(Code):
    """What is assessed."""

    COUNTRY = "country", "Country assessment"
    MECHANISM = "mechanism", "Assessment of the referral mechanism"
    VISIT = "visit", "Visit of a monitoring body"


class AssessmentStage(Code):
    """How far an assessment is."""

    AGREED = "agreed", "Agreed with the State"
    DESK_STUDY = "desk_study", "Desk study"
    MEETINGS = "meetings", "Meetings"
    DRAFT = "draft", "Draft"
    COMMENTS = "comments", "With the State for comments"
    PUBLISHED = "published", "Published"
    FOLLOW_UP = "follow_up", "Followed up"


class AssessmentChapter(Code):
    """The chapters of an assessment, in the order of the template."""

    CONTEXT = "01_context", "Context and role of the country"
    FORMS = "02_forms", "Forms and trends, internal too"
    LAW = "03_law", "Law and treaties"
    STRUCTURES = "04_structures", "Co-ordination, plan, rapporteur, referral mechanism"
    DATA = "05_data", "Data"
    IDENTIFICATION = "06_identification", "Identification"
    ASSISTANCE = "07_assistance", "Assistance and protection; men and children; standards"
    CHILDREN = "08_children", "Children"
    RESIDENCE = "09_residence", "Residence, asylum, return"
    JUSTICE = "10_justice", "Investigation, trials, non-punishment"
    COMPENSATION = "11_compensation", "Compensation and assets"
    PREVENTION = "12_prevention", "Prevention, demand, labour market, migration"
    CIVIL_SOCIETY = "13_civil_society", "Civil society"
    RESOURCES = "14_resources", "Resources"
    CO_OPERATION = "15_co_operation", "International co-operation"
    GOOD_PRACTICE = "16_good_practice", "Good practice"
    CHALLENGES = "17_challenges", "Challenges"
    RECOMMENDATIONS = "18_recommendations", "Recommendations"


class FindingKind(Code):
    """What kind of finding it is; none carries a score or a word for severity."""

    FINDING = "finding", "Finding"
    GOOD_PRACTICE = "good_practice", "Good practice"
    CHALLENGE = "challenge", "Challenge"
    RECOMMENDATION = "recommendation", "Recommendation"


class MetInAssessment(Code):
    """Whom an assessment meets."""

    MINISTER = "minister", "Minister or State secretary"
    PARLIAMENT = "parliament", "Members of parliament"
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    PROSECUTOR = "prosecutor", "Prosecutors"
    JUDGE = "judge", "Judges"
    POLICE = "police", "Police"
    SOCIAL_SERVICE = "social_service", "Social services"
    LABOUR_INSPECTOR = "labour_inspector", "Labour inspectors"
    NGO = "ngo", "Non-governmental organisations"
    INTERNATIONAL = "international", "International organisations"
    MEDIA = "media", "Media"


class EvidenceKind(Code):
    """Kinds of evidence for a monitoring visit; files of cases are none of them."""

    LAW = "law", "Law or regulation"
    PROCEDURE = "procedure", "Procedure or agreement"
    STATISTICS = "statistics", "Released statistics"
    BUDGET = "budget", "Budget"
    TRAINING = "training", "Training material"
    REPORT = "report", "Report or study"
    JUDGMENT = "judgment", "Published judgment without names"


class ReportModel(Code):
    """The two models of a yearly report."""

    BY_TASK = "by_task", "By task", "Efforts, framework, Action Plan task by task, challenges."
    BY_PRIORITY = "by_priority", "By priority", "Mandate, agenda, activities, achievements."


class ReportChapter(Code):
    """Chapters of a yearly report; each belongs to one model or to both."""

    NATIONAL_EFFORTS = "a1_national_efforts", "National efforts"
    FRAMEWORK = "a2_framework", "Framework: priorities, resources, co-ordination"
    TASKS = "a3_tasks", "Action Plan, task by task"
    CHALLENGES = "a4_challenges", "Challenges and recommendations"
    MANDATE = "b1_mandate", "Mandate"
    AGENDA = "b2_agenda", "Agenda and priorities"
    DIALOGUE = "b3_dialogue", "Political dialogue and country assessments"
    IMPLEMENTATION = "b4_implementation", "Implementation of commitments and assistance"
    VISIBILITY = "b5_visibility", "Visibility and media"
    INTERNAL = "b6_internal", "Co-operation within the organisation"
    EXTERNAL = "b7_external", "Co-operation with others"
    REFLECTIONS = "b8_reflections", "Achievements, challenges and reflections"


class ReportEvent(Code):
    """What an entry of the annex of events is."""

    EVENT = "event", "Event"
    VISIT = "visit", "Visit"
    MEDIA = "media", "Media"


LISTS = (
    CodeList(
        "reply_group",
        "Who replies",
        "Whose reply to a survey this is.",
        "National structures reference, section 7",
        Verification.PROJECT,
        ReplyGroup,
    ),
    CodeList(
        "question_match",
        "Match of questions",
        "Whether a question of one round may be compared with one of another.",
        "Rights rules reference, R80",
        Verification.PROJECT,
        QuestionMatch,
    ),
    CodeList(
        "assessment_kind",
        "Kind of assessment",
        "What is assessed, or who visits.",
        "National structures reference, section 9",
        Verification.PROJECT,
        AssessmentKind,
    ),
    CodeList(
        "assessment_stage",
        "Stage of an assessment",
        "How far an assessment is, from agreement to follow-up.",
        "National structures reference, section 9",
        Verification.PROJECT,
        AssessmentStage,
    ),
    CodeList(
        "assessment_chapter",
        "Chapter of an assessment",
        "The chapters of the template of an assessment.",
        "National structures reference, section 9",
        Verification.PROJECT,
        AssessmentChapter,
    ),
    CodeList(
        "finding_kind",
        "Kind of finding",
        "What an entry of an assessment is.",
        "National structures reference, section 9",
        Verification.PROJECT,
        FindingKind,
    ),
    CodeList(
        "met_in_assessment",
        "Met in an assessment",
        "Whom an assessment meets.",
        "National structures reference, section 9",
        Verification.PROJECT,
        MetInAssessment,
    ),
    CodeList(
        "monitoring_evidence_kind",
        "Kind of evidence for a monitoring body",
        "What is shown to a monitoring body.",
        "National structures reference, section 8",
        Verification.PROJECT,
        EvidenceKind,
    ),
    CodeList(
        "report_model",
        "Model of a report",
        "How a yearly report is built.",
        "National structures reference, section 10",
        Verification.PROJECT,
        ReportModel,
    ),
    CodeList(
        "report_chapter",
        "Chapter of a report",
        "The chapters of a yearly report.",
        "National structures reference, section 10",
        Verification.PROJECT,
        ReportChapter,
    ),
    CodeList(
        "report_event",
        "Entry of the annex",
        "What happened in the period of a report.",
        "National structures reference, section 10",
        Verification.PROJECT,
        ReportEvent,
    ),
)
