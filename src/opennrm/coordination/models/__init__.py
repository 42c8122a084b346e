"""The tables of the co-ordination, one module for each part."""

from opennrm.coordination.models.history import Change, Permit, Publication
from opennrm.coordination.models.organisations import ContactPoint, RegisterEntry
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

__all__ = [
    "Change",
    "ContactPoint",
    "HeldElsewhere",
    "Permit",
    "Publication",
    "QuestionMatch",
    "QuestionnaireVersion",
    "RegisterEntry",
    "SurveyAnswer",
    "SurveyCoding",
    "SurveyPart",
    "SurveyReply",
    "SurveyReturn",
    "SurveyRound",
    "SurveyTask",
]
