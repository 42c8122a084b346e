"""The words of the paper she keeps: what she said yes to, in words that tell nobody else of her.

The paper names no organisation, no role and no case, and uses no word from the lists of R48: who
finds it learns that somebody agreed to something with some office. Arabic addresses nobody as a
man or a woman. None of these texts was read yet by a practitioner who speaks the language at home
(`UNREVIEWED`), and the paper says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.vocabulary.languages import day_in_words

LANGUAGES = ("en", "ar")
UNREVIEWED = frozenset({"ar"})
HELP = "help"
TEXT: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Note",
        "yes": "You said yes on {day}. It ends by itself on {until}.",
        "unending": "You said yes on {day}.",
        "who": "For: the place we talked about. Number: {number}",
        "why": "What for: {why}",
        "what": "They may know:",
        "again": "We will ask you again on {day}.",
        "back": "You can take this back at any time, without saying why. "
        "Help does not depend on it.",
        "how": "Show this note to us or read us the number.",
        "call": "A number that is safe for you (write it yourself):",
        "review": "",
    },
    "ar": {
        "title": "ملاحظة",
        "yes": "تمت الموافقة في {day}. تنتهي من تلقاء نفسها في {until}.",
        "unending": "تمت الموافقة في {day}.",
        "who": "الجهة: المكان الذي تحدثنا عنه. الرقم: {number}",
        "why": "الغرض: {why}",
        "what": "يجوز لهم معرفة ما يلي:",
        "again": "سنسأل مرة أخرى في {day}.",
        "back": "يمكن الرجوع عن هذا في أي وقت ومن دون ذكر السبب. المساعدة لا تتوقف على ذلك.",
        "how": "يكفي إظهار هذه الورقة لنا أو قراءة الرقم علينا.",
        "call": "رقم آمن (يُكتب باليد):",
        "review": "لم يُراجع هذا النص بعدُ من ناطق باللغة يعمل في هذا المجال.",
    },
}
ITEMS: Mapping[str, tuple[str, str]] = {
    "D1": ("that we are in touch", "أننا على تواصل"),
    "D2": ("your name and papers", "الاسم والأوراق"),
    "D3": ("how to reach you", "طريقة الاتصال"),
    "D4": ("what you told us", "ما قيل لنا"),
    "D5": ("your health", "الصحة"),
    "D6": ("the other matter we talked about", "الأمر الآخر الذي تحدثنا عنه"),
    "D7": ("your papers here", "الأوراق هنا"),
    "D8": ("what to watch out for", "ما يجب الانتباه إليه"),
    "D9": ("what you need and what is planned", "الاحتياجات وما هو مخطط له"),
    "D10": ("what you said yes and no to", "ما تمت الموافقة عليه وما رُفض"),
    "D11": ("who looks after you", "من يقوم بالرعاية"),
    "D12": ("the other matter we talked about", "الأمر الآخر الذي تحدثنا عنه"),
    "D13": ("your money", "المال"),
    "D14": ("the answers to your questions", "الأجوبة على الأسئلة"),
    "D16": (
        "allergies, medicine, appointments, what to watch out for",
        "الحساسية والأدوية والمواعيد وما يجب الانتباه إليه",
    ),
}
PURPOSES: Mapping[str, tuple[str, str]] = {
    HELP: ("so that they can help you", "لكي يتمكنوا من المساعدة"),
    "interview": ("a talk", "حديث"),
    "data_processing": ("keeping our notes", "حفظ ملاحظاتنا"),
    "co-operation": ("the other matter we talked about", "الأمر الآخر الذي تحدثنا عنه"),
    "medical_examination": ("a visit to the doctor", "زيارة الطبيب"),
    "follow_up": ("asking later how you are", "السؤال لاحقاً عن الأحوال"),
    "media": ("the pictures or words we talked about", "الصور أو الكلمات التي تحدثنا عنها"),
    "anonymised_research": ("figures without your name", "أرقام من دون الاسم"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What a receipt tells of a consent: codes and days, and the number it is asked for by."""

    purpose: str
    compartments: tuple[str, ...]
    given_on: date
    until: date | None
    recheck_on: date | None
    number: str
    has_recipient: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """The lines of the paper, in the order in which they are printed."""

    language: str
    title: str
    lines: tuple[str, ...]
    items: tuple[str, ...]
    after: tuple[str, ...]
    small: str


def language_for(spoken: str | None) -> str:
    """Return the language a receipt is printed in for somebody who speaks another: English.

    >>> language_for("ar-SY"), language_for("sq")
    ('ar', 'en')
    """
    code = (spoken or "").split("-")[0]
    return code if code in LANGUAGES else "en"


def receipt(agreed: Agreed, language: str) -> Receipt:
    """Write the paper in one of its languages."""
    words, place = TEXT[language], LANGUAGES.index(language)
    first = "yes" if agreed.until else "unending"
    given, until = day_in_words(agreed.given_on, language), day_in_words(agreed.until, language)
    lines = [words[first].format(day=given, until=until)]
    if agreed.has_recipient:
        lines.append(words["who"].format(number=agreed.number))
    lines.append(words["why"].format(why=PURPOSES.get(agreed.purpose, PURPOSES[HELP])[place]))
    again = [words["again"].format(day=day_in_words(agreed.recheck_on, language))]
    return Receipt(
        language=language,
        title=words["title"],
        lines=tuple(lines),
        items=(words["what"], *items(agreed.compartments, place)) if agreed.compartments else (),
        after=(
            *(again if agreed.recheck_on else ()),
            words["back"],
            words["how"],
            words["call"],
        ),
        small=words["review"],
    )


def items(compartments: Iterable[str], place: int) -> tuple[str, ...]:
    """Say each class once, in the order of the classes."""
    known = {code.rstrip("S") for code in compartments}
    return tuple(dict.fromkeys(words[place] for code, words in ITEMS.items() if code in known))
