"""A small OpenID provider for tests: it signs whatever it is told to, rightly or wrongly."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey

CLIENT, SECRET, CODE = "opennrm", "between the two", "a code"


@dataclass
class SmallDirectory:
    """What it says: its own name, of whom, and what else a test wants said."""

    issuer: str = ""
    subject: str = field(default_factory=lambda: uuid4().hex)
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one"}))
    signs_with: Any = None
    algorithm: str = "ES256"
    says: dict[str, Any] = field(default_factory=dict)
    described: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    alters: Any = None
    heard: list[str] = field(default_factory=list)

    @property
    def settings(self) -> dict[str, dict[str, str]]:
        """Return how an installation names it."""
        return {
            "house": {
                "title": "House",
                "issuer": self.issuer,
                "client": CLIENT,
                "secret": SECRET,
            }
        }

    def comes(self, address: str) -> str:
        """Sign somebody in, as its own page would, and return where the browser goes then."""
        self.asked = {
            name: values[0] for name, values in parse_qs(urlsplit(address).query).items()
        }
        return (
            f"{urlsplit(self.asked['redirect_uri']).path}?code={CODE}&state={self.asked['state']}"
        )

    def token(self) -> str:
        """Sign an ID token."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.subject,
            "nonce": self.asked["nonce"],
            "iat": now,
            "exp": now + 300,
            **self.says,
        }
        held = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm, "kid": "one"}
        signed = jwt.encode(header, held, self.signs_with or self.key, algorithms=[self.algorithm])
        return str(self.alters(signed) if self.alters else signed)

    def answers(self, path: str, body: dict[str, str], authorised: str) -> Any:
        """Answer like a directory does."""
        self.heard.append(path)
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                **self.described,
            }
        if path == "/keys":
            return KeySet([self.key]).as_dict(private=False)
        digest = hashlib.sha256(body["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        pair = base64.b64encode(f"{CLIENT}:between%20the%20two".encode()).decode()
        if challenge != self.asked["code_challenge"] or authorised != f"Basic {pair}":
            return None
        return {"access_token": "never used", "token_type": "Bearer", "id_token": self.token()}


def symmetric() -> OctKey:
    """Return a key that both sides would have to hold."""
    return OctKey.import_key(SECRET * 4)


@contextmanager
def running() -> Iterator[SmallDirectory]:
    """Run one on this machine."""
    directory = SmallDirectory()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(sent).items()})

        def _answer(self, body: dict[str, str]) -> None:
            told = directory.answers(self.path, body, self.headers.get("Authorization", ""))
            self.send_response(200 if told is not None else 400)
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        directory.issuer = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield directory
        finally:
            server.shutdown()
