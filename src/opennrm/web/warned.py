"""Shows on the case page what the rights say of a case as it stands: warnings and questions."""

from typing import Any

from django.utils.translation import gettext

from opennrm.casework.permissions import PERMISSIONS
from opennrm.casework.warnings import warnings
from opennrm.rights.findings import Finding
from opennrm.rights.jurisdictions import presets
from opennrm.vocabulary.roles import Role
from opennrm.web import people, words
from opennrm.web.acts import ACTS, ways_out
from opennrm.web.open_case import OpenCase


def shown(case: OpenCase) -> list[dict[str, Any]]:
    """Prepare what does not hold and what is not known, of the parts the viewer holds."""
    here = presets(case.case.jurisdiction or case.viewer.actor.jurisdiction)
    found = warnings(case.case, presets=here, at=case.at, compartments=case.compartments)
    return [_shown(finding, case) for finding in found]


def _shown(finding: Finding, case: OpenCase) -> dict[str, Any]:
    is_warning = finding.is_broken
    return {
        "rule": finding.rule,
        "says": words.said(finding.says),
        "ways": ways_out(finding.remedy, case),
        "done_by": _done_by(finding.remedy),
        "mark": gettext("Look at this") if is_warning else gettext("Question"),
        "colour": "govuk-tag--orange" if is_warning else "govuk-tag--blue",
    }


def _done_by(remedy: str) -> str:
    """Name the roles that can do what is missing, for a reader who cannot do it herself."""
    allowed = PERMISSIONS[remedy].roles if remedy in ACTS else None
    if not allowed:
        return ""
    roles = [people.role_name(role) for role in Role if role in allowed]
    return gettext("Done by: %(roles)s. Ask whoever of them is on the case.") % {
        "roles": ", ".join(roles)
    }
