"""Names the fields of facts as a reader of the record says them, where the code does not."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.web.forms import fields as ask

LABELS = {
    "about": _("For"),
    "act_noted": _("Act noted"),
    "age_status": _("Age"),
    "assent": _("The child agrees"),
    "basis_fact": _("Rests on"),
    "by": _("By"),
    "capacity": _("Able to consent"),
    "claims_listed": _("Open claims were listed"),
    "comes_about": _("How the return comes about"),
    "conference_topics": _("About"),
    "contact_from": _("Contact from"),
    "discussed": _("Talked over with the person"),
    "discussed_on": _("Talked over on"),
    "due_on": _("Until"),
    "exit_kind": _("How support ended"),
    "explained_on": _("Explained on"),
    "file_type": _("Type"),
    "forms": _("Forms of exploitation"),
    "handing_reason": _("Why"),
    "has_dissent": _("Somebody disagreed"),
    "has_safe_contact": _("There is a safe way to reach the person"),
    "health_by_summary": _("What was said of health is kept apart"),
    "hearing": _("Kind of hearing"),
    "hearing_on": _("Day of the hearing"),
    "is_heard": _("The person is heard"),
    "jurisdiction": _("State"),
    "main_form": _("Main form of exploitation"),
    "majority": _("Child or adult"),
    "may_leave_message": _("A message may be left"),
    "other_doors": _("Other places shown to the person"),
    "own_entry": _("Has an own entry in the plan"),
    "own_request": _("Asked for by the person"),
    "positive_dimensions": _("Carried by"),
    "presumed": _("Presumed trafficked"),
    "provider_role": _("In the role"),
    "reasons_codes": _("Grounds"),
    "recipient": _("To"),
    "recipient_account": _("To the person"),
    "recipient_role": _("In the role"),
    "reporting_entity": _("Reported by"),
    "scope": _("Part"),
    "scopes": _("Parts"),
    "second_reader": _("Second person"),
    "seen_by_person": _("The person has seen it"),
    "self_assessed": _("The person answered herself or himself"),
    "size_kib": _("Size in KB"),
    "step_on": _("Day of the step"),
    "taking_part": _("The person takes part"),
    "task_end": _("How it ended"),
    "to": _("To"),
    "to_account": _("To the person"),
    "to_role": _("In the role"),
    "was_received": _("Was received"),
}
OF_KIND = {
    ("safety_sheet_written", "language"): _("Speaks"),
    ("age_settled", "basis"): _("On what the age rests"),
    ("consent_given", "form"): _("How it was given"),
}


def label(kind: str, name: str) -> str:
    """Return what a field of a kind of fact is called on the page."""
    known = OF_KIND.get((kind, name)) or LABELS.get(name)
    return str(known) if known else gettext(ask.spoken(name.removesuffix("_on")))
