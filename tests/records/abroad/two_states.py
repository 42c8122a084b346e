"""Two installations on one server, the cast's own State and one abroad, and the line between.

One process speaks for both, one at a time: `with HERE:` or `with ABROAD:`.
"""

import os
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections

from opennrm.accounts.models import Agreement
from opennrm.casework.consent import ConsentGiven, Withdrawal, take_consent, withdraw_consent
from opennrm.casework.hand_over import (
    HandOverOffer,
    HandOverPackage,
    HandOverRevocation,
    offer_hand_over,
    revoke_hand_over,
    send_hand_over,
)
from opennrm.casework.hand_over_received import (
    HandOverAnswer,
    HandOverEnd,
    answer_hand_over,
    confirm_hand_over_end,
    take_over_hand_over,
)
from opennrm.casework.plan import RiskAssessment, assess_risk
from opennrm.casework.referral import Summary
from opennrm.config.databases import server
from opennrm.exchange.crossborder.story import state
from opennrm.records import sessions
from opennrm.records.abroad import keys, partners, reading, receiving, sending
from opennrm.records.abroad.hand_overs import story_of
from opennrm.records.desk import at_work
from opennrm.records.enrolment import NewAccount, NewOrganisation, enrol_organisation
from opennrm.vocabulary.hand_over import HandOverState
from tests import cast, database, stories
from tests.cast import Member, member, organisation
from tests.database import CHEAP, NOW, sign_in_name

POINT = organisation(
    "Receiving Point", "central_government_organisation", "TF CM FR", jurisdiction="AL"
)
OFFICE = organisation(
    "Office of the Co-ordinator", "central_government_organisation", "NCO", jurisdiction="AL"
)
RECEIVER = member("Blerina at the Receiving Point", POINT, "TF CM", training="return-principles")
TRUSTER = member("Agim at the Office", OFFICE, "NCO")
SENDER = cast.FOCAL_OFFICER
NAME = "Lina Example-Without-Double"
WEEK = timedelta(days=7)


@dataclass
class Installation:
    """One installation: its database, its secret, and the people who are signed in."""

    name: str
    people: tuple[Member, ...] = ()
    opened: dict[UUID, sessions.Session] = field(default_factory=dict)
    home: Path | None = None

    @property
    def database(self) -> str:
        """Name its database."""
        own = f"_{self.name}" if self.people else ""
        return f"{database.DATABASE}{own}"

    def __enter__(self) -> "Installation":
        """Speak for this installation."""
        speaking.append(self)
        self._speak()
        return self

    def _speak(self) -> None:
        os.environ["OPENNRM_DATABASE"] = self.database
        settings.OPENNRM_PARTNER_KEY = str(Path(str(self.home)) / f"partner_key_{self.name}")
        settings.OPENNRM_ADDRESS = f"https://{self.name}.example/"
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = self.database

    def __exit__(self, *_ended: object) -> None:
        """Speak for whoever spoke before; the cast's own at first."""
        speaking.pop()
        (speaking[-1] if speaking else HERE)._speak()

    def session(self, who: Member) -> sessions.Session:
        """Sign a person in, once."""
        if not self.people:
            return database.signed_in(who)
        if who.account not in self.opened:
            name, words = sign_in_name(who), database.passphrase(who)
            opened = sessions.open_session(name, words, at=NOW, idle=sessions.LASTS)
            self.opened[who.account] = opened.session
        return self.opened[who.account]

    def do(self, use_case: Callable[..., Any], who: Member, **given: Any) -> Any:
        """Let a person do one use case."""
        session = self.session(who)
        at = given.pop("at", NOW)
        with at_work(session, at=at) as desk:
            return use_case(**given, actor=session.actor, at=at, desk=desk)

    def enrol(self) -> None:
        """Make the database and let its people in."""
        database.another(self.database)
        for house in {
            one.organisation.organisation: one.organisation for one in self.people
        }.values():
            enrol_organisation(
                NewOrganisation(
                    name=house.name,
                    kind=house.kind,
                    jurisdiction=house.jurisdiction,
                    roles=tuple(sorted(role.value for role in house.roles)),
                    agreement_from=date(2020, 1, 1),
                    agreement_until=date(2028, 1, 1),
                    ref=house.organisation,
                ),
                [_account(one) for one in self.people if one.organisation is house],
                cost=CHEAP,
            )


