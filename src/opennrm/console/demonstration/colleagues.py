"""Signs the invented people in, each once, and lets them do use cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from opennrm.console.demonstration.organisations import PASSPHRASE
from opennrm.records import sessions
from opennrm.records.desk import at_work
from opennrm.records.sessions import Session

# Making cases takes minutes in which a colleague may have nothing to do.
IDLE = timedelta(hours=6)
FRONT_DOOR = "front-door"


@dataclass(slots=True)
class Colleagues:
    """The people of the demonstration at work; `now` is the moment they sign in."""

    now: datetime
    _signed_in: dict[str, sessions.OpenedSession] = field(default_factory=dict)

    def session(self, name: str) -> Session:
        """Return the session of a colleague, signed in when first needed."""
        if name == FRONT_DOOR:
            return sessions.open_front_door(at=self.now)
        if name not in self._signed_in:
            self._signed_in[name] = sessions.open_session(name, PASSPHRASE, at=self.now, idle=IDLE)
        return self._signed_in[name].session

    def do(self, use_case: Callable[..., Any], who: str, at: datetime, **given: Any) -> Any:
        """Let a colleague do one use case, as the pages do it."""
        session = self.session(who)
        with at_work(session, at=at) as desk:
            return use_case(**given, actor=session.actor, at=at, desk=desk)

    def sign_out(self) -> None:
        """End every session."""
        for opened in self._signed_in.values():
            sessions.end(opened.secret, at=self.now)
        self._signed_in.clear()
