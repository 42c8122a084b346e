"""Signs and seals one text for one reader, and opens it again: JOSE with pinned algorithms.

What is signed (JWS, Ed25519) is then sealed (JWE, X25519). No header decides anything: each must
be, to the letter, the one this version writes, so that nothing can be talked down.
"""

from __future__ import annotations

import json
import warnings
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from typing import Any

from joserfc import jwe, jws
from joserfc.errors import JoseError

from opennrm.exchange.crossborder.keys import PrivateKeys, PublicKeys, imported, thumbprint
from opennrm.exchange.crossborder.refusals import NotAccepted

SIGNED, KEY_WRAPPED, SEALED = "Ed25519", "ECDH-ES+A256KW", "A256GCM"
MESSAGE, CONTENT, RECEIPT = "opennrm-message-1", "opennrm-content-1", "opennrm-receipt-1"
# A message with everything in it; a hand-over is a few pages of text, files do not go along.
LONGEST = 512 * 1024


def sealed(payload: bytes, *, signer: PrivateKeys, reader: PublicKeys, kind: str) -> str:
    """Sign bytes and seal them to one reader."""
    signed = jws.serialize_compact(
        {"alg": SIGNED, "kid": thumbprint(signer.sign), "typ": kind},
        payload,
        imported(signer.sign),
        algorithms=[SIGNED],
    )
    head = {"alg": KEY_WRAPPED, "enc": SEALED, "kid": thumbprint(reader.seal), "typ": kind}
    text: str = jwe.encrypt_compact(
        head, signed.encode(), imported(reader.seal), algorithms=[KEY_WRAPPED, SEALED]
    )
    return text


def opened(
    text: str,
    *,
    reader: PrivateKeys,
    signer_of: Callable[[str], Mapping[str, str] | None],
    kind: str,
) -> tuple[str, bytes]:
    """Open what was sealed to this reader; return whose key signed it, and the bytes.

    :raises NotAccepted: when it is not for this reader, of another kind, too long, altered, or not
        signed by somebody known. It never says which.
    """
    try:
        signed = _unsealed(text, reader, kind)
        head = _head(signed, 3)
        known = signer_of(str(head.get("kid", "")))
        expected = {"alg": SIGNED, "kid": head.get("kid"), "typ": kind}
        if known is None or head != expected or thumbprint(known) != head["kid"]:
            raise NotAccepted
        payload = jws.deserialize_compact(signed, imported(known), algorithms=[SIGNED]).payload
    except (JoseError, ValueError, TypeError, KeyError) as fault:
        raise NotAccepted from fault
    return str(head["kid"]), payload


def _unsealed(text: str, reader: PrivateKeys, kind: str) -> str:
    if len(text) > LONGEST:
        raise NotAccepted
    head = _head(text, 5)
    ephemeral = head.pop("epk", None)
    expected = {
        "alg": KEY_WRAPPED,
        "enc": SEALED,
        "kid": thumbprint(reader.seal),
        "typ": kind,
    }
    if head != expected or not isinstance(ephemeral, dict):
        raise NotAccepted
    with warnings.catch_warnings():
        # Bytes of an attacker decide nothing, not even what is written to the log.
        warnings.simplefilter("ignore")
        opened_ = jwe.decrypt_compact(
            text, imported(reader.seal), algorithms=[KEY_WRAPPED, SEALED]
        )
    return (opened_.plaintext or b"").decode("ascii")


def _head(text: str, parts: int) -> dict[str, Any]:
    """Read the protected header of a compact text of so many parts."""
    pieces = text.split(".")
    if len(pieces) != parts:
        raise NotAccepted
    head = json.loads(urlsafe_b64decode(pieces[0] + "=" * (-len(pieces[0]) % 4)))
    if not isinstance(head, dict):
        raise NotAccepted
    return head
