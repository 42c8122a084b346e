"""Calls another server over HTTPS: no redirect, no proxy, and nobody in the own network.

A name is looked up once and the very address that was checked is called, so that a name which
changes its mind between two looks leads nowhere else.
"""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

WAIT_SECONDS = 15.0
LONGEST_ANSWER = 512 * 1024


class NotReached(Exception):
    """The other side was not reached, or did not answer as it should; it may later."""


class AddressRefused(Exception):
    """This address is not called: it lies in a network of one's own, or is no HTTPS address."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """What stands between two installations: the own certificate, and those expected there."""

    certificate: str = ""
    pins: frozenset[tuple[str, str]] = frozenset()

    def require_expected(self, host: str, shown: bytes | None) -> None:
        """Refuse a certificate that is none of those named for its host, if any is.

        :raises NotReached: when it is another.
        """
        expected = {digest for named, digest in self.pins if named == host}
        if expected and hashlib.sha256(shown or b"").hexdigest() not in expected:
            raise NotReached("The other side showed another certificate than the one expected.")


ANY_LINE = Line()


@dataclass(frozen=True, slots=True)
class _Place:
    scheme: str
    host: str
    port: int
    path: str


def post(address: str, body: bytes, headers: Mapping[str, str], line: Line = ANY_LINE) -> Answer:
    """Post bytes to an address and return the answer, whatever its status.

    :raises AddressRefused: when the address is not one that may be called.
    :raises NotReached: when nobody answered in time, the answer was cut off or too long, or the
        other side showed another certificate than the line expects.
    """
    return _called("POST", address, body, headers, line)


def get(address: str) -> Answer:
    """Ask for what stands at an address.

    :raises AddressRefused: when the address is not one that may be called.
    :raises NotReached: when nobody answered in time, or the answer was cut off or too long.
    """
    return _called("GET", address, None, {}, ANY_LINE)


def _called(
    method: str, address: str, body: bytes | None, headers: Mapping[str, str], line: Line
) -> Answer:
    place = _place(address)
    connection = _connection(place, line)
    try:
        connection.request(method, place.path, body, dict(headers))
        came = connection.getresponse()
        told = came.read(LONGEST_ANSWER + 1)
    except (OSError, http.client.HTTPException) as fault:
        raise NotReached("The other side did not answer.") from fault
    finally:
        connection.close()
    if len(told) > LONGEST_ANSWER:
        raise NotReached("The other side answered more than can be an answer.")
    return Answer(came.status, told)


def require_callable(address: str) -> None:
    """Refuse an address of the wrong form, before it is kept.

    :raises AddressRefused: when it is no HTTPS address of a host.
    """
    _place(address)


def _place(address: str) -> _Place:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as fault:
        raise AddressRefused("This is no address.") from fault
    host = parts.hostname or ""
    is_own = host in settings.OPENNRM_PRIVATE_HOSTS
    if (
        not host
        or parts.username
        or not (parts.scheme == "https" or (is_own and parts.scheme == "http"))
    ):
        raise AddressRefused("Only addresses that begin with https:// are called.")
    default = http.client.HTTPS_PORT if parts.scheme == "https" else http.client.HTTP_PORT
    path = parts.path or "/"
    return _Place(
        parts.scheme, host, port or default, f"{path}?{parts.query}" if parts.query else path
    )


def _connection(place: _Place, line: Line) -> http.client.HTTPConnection:
    reached = _reached(place)
    if place.scheme == "http":
        plain = http.client.HTTPConnection(place.host, place.port, timeout=WAIT_SECONDS)
        plain.sock = reached
        return plain
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if line.certificate:
        context.load_cert_chain(line.certificate)
    secure = http.client.HTTPSConnection(
        place.host, place.port, timeout=WAIT_SECONDS, context=context
    )
    try:
        secure.sock = context.wrap_socket(reached, server_hostname=place.host)
    except OSError as fault:
        reached.close()
        raise NotReached("The other side did not show a valid certificate.") from fault
    try:
        line.require_expected(place.host, secure.sock.getpeercert(binary_form=True))
    except NotReached:
        secure.close()
        raise
    return secure


def _reached(place: _Place) -> socket.socket:
    """Connect to the first address of a host that may be called."""
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except OSError as fault:
        raise NotReached("The name of the other side is not known.") from fault
    numbers = [str(entry[4][0]) for entry in found]
    if place.host not in settings.OPENNRM_PRIVATE_HOSTS and not all(map(_is_public, numbers)):
        raise AddressRefused("This address lies in a private network and is not called.")
    try:
        return socket.create_connection((numbers[0], place.port), timeout=WAIT_SECONDS)
    except OSError as fault:
        raise NotReached("The other side did not answer.") from fault


def _is_public(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    looked = mapped or address
    return looked.is_global and not looked.is_multicast
