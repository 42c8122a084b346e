"""Shows on the case page what the rights say of a case as it stands: warnings and questions."""

from typing import Any

from django.utils.translation import gettext

from opennrm.casework.warnings import warnings
from opennrm.rights.findings import Finding
from opennrm.rights.jurisdictions import presets
from opennrm.web.open_case import OpenCase


def shown(case: OpenCase) -> list[dict[str, Any]]:
    """Prepare what does not hold and what is not known, of the parts the viewer holds."""
    here = presets(case.case.jurisdiction or case.viewer.actor.jurisdiction)
    found = warnings(case.case, presets=here, at=case.at, compartments=case.compartments)
    return [_shown(finding) for finding in found]


def _shown(finding: Finding) -> dict[str, Any]:
    is_warning = finding.is_broken
    return {
        "rule": finding.rule,
        "says": gettext(finding.says),
        "mark": gettext("Look at this") if is_warning else gettext("Question"),
        "colour": "govuk-tag--orange" if is_warning else "govuk-tag--blue",
    }
