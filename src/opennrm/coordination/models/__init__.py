"""The tables of the co-ordination, one module for each part."""

from opennrm.coordination.models.agreements import Agreement, Party, Signature
from opennrm.coordination.models.analyses import Analysis, AnalysisRun, Definition
from opennrm.coordination.models.assessments import (
    Assessment,
    AssessmentChange,
    AssessmentComment,
    AssessmentEvidence,
    AssessmentFinding,
    AssessmentMeeting,
)
from opennrm.coordination.models.awareness import Campaign, Clipping, MediaItem
from opennrm.coordination.models.business import CodeSignatory, SignatoryCheck
from opennrm.coordination.models.commitments import (
    Commitment,
    Document,
    DocumentLink,
    Evidence,
    State,
    TaskReport,
    TreatyStatus,
)
from opennrm.coordination.models.conduct import ConductReader, ConductReport
from opennrm.coordination.models.directory import ServiceProvided, StandardsCheck
from opennrm.coordination.models.feeds import DataFeed
from opennrm.coordination.models.history import Change, Permit, Publication
from opennrm.coordination.models.job_offers import JobRegister, JobRegisterEntry
from opennrm.coordination.models.labour import Inspection, RecruitmentLicence, WageClaim
from opennrm.coordination.models.library import Event, EventVoice, LibraryItem, Project
from opennrm.coordination.models.money import Grant, GrantPayment
from opennrm.coordination.models.newsletters import Newsletter
from opennrm.coordination.models.organisations import ContactPoint, RegisterEntry
from opennrm.coordination.models.outreach import (
    FieldReport,
    MoneyTraced,
    Observation,
    OutreachVisit,
    PreventionProgramme,
    SceneReport,
)
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
    "Analysis",
    "AnalysisRun",
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
    "Campaign",
    "Certificate",
    "Change",
    "Clipping",
    "CodeSignatory",
    "Commitment",
    "ConductReader",
    "ConductReport",
    "ContactPoint",
    "Course",
    "CourseSession",
    "DataFeed",
    "Decision",
    "Definition",
    "Document",
    "DocumentLink",
    "Event",
    "EventVoice",
    "Evidence",
    "FieldReport",
    "Grant",
    "GrantPayment",
    "Guarantee",
    "Hearing",
    "HearingFinding",
    "HeldElsewhere",
    "Indicator",
    "Inspection",
    "JobRegister",
    "JobRegisterEntry",
    "LibraryItem",
    "MediaItem",
    "Meeting",
    "MoneyTraced",
    "Newsletter",
    "Objective",
    "Observation",
    "OutreachVisit",
    "Party",
    "Permit",
    "Plan",
    "PlanComment",
    "PreventionProgramme",
    "ProgressReport",
    "Project",
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
    "SceneReport",
    "Seat",
    "ServiceProvided",
    "SignatoryCheck",
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
