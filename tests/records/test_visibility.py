"""Facts of the skeleton that would tell where she sleeps, or that somebody complained."""

from opennrm.casework.breach import Breach, observe_breach
from opennrm.records import queries
from tests import cast, stories
from tests.database import NOW, signed_in

POLICE, SHELTER, OTHER = cast.POLICE_OFFICER, cast.CASE_MANAGER, cast.LAWYER


def kinds_seen(who: cast.Member, case_ref: object) -> list[str]:
    """Name the kinds of facts a person sees on the case page."""
    page = queries.case_page(signed_in(who), case_ref, at=NOW)
    return [entry.fact.kind for entry in page.timeline]


class TestTheSkeleton:
    """Goes to everybody on the case, so it may not say what only some may know."""

    def test_does_not_tell_one_recipient_of_the_other(self):
        case_ref = stories.contact(POLICE)
        shelter = stories.referred(POLICE, case_ref, SHELTER, "CM", ("D1", "D2", "D10"))
        stories.answered(SHELTER, case_ref, shelter)
        lawyer = stories.referred(POLICE, case_ref, OTHER, "LA", ("D1",))
        stories.answered(OTHER, case_ref, lawyer)

        seen = queries.case_page(signed_in(OTHER), case_ref, at=NOW).timeline

        told = [e.fact for e in seen if e.fact.kind.startswith("referral")]
        own = str(OTHER.actor.organisation)
        assert {fact.text("to") for fact in told if fact.kind == "referral_sent"} == {own}
        assert {fact.organisation for fact in told if fact.kind != "referral_sent"} == {
            OTHER.actor.organisation
        }

    def test_tells_who_holds_her_consents_of_every_referral(self):
        case_ref = stories.contact(POLICE)
        shelter = stories.referred(POLICE, case_ref, SHELTER, "CM", ("D1", "D10"))
        stories.answered(SHELTER, case_ref, shelter)
        stories.referred(POLICE, case_ref, OTHER, "LA", ("D1",))

        assert kinds_seen(SHELTER, case_ref).count("referral_sent") == 2

    def test_hides_a_complaint_from_who_may_not_read_of_her_safety(self):
        case_ref = stories.contact(POLICE)
        shelter = stories.referred(POLICE, case_ref, SHELTER, "CM", ("D1", "D8", "D10"))
        stories.answered(SHELTER, case_ref, shelter)
        detective = stories.referred(POLICE, case_ref, cast.DETECTIVE, "LE", ("D1",))
        stories.answered(cast.DETECTIVE, case_ref, detective)
        breach = Breach(breach="help_refused", observed_on=stories.TODAY)

        stories.do(observe_breach, SHELTER, case_ref=case_ref, breach=breach)

        assert "breach_observed" in kinds_seen(SHELTER, case_ref)
        assert "breach_observed" not in kinds_seen(cast.DETECTIVE, case_ref)

    def test_names_colleagues_only_within_the_own_house(self):
        case_ref = stories.contact(POLICE)
        shelter = stories.referred(POLICE, case_ref, SHELTER, "CM", ("D1", "D10"))
        stories.answered(SHELTER, case_ref, shelter)

        timeline = queries.case_page(signed_in(SHELTER), case_ref, at=NOW).timeline

        own = SHELTER.actor.organisation
        assert {bool(e.actor_name) for e in timeline if e.fact.organisation == own} == {True}
        assert {e.actor_name for e in timeline if e.fact.organisation != own} == {""}
