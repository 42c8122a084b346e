"""Second factors: kept by the library, sealed under the server's key, counted by the database."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from opennrm.records import sessions
from opennrm.records.server_keys import FACTORS, factor_keys
from opennrm.records.sql_text import READER

# What the database calls the kinds of factor the library knows.
KINDS = {
    Authenticator.Type.TOTP.value: "app_code",
    Authenticator.Type.WEBAUTHN.value: "passkey",
    Authenticator.Type.RECOVERY_CODES.value: "recovery_code",
}
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
NEUTRAL_NAME = "Case work"


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """How the library keeps factors here: secrets sealed, the last factor never taken away."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it was used before. Wait for the next."),
        "cannot_delete_authenticator": _(
            "This is your last second factor. Add another one before you remove it."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal the secret of an app or of recovery codes under the server's key."""
        return base64.b64encode(factor_keys().lock(text.encode(), FACTORS)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open such a secret."""
        return factor_keys().unlock(base64.b64decode(encrypted_text), FACTORS).decode()

    def get_totp_issuer(self) -> str:
        """Name the entry in the authenticator app so that it betrays nothing."""
        return NEUTRAL_NAME

    def _get_site_name(self) -> str:
        return NEUTRAL_NAME

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last factor that is more than recovery codes."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=STRONG)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def send_notification_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """Send nothing: no mail goes out of this system about anybody."""


def pass_factor(token: str, kind: str) -> str:
    """Tell the database that a factor of this kind was shown in this session just now.

    :raises SignedOut: when the session has ended.
    """
    with sessions.waiting(token) as cursor:
        cursor.execute(READER.factor_shown, [kind])
        return str(cursor.fetchone()[0])


def accepts_code(token: str, account: UUID, code: str) -> str | None:
    """Check a code of an app, or a recovery code, and name its kind; outside the pages.

    :raises SignedOut: when the session has ended.
    """
    with sessions.waiting(token):
        codes = Authenticator.objects.filter(user_id=account)
        for factor in codes.exclude(type=Authenticator.Type.WEBAUTHN):
            if factor.wrap().validate_code(code):
                return KINDS[factor.type]
    return None