speaking: list[Installation] = []
HERE = Installation("here")
ABROAD = Installation("abroad", (RECEIVER, TRUSTER))


def set_up(home: Path) -> None:
    """Bring both installations up, and let them trust each other."""
    HERE.home = ABROAD.home = home
    with ABROAD:
        ABROAD.enrol()
        keys.make_house_keys(ABROAD.session(RECEIVER))
        abroad = partners.own_card(ABROAD.session(RECEIVER))
    with HERE:
        keys.make_house_keys(HERE.session(SENDER))
        here = partners.own_card(HERE.session(SENDER))
        trust(HERE, abroad, SENDER, cast.CO_ORDINATOR)
    with ABROAD:
        trust(ABROAD, here, RECEIVER, TRUSTER)


def trust(where: Installation, card: Any, proposer: Member, truster: Member) -> None:
    """Propose a partner by its card, put an agreement in force, and trust it."""
    partners.propose(where.session(proposer), card.text(), card.fingerprint)
    Agreement.objects.using("owner").create(
        organisation_id=card.organisation,
        title="Between two focal points",
        in_force_from=date(2020, 1, 1),
        in_force_until=date(2028, 1, 1),
    )
    partners.decide(
        where.session(truster), card.organisation, "trusted", sign_key=card.server.sign_id
    )


@dataclass
class Story:
    """One hand-over from its case to the case that comes of it."""

    case_ref: UUID
    consent: UUID
    hand_over: UUID

    def told(self, where: Installation) -> list[tuple[bool, int, str, str, str]]:
        """Return what one side says was said, in an order of its own."""
        ours = SENDER if where is HERE else RECEIVER
        with where, connections["recorder"].cursor() as cursor:
            story = story_of(cursor, self.hand_over, ours.organisation.organisation)
        return sorted(one.line for one in story)

    def stands(self, where: Installation) -> HandOverState:
        """Return where it stands for one side."""
        ours = SENDER if where is HERE else RECEIVER
        with where, connections["recorder"].cursor() as cursor:
            return state(story_of(cursor, self.hand_over, ours.organisation.organisation))

    def answer(self, answer: str = "accepted", **more: Any) -> None:
        """Let the receiver answer."""
        with ABROAD:
            given = HandOverAnswer(hand_over=self.hand_over, answer=answer, **more)
            ABROAD.do(answer_hand_over, RECEIVER, answer=given)

    def hand_over_rest(self) -> None:
        """Let the sender hand over who she is."""
        package = HandOverPackage(
            hand_over=self.hand_over,
            names=NAME,
            birthdate="1 May 2000",
            citizenship=("AL",),
            summaries=(Summary(compartment="D8S", text="Afraid of one man in the old town."),),
        )
        with HERE:
            HERE.do(send_hand_over, SENDER, case_ref=self.case_ref, package=package)

    def take_over(self) -> UUID:
        """Let the receiver open a case with it."""
        with ABROAD:
            viewer = ABROAD.session(RECEIVER)
            came = reading.opened_content(viewer, self.hand_over)
            case_ref = ABROAD.do(take_over_hand_over, RECEIVER, received_=came)
            assert isinstance(case_ref, UUID)
            return case_ref

    def withdraw(self) -> None:
        """Let her take her consent back, with the officer who first met her."""
        with HERE:
            taken_back = Withdrawal(consent=self.consent, withdrawn_on=NOW.date())
            HERE.do(
                withdraw_consent,
                cast.POLICE_OFFICER,
                case_ref=self.case_ref,
                withdrawal=taken_back,
            )

    def revoke(self) -> None:
        """Let the sender take it back."""
        with HERE:
            said = HandOverRevocation(hand_over=self.hand_over, reason="plan_changed")
            HERE.do(revoke_hand_over, SENDER, case_ref=self.case_ref, revocation=said)

    def confirm(self, done: str = "deleted") -> None:
        """Let the receiver say what became of it."""
        with ABROAD:
            end = HandOverEnd(hand_over=self.hand_over, done=done)
            ABROAD.do(confirm_hand_over_end, RECEIVER, end=end)

    def cases_abroad(self) -> int:
        """Count the cases that came of it, past all of our code."""
        with ABROAD, database_of(ABROAD) as connection:
            row = connection.execute(
                "SELECT count(*) FROM nrm.fact WHERE kind = 'hand_over_taken' "
                "AND open ->> 'hand_over' = %s",
                [str(self.hand_over)],
            ).fetchone()
        assert row is not None
        return int(row[0])


