"""The proxy of the how-to in front of the pages: TLS 1.3 only, and no header that is forged."""

import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from socket import socket
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.test import RequestFactory, override_settings

from tests.database import NOW
from tests.house.tree import ROOT

HOW_TO = ROOT / "docs" / "how-to" / "administrator.md"
NGINX = shutil.which("nginx")
AROUND = """daemon off; pid {folder}/pid; error_log stderr; events {{}}
http {{ client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{server} }}
"""
FORGED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"}
needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed here")


class Listener(BaseHTTPRequestHandler):
    """Stands where the pages listen, and keeps what reaches them."""

    heard: list[Any] = []

    def do_GET(self) -> None:
        self.heard.append(self.headers)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


def free_port() -> int:
    with socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "nrm.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "nrm.example.pem").write_bytes(made.public_bytes(pem))
    form, without = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "nrm.example.key").write_bytes(key.private_bytes(pem, form, without))


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Serve the block of the how-to, its places and ports alone changed."""
    folder = tmp_path_factory.mktemp("proxy")
    certificate(folder)
    pages, outside = HTTPServer(("127.0.0.1", 0), Listener), free_port()
    Thread(target=pages.serve_forever, daemon=True).start()
    block = re.search(r"```nginx\n(server .*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    server = block[1].replace("443", f"127.0.0.1:{outside}").replace("/etc/ssl", str(folder))
    server = server.replace("127.0.0.1:8000", f"127.0.0.1:{pages.server_port}")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, server=server))
    command = [str(NGINX), "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(command) as running:
        try:
            wait_for(outside)
            yield outside
        finally:
            running.terminate()
    pages.shutdown()
    pages.server_close()


def wait_for(port: int) -> None:
    for _ in range(100):
        with socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def asked(port: int, most: ssl.TLSVersion | None = None, **headers: str) -> int:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if most:
        context.maximum_version = most
    line = HTTPSConnection("127.0.0.1", port, context=context)
    line.request("GET", "/", headers={"Host": "nrm.example", **headers})
    status = line.getresponse().status
    line.close()
    return status


@needs_nginx
class TestTheProxyOfTheHowTo:
    def test_speaks_no_tls_older_than_the_newest(self, port):
        assert asked(port) == 204
        with pytest.raises(ssl.SSLError):
            asked(port, most=ssl.TLSVersion.TLSv1_2)

    def test_writes_anew_what_a_caller_may_forge(self, port):
        asked(port, **FORGED)

        heard = Listener.heard[-1]
        assert heard.get_all("X-Forwarded-For") == ["127.0.0.1"]
        assert heard.get_all("X-Forwarded-Proto") == ["https"]

    def test_lets_no_larger_body_in_than_the_pages_take(self, port):
        assert asked(port, **{"Content-Length": "13000000"}) == 413


class TestWhoAsks:
    """Limits count by the address of who asks; behind a proxy, by the one the proxy wrote."""

    @pytest.mark.parametrize(
        ("proxies", "told", "counted"),
        (
            (0, "203.0.113.9", "127.0.0.1"),
            (1, "198.51.100.7", "198.51.100.7"),
            (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ),
    )
    def test_is_never_the_word_of_the_caller(self, proxies, told, counted):
        # Django is ready only once the database's own module was read.
        from allauth.account.adapter import get_adapter

        request = RequestFactory(headers={"X-Forwarded-For": told}).get("/")

        with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=proxies):
            assert get_adapter().get_client_ip(request) == counted

    def test_is_told_by_a_proxy_only_where_one_is_said_to_stand(self):
        assert int(settings.OPENNRM_HTTPS) == settings.ALLAUTH_TRUSTED_PROXY_COUNT
