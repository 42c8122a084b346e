"""Surveys: questionnaires in versions, rounds, the replies to them, who fills in what."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.accounts.models import Organisation
from opennrm.coordination.conditions import condition
from opennrm.coordination.models.fields import CodeField, WordsField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.permissions import Area
from opennrm.exchange.questionnaires.answer import Given


class QuestionnaireVersion(Kept):
    """One version of a questionnaire, whole; once a round uses it, it does not change."""

    guard = Guard(Area.SURVEYS, writes=condition("office_while_unused"))

    key = models.CharField(_("Short name"), max_length=64)
    version = models.PositiveIntegerField(_("Version"))
    title = models.CharField(_("Title"), max_length=300)
    content = models.JSONField(editable=False)

    class Meta:
        ordering = ("key", "-version")
        constraints = (
            models.UniqueConstraint(fields=("key", "version"), name="one_text_a_version"),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class QuestionMatch(Kept):
    """What somebody judged of two questions of two versions; without it nothing is compared."""

    guard = Guard(Area.SURVEYS)

    first = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, related_name="+", verbose_name=_("Version")
    )
    first_code = models.CharField(_("Question"), max_length=32)
    second = models.ForeignKey(
        QuestionnaireVersion,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("Other version"),
    )
    second_code = models.CharField(_("Question of the other version"), max_length=32)
    match = CodeField(_("How they match"), codes="question_match")
    note = models.TextField(_("Why"), blank=True, default="")
    options = models.JSONField(default=dict, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("first", "first_code", "second", "second_code"),
                name="one_judgment_a_pair",
            ),
        )

    def __str__(self) -> str:
        return f"{self.first_code} - {self.second_code}"


class SurveyRound(Kept):
    """One asking of a questionnaire: to whom, until when, and frozen on which day."""

    guard = Guard(Area.SURVEYS)

    title = models.CharField(_("Title"), max_length=300)
    questionnaire = models.ForeignKey(
        QuestionnaireVersion, verbose_name=_("Questionnaire"), on_delete=models.PROTECT
    )
    letter = models.TextField(_("Letter"), blank=True, default="")
    opens_on = models.DateField(_("Opens on"))
    due_on = models.DateField(_("Replies due on"))
    invited = WordsField(_("States invited"), help_text=_("Codes such as AL, with commas between"))
    frozen_on = models.DateField(_("Frozen on"), null=True, blank=True, editable=False)
    is_invented = models.BooleanField(_("All replies are invented"), default=False, editable=False)

    class Meta:
        ordering = ("-due_on", "title")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("opens_on")), name="due_after_it_opens"
            ),
        )

    def __str__(self) -> str:
        return self.title


class SurveyReply(Kept):
    """One reply; a State may send several, and NGOs of a State answer together."""

    guard = Guard(
        Area.SURVEYS,
        reads=condition("reads_reply"),
        writes=condition("leads_reply"),
        private="organisation_id",
    )

    round = models.ForeignKey(SurveyRound, on_delete=models.PROTECT, related_name="replies")
    state = models.CharField(_("State"), max_length=64)
    group = CodeField(_("Who replies"), codes="reply_group")
    name = models.CharField(_("Name of the reply"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("Put together by"), on_delete=models.PROTECT, related_name="+"
    )
    is_relevant = models.BooleanField(_("The survey is relevant for the State"), default=True)
    sent_at = models.DateTimeField(_("Approved and sent"), null=True, blank=True)
    sent_by = models.UUIDField(null=True, blank=True, editable=False)
    released_at = models.DateTimeField(_("Released to everybody"), null=True, blank=True)

    class Meta:
        ordering = ("state", "group", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "organisation", "state", "group", "name"), name="one_name_a_reply"
            ),
            models.UniqueConstraint(fields=("ref", "organisation"), name="reply_and_its_lead"),
            models.CheckConstraint(
                condition=models.Q(released_at=None) | models.Q(sent_at__isnull=False),
                name="released_after_it_was_sent",
            ),
        )

    def __str__(self) -> str:
        return self.name


class SurveyTask(Kept):
    """A part of a reply that an organisation is asked to fill in; no codes mean all questions."""

    guard = Guard(
        Area.SURVEYS,
        reads=condition("leads_or_takes_part"),
        writes=condition("leads"),
        private="lead_id",
    )

    reply = models.ForeignKey(SurveyReply, on_delete=models.CASCADE, related_name="tasks")
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("Filled in by"), on_delete=models.PROTECT, related_name="+"
    )
    questions = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    due_on = models.DateField(_("Due on"))
    note = models.TextField(_("Note"), blank=True, default="")
    reminded_on = models.DateField(_("Last reminded on"), null=True, blank=True)
    reminders = models.PositiveIntegerField(_("Reminders"), default=0)

    class Meta:
        ordering = ("due_on",)
        constraints = (
            models.UniqueConstraint(
                fields=("reply", "organisation"), name="one_task_an_organisation"
            ),
            models.UniqueConstraint(fields=("ref", "organisation"), name="task_and_its_house"),
        )

    def __str__(self) -> str:
        return str(self.organisation)


class SurveyPart(Kept):
    """The word of an organisation that its part of a reply is approved."""

    guard = Guard(
        Area.SURVEYS,
        reads=condition("leads_or_takes_part"),
        writes=condition("leads_or_takes_part"),
        private="lead_id",
    )

    task = models.OneToOneField(SurveyTask, on_delete=models.CASCADE, related_name="part")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    approved_by = models.UUIDField()

    def __str__(self) -> str:
        return str(self.task)


class SurveyReturn(Kept):
    """A reply sent back by the office that asked, with what is to be looked at again."""

    guard = Guard(
        Area.SURVEYS,
        reads=condition("of_a_reply_read"),
        writes=condition("office_on_a_reply_read"),
    )

    reply = models.ForeignKey(SurveyReply, on_delete=models.CASCADE, related_name="returns")
    at = models.DateTimeField()
    note = models.TextField(_("What is to be looked at again"))

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.note


class SurveyAnswer(Kept):
    """One answer of a reply; a value, or one of two ways of having none."""

    guard = Guard(
        Area.SURVEYS,
        reads=condition("of_a_reply_read"),
        writes=condition("writes_answer"),
        private="lead_id",
    )

    reply = models.ForeignKey(SurveyReply, on_delete=models.CASCADE, related_name="answers")
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=32)
    given = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Given])
    choices = ArrayField(models.CharField(max_length=64), default=list)
    number = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    text = models.TextField(blank=True, default="")
    on = models.DateField(null=True)
    unit = models.CharField(max_length=64, blank=True, default="")
    base = models.PositiveIntegerField(null=True)
    at_least = models.BooleanField(default=False)
    period_from = models.DateField(null=True)
    period_until = models.DateField(null=True)
    definition = models.TextField(blank=True, default="")
    source = models.TextField(blank=True, default="")
    comment = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("reply", "question"), name="one_answer_a_question"),
            models.CheckConstraint(
                condition=models.Q(given="value")
                | models.Q(number=None, text="", on=None, choices=[]),
                name="no_value_beside_none",
            ),
        )
        indexes = (models.Index(fields=("question", "reply"), name="answers_to_a_question"),)

    def __str__(self) -> str:
        return self.question


class SurveyCoding(Kept):
    """What one coder saw in an open answer; counted is what two coders agree on."""

    guard = Guard(
        Area.SURVEYS,
        reads=condition("of_a_reply_read"),
        writes=condition("office_on_a_reply_read"),
    )

    reply = models.ForeignKey(SurveyReply, on_delete=models.CASCADE, related_name="codings")
    question = models.CharField(max_length=32)
    coder = models.UUIDField(null=True, blank=True)
    codes = models.JSONField(default=list, encoder=DjangoJSONEncoder)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("reply", "question", "coder"),
                name="one_coding_a_coder",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return ", ".join(self.codes)


class HeldElsewhere(Kept):
    """An answer that another monitor holds already, and where it is read (R79)."""

    guard = Guard(Area.SURVEYS)

    monitor = models.CharField(_("Monitor"), max_length=120)
    round_name = models.CharField(_("Round"), max_length=120, blank=True, default="")
    state = models.CharField(_("State"), max_length=64)
    concept = models.CharField(_("What it is about"), max_length=64, blank=True, default="")
    articles = WordsField(_("Articles"))
    address = models.CharField(_("Where it is read"), max_length=300)
    published_on = models.DateField(_("Published on"))

    class Meta:
        ordering = ("-published_on", "monitor")

    def __str__(self) -> str:
        return f"{self.monitor} {self.round_name}"