@contextmanager
def database_of(where: Installation) -> Any:
    """Connect to the database of an installation as its administrator."""
    import psycopg

    with psycopg.connect(**server().admin_dsn(where.database)) as connection:
        yield connection


def offered(**more: Any) -> Story:
    """Meet her, bring her to the focal point here, take her consent, and offer her abroad."""
    with HERE:
        case_ref = stories.contact(cast.POLICE_OFFICER, majority="adult")
        stories.described(cast.POLICE_OFFICER, case_ref, names=NAME)
        looked = RiskAssessment(level="medium", review_on=NOW.date() + 4 * WEEK)
        stories.do(assess_risk, cast.POLICE_OFFICER, case_ref=case_ref, assessment=looked)
        sent = stories.referred(
            cast.POLICE_OFFICER, case_ref, SENDER, "TF", ("D2S", "D8", "D8S", "D10")
        )
        stories.answered(SENDER, case_ref, sent)
        consent = agreed(case_ref)
        known: dict[str, Any] = {
            "to": POINT.organisation,
            "consent": consent,
            "purpose": "assistance",
            "movement": "is_there",
            "until": NOW.date() + 8 * WEEK,
            "reply_by": NOW.date() + WEEK,
            "age_group": "adult",
            "language": "sq",
        }
        offer = HandOverOffer(**(known | more))
        ref = HERE.do(offer_hand_over, SENDER, case_ref=case_ref, offer=offer)
    return Story(case_ref, consent, ref)


def agreed(case_ref: UUID, **more: Any) -> UUID:
    """Take her consent for exactly the receiver abroad."""
    known: dict[str, Any] = {
        "purpose": "assistance",
        "recipient": POINT.organisation,
        "recipient_role": "TF",
        "scopes": ("D2", "D8"),
        "until": NOW.date() + 10 * WEEK,
        "language": "sq",
        "form": "spoken",
        "given_on": NOW.date(),
    }
    given = ConsentGiven(**(known | more))
    return HERE.do(take_consent, cast.POLICE_OFFICER, case_ref=case_ref, consent=given)


def direct(address: str, text: str, *, at: datetime = NOW) -> str:
    """Be the line: deliver a message to the installation of this address."""
    other = ABROAD if "abroad" in address else HERE
    with other:
        return receiving.receive(text, at=at)


def carry(where: Installation, *, at: datetime = NOW, line: Any = direct) -> sending.Sent:
    """Send what is due at one side."""
    with where:
        return sending.send_due(at=at, line=line)


def carry_all(*, at: datetime = NOW, line: Any = direct) -> None:
    """Send to and fro until nothing moves any more."""
    for _ in range(6):
        moved = carry(HERE, at=at, line=line).taken + carry(ABROAD, at=at, line=line).taken
        if not moved:
            return


def _account(one: Member) -> NewAccount:
    return NewAccount(
        sign_in_name=sign_in_name(one),
        display_name=f"A person of the cast {sign_in_name(one)}",
        roles=tuple(sorted(role.value for role in one.actor.roles)),
        passphrase=database.passphrase(one),
        training=tuple(one.actor.training),
        is_invented=True,
        ref=one.account,
    )
