"""Every address of the pages, and what each may be about: one that is not listed here fails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.urls import URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

# Addresses that name no case, by their name or by how it begins, and what they may show.
ABOUT = {
    "worklist": "the viewer's own cases",
    "list_file": "the viewer's own cases, by reference",
    "keep_list": "the viewer's own lists",
    "drop_list": "the viewer's own lists",
    "hand_over": "the viewer's own cases",
    "find": "the viewer's own cases",
    "notices": "what was told to the viewer's organisation",
    "account": "the viewer",
    "calendar": "the viewer's own deadlines, by reference",
    "record_contact": "nothing yet",
    "notify": "nothing yet",
    "steps": "nothing yet",
    "step": "the viewer's own drafts",
    "begin_together": "nothing yet",
    "together": "the viewer's own drafts",
    "one_of_many": "the viewer's own drafts",
    "split": "what came of the viewer's own draft",
    "device": "organisations, and the viewer's own drafts",
    "device_together": "organisations, and the viewer's own drafts",
    "unsent": "the viewer's own drafts",
    "check_steps": "the viewer's own drafts",
    "drop_draft": "the viewer's own drafts",
    "receipt_of_steps": "what came of the viewer's own draft",
    "calls": "calls without a name, of the viewer's helpline",
    "call_figures": "protected figures",
    "call_to_case": "calls without a name, of the viewer's helpline",
    "forget_call_back": "calls without a name, of the viewer's helpline",
    "area_day": "the viewer's own cases of one kind of work",
    "deposit_referral": "nothing",
    "night": "safety sheets of the viewer's own house, opened with a reason",
    "figures": "published figures",
    "rule_figures": "published figures",
    "release": "requests for figures",
    "ask_release": "requests for figures",
    "publish_release": "requests for figures",
    "send_back_release": "requests for figures",
    "who_reads": "how much was read, for data-protection officers",
    "plan_board": "the national plan",
    "plan_file": "the national plan",
    "plan_import": "the national plan",
    "check_job_offer": "published registers of employers",
    "public_trials": "what observers published",
    "hearing_rights": "the viewer's own observations of trials",
    "trial_findings": "the viewer's own observations of trials",
    "conduct_figures": "figures of the register of conduct, for its readers",
    "public_conduct": "published figures",
    "public_media_kit": "what was published for journalists",
    "press_week": "what the press wrote",
    "coordination_newsletter_built": "a newsletter of the viewer's own organisation",
    "laws_side_by_side": "laws",
    "events_calendar": "events",
    "who_is_trained": "how many are trained, nobody by name",
    "implementation_matrix": "the national plan",
    "public_newsletter": "published newsletters",
    "public_newsletters": "published newsletters",
    "public_plan": "published plans",
    "public_plans": "published plans",
    "public_directory": "what organisations offer to everybody",
    "directory_gaps": "what organisations do not offer",
    "money_lasts": "grants to services",
    "services": "what organisations offer",
    "abroad": "hand-overs of the viewer's own focal point, by reference",
    "partners": "cards of focal points of other States",
    "own_card": "the card of the viewer's own focal point",
    "make_hand_over_keys": "the keys of the viewer's own focal point",
    "decide_partner": "cards of focal points of other States",
    "carried_file": "hand-overs of the viewer's own focal point, sealed",
    "messages_as_file": "hand-overs of the viewer's own focal point, sealed",
    "hand_over_abroad": "a hand-over of the viewer's own focal point, without a name",
    "send_word_again": "a hand-over of the viewer's own focal point",
    "places": "the places of the viewer's house, with cases where they are open to the viewer",
    "coordination": "organisations and plans, no case",
    "rules": "the law",
    "rule": "the law",
    "periods": "the law",
    "check_periods": "the law",
    "ask_for_help": "nothing yet",
    "help_asked": "nothing",
    "imports": "imports of the viewer's own organisation",
    "import": "rows that wait, of the viewer's own organisation",
    "import_problems": "rows that wait, of the viewer's own organisation",
    "programs": "the viewer's own programs",
    "mail": "the viewer's own wish for mail",
    "hooks": "systems of the officer's own organisation",
    "end_hook": "systems of the officer's own organisation",
    "file_keys": "keys of the officer's own organisation",
    "end_file_key": "keys of the officer's own organisation",
    "api:deliver_file": "a file whose referral is the caller's own",
    "signed_file": "a file whose referral is the viewer's own",
    "close_program": "the viewer's own programs",
    "mfa": "the viewer's own second factors",
    "step_up": "the viewer's own second factors",
    "open": "published figures",
    "yearly_report": "published figures",
    "report_pdf": "published figures",
    "report_docx": "published figures",
    "hidden_figure": "published figures",
    "answer_notice": "what was told to the viewer's organisation",
    "indicators": "published figures",
    "quality": "published figures",
    "own_page": "the person's own page, by code and words",
    "own_take_back": "the person's own page, by code and words",
    "own_write": "the person's own page, by code and words",
    "own_speak": "the person's own page, by code and words",
    "own_shut": "the person's own page, by code and words",
    "answer_own_letter": "letters to the viewer",
    "reply": "a question without identity, by its code",
    "join": "an invitation, by its secret",
    "confirm_officers": "organisations and their first officers",
    "members": "people of the viewer's organisation",
    "member": "people of the viewer's organisation",
    "member_keys": "people of the viewer's organisation",
    "invite": "people of the viewer's organisation",
    "houses": "organisations",
    "house": "organisations",
    "enrol_house": "organisations",
    "language": "the viewer",
    "passphrase": "the viewer",
    "own_sessions": "the viewer's own sessions",
    "api:openapi-json": "how programs may ask",
    "api:api-root": "how programs may ask",
    "api:me": "the program",
    "api:cases": "the viewer's own cases",
    "api:people": "the viewer's own cases",
    "api:due": "the viewer's own deadlines, by reference",
    "api:organisations": "organisations",
    "api:register": "organisations and plans, no case",
    "api:survey": "answers of organisations, no case",
    "api:[a-z_]+_of_reply": "answers of organisations, no case",
    "api:begin_reply": "answers of organisations, no case",
    "api:freeze_round": "answers of organisations, no case",
    "api:[a-z]+_report": "reports of organisations, no case",
    "api:note_rights_seen": "the viewer's own observations of trials",
    "api:matrix": "the national plan",
    "api:vocabulary": "words",
    "api:record_contact": "nothing yet",
    "api:take_in": "nothing yet",
    "api:deliver_referral": "nothing yet",
    "api:deliver_answers": "nothing yet",
    "api:notify_without_identity": "nothing yet",
    "api:deposit_referral": "nothing",
    "api:answer_hand_over": "hand-overs offered to the viewer's own organisation",
    "api:confirm_hand_over_end": "hand-overs of the viewer's own organisation",
    "api:work_list": "the viewer's own cases",
    "api:notices": "what was told to the viewer's organisation",
    "api:answer_notice": "what was told to the viewer's organisation",
    "api:places": "the places of the viewer's house, with cases where they are open to the viewer",
    "api:services": "what organisations offer",
    "api:unusual": "how much was read, for data-protection officers",
    "api:readings": "how much was read, for data-protection officers",
    "api:keep_call": "calls without a name, of the viewer's helpline",
    "api:keep_call_back": "calls without a name, of the viewer's helpline",
    "api:call_backs": "calls without a name, of the viewer's helpline",
    "api:forget_call_back": "calls without a name, of the viewer's helpline",
    "api:call_figures": "protected figures",
    "api:hand_overs": "hand-overs of the viewer's own focal point, by reference",
    "api:hand_over": "a hand-over of the viewer's own focal point, without a name",
    "api:take_over": "a hand-over of the viewer's own focal point",
    "api:send_word_again": "a hand-over of the viewer's own focal point, without a name",
    "api:known_partners": "focal points of other States",
    "api:own_card": "the card of the viewer's own focal point",
    "api:messages_as_file": "sealed messages of the viewer's own focal point",
    "api:carried_file": "sealed messages of the viewer's own focal point",
    "api:own_hooks": "systems of the officer's own organisation",
    "api:add_hook": "systems of the officer's own organisation",
    "api:end_hook": "systems of the officer's own organisation",
    "api:who_is_trained": "how many accounts of a role are trained",
    "api:days_of_cover": "how long the money of services lasts",
    "api:gaps_of_the_directory": "the directory of services",
    "api:figures": "published figures",
    "api:one_figure": "published figures",
    "api:indicators": "published figures",
    "api:quality": "published figures",
    "api:rules": "the law",
    "api:periods": "the law",
    "api:check_periods": "the law",
    "api:desk": "requests for figures",
    "api:ask": "requests for figures",
    "api:one": "requests for figures",
    "api:publish_it": "requests for figures",
    "api:send_it_back": "requests for figures",
    "between": "nothing, to whoever is no partner",
    "account_login": "nothing",
    "directory": "nothing",
    "directory_back": "nothing",
    "bind_member": "members of the officer's own organisation",
    "account_logout": "nothing",
    "leave": "nothing",
}
# They end the session with which the others are tried.
END_SESSION = frozenset({"account_logout", "leave"})
INVENTED = {"secret": "0" * 43, "rule": "R99", "area": "travel"}
NOBODYS = 987_654_321


@dataclass(frozen=True)
class Address:
    """One address: its name with the room it belongs to, and the pattern it is read with."""

    name: str
    pattern: Any

    @property
    def names_a_case(self) -> bool:
        """Say whether it carries the reference of a case."""
        return "case_ref" in self.pattern.converters


def patterns(resolver: URLResolver | None = None, room: str = "") -> Iterator[Address]:
    """Yield every address of the resolver; its converters are those of its whole way."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{room}{entry.namespace}:" if entry.namespace else room)
        else:
            yield Address(f"{room}{entry.name}", entry.pattern)


def of_a_case() -> list[Address]:
    """List the addresses that name a case."""
    return [one for one in patterns() if one.names_a_case]


def of_no_case() -> list[Address]:
    """List the addresses that name none and keep the session."""
    return [one for one in patterns() if not one.names_a_case and one.name not in END_SESSION]


def invented(address: Address) -> dict[str, object]:
    """Make up what an address needs: references of things that are not there."""
    made: dict[str, object] = {}
    for name, converter in address.pattern.converters.items():
        if isinstance(converter, UUIDConverter):
            made[name] = uuid4()
        elif isinstance(converter, IntConverter):
            made[name] = NOBODYS
        else:
            made[name] = INVENTED.get(name, "nothing")
    return made


def place(address: Address, case_ref: UUID) -> str:
    """Return the address of a page for one case, or with nothing that is there."""
    given = invented(address)
    return reverse(
        address.name,
        kwargs={name: case_ref if name == "case_ref" else value for name, value in given.items()},
    )


def unlisted() -> list[str]:
    """Name the addresses that neither name a case nor stand in the table."""
    return [
        one.name
        for one in of_no_case()
        if not any(re.fullmatch(rf"{key}([_:].*)?", one.name) for key in ABOUT)
    ]
