"""Hands a text message to the operator's own gateway: one number, one sentence, over HTTPS."""

import json
import re
from http import HTTPStatus

from django.conf import settings

from opennrm.records.posting import calling

NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")


class NotTaken(Exception):
    """The gateway did not take the message; it may later."""


def is_number(address: str) -> bool:
    """Tell whether an address is a telephone number written internationally (ITU-T E.164)."""
    return bool(NUMBER.fullmatch(address))


def send(number: str, text: str) -> None:
    """Hand one message to the gateway, whose address and secret the administrator named.

    :raises NotTaken: when it is not reached, may not be called, or answers otherwise than 2xx.
    """
    body = json.dumps({"to": number, "text": text}, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {settings.OPENNRM_TEXT_SECRET}",
    }
    try:
        answer = calling.post(settings.OPENNRM_TEXT_GATEWAY, body, headers)
    except (calling.NotReached, calling.AddressRefused) as fault:
        raise NotTaken(type(fault).__name__) from fault
    if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        raise NotTaken(f"answered {answer.status}")
