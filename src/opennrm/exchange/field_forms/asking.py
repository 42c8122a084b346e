"""What the three forms of the field ask: their questions, in order, with the lists they offer."""

from collections.abc import Iterable
from dataclasses import dataclass

from opennrm.exchange.field_forms.notified import MONTH_HINT, NOTIFIED, PREFIX, coarse_lists
from opennrm.exchange.htcds.additions import OF_NAME
from opennrm.exchange.htcds.additions import VERSION as ADDITIONS_VERSION
from opennrm.exchange.htcds.mapping import theirs
from opennrm.exchange.htcds.standard import VERSION, country_labels, fields, values
from opennrm.indicators.catalogue import indicators

FORM_VERSION = f"{VERSION}.{ADDITIONS_VERSION}"
COUNTRY = "country"
YES_NO = (("TRUE", "Yes"), ("FALSE", "No"))
AGREED = "${con_Consent} = 'TRUE'"
# The general lists: what can be told or seen by who meets her first.
FIRST_SIGNS = ("UNODC-GEN", "UNODC-CHI", "ILO11")
WORDS = {"Text": "text", "LongText": "text", "Date": "date", "YesNo": "select_one yes_no"}

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asked:
    """One question: its type, its name in the answers, its words, and when it is asked."""

    kind: str
    name: str
    label: str
    hint: str = ""
    required: bool = False
    relevant: str = ""


@dataclass(frozen=True)
class FieldForm:
    """One form: what it is called, what it asks and what it offers."""

    form_id: str
    title: str
    questions: tuple[Asked, ...]
    choices: dict[str, Choices]


CONSENT = Asked(
    "select_one yes_no",
    "con_Consent",
    "Does the person agree that this is written down and passed on?",
    "Without her consent only codes are kept: no name, no way to reach her, no account.",
    required=True,
)
TOLD = "Explain who will read this and why, and that help does not depend on her answer."
NOTHING_TYPED = "Nothing that could tell who the person is can be typed here."


def referral_form() -> FieldForm:
    """Return the form that hands over one person's case."""
    return _form(
        "opennrm_referral",
        "Referral",
        (
            Asked("note", "explain", TOLD),
            CONSENT,
            *_of_standard(
                *("prs_FirstName", "prs_SecondName", "prs_Birthdate", "prs_MobilePhone"),
                *("prs_Email", "prs_MailingStreet", "prs_MailingCity", "prs_MailingPostalCode"),
                "prs_MailingCountry",
                relevant=AGREED,
            ),
            *_of_standard("prs_Gender"),
            *_of_ours("nrm_Sex"),
            *_of_standard("prs_Citizenship", "vic_MethodOfRecruitment", "vic_MethodsOfControl"),
            *_of_ours("nrm_MethodsOfControl"),
            *_of_standard("vic_TypeOfExploitation"),
            *_of_ours("nrm_TypeOfExploitation"),
            *_of_standard("vic_ForcedLabourIndustry", "vic_TypeOfSexExploitation"),
            *_of_standard(
                *("vic_LocationOfExploitation", "cas_IncomingReferralDetails"), relevant=AGREED
            ),
            *_of_standard("cas_ReferringOrganisation", "cas_IncomingReferralDate"),
        ),
    )


def screening_form() -> FieldForm:
    """Return the form that notes signs and says whether trafficking is presumed."""
    return _form(
        "opennrm_screening",
        "Screening",
        (
            Asked("note", "explain", TOLD),
            CONSENT,
            *_of_standard("prs_FirstName", "prs_SecondName", "prs_MobilePhone", relevant=AGREED),
            *_of_standard("prs_Birthdate", relevant=AGREED),
            *_of_ours("nrm_Sex"),
            *_of_standard("prs_Citizenship"),
            *_of_ours("nrm_SignsTold", "nrm_SignsSeen", "nrm_Presumed"),
            *_of_ours("nrm_ScreeningReason", relevant=AGREED),
            *_of_standard("vic_TypeOfExploitation", "cas_IncomingReferralDate"),
        ),
    )


def notification_form(regions: Iterable[tuple[str, str]]) -> FieldForm:
    """Return the form that says that somebody was found, with codes of large groups only."""
    asked = (
        Asked("note", "explain", NOTHING_TYPED),
        *(
            Asked(f"select_one {name}", PREFIX + name, label, required=True)
            for name, label in NOTIFIED.items()
            if name != "month"
        ),
        Asked("date", PREFIX + "month", NOTIFIED["month"], MONTH_HINT, required=True),
    )
    offered = {name: tuple(found) for name, found in coarse_lists(regions).items()}
    return FieldForm("opennrm_notification", "Notification without identity", asked, offered)


def _form(form_id: str, title: str, questions: tuple[Asked, ...]) -> FieldForm:
    wanted = {one.kind.split()[1] for one in questions if " " in one.kind}
    return FieldForm(form_id, title, questions, {name: _list(name) for name in sorted(wanted)})


def _of_standard(*names: str, relevant: str = "") -> tuple[Asked, ...]:
    return tuple(_standard(name, relevant) for name in names)


def _standard(name: str, relevant: str) -> Asked:
    field = fields()[name]
    kind = "date" if field.kind == "Date" else "text"
    if field.code_list:
        many = field.many or name == "vic_ForcedLabourIndustry"
        kind = f"select_{'multiple' if many else 'one'} {field.code_list}"
    elif field.kind == "Multiselect Picklist" or name == "prs_MailingCountry":
        kind = f"select_one {COUNTRY}"
    return Asked(kind, field.xlsform_name or name, field.label, relevant=relevant)


def _of_ours(*names: str, relevant: str = "") -> tuple[Asked, ...]:
    return tuple(_ours(name, relevant) for name in names)


def _ours(name: str, relevant: str) -> Asked:
    addition = OF_NAME[name]
    kind = WORDS.get(addition.kind)
    if kind is None:
        many = "multiple" if addition.kind == "Several" else "one"
        kind = f"select_{many} {'sign' if name.startswith('nrm_Signs') else name}"
    return Asked(kind, name, addition.label, relevant=relevant)


def _list(name: str) -> Choices:
    if name == "yes_no":
        return YES_NO
    if name == COUNTRY:
        return tuple(country_labels().items())
    if name == "sign":
        return tuple((one.id, one.text) for one in indicators().values() if _is_first(one.id))
    if name in OF_NAME:
        return _beyond(name)
    return tuple((one.form, one.label) for one in values(name).values())


def _is_first(sign: str) -> bool:
    one = indicators()[sign]
    return one.may_trigger and one.series in FIRST_SIGNS


def _beyond(name: str) -> Choices:
    """Return our own words that the list of the standard beside it does not say."""
    addition = OF_NAME[name]
    said = theirs(fields()[addition.widens].code_list) if addition.widens else {}
    return tuple((word.value, word.label) for word in addition.words if word not in said)
