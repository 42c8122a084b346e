"""Systems of an organisation that are told of news: signed, without content, until they hear."""

import hashlib
import json
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from django.test import override_settings

from opennrm.records import hooks
from opennrm.records.abroad.sending import LineCut, over_https
from opennrm.records.hooks import HookRefused
from opennrm.records.posting import calling
from opennrm.records.posting.calling import AddressRefused, Answer, NotReached
from opennrm.records.sessions import Session
from tests import cast, database, stories
from tests.database import NOW

HOUR = timedelta(hours=1)
ADDRESS = "https://shelter.example/news"


@pytest.fixture(scope="module")
def officer() -> Session:
    """The shelter's case manager, who is its officer too."""
    session = database.signed_in(cast.CASE_MANAGER)
    with database.as_administrator() as connection:
        connection.execute(
            "UPDATE public.accounts_account SET is_officer = true WHERE ref = %s",
            [session.actor.account],
        )
    return replace(session, is_officer=True)


@pytest.fixture
def told(officer: Session) -> "Ear":
    for one in hooks.own(officer):
        if one.ended_at is None:
            hooks.end(officer, one.hook_ref)
    return Ear(hooks.add(officer, ADDRESS))


class Ear:
    """The system that is told; it may be deaf for a while."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.heard: list[tuple[str, bytes, Mapping[str, str]]] = []
        self.status = 200

    def __call__(self, address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Hear."""
        self.heard.append((address, body, headers))
        if self.status == 0:
            raise NotReached
        return Answer(self.status, b"")


def news() -> UUID:
    """Refer somebody to the shelter, which gets a notice."""
    case_ref = stories.contact(cast.POLICE_OFFICER)
    stories.described(cast.POLICE_OFFICER, case_ref, names="Teuta Known-To-Nobody")
    return stories.referred(cast.POLICE_OFFICER, case_ref, cast.CASE_MANAGER, "CM", ("D2",))


def sent(ear: Ear, at: datetime = NOW + HOUR) -> int:
    return hooks.send_due(at=at, call=ear)


class TestASystem:
    def test_hears_kind_reference_and_moment_and_nothing_of_the_case(self, told: Ear) -> None:
        referral = news()

        assert sent(told) == 1

        ((address, body, _headers),) = told.heard
        message = json.loads(body)
        assert address == ADDRESS
        assert set(message) == {"id", "event", "about", "at"}
        assert (message["event"], message["about"]) == ("referral_received", str(referral))
        assert b"Teuta" not in body

    def test_knows_by_the_signature_that_the_call_is_ours(self, told: Ear) -> None:
        news()
        sent(told)

        ((_address, body, headers),) = told.heard
        moment = int(headers["OpenNRM-Timestamp"])
        good = hooks.signature(told.secret, moment, body)
        assert headers["OpenNRM-Signature"] == good
        assert hooks.signature(told.secret, moment + 1, body) != good
        assert hooks.signature(told.secret, moment, body + b" ") != good
        assert hooks.signature("hook_another", moment, body) != good

    def test_is_told_once_when_it_heard(self, told: Ear) -> None:
        news()

        assert (sent(told), sent(told)) == (1, 0)

    @pytest.mark.parametrize("status", [0, 500, 301, 404])
    def test_is_told_again_until_it_hears(self, told: Ear, status: int) -> None:
        news()
        told.status = status
        assert sent(told) == 0
        assert sent(told, NOW + HOUR) == 0
        assert len(told.heard) == 1
        told.status = 204

        assert sent(told, NOW + 2 * HOUR) == 1
        assert json.loads(told.heard[0][1]) == json.loads(told.heard[-1][1])

    def test_is_given_up_after_five_days_and_the_officer_sees_why(
        self, told: Ear, officer: Session
    ) -> None:
        news()
        told.status = 0
        sent(told, NOW + timedelta(days=6))

        assert sent(told, NOW + timedelta(days=9)) == 0
        assert len(told.heard) == 1
        assert [one.fault for one in hooks.own(officer) if not one.ended_at] == ["not_reached"]

    def test_is_told_no_more_once_it_was_ended(self, told: Ear, officer: Session) -> None:
        news()
        (live,) = [one for one in hooks.own(officer) if not one.ended_at]
        hooks.end(officer, live.hook_ref)
        news()

        assert sent(told) == 0
        assert told.heard == []

    def test_hears_nothing_of_other_organisations(self, told: Ear) -> None:
        case_ref = stories.contact(cast.POLICE_OFFICER)
        stories.referred(cast.POLICE_OFFICER, case_ref, cast.DECIDING_OFFICER, "CA", ("D4",))

        assert sent(told) == 0


