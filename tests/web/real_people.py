"""People who are not invented for a demonstration: they need factors, made here in software."""

import json
import os
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.core.cache import cache
from django.test import Client
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from opennrm.records import sessions
from opennrm.records.enrolment import NewAccount, NewOrganisation, enrol_organisation
from tests.cast import AGREED_UNTIL, NOON
from tests.database import CHEAP, NOW
from tests.web.browsing import fields_of

ORIGIN = "http://localhost"
PASSPHRASE = "four words that nobody knows"
PERIOD = 30
HERE = AuthenticatorData.FLAG.UP
ENOUGH = 5


@dataclass
class Person:
    """Somebody with a passphrase, and the factors she has enrolled so far."""

    name: str
    passphrase: str = PASSPHRASE
    account: Any = None
    organisation: Any = None
    passkey: "Passkey | None" = None


def enrolled(
    roles: str = "FR", *, people: int = 1, officers: int = 0, house_roles: str = ""
) -> list[Person]:
    """Enrol people in a house of their own, without any factor yet."""
    cache.clear()  # They all come from one machine, again and again.
    word = uuid4().hex[:8]
    persons = [Person(f"p{number}-{word}", account=uuid4()) for number in range(people)]
    house = NewOrganisation(
        name=f"House {word}",
        kind="ngo",
        jurisdiction="MK",
        roles=tuple((house_roles or roles).split()),
        agreement_from=NOON.date(),
        agreement_until=AGREED_UNTIL,
        combination="A small place, stated openly.",
    )
    accounts = [
        NewAccount(
            person.name,
            f"Person {person.name}",
            tuple(roles.split()),
            PASSPHRASE,
            ref=person.account,
            training=("indicators-basic",),
            is_officer=number < officers,
        )
        for number, person in enumerate(persons)
    ]
    enrol_organisation(house, accounts, cost=CHEAP)
    for person in persons:
        person.organisation = house.ref
    return persons


def app_code(secret: str) -> str:
    """Return what an authenticator app shows, at a moment when it will show it a while longer."""
    left = PERIOD - time.time() % PERIOD
    if left < ENOUGH:
        time.sleep(left + 0.1)
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD)))


def with_passphrase(person: Person) -> Client:
    """Send the sign-in page; the second step is still to come, where she has a factor."""
    client = Client(headers={"host": "localhost"})
    answer = client.post("/sign-in/", {"login": person.name, "password": person.passphrase})
    assert answer.status_code == 302, answer.content
    return client


def with_passkey(person: Person) -> Client:
    """Sign a person in with her passphrase and her passkey, enrolling one where she has none."""
    client = with_passphrase(person)
    if person.passkey is None:
        person.passkey = add_passkey(client)
    else:
        show(client, "/sign-in/second/", person.passkey)
    return client


def add_passkey(client: Client) -> "Passkey":
    """Add a passkey on the page for it."""
    passkey = Passkey()
    page = client.get("/account/second-factor/passkey/")
    typed = fields_of(page) | {"credential": passkey.made(options(page)), "name": "blue key"}
    answer = client.post("/account/second-factor/passkey/", typed)
    assert answer.status_code == 302, answer.content
    return passkey


def show(client: Client, address: str, passkey: "Passkey") -> Any:
    """Show a passkey on a page that asks for one."""
    page = client.get(address)
    return client.post(address, {"credential": passkey.shown(options(page))})


def add_app(client: Client) -> str:
    """Add an authenticator app and return its secret."""
    client.get("/account/second-factor/app/")
    secret = client.session["mfa.totp.secret"]
    answer = client.post("/account/second-factor/app/", {"code": app_code(secret)})
    assert answer.status_code == 302, answer.content
    return str(secret)


def options(page: Any) -> dict[str, Any]:
    """Return what a page asks of the browser."""
    told = page.content.decode().partition('id="op-passkey-data" type="application/json">')[2]
    found = json.loads(told.partition("</script>")[0])
    return dict(found.get("creation_options") or found["request_options"])["publicKey"]


@dataclass
class Passkey:
    """A passkey made of software: one key pair and a counter."""

    private: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    uses: int = 0

    def made(self, asked: dict[str, Any]) -> str:
        """Answer a page that adds a passkey."""
        public = ES256.from_cryptography_key(self.private.public_key())
        held = AttestedCredentialData.create(bytes(16), self.credential_id, public)
        told = AuthenticatorData.create(_place(asked), HERE | AuthenticatorData.FLAG.AT, 0, held)
        client = _client(CollectedClientData.TYPE.CREATE, asked)
        attested = AttestationObject.create("none", told, {})
        return self._packed(
            {
                "clientDataJSON": websafe_encode(client),
                "attestationObject": websafe_encode(attested),
            }
        )

    def shown(self, asked: dict[str, Any], *, origin: str = ORIGIN) -> str:
        """Answer a page that asks for the passkey."""
        self.uses += 1
        told = AuthenticatorData.create(_place(asked), HERE, self.uses)
        client = _client(CollectedClientData.TYPE.GET, asked, origin)
        signature = self.private.sign(bytes(told) + sha256(client), ec.ECDSA(SHA256()))
        return self._packed(
            {
                "clientDataJSON": websafe_encode(client),
                "authenticatorData": websafe_encode(told),
                "signature": websafe_encode(signature),
            }
        )

    def _packed(self, response: dict[str, str]) -> str:
        name = websafe_encode(self.credential_id)
        whole = {"id": name, "rawId": name, "type": "public-key", "response": response}
        return json.dumps(whole | {"clientExtensionResults": {}})


def _place(asked: dict[str, Any]) -> bytes:
    return sha256((asked.get("rpId") or asked["rp"]["id"]).encode())


def _client(kind: Any, asked: dict[str, Any], origin: str = ORIGIN) -> bytes:
    return bytes(CollectedClientData.create(kind, asked["challenge"], origin))


def session_of(client: Client) -> sessions.Session:
    """Take up the working session of a browser, as the pages do."""
    session = sessions.resume(client.cookies["work"].value, at=NOW)
    assert session is not None
    return session


def at_work_as(person: Person) -> sessions.Session:
    """Sign a person in with her passkey and return her session."""
    return session_of(with_passkey(person))
