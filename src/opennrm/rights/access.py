"""Rules on access to help; what they may look at holds nothing about co-operation or origin."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import (
    BACKGROUND_NOTE,
    COE,
    EU,
    GUIDELINES,
    REPORT_2006,
    REPORT_2009,
    known,
    read,
    stated,
)

CO_OPERATION = frozenset({"co-operation", "statement", "testimony", "complaint"})
CRIMINAL_CASE = frozenset({"case_number", "charge", "conviction", "suspect", "criminal_track"})
SCOPE = frozenset({"scope_of_trafficking", "border_crossed"})
ORGANISED_CRIME = frozenset({"organised_crime", "organised_crime_link"})
ORIGIN = frozenset({"nationality", "citizenship", "residence_status", "ethnicity", "religion"})
EMERGENCY = frozenset(
    {
        "shelter",
        "emergency_medical",
        "medical",
        "counselling",
        "in_kind",
        "interpretation",
        "legal_aid",
    }
)
NO_REASON = frozenset({"form_not_covered", "proof_asked", "other", "no_reason_given"})
WITH_SIGNS = frozenset(
    {
        "presumed",
        "reasonable_grounds_pending",
        "reasonable_grounds_positive",
        "identified",
        "reconsideration_pending",
    }
)


@dataclass(frozen=True, slots=True)
class HelpSituation:
    """A decision on help: which service, given or not, on which grounds, from which status on.

    There is no field for co-operation, criminal proceedings, scope, nationality or residence:
    a decision on help has nothing to look at. Grounds are the codes someone wants to rest a
    refusal, a shorter time or another form on; None when nobody said.
    """

    service: str
    is_given: bool | None
    grounds: frozenset[str] | None = frozenset()
    identification: str | None = None


@dataclass(frozen=True, slots=True)
class ServiceSituation:
    """A service about to start: who agreed, and whether the person is a child."""

    is_child: bool | None
    person_agreed: bool | None = None
    guardian_agreed: bool | None = None
    child_assents: bool | None = None
    provider_accepted: bool | None = None
    imminent_danger: bool = False


def independent_of_co_operation(situation: HelpSituation, on: date) -> Finding:
    """Find whether help rests on co-operation with police or court (R01)."""
    return _rests_on("R01", situation, CO_OPERATION, "on co-operation with police or court")


def independent_of_criminal_case(situation: HelpSituation, on: date) -> Finding:
    """Find whether help waits for a charge, a suspect or a case number (R02)."""
    return _rests_on("R02", situation, CRIMINAL_CASE, "on a criminal case")


def open_to_presumed(situation: HelpSituation, on: date) -> Finding:
    """Find whether emergency help is open to a presumed trafficked person (R03).

    A provider may say that it cannot, and why, such as no place; never that it will not.
    """
    grounds = (situation.grounds or frozenset()) - {""}
    cannot = situation.is_given is False and grounds and not grounds & NO_REASON
    if situation.is_given or cannot or situation.service not in EMERGENCY:
        return holds("R03")
    if situation.identification not in WITH_SIGNS or situation.is_given is None:
        return not_known(
            "R03",
            "status_not_recorded",
            "help_now",
            "It is not recorded yet whether there are signs. Help now; record them later.",
        )
    return broken(
        "R03",
        "emergency_help_refused",
        "offer_service",
        "There are signs of trafficking, so emergency help is open to her. Offer it now.",
    )


def independent_of_scope(situation: HelpSituation, on: date) -> Finding:
    """Find whether help differs because no border was crossed (R06)."""
    return _rests_on("R06", situation, SCOPE, "on whether a border was crossed")


def independent_of_organised_crime(situation: HelpSituation, on: date) -> Finding:
    """Find whether help asks for a link to organised crime (R07)."""
    return _rests_on("R07", situation, ORGANISED_CRIME, "on a link to organised crime")


def independent_of_origin(situation: HelpSituation, on: date) -> Finding:
    """Find whether help rests on nationality or residence status (R08)."""
    return _rests_on("R08", situation, ORIGIN, "on nationality or residence status")


def consensual(situation: ServiceSituation, on: date) -> Finding:
    """Find whether a service starts with the agreement of those whose life it is (R11)."""
    if situation.imminent_danger:
        return holds("R11", "imminent_danger", "There is danger to life. Tell her afterwards.")
    agreed = _agreed(situation)
    if agreed is False:
        return broken(
            "R11",
            "not_agreed",
            "ask_person",
            "She has not agreed to this service. Ask her again when she wants, offer another.",
        )
    if agreed is None or situation.provider_accepted is None:
        return not_known(
            "R11",
            "not_asked",
            "ask_person",
            "It is not recorded that she and the provider agreed. Ask, and record the answers.",
        )
    if situation.provider_accepted:
        return holds("R11")
    return broken(
        "R11",
        "provider_declined",
        "offer_service",
        "The provider has not accepted. Offer the service through another provider.",
    )


def _agreed(situation: ServiceSituation) -> bool | None:
    if not situation.is_child:
        return situation.person_agreed
    given = (situation.guardian_agreed, situation.child_assents)
    if False in given:
        return False
    return None if None in given else True


def _rests_on(
    rule: str, situation: HelpSituation, forbidden: frozenset[str], words: str
) -> Finding:
    if situation.grounds is None:
        return not_known(
            rule,
            "grounds_not_said",
            "record_grounds",
            "Nobody said why. Help goes on; record the reason of whoever refused.",
        )
    if situation.grounds & forbidden:
        return broken(
            rule,
            "forbidden_ground",
            "drop_ground",
            f"Help must never rest {words}. Leave this out and offer the help.",
        )
    return holds(rule)


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "help": HelpSituation,
    "service": ServiceSituation,
}
RULES = (
    Rule(
        "R01",
        Chapter.ACCESS,
        "Help never depends on co-operation with police or court",
        (Action.BLOCK,),
        sources=(
            stated(BACKGROUND_NOTE),
            stated(REPORT_2009),
            known(COE + "12(6)"),
            read(EU + "11(3)"),
        ),
        check=independent_of_co_operation,
        tells_her="You get help even if you do not want to talk to the police or a court.",
        enforced_at=("offer_service", "answer_offer"),
    ),
    Rule(
        "R02",
        Chapter.ACCESS,
        "Help before and without any conviction, charge or suspect",
        (Action.BLOCK,),
        sources=(stated(REPORT_2009),),
        check=independent_of_criminal_case,
        tells_her="You get help before anyone is charged, and also if nobody ever is.",
        enforced_at=("offer_service", "answer_offer"),
    ),
    Rule(
        "R03",
        Chapter.ACCESS,
        "Presumed persons get help",
        (Action.DEFAULT,),
        sources=(stated(REPORT_2009), known(EU + "11(2)")),
        check=open_to_presumed,
        tells_her="As soon as there are signs, you get a bed, a doctor and a lawyer. Nobody waits "
        "for a decision.",
        enforced_at=("offer_service", "answer_offer"),
    ),
    Rule(
        "R06",
        Chapter.ACCESS,
        "Trafficking inside a State counts the same",
        (Action.BLOCK,),
        sources=(
            stated(REPORT_2006),
            stated(REPORT_2009),
            stated(GUIDELINES),
            known(COE + "2"),
        ),
        check=independent_of_scope,
        tells_her="It does not matter whether you crossed a border. Help is the same.",
        enforced_at=("offer_service", "answer_offer"),
    ),
    Rule(
        "R07",
        Chapter.ACCESS,
        "A link to organised crime is never required",
        (Action.BLOCK,),
        sources=(stated(REPORT_2009), known(COE + "2")),
        check=independent_of_organised_crime,
        tells_her="It does not matter whether a gang, a cousin or a stranger did it. Help is the "
        "same.",
        enforced_at=("offer_service", "answer_offer"),
    ),
    Rule(
        "R08",
        Chapter.ACCESS,
        "Nationality or residence status never blocks help",
        (Action.BLOCK,),
        sources=(stated(REPORT_2009), known(COE + "3")),
        check=independent_of_origin,
        tells_her="Your nationality and your papers play no part in whether you get help.",
        enforced_at=("offer_service", "answer_offer"),
    ),
    Rule(
        "R11",
        Chapter.ACCESS,
        "Services are consensual",
        (Action.BLOCK,),
        override=(Override.IMMINENT_DANGER,),
        sources=(known(COE + "12(7)"), stated(BACKGROUND_NOTE)),
        check=consensual,
        unknown_stops=True,
        tells_her="Nothing is done to you without your yes. You can say no, and ask for something "
        "else.",
        enforced_at=("record_delivery",),
    ),
)
