"""The person who says no at the last moment: nothing that was typed goes out."""

from __future__ import annotations

from opennrm.casework.coarse import Notification
from opennrm.casework.notification import notify_without_identity
from opennrm.console.demonstration.organisations import HOUSE, WORKER
from opennrm.console.demonstration.story import Story
from opennrm.console.saying import say
from opennrm.console.walkthrough.telling import NotRefused
from opennrm.records.queries.messages import notifications

TYPED = {
    "names": "Milena Izmislena",
    "phone": "+389 70 000 111",
    "third_person": "Her brother Petar, at the bakery",
    "file": "photograph.jpg",
    "age_group": "adult_21_23",
    "sex": "female",
    "main_form": "labour",
    "citizenship_group": "national",
    "place_region": "MK-008",
    "reporting_entity": "police",
}


def tell_late_no(story: Story) -> None:
    """Type everything, let her say no, notify, and look for what was typed in what arrived."""
    typed = {**TYPED, "month": f"{story.today:%Y-%m}"}
    say(f"  Typed before she said no: {', '.join(typed)}.")
    coarse = Notification.of(typed)
    sent = story.colleagues.do(
        notify_without_identity, "police", story.at, case_ref=None, notification=coarse
    )
    lines = notifications(story.colleagues.session("authority"))
    arrived = next(line for line in lines if line.notification_ref == sent)
    told = ", ".join(f"{name} {value}" for name, value in arrived.coarse.items())
    house = HOUSE[WORKER["authority"].house].name
    say(f"  What {house} received: {told}.")
    personal = [TYPED[name] for name in ("names", "phone", "third_person", "file")]
    found = [text for text in personal if text in repr(arrived)]
    if found:
        raise NotRefused("Something that was typed went out.")
    say(f"  Of {len(personal)} personal things that were typed, {len(found)} went out.")
