"""The anonymous notification: a type so narrow that nothing personal fits into it (R44)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Self

from opennrm.casework.reasons import found
from opennrm.casework.refusals import RuleBroken
from opennrm.consent.notification import NotCoarse, coarse_notification


@dataclass(frozen=True, slots=True)
class Notification:
    """Seven coarse codes, each of a closed list or form; a name, a number or a text is refused.

    :raises RuleBroken: when a value is not one of its list (R44).
    """

    age_group: str
    sex: str
    main_form: str
    citizenship_group: str
    place_region: str
    month: str
    reporting_entity: str

    def __post_init__(self) -> None:
        """Check every field against the closed lists."""
        try:
            coarse_notification(**asdict(self))
        except NotCoarse as fault:
            raise RuleBroken(found("not_coarse", "R44")) from fault

    @classmethod
    def of(cls, typed: Mapping[str, object]) -> Self:
        """Pick the seven coarse fields out of whatever was typed; nothing else is looked at.

        :raises RuleBroken: when one of the seven is missing or not one of its list (R44).
        """
        return cls(**{field.name: str(typed.get(field.name, "")) for field in fields(cls)})