class TestNaming:
    def test_is_for_the_officer(self) -> None:
        with pytest.raises(HookRefused):
            hooks.add(database.signed_in(cast.POLICE_OFFICER), ADDRESS)
        assert hooks.own(database.signed_in(cast.POLICE_OFFICER)) == []

    def test_ends_no_system_of_another(self, told: Ear, officer: Session) -> None:
        (live,) = [one for one in hooks.own(officer) if not one.ended_at]
        with pytest.raises(HookRefused):
            hooks.end(database.signed_in(cast.POLICE_OFFICER), live.hook_ref)
        hooks.end(officer, uuid4())

        news()
        assert sent(told) == 1

    @pytest.mark.parametrize(
        "address",
        [
            "http://shelter.example/",
            "ftp://x",
            "https://",
            "https://a:b@c/",
            "javascript:x",
            "https://[x",
        ],
    )
    def test_takes_no_other_address(self, officer: Session, address: str) -> None:
        with pytest.raises(HookRefused):
            hooks.add(officer, address)


class TestCalling:
    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1",
            "10.0.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "[::1]",
            "[fd00::1]",
            "localhost",
            "[::ffff:127.0.0.1]",
            "100.64.0.1",
        ],
    )
    def test_reaches_no_private_address(self, host: str) -> None:
        with pytest.raises(AddressRefused):
            calling.post(f"https://{host}:9/", b"", {})

    def test_says_when_nobody_is_there(self) -> None:
        own = frozenset({"127.0.0.1"})
        with override_settings(OPENNRM_PRIVATE_HOSTS=own), pytest.raises(NotReached):
            calling.post("http://127.0.0.1:9/", b"", {})

    @pytest.mark.parametrize(("pin", "is_taken"), [("", True), ("right", True), ("other", False)])
    def test_shows_its_certificate_and_takes_the_expected_one_alone(
        self, pin: str, is_taken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        own = frozenset({"localhost"})
        with _behind_its_own_certificate(tmp_path, asks_back=True) as (port, heard):
            path = tmp_path / "own.pem"
            monkeypatch.setenv("SSL_CERT_FILE", str(path))
            der = ssl.PEM_cert_to_DER_cert(
                "-----BEGIN CERT" + path.read_text().split("BEGIN CERT")[1]
            )
            digest = hashlib.sha256(der if pin == "right" else b"other").hexdigest()
            pins = [f"LOCALHOST={digest.upper()}"] if pin else []
            with (
                override_settings(
                    OPENNRM_PRIVATE_HOSTS=own,
                    OPENNRM_PARTNER_PINS=pins,
                    OPENNRM_PARTNER_CERTIFICATE=str(path),
                ),
                pytest.raises(LineCut),
            ):
                over_https(f"https://localhost:{port}/", "sealed")

        assert [line for line in heard if b"POST /between/v1/messages" in line] == (
            heard if is_taken else []
        )
        assert bool(heard) is is_taken

    def test_takes_no_certificate_that_nobody_vouches_for(self, tmp_path: Path) -> None:
        own = frozenset({"localhost"})
        with (
            _behind_its_own_certificate(tmp_path) as (port, heard),
            override_settings(OPENNRM_PRIVATE_HOSTS=own),
            pytest.raises(NotReached),
        ):
            calling.post(f"https://localhost:{port}/", b"news", {})

        assert heard == []


@contextmanager
def _behind_its_own_certificate(
    folder: Path, *, asks_back: bool = False
) -> Iterator[tuple[int, list[bytes]]]:
    """Listen with a certificate of one's own making, and keep what is said."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(folder))
    if asks_back:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(folder / "own.pem")
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            with suppress(OSError):
                reached, _who = listening.accept()
                with context.wrap_socket(reached, server_side=True) as talking:
                    heard.extend(part for part in (talking.recv(100),) if part)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield listening.getsockname()[1], heard
        thread.join(10)


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - HOUR)
        .not_valid_after(NOW + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "own.pem"
    path.write_bytes(private + made.public_bytes(pem))
    return path
