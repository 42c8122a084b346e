"""The way through the screens: which come for these answers, in which order, how far one is."""

from collections.abc import Iterable
from dataclasses import dataclass

from opennrm.casework.permissions import allows
from opennrm.web.forms.act import Place
from opennrm.web.guided import first_screens, sharing_screens, sign_screens
from opennrm.web.guided.screen import DONE, Answers, Screen, ScreenForm, fields_of

SCREENS: tuple[Screen, ...] = (
    *first_screens.SCREENS,
    *sign_screens.SCREENS,
    *sharing_screens.SCREENS,
)
BY_NAME = {screen.name: screen for screen in SCREENS}
FIRST = SCREENS[0]


@dataclass(frozen=True, slots=True)
class Walk:
    """The screens that come for somebody's answers."""

    screens: tuple[Screen, ...]

    def after(self, screen: Screen) -> Screen | None:
        """Return the screen after this one; nothing where the answers are checked next."""
        names = [one.name for one in self.screens]
        place = names.index(screen.name) + 1 if screen.name in names else len(names)
        return self.screens[place] if place < len(names) else None

    def before(self, screen: Screen) -> Screen | None:
        """Return the screen before this one, if there is one."""
        names = [one.name for one in self.screens]
        place = names.index(screen.name) if screen.name in names else 0
        return self.screens[place - 1] if place else None

    def number(self, screen: Screen) -> int:
        """Return at which place a screen stands, counted from one."""
        return [one.name for one in self.screens].index(screen.name) + 1

    def open(self, answers: Answers) -> Screen | None:
        """Return the first screen that was not answered yet."""
        return next((one for one in self.screens if not one.was_asked(answers)), None)


def walk(place: Place, answers: Answers) -> Walk:
    """Return the screens that come for these answers."""
    unwanted = _not_for(place)
    coming = (one for one in SCREENS if one.applies(answers) and one.name not in unwanted)
    return Walk(tuple(coming))


def _not_for(place: Place) -> frozenset[str]:
    """Name the screens that this person may not fill in: names, or signs without training."""
    closed: frozenset[str] = frozenset()
    if not sharing_screens.may_write_names(place):
        closed |= {"names"}
    if not allows("record_screening", actor=place.viewer.actor, at=place.at):
        closed |= {screen.name for screen in sign_screens.SCREENS}
    return closed


def taken_up(
    answers: Answers, screen: Screen, form: ScreenForm, sent: Iterable[tuple[str, list[str]]]
) -> dict[str, list[str]]:
    """Return the answers with those of one screen put in place of what stood there."""
    own = set(fields_of(form))
    kept = {name: list(values) for name, values in answers.items() if name not in own}
    kept |= {name: values for name, values in sent if name in own and any(values)}
    kept[DONE] = list(dict.fromkeys([*answers.get(DONE, ()), screen.name]))
    return kept


def unfinished(place: Place, answers: Answers) -> list[tuple[Screen, ScreenForm]]:
    """List the screens whose answers cannot be sent yet, with what is wrong."""
    checked = ((one, one.filled(place, answers)) for one in walk(place, answers).screens)
    return [(screen, form) for screen, form in checked if not form.is_valid()]
