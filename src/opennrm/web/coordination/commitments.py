"""Commitments with documents, States with treaty status, tasks of bodies, recommendations."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models import (
    Answer,
    Commitment,
    Document,
    DocumentLink,
    Evidence,
    Recommendation,
    State,
    TaskReport,
    TreatyStatus,
)
from opennrm.coordination.permissions import Area
from opennrm.web.coordination.columns import NOTHING_YET, by_code, column, columns
from opennrm.web.coordination.listing import Filter, Listing
from opennrm.web.coordination.register import house_of_entry
from opennrm.web.coordination.sheets import Children, Sheet


def _documents() -> list[tuple[str, str]]:
    return [(str(ref), title) for ref, title in Document.objects.values_list("ref", "title")]


def _days() -> list[tuple[str, str]]:
    days = TreatyStatus.objects.order_by("as_of").values_list("as_of", flat=True).distinct()
    return [(day.isoformat(), day.isoformat()) for day in days]


EVIDENCE = Sheet(
    "evidence",
    Area.COMMITMENTS,
    Evidence,
    _("Evidence"),
    Listing(
        "evidence",
        _("Evidence of fulfilment"),
        columns(Evidence, "state", "commitment", "fulfilment", "says", "gap", "seen_on"),
        (by_code("fulfilment", _("Fulfilment"), "fulfilment"),),
        ("says", "gap", "state__name", "commitment__number"),
        order="state",
        empty=NOTHING_YET,
    ),
    parent="commitment",
)
TASKS = Sheet(
    "task-reports",
    Area.COMMITMENTS,
    TaskReport,
    _("Report on a task"),
    Listing(
        "task-reports",
        _("Tasks of OSCE bodies: what was done"),
        columns(TaskReport, "body", "commitment", "from_on", "until_on", "status", "outcome"),
        (by_code("status", _("Status"), "task_status"),),
        ("body", "activities", "outcome", "commitment__number"),
        order="body",
        empty=NOTHING_YET,
    ),
    parent="commitment",
)
ANSWERS = Sheet(
    "answers",
    Area.RECOMMENDATIONS,
    Answer,
    _("Answer"),
    Listing(
        "answers",
        _("Answers"),
        columns(Answer, "answered_on", "entry", "recommendation", "status", "text"),
        order="-answered_on",
        empty=_("Not answered yet."),
    ),
    owner=house_of_entry,
    parent="recommendation",
    is_listed=False,
)
RECOMMENDATIONS = Sheet(
    "recommendations",
    Area.RECOMMENDATIONS,
    Recommendation,
    _("Recommendation"),
    Listing(
        "recommendations",
        _("Recommendations"),
        (
            column("number", _("Number"), order="number", links=True),
            column("body", _("From"), order="body"),
            column("text", _("Recommendation")),
            column("addressee", _("Addressed to"), order="addressee"),
            column("answer_due_on", _("Answer due on"), order="answer_due_on"),
            column("status", _("Status"), order="status"),
        ),
        (
            by_code("body", _("From"), "recommending_body"),
            by_code("status", _("Status"), "recommendation_status"),
        ),
        ("number", "text", "addressee", "document"),
        order="number",
        intro=_("From whomever they come: to whom, what is due when, what became of it."),
        empty=NOTHING_YET,
    ),
    children=(Children(ANSWERS, "recommendation"),),
)
COMMITMENTS = Sheet(
    "commitments",
    Area.COMMITMENTS,
    Commitment,
    _("Commitment"),
    Listing(
        "commitments",
        _("Commitments"),
        (
            column("number", _("Number"), order="number", links=True),
            column("text", _("In short")),
            column("document", _("Document"), order="document__title"),
            column("addressees", _("Addressed to")),
            column("area", _("Area"), order="area"),
            column("kind", _("Kind"), order="kind"),
            column("source", _("Source")),
        ),
        (
            by_code("kind", _("Kind"), "commitment_kind"),
            by_code("area", _("Area"), "commitment_area"),
            Filter("document", _("Document"), _documents, lambda value: Q(document=value)),
        ),
        ("number", "text", "addressees", "document__title"),
        order="number",
        intro=_("What States and OSCE bodies promised or were asked, in short, with the source."),
        empty=NOTHING_YET,
    ),
    children=(
        Children(EVIDENCE, "commitment"),
        Children(TASKS, "commitment"),
        Children(RECOMMENDATIONS, "commitment"),
    ),
)
LINKS = Sheet(
    "document-links",
    Area.COMMITMENTS,
    DocumentLink,
    _("Link between documents"),
    Listing(
        "document-links",
        _("Links between documents"),
        columns(DocumentLink, "document", "relation", "other", "source"),
        order="document",
        empty=NOTHING_YET,
    ),
    parent="document",
    is_listed=False,
)
DOCUMENTS = Sheet(
    "documents",
    Area.COMMITMENTS,
    Document,
    _("Document"),
    Listing(
        "documents",
        _("Documents"),
        columns(Document, "title", "adopted", "place"),
        searched=("title", "place"),
        order="adopted",
        empty=NOTHING_YET,
    ),
    children=(Children(LINKS, "document"), Children(COMMITMENTS, "document")),
)
TREATIES = Sheet(
    "treaty-status",
    Area.COMMITMENTS,
    TreatyStatus,
    _("Treaty status"),
    Listing(
        "treaty-status",
        _("Treaty status by State over time"),
        (
            column("state", _("State"), order="state__name", links=True),
            column("treaty", _("Treaty"), order="treaty"),
            column("status", _("Status"), order="status"),
            column("as_of", _("As of"), order="as_of"),
            column("source", _("Source")),
        ),
        (
            by_code("status", _("Status"), "treaty_status"),
            Filter("as_of", _("As of"), _days, lambda value: Q(as_of=value)),
        ),
        ("state__name", "treaty"),
        order="state",
        empty=NOTHING_YET,
    ),
    parent="state",
)
STATES = Sheet(
    "states",
    Area.COMMITMENTS,
    State,
    _("State"),
    Listing(
        "states",
        _("Participating States and Partners"),
        columns(State, "name", "name_in_source", "code", "category", "field_operation"),
        (by_code("category", _("Category"), "state_category"),),
        ("name", "name_in_source", "code", "field_operation"),
        order="name",
        per_page=100,
        empty=NOTHING_YET,
    ),
    children=(Children(TREATIES, "state"), Children(EVIDENCE, "state")),
)
SHEETS = (COMMITMENTS, DOCUMENTS, LINKS, STATES, TREATIES, EVIDENCE, TASKS)
RECOMMENDED = (RECOMMENDATIONS, ANSWERS)
