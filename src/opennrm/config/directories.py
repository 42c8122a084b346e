"""Reads which directories (OpenID Connect) may say who comes: none, unless a file names them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ImproperlyConfigured

NAMED_IN = "OPENNRM_DIRECTORIES"
NEEDED, ALLOWED = {"title", "issuer", "client"}, {"title", "issuer", "client", "secret_file"}
KEY = re.compile(r"^[a-z0-9-]{1,32}$")


def directories() -> dict[str, dict[str, str]]:
    """Return the directories that the file named in the environment holds, by key.

    :raises ImproperlyConfigured: when the file cannot be read as such, saying where and why.
    """
    named = os.environ.get(NAMED_IN, "")
    if not named:
        return {}
    try:
        told = yaml.safe_load(Path(named).read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as fault:
        raise ImproperlyConfigured(f"{NAMED_IN}: {named} cannot be read: {fault}") from fault
    if not isinstance(told, dict):
        raise ImproperlyConfigured(f"{NAMED_IN}: {named} does not name directories by key.")
    return {str(key): _directory(str(key), one) for key, one in told.items()}


def _directory(key: str, told: Any) -> dict[str, str]:
    where = f"{NAMED_IN}: {key}:"
    if not KEY.match(key):
        raise ImproperlyConfigured(f"{where} a key is small letters, digits and dashes.")
    if not isinstance(told, dict) or not set(told) >= NEEDED or not set(told) <= ALLOWED:
        raise ImproperlyConfigured(
            f"{where} write {', '.join(sorted(NEEDED))} and, where there is one, secret_file."
        )
    read = {name: str(told[name]) for name in NEEDED}
    if not read["issuer"].startswith("https://"):
        raise ImproperlyConfigured(f"{where} the issuer is an address that begins with https://.")
    return {**read, "secret": _secret(where, told.get("secret_file"))}


def _secret(where: str, named: Any) -> str:
    if named is None:
        return ""
    try:
        return Path(str(named)).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as fault:
        raise ImproperlyConfigured(f"{where} secret_file cannot be read: {fault}") from fault
