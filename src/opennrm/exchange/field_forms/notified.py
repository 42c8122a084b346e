"""The seven coarse answers of a notification without identity, as a form gives them back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opennrm.lifecycle.kinds import kind_named
from opennrm.vocabulary.registry import code_list

PREFIX = "ntf_"
MONTH_HINT = "Any day of the month; only the month is kept."
UNKNOWN = "unknown"
NOTIFIED = {
    "age_group": "Age group",
    "sex": "Sex",
    "main_form": "What it may be about",
    "citizenship_group": "Citizenship, as a group",
    "place_region": "Region",
    "month": "Month",
    "reporting_entity": "Your kind of organisation",
}
LISTS = {
    "age_group": "age_group",
    "sex": "sex",
    "main_form": "exploitation_form",
    "reporting_entity": "reporting_entity",
}


@dataclass(frozen=True)
class CoarseAnswers:
    """The seven answers as codes."""

    age_group: str
    sex: str
    main_form: str
    citizenship_group: str
    place_region: str
    month: str
    reporting_entity: str


def coarse_lists(regions: Iterable[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """Return what each answer may be, with its words; regions are those of the place."""
    found = {name: list(code_list(of).labels().items()) for name, of in LISTS.items()}
    groups = code_list("citizenship_group").labels()
    known = sorted(kind_named("notification_sent").fields["citizenship_group"].codes)
    found["citizenship_group"] = [(one, groups.get(one) or _spoken(one)) for one in known]
    found["place_region"] = [*regions, (UNKNOWN, "Not known")]
    return found


def coarse_answers(row: Mapping[str, object], regions: Iterable[tuple[str, str]]) -> CoarseAnswers:
    """Read the answers of one submission; every other column is left unread.

    :raises ValueError: naming the answer that is missing or is no code of its list.
    """
    lists = coarse_lists(regions)
    taken: dict[str, str] = {}
    for name in NOTIFIED:
        value = str(row.get(PREFIX + name) or "").strip()
        if name == "month":
            value = value[:7]
        elif value not in {code for code, _label in lists[name]}:
            raise ValueError(name)
        taken[name] = value
    return CoarseAnswers(**taken)


def _spoken(code: str) -> str:
    return " ".join(
        word if word == "and" else word.capitalize() for word in code.replace("-", "_").split("_")
    )
