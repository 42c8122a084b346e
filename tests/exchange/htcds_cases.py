"""Invents cases of the case data standard: fifty people by hand, and any case at all."""

import string
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from opennrm.exchange.htcds.cells import Setting, read_phone
from opennrm.exchange.htcds.imported import (
    CaseStatus,
    DecidingBody,
    ImportedCase,
    Phone,
    ReferralReason,
)
from opennrm.exchange.htcds.mapping import STATUSES
from opennrm.exchange.htcds.standard import country_labels
from opennrm.indicators.catalogue import indicators
from opennrm.vocabulary.exploitation import (
    ExploitationForm,
    Means,
    MeansOfControl,
    SexualExploitationKind,
)
from opennrm.vocabulary.industry import RecruitmentMethod, Sector
from opennrm.vocabulary.person import Gender, Sex

FIRST = ("Amina", "Luan", "Vesna", "Đorđe", "Нина", "Élise", "Ngozi", "Thị Hương", "Ali", "Zsófia")
SECOND = ("Kovač", "Shala", "O'Brien", "Петрова", "van den Berg")
COUNTRIES = ("MD", "AL", "NG", "VN", "RS", "MK", "PH", "stateless")
BLANKS = " \t\r\n\u00a0\u200b"
LETTERS = st.characters(
    exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="\u200b\u00a0\ufffe\uffff"
)


def words(most: int) -> st.SearchStrategy[str]:
    """Invent a text as a cell keeps it: something in it, no blanks around it."""
    found = st.text(LETTERS, min_size=1, max_size=most)
    return found.map(lambda text: text.strip(BLANKS)).filter(bool)


def several(*lists: Any) -> st.SearchStrategy[Any]:
    """Invent a choice of several words of lists, each once."""
    every = [word for words in lists for word in words]
    return st.lists(st.sampled_from(every), unique=True, max_size=5).map(tuple)


def one(words_of: Any) -> st.SearchStrategy[Any]:
    """Invent one word of a list, or none."""
    return st.none() | st.sampled_from(list(words_of))


def phones() -> st.SearchStrategy[Phone | None]:
    """Invent numbers as they are typed, some of which cannot be read as numbers."""
    digits = st.text(string.digits + " +-()", min_size=3, max_size=20)
    typed = digits.map(str.strip).filter(lambda text: any(c.isdigit() for c in text))
    return st.none() | typed.map(_phone)


def _phone(typed: str) -> Phone:
    read: Any = read_phone(typed, Setting())
    return read if isinstance(read, Phone) else read.value


SIGNS = tuple(indicators())[:40]
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2026, 1, 1))
TEXT, LONG = st.none() | words(40), st.none() | words(200)
ANY_CASE: st.SearchStrategy[ImportedCase] = st.builds(
    ImportedCase,
    external_id=TEXT,
    case_owner=TEXT,
    consent=st.none() | st.booleans(),
    salutation=TEXT,
    first_name=words(30),
    second_name=TEXT,
    title=TEXT,
    birthdate=DAYS,
    gender=one(Gender),
    sex=one(Sex),
    registered_on=DAYS,
    citizenships=several(tuple(country_labels()), ("stateless", "unknown")),
    email=st.none() | st.sampled_from(["a@example.org", "not an address"]),
    home_phone=phones(),
    mobile_phone=phones(),
    street=TEXT,
    city=TEXT,
    state=TEXT,
    postal_code=TEXT,
    country=one(country_labels()),
    trafficking_status=one(STATUSES.values()),
    deciding_body=one(DecidingBody),
    recruitment_methods=several(RecruitmentMethod),
    recruitment_location=TEXT,
    means_of_control=several(MeansOfControl, Means),
    forms=several(ExploitationForm),
    sectors=several(Sector),
    sexual_kinds=several(SexualExploitationKind),
    exploitation_location=TEXT,
    case_status=one(CaseStatus),
    closure_reason=LONG,
    referring_organisation=TEXT,
    referring_worker=TEXT,
    incoming_on=DAYS,
    incoming_reason=one(ReferralReason),
    incoming_reason_text=st.none() | words(40).map(lambda text: "because " + text),
    incoming_details=LONG,
    referred_organisation=TEXT,
    referred_worker=TEXT,
    outgoing_on=DAYS,
    outgoing_reason=one(ReferralReason),
    outgoing_details=LONG,
    signs_told=several(SIGNS),
    signs_seen=several(SIGNS),
    presumed=st.none() | st.booleans(),
    screening_reason=LONG,
)


def fifty() -> list[ImportedCase]:
    """Invent fifty people whose cases together use every field and every word of the lists."""
    return [_person(number) for number in range(50)]


def _person(n: int) -> ImportedCase:
    first, second = FIRST[n % 10], SECOND[n // 10]
    return ImportedCase(
        external_id=f"REG-{n:04}",
        case_owner=f"Worker {n % 4}",
        consent=n % 7 != 0,
        salutation="Ms" if n % 2 else None,
        first_name=first,
        second_name=second,
        title="Seasonal worker" if n % 5 == 0 else None,
        birthdate=date(1970, 1, 1) + timedelta(days=317 * n),
        gender=list(Gender)[n % len(Gender)],
        sex=list(Sex)[n % len(Sex)],
        registered_on=date(2025, 1, 1) + timedelta(days=n),
        citizenships=(COUNTRIES[n % 8], COUNTRIES[(n + 3) % 8]) if n % 3 == 0 else ("MD",),
        email=f"person{n}@example.org" if n % 4 == 0 else None,
        mobile_phone=_phone(f"+389 70 {300000 + n}"),
        home_phone=_phone("02 311") if n % 9 == 0 else None,
        street=f"Lipa {n}",
        city="Ohrid",
        state="Southwest",
        postal_code=f"0{n}",
        country="MK",
        trafficking_status=list(STATUSES.values())[n % 3],  # type: ignore[arg-type]
        deciding_body=list(DecidingBody)[n % len(DecidingBody)],
        recruitment_methods=(list(RecruitmentMethod)[n % len(RecruitmentMethod)],),
        recruitment_location="A café",
        means_of_control=_some([*MeansOfControl, *Means], n),
        forms=_some(list(ExploitationForm), n),
        sectors=(list(Sector)[n % len(Sector)],),
        sexual_kinds=_some(list(SexualExploitationKind), n),
        exploitation_location="=a farm, not a formula",
        case_status=list(CaseStatus)[n % len(CaseStatus)],
        closure_reason="Moved away.\nHer own wish." if n % 6 == 0 else None,
        referring_organisation="Helpline",
        referring_worker="C. Worker",
        incoming_on=date(2025, 2, 1) + timedelta(days=n),
        incoming_reason=list(ReferralReason)[n % 3],
        incoming_details="Came with her sister; “needs” an interpreter",
        referred_organisation="Shelter",
        referred_worker="D. Worker",
        outgoing_on=date(2025, 3, 1) + timedelta(days=n),
        outgoing_reason=list(ReferralReason)[(n + 1) % 3],
        outgoing_details="By car",
        signs_told=(SIGNS[n % 40],),
        signs_seen=(SIGNS[n % 40], SIGNS[(n + 9) % 40]) if n % 3 else (),
        presumed=n % 3 != 0,
        screening_reason="Her account." if n % 3 else None,
    )


def _some(every: list[Any], n: int) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((every[n % len(every)], every[(n * 7 + 1) % len(every)])))
