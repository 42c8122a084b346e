"""Seal and open bytes: one hybrid HPKE suite, one passphrase derivation, one symmetric cipher.

Case data must stay secret for decades, so key pairs are hybrid (ML-KEM-768 with X25519,
RFC 9180): breaking one of the two opens nothing. Only the library `cryptography` is used.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
SEED_BYTES = 64
NONCE_BYTES = 12


class SealBroken(Exception):
    """The bytes do not open with this key for this purpose."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A public key and the private key that opens what was sealed to it, as raw bytes."""

    public: bytes
    private: bytes


def new_key_pair() -> KeyPair:
    """Make a fresh hybrid key pair: 1,216 public bytes and 96 private ones."""
    quantum, curve = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
    public = quantum.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
    return KeyPair(public, quantum.private_bytes_raw() + curve.private_bytes_raw())


def seal(plain: bytes, public: bytes, purpose: bytes) -> bytes:
    """Seal bytes to a public key; the purpose must be named again to open them."""
    key = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:-32]),
        X25519PublicKey.from_public_bytes(public[-32:]),
    )
    return SUITE.encrypt(plain, key, purpose)


def unseal(sealed: bytes, private: bytes, purpose: bytes) -> bytes:
    """Open sealed bytes with the private key.

    :raises SealBroken: when key, purpose or bytes do not belong together.
    """
    key = MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(private[:SEED_BYTES]),
        X25519PrivateKey.from_private_bytes(private[SEED_BYTES:]),
    )
    try:
        return SUITE.decrypt(sealed, key, purpose)
    except (InvalidTag, ValueError) as broken:
        raise SealBroken("These bytes do not open with this key.") from broken


def lock(plain: bytes, secret: bytes, purpose: bytes) -> bytes:
    """Encrypt bytes under a 256-bit secret (AES-256-GCM, random nonce in front)."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(secret).encrypt(nonce, plain, purpose)


def unlock(locked: bytes, secret: bytes, purpose: bytes) -> bytes:
    """Decrypt what `lock` encrypted.

    :raises SealBroken: when secret, purpose or bytes do not belong together.
    """
    return unlocker(secret)(locked, purpose)


def unlocker(secret: bytes) -> Callable[[bytes, bytes], bytes]:
    """Return what decrypts many things locked under one secret, each with its purpose."""
    cipher = AESGCM(secret)

    def opened(locked: bytes, purpose: bytes) -> bytes:
        try:
            return cipher.decrypt(locked[:NONCE_BYTES], locked[NONCE_BYTES:], purpose)
        except (InvalidTag, ValueError) as broken:
            raise SealBroken("These bytes do not open with this secret.") from broken

    return opened


@dataclass(frozen=True, slots=True)
class Cost:
    """What one passphrase derivation costs: memory in KiB and passes (Argon2id, one lane)."""

    memory_kib: int
    passes: int


# research/security.md 3.1: 64 MiB and two passes took 0.30 s on the machine it was measured on.
SIGN_IN_COST = Cost(memory_kib=64 * 1024, passes=2)


@dataclass(frozen=True, slots=True)
class PassphraseKeys:
    """What a passphrase yields: a proof the database can check and a secret it never sees."""

    proof: bytes
    secret: bytes


def passphrase_keys(passphrase: str, salt: bytes, cost: Cost) -> PassphraseKeys:
    """Derive the sign-in proof and the key-opening secret from a passphrase (Argon2id)."""
    derived = Argon2id(
        salt=salt, length=64, iterations=cost.passes, lanes=1, memory_cost=cost.memory_kib
    ).derive(passphrase.encode())
    return PassphraseKeys(proof=derived[:32], secret=derived[32:])


def branch(secret: bytes, purpose: bytes) -> bytes:
    """Derive an independent 256-bit secret for one purpose (HKDF-SHA-256)."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret)


def key_pair_of(secret: bytes, purpose: bytes) -> KeyPair:
    """Derive the hybrid key pair of a secret that is long and random, always the same one."""
    length = SEED_BYTES + 32
    seed = HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose).derive(secret)
    quantum = MLKEM768PrivateKey.from_seed_bytes(seed[:SEED_BYTES])
    curve = X25519PrivateKey.from_private_bytes(seed[SEED_BYTES:])
    public = quantum.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
    return KeyPair(public, seed)
