"""Training: courses in versions, trainers, sessions, who came, and certificates that run out."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.accounts.models import Account, Organisation
from opennrm.coordination.conditions import condition
from opennrm.coordination.models.fields import CodeField, CodesField, LanguagesField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.models.organisations import RegisterEntry
from opennrm.coordination.permissions import Area


class Course(Kept):
    """One version of a course: what it teaches, how long it counts, whose duty it is."""

    guard = Guard(Area.TRAINING, writes=condition("course_not_held"))

    title = models.CharField(_("Title"), max_length=200)
    version = models.CharField(_("Version"), max_length=20, default="1")
    tag = CodeField(
        _("Training it gives"),
        codes="training_tag",
        blank=True,
        default="",
        help_text=_("Empty where a course opens no right."),
    )
    hours = models.PositiveIntegerField(_("Hours"))
    valid_months = models.PositiveIntegerField(
        _("Months a certificate counts"), default=24, help_text=_("Two years unless law differs.")
    )
    pass_mark = models.PositiveIntegerField(
        _("Points needed afterwards"), null=True, blank=True, help_text=_("Out of a hundred.")
    )
    is_induction = models.BooleanField(_("Compulsory for newcomers"), default=False)
    for_roles = CodesField(_("Compulsory for"), codes="role")
    professions = CodesField(_("Made for"), codes="profession")
    languages = LanguagesField(_("Languages"))
    aims = models.TextField(_("What people can do afterwards"))
    material = models.TextField(_("Material"), blank=True, default="")
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("Replaces"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
    )

    class Meta:
        ordering = ("title", "version")
        constraints = (
            models.UniqueConstraint(fields=("title", "version"), name="a_version_of_a_course"),
            models.CheckConstraint(
                condition=models.Q(hours__gte=1, valid_months__gte=1),
                name="a_course_has_hours_and_counts",
                violation_error_message=_("A course has at least one hour and counts a month."),
            ),
            models.CheckConstraint(
                condition=models.Q(pass_mark=None) | models.Q(pass_mark__lte=100),
                name="points_out_of_a_hundred",
                violation_error_message=_("Points are out of a hundred."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class Trainer(Kept):
    """Who may give a course, in which languages, and until when that was checked."""

    guard = Guard(Area.TRAINING)

    name = models.CharField(_("Name"), max_length=200)
    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="trainers",
    )
    courses = models.ManyToManyField(
        Course, verbose_name=_("Gives"), blank=True, related_name="trainers"
    )
    languages = LanguagesField(_("Languages"))
    checked_on = models.DateField(_("Seen at work on"), null=True, blank=True)
    until_on = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class CourseSession(Kept):
    """A course as it is given once: when, where, by whom, with how many places."""

    guard = Guard(Area.TRAINING, writes=condition("holds_course"))

    course = models.ForeignKey(
        Course, verbose_name=_("Course"), on_delete=models.PROTECT, related_name="sessions"
    )
    held_by = models.ForeignKey(
        Organisation,
        verbose_name=_("Held by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    from_on = models.DateField(_("First day"))
    until_on = models.DateField(_("Last day"))
    place = models.CharField(_("Place"), max_length=200, blank=True, default="")
    language = LanguagesField(_("Languages"))
    trainers = models.ManyToManyField(
        Trainer, verbose_name=_("Trainers"), blank=True, related_name="sessions"
    )
    places = models.PositiveIntegerField(_("Places"), default=20)
    status = CodeField(_("Status"), codes="course_status", default="planned")
    went = models.TextField(_("How it went"), blank=True, default="")

    class Meta:
        ordering = ("-from_on",)
        constraints = (
            models.UniqueConstraint(fields=("ref", "held_by"), name="session_and_who_holds_it"),
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")),
                name="session_ends_after_it_begins",
                violation_error_message=_("The last day is not before the first."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.course}, {self.from_on:%Y-%m-%d}"


class Attendance(Kept):
    """One person at one session; read by her, her organisation and who holds the course."""

    guard = Guard(
        Area.TRAINING,
        reads=condition("attends"),
        writes=condition("holds_session"),
        private="held_by_id",
    )

    session = models.ForeignKey(
        CourseSession,
        verbose_name=_("Session"),
        on_delete=models.CASCADE,
        related_name="attendances",
    )
    held_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )
    account = models.ForeignKey(
        Account,
        verbose_name=_("Account"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    name = models.CharField(_("Name"), max_length=200)
    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
    )
    profession = CodeField(_("Profession"), codes="profession", blank=True, default="")
    status = CodeField(_("Attendance"), codes="attendance_status", default="enrolled")
    before = models.PositiveIntegerField(_("Points before"), null=True, blank=True)
    after = models.PositiveIntegerField(_("Points afterwards"), null=True, blank=True)
    useful = models.PositiveIntegerField(
        _("How useful it was to her"), null=True, blank=True, help_text=_("From 1 to 5.")
    )

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("session", "account"), name="a_place_a_person"),
            models.CheckConstraint(
                condition=(models.Q(before=None) | models.Q(before__lte=100))
                & (models.Q(after=None) | models.Q(after__lte=100))
                & (models.Q(useful=None) | models.Q(useful__gte=1, useful__lte=5)),
                name="points_of_a_person",
                violation_error_message=_("Points go to a hundred, usefulness from 1 to 5."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Certificate(Kept):
    """What somebody holds after a course until a day; given and taken back in the database."""

    guard = Guard(Area.TRAINING, reads=condition("attends"), writes="false", private="held_by_id")

    attendance = models.OneToOneField(
        Attendance,
        verbose_name=_("Who was there"),
        on_delete=models.PROTECT,
        related_name="certificate",
        editable=False,
    )
    held_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    entry = models.ForeignKey(
        RegisterEntry, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    name = models.CharField(_("Name"), max_length=200)
    course = models.ForeignKey(
        Course, verbose_name=_("Course"), on_delete=models.PROTECT, related_name="certificates"
    )
    profession = CodeField(_("Profession"), codes="profession", blank=True, default="")
    tag = CodeField(_("Training"), codes="training_tag", blank=True, default="")
    issued_on = models.DateField(_("Given on"))
    valid_until = models.DateField(_("Runs out on"))
    withdrawn_on = models.DateField(_("Taken back on"), null=True, blank=True)

    class Meta:
        ordering = ("-issued_on", "name")

    def __str__(self) -> str:
        return f"{self.course}: {self.name}"
