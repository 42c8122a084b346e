"""A referral from another system, in twenty lines: meet, take consent, refer, look."""

import os
import sys
from datetime import date, timedelta

from opennrm_client import Client, Problem

door = Client(os.environ["OPENNRM_SITE"], os.environ["OPENNRM_SECRET"])
shelter, today = os.environ["OPENNRM_RECIPIENT"], date.today()
met = {"route": "own_detection", "channel": "in_person", "contact_on": today.isoformat()}
why = {"purpose": "assistance", "until": (today + timedelta(days=90)).isoformat()}
who = {"recipient": shelter, "recipient_role": "CM", "scopes": ["D9"], "language": "sq"}
how = {"form": "spoken", "given_on": today.isoformat()}
soon = {"reply_by": (today + timedelta(days=2)).isoformat()}
try:
    case = door.step("record_contact", contact=met)
    given = door.step("take_consent", case=case, consent=why | who | how)
    asked = {"to": shelter, "to_role": "CM", "consent": given}
    door.step("refer", case=case, referral=why | asked | soon)
    print(door.case(case).shown["stage"])
except Problem as no:
    sys.exit(f"{no} ({no.rule or no.reason})")
