"""Django's settings, read from the environment and from the data folder of this installation."""

from __future__ import annotations

import os
import secrets

from opennrm.config.database_server import Role, data_home, ensure_server
from opennrm.config.database_server.homes import private_folder
from opennrm.config.database_server.passwords import keep_text, kept_text


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


SERVER = ensure_server(lasting=not _switch("OPENNRM_THROW_AWAY"))
_NAME = os.environ.get("OPENNRM_DATABASE") or SERVER.database

DATABASES = {
    "default": SERVER.django(Role.APP, _NAME),
    "recorder": SERVER.django(Role.RECORDER, _NAME),
    "statistics": SERVER.django(Role.STATISTICS, _NAME),
    "owner": SERVER.django(Role.OWNER, _NAME),
}
for _alias in ("default", "recorder", "statistics"):
    DATABASES[_alias]["CONN_MAX_AGE"] = 600
    DATABASES[_alias]["CONN_HEALTH_CHECKS"] = True

DEBUG = False
SECRET_KEY = _secret_key()
OPENNRM_HTTPS = _switch("OPENNRM_HTTPS")
OPENNRM_EXIT_URL = os.environ.get("OPENNRM_EXIT_URL", "https://www.wikipedia.org/")
OPENNRM_FRONT_DOOR = os.environ.get("OPENNRM_FRONT_DOOR", "front-door")
OPENNRM_DEMONSTRATION = _switch("OPENNRM_DEMONSTRATION")
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
    "opennrm.accounts",
    "opennrm.records",
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
    "opennrm.web.work.WorkSession",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "opennrm.web.urls"
WSGI_APPLICATION = "opennrm.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "opennrm.web.jinja.environment",
            "context_processors": ["opennrm.web.layout.layout"],
        },
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
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_FORMS = {"login": "opennrm.web.sign_in.SignInForm"}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-session" if OPENNRM_HTTPS else "session"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OPENNRM_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_NAME = "__Host-form" if OPENNRM_HTTPS else "form"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if OPENNRM_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OPENNRM_HTTPS else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

LANGUAGE_CODE = "en"
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
STATIC_ROOT = private_folder(data_home()) / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Messages only: no request bodies, no query strings, no names of people.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
