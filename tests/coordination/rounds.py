"""A round of a survey with replies, for tests of pages."""

from datetime import date
from itertools import count

from opennrm.coordination.desk import at_coordination
from opennrm.coordination.models import QuestionnaireVersion, SurveyRound
from opennrm.exchange.questionnaires.question import Questionnaire
from opennrm.exchange.questionnaires.yaml_file import as_content, shipped
from tests import cast
from tests.database import signed_in

_numbers = count(1)


def version_of(questionnaire: Questionnaire) -> QuestionnaireVersion:
    """Keep a questionnaire, or find it where it is kept already."""
    with at_coordination(signed_in(cast.OSCE_OFFICER)):
        made, _new = QuestionnaireVersion.objects.get_or_create(
            key=questionnaire.key,
            version=questionnaire.version,
            defaults={"title": questionnaire.title, "content": as_content(questionnaire)},
        )
    return made


def opened(questionnaire: Questionnaire | None = None) -> SurveyRound:
    """Open a round as the office."""
    version = version_of(questionnaire or shipped("survey-states-2"))
    with at_coordination(signed_in(cast.OSCE_OFFICER)):
        return SurveyRound.objects.create(
            title=f"Survey no. {next(_numbers)}",
            questionnaire=version,
            opens_on=date(2026, 1, 1),
            due_on=date(2026, 12, 1),
            invited=["MK", "AL"],
        )
