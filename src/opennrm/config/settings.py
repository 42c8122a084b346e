"""Django's settings, read from the environment and from the data folder of this installation."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from opennrm.config.database_server import data_home
from opennrm.config.database_server.homes import private_folder
from opennrm.config.database_server.passwords import keep_text, kept_text
from opennrm.config.databases import databases
from opennrm.config.directories import directories


def _secret_key() -> str:
    kept = private_folder(data_home()) / "secret_key"
    return kept_text(kept) or keep_text(kept, secrets.token_urlsafe(48))


def _switch(name: str) -> bool:
    return os.environ.get(name, "").lower() in ("1", "yes", "true", "on")


def _hosts() -> list[str]:
    named = os.environ.get("OPENNRM_HOSTS", "")
    return [host.strip() for host in named.split(",") if host.strip()] or [
        "127.0.0.1",
        "localhost",
        "[::1]",
    ]


# The type checker reads these settings too, and needs no database for it.
DATABASES = {} if _switch("OPENNRM_WITHOUT_DATABASE") else databases()

DEBUG = False
SECRET_KEY = _secret_key()
OPENNRM_HTTPS = _switch("OPENNRM_HTTPS")
OPENNRM_EXIT_URL = os.environ.get("OPENNRM_EXIT_URL", "https://www.wikipedia.org/")
OPENNRM_FRONT_DOOR = os.environ.get("OPENNRM_FRONT_DOOR", "front-door")
# Above how many cases a day one person's reading is told to the data-protection officer: of all,
# of those in which only colleagues wrote, of those read at night (from an hour to an hour).
OPENNRM_READING = {
    name: int(os.environ.get(f"OPENNRM_READING_{name.upper()}", default))
    for name, default in (
        ("cases", "40"),
        ("cases_of_colleagues", "15"),
        ("cases_at_night", "10"),
        ("night_begins", "22"),
        ("night_ends", "5"),
    )
}
OPENNRM_DEMONSTRATION = _switch("OPENNRM_DEMONSTRATION")
# An installation for training: nothing leaves it, and every page says what it is.
OPENNRM_PRACTICE = _switch("OPENNRM_PRACTICE")
ALLOWED_HOSTS = _hosts()
CSRF_TRUSTED_ORIGINS = [
    origin for origin in os.environ.get("OPENNRM_ORIGINS", "").split(",") if origin
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "opennrm.accounts",
    "opennrm.records",
    "opennrm.rapporteur",
    "opennrm.coordination",
    "opennrm.web",
]
MIDDLEWARE = [
    "opennrm.web.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "opennrm.web.work.WorkSession",
    *(["opennrm.web.practice.closed"] if OPENNRM_PRACTICE else []),
]
ROOT_URLCONF = "opennrm.config.urls"
WSGI_APPLICATION = "opennrm.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "opennrm.web.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "opennrm.web.layout.layout",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["opennrm.records.sessions.PassphraseBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "sign_in_name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "opennrm.web.sign_in.Adapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "30/5m/ip,5/5m/key"}
# The proxy writes who asks at the end of the header; what stood before it is the caller's word.
ALLAUTH_TRUSTED_PROXY_COUNT = int(OPENNRM_HTTPS)
ACCOUNT_FORMS = {"login": "opennrm.web.sign_in.SignInForm"}
MFA_ADAPTER = "opennrm.records.factors.FactorAdapter"
MFA_FORMS = {
    "authenticate": "opennrm.web.second_factor.CodeForm",
    "authenticate_webauthn": "opennrm.web.second_factor.KeyForm",
    "activate_totp": "opennrm.web.own_factors.AppForm",
    "add_webauthn": "opennrm.web.own_factors.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_REAUTHENTICATION_REQUIRED = False  # The pages and the database ask for it themselves.
# A code counts in its own half minute only: the memory of used codes is as long, not longer.
MFA_TOTP_TOLERANCE = 0
# Directories that may say who comes, by key; none unless a file names them.
OPENNRM_DIRECTORIES = directories()
# The secret of this installation towards others: it signs what goes to partners abroad.
OPENNRM_PARTNER_KEY = os.environ.get("OPENNRM_PARTNER_KEY_FILE") or str(
    data_home() / "partner_key"
)
# Under which address partners reach this installation; empty: by file only.
OPENNRM_ADDRESS = os.environ.get("OPENNRM_ADDRESS", "")
# What this installation shows of itself on the line to partners (certificate and key, PEM), and
# the certificates it expects there, each written host=SHA-256 in hex.
OPENNRM_PARTNER_CERTIFICATE = os.environ.get("OPENNRM_PARTNER_CERTIFICATE", "")
OPENNRM_PARTNER_PINS = os.environ.get("OPENNRM_PARTNER_PINS", "").split()
# Hosts in a network of one's own that may be called all the same, such as a test partner's.
OPENNRM_PRIVATE_HOSTS = frozenset(os.environ.get("OPENNRM_PRIVATE_HOSTS", "").split())
# Mail that says only that there is something new; without a host, none is sent.
EMAIL_HOST = os.environ.get("OPENNRM_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("OPENNRM_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("OPENNRM_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("OPENNRM_MAIL_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_TIMEOUT = True, 10
DEFAULT_FROM_EMAIL = os.environ.get("OPENNRM_MAIL_FROM", "news@localhost")
# A gateway for text messages that say the same; without its address, none is sent.
OPENNRM_TEXT_GATEWAY = os.environ.get("OPENNRM_TEXT_GATEWAY", "")
OPENNRM_TEXT_SECRET = os.environ.get("OPENNRM_TEXT_SECRET", "")
OPENNRM_FACTOR_KEY = os.environ.get("OPENNRM_FACTOR_KEY_FILE") or str(data_home() / "factor_key")

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-session" if OPENNRM_HTTPS else "session"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OPENNRM_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None  # It goes with the browser window: the device remembers no visit.
CSRF_COOKIE_NAME = "__Host-form" if OPENNRM_HTTPS else "form"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if OPENNRM_HTTPS else 0
# Only where everything below this address is ours and speaks HTTPS.
SECURE_HSTS_INCLUDE_SUBDOMAINS = os.environ.get("OPENNRM_HSTS_SUBDOMAINS") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OPENNRM_HTTPS else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
# One file at a time, held in memory and never written to the server's disk unsealed. A larger one
# is left out.
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1_048_576

LANGUAGE_CODE = "en"
# Each in its own words, for whoever looks for hers.
LANGUAGES = [
    ("en", "English"),
    ("ar", "العربية"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fr", "Français"),
    ("it", "Italiano"),
    ("ru", "Русский"),
]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
# The choice goes with the browser window, like every other cookie here.
LANGUAGE_COOKIE_NAME = "__Host-language" if OPENNRM_HTTPS else "language"
LANGUAGE_COOKIE_SECURE = OPENNRM_HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Which part of the program said what kind of thing: the sentence as it stands in the code, without
# the values it was said about, and which kind of fault, without its text. Requests are left out.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "opennrm.config.log_lines.PlainFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
