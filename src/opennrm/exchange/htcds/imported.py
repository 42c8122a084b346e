"""One person's row of a workbook in our own words."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, fields
from datetime import date

from opennrm.vocabulary.code import Code
from opennrm.vocabulary.exploitation import (
    ExploitationForm,
    Means,
    MeansOfControl,
    SexualExploitationKind,
)
from opennrm.vocabulary.identification import IdentificationStatus
from opennrm.vocabulary.industry import RecruitmentMethod, Sector
from opennrm.vocabulary.person import Gender, Sex

SHORTEST_KEY = 16


class DecidingBody(Code):
    """Which kind of body decided the trafficking status that the row states."""

    POLICE = "police", "Police"
    NGO = "ngo", "Non-governmental organisation"
    COURT_OR_PROSECUTION = "court_or_prosecution", "Court or prosecution"
    OTHER_GOVERNMENT = "other_government", "Governmental body other than police"
    OTHER = "other", "Other"


class CaseStatus(Code):
    """Where the sender's case stood."""

    ACTIVE = "active", "Active"
    FOLLOW_UP = "follow_up", "Follow-up"
    CLOSED = "closed", "Closed"
    CLOSED_REFERRED = "closed_referred", "Closed and referred"


class ReferralReason(Code):
    """Why the sender referred a case."""

    ADDITIONAL_SERVICES_REQUIRED = "additional_services_required", "More services needed"
    MIGRATION_OR_CHANGE_OF_LOCATION = "migration_or_change_of_location", "Moved elsewhere"
    OTHER = "other", "Other"


@dataclass(frozen=True)
class Phone:
    """A telephone number as it was typed, and in international form when it could be read."""

    as_typed: str
    international: str | None = None


@dataclass(frozen=True)
class ImportedCase:
    """What one row says about one person; empty means that the row does not say."""

    external_id: str | None = None
    case_owner: str | None = None
    consent: bool | None = None
    salutation: str | None = None
    first_name: str | None = None
    second_name: str | None = None
    title: str | None = None
    birthdate: date | None = None
    gender: Gender | None = None
    sex: Sex | None = None
    registered_on: date | None = None
    citizenships: tuple[str, ...] = ()
    email: str | None = None
    home_phone: Phone | None = None
    mobile_phone: Phone | None = None
    street: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None
    trafficking_status: IdentificationStatus | None = None
    deciding_body: DecidingBody | None = None
    recruitment_methods: tuple[RecruitmentMethod, ...] = ()
    recruitment_location: str | None = None
    means_of_control: tuple[MeansOfControl | Means, ...] = ()
    forms: tuple[ExploitationForm, ...] = ()
    sectors: tuple[Sector, ...] = ()
    sexual_kinds: tuple[SexualExploitationKind, ...] = ()
    exploitation_location: str | None = None
    case_status: CaseStatus | None = None
    closure_reason: str | None = None
    referring_organisation: str | None = None
    referring_worker: str | None = None
    incoming_on: date | None = None
    incoming_reason: ReferralReason | None = None
    incoming_reason_text: str | None = None
    incoming_details: str | None = None
    referred_organisation: str | None = None
    referred_worker: str | None = None
    outgoing_on: date | None = None
    outgoing_reason: ReferralReason | None = None
    outgoing_details: str | None = None
    signs_told: tuple[str, ...] = ()
    signs_seen: tuple[str, ...] = ()
    presumed: bool | None = None
    screening_reason: str | None = None
    occurrence: int = 1

    @property
    def names_someone(self) -> bool:
        """Tell whether the row can be told from another person's row."""
        return bool(self.external_id or self.first_name or self.second_name)

    def fingerprint(self, key: bytes) -> str:
        """Return a keyed mark of the whole row, to find it again when it is imported twice.

        The key stays with the installation, so that the mark cannot be made by guessing names.

        :raises ValueError: when the key is shorter than 16 bytes.
        """
        if len(key) < SHORTEST_KEY:
            raise ValueError("the key of a fingerprint has at least 16 bytes")
        if self.external_id:
            content = f"external:{self.external_id}"
        else:
            told = {one.name: getattr(self, one.name) for one in fields(self)}
            content = json.dumps(told, default=_plain, sort_keys=True)
        return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


def _plain(value: Phone | date) -> object:
    return asdict(value) if isinstance(value, Phone) else str(value)
