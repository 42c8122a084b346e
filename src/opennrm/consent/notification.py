"""Builds the anonymous notification from an allow-list of coarse codes; nothing else fits in."""

import re
from dataclasses import dataclass, fields
from typing import TypeVar

from opennrm.vocabulary.age import AgeGroup
from opennrm.vocabulary.code import Code
from opennrm.vocabulary.contact import ReportingEntity
from opennrm.vocabulary.countries import subregions
from opennrm.vocabulary.exploitation import ExploitationForm
from opennrm.vocabulary.person import CitizenshipGroup, Sex

MONTH = re.compile(r"\A[0-9]{4}-(0[1-9]|1[0-2])\Z")
Choice = TypeVar("Choice", bound=Code)
REGION = re.compile(r"\A([A-Z]{2}(-[A-Z0-9]{1,3})?|unknown)\Z")


class NotCoarse(ValueError):
    """A value is not a choice from its list; the message names the field, never the value."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} is not a choice from its list. Choose one from the list.")
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class CoarseNotification:
    """What statistics need of a person who does not want a referral, and nothing more (R44)."""

    age_group: AgeGroup
    sex: Sex
    main_form: ExploitationForm
    citizenship_group: str
    place_region: str
    month: str
    reporting_entity: ReportingEntity

    def __post_init__(self) -> None:
        """Refuse a group, region or month that is finer than its list or form allows."""
        if self.citizenship_group not in {*CitizenshipGroup, *subregions()}:
            raise NotCoarse("citizenship_group")
        if not REGION.match(self.place_region):
            raise NotCoarse("place_region")
        if not MONTH.match(self.month):
            raise NotCoarse("month")

    def open_part(self) -> dict[str, str]:
        """Return the codes, as the open part of a fact."""
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}


def coarse_notification(
    *,
    age_group: str,
    sex: str,
    main_form: str,
    citizenship_group: str,
    place_region: str,
    month: str,
    reporting_entity: str,
) -> CoarseNotification:
    """Build the notification from seven codes; there is no way to hand in anything else.

    :raises NotCoarse: when a value is not a choice from its list.
    """
    return CoarseNotification(
        age_group=_choice(AgeGroup, "age_group", age_group),
        sex=_choice(Sex, "sex", sex),
        main_form=_choice(ExploitationForm, "main_form", main_form),
        citizenship_group=citizenship_group,
        place_region=place_region,
        month=month,
        reporting_entity=_choice(ReportingEntity, "reporting_entity", reporting_entity),
    )


def _choice(codes: type[Choice], field: str, value: str) -> Choice:
    try:
        return codes(value)
    except ValueError:
        raise NotCoarse(field) from None
