"""The tables of the co-ordination, one module for each part."""

from opennrm.coordination.models.agreements import Agreement, Party, Signature
from opennrm.coordination.models.assessments import (
    Assessment,
    AssessmentChange,
    AssessmentComment,
    AssessmentEvidence,
    AssessmentFinding,
    AssessmentMeeting,
)
from opennrm.coordination.models.commitments import (
    Commitment,
    Document,
    DocumentLink,
    Evidence,
    State,
    TaskReport,
    TreatyStatus,
)
from opennrm.coordination.models.directory import ServiceProvided, StandardsCheck
from opennrm.coordination.models.history import Change, Permit, Publication
from opennrm.coordination.models.job_offers import JobRegister, JobRegisterEntry
from opennrm.coordination.models.labour import Inspection, RecruitmentLicence, WageClaim
from opennrm.coordination.models.organisations import ContactPoint, RegisterEntry
from opennrm.coordination.models.plan import (
    Action,
    Budget,
    Indicator,
    Objective,
    Plan,
)
from opennrm.coordination.models.plan_words import Approval, PlanComment, ProgressReport
from opennrm.coordination.models.recommendations import Answer, Recommendation
from opennrm.coordination.models.reports import (
    Report,
    ReportComment,
    ReportEvent,
    ReportFigure,
    ReportPart,
)
from opennrm.coordination.models.structures import Decision, Guarantee, Meeting, Seat, Structure
from opennrm.coordination.models.surveys import (
    HeldElsewhere,
    QuestionMatch,
    QuestionnaireVersion,
    SurveyAnswer,
    SurveyCoding,
    SurveyPart,
    SurveyReply,
    SurveyReturn,
    SurveyRound,
    SurveyTask,
)
from opennrm.coordination.models.training import (
    Attendance,
    Certificate,
    Course,
    CourseSession,
    Trainer,
)
from opennrm.coordination.models.trials import Hearing, HearingFinding, Trial

__all__ = [
    "Action",
    "Agreement",
    "Answer",
    "Approval",
    "Assessment",
    "AssessmentChange",
    "AssessmentComment",
    "AssessmentEvidence",
    "AssessmentFinding",
    "AssessmentMeeting",
    "Attendance",
    "Budget",
    "Certificate",
    "Change",
    "Commitment",
    "ContactPoint",
    "Course",
    "CourseSession",
    "Decision",
    "Document",
    "DocumentLink",
    "Evidence",
    "Guarantee",
    "Hearing",
    "HearingFinding",
    "HeldElsewhere",
    "Indicator",
    "Inspection",
    "JobRegister",
    "JobRegisterEntry",
    "Meeting",
    "Objective",
    "Party",
    "Permit",
    "Plan",
    "PlanComment",
    "ProgressReport",
    "Publication",
    "QuestionMatch",
    "QuestionnaireVersion",
    "Recommendation",
    "RecruitmentLicence",
    "RegisterEntry",
    "Report",
    "ReportComment",
    "ReportEvent",
    "ReportFigure",
    "ReportPart",
    "Seat",
    "ServiceProvided",
    "Signature",
    "StandardsCheck",
    "State",
    "Structure",
    "SurveyAnswer",
    "SurveyCoding",
    "SurveyPart",
    "SurveyReply",
    "SurveyReturn",
    "SurveyRound",
    "SurveyTask",
    "TaskReport",
    "Trainer",
    "TreatyStatus",
    "Trial",
    "WageClaim",
]
