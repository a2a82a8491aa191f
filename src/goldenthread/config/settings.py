"""Django's settings. Whatever a council's IT may set comes from the environment; see docs/install.md."""

from __future__ import annotations

import os
import secrets
from datetime import date, datetime
from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from goldenthread.config.mail import Encryption, mail_settings, site_address

# Lets a field say at run time, too, which type it holds.
django_stubs_ext.monkeypatch()

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("GOLDENTHREAD_VAR", "var")).resolve()


def _make_folder() -> None:
    """Make the folder that everything is written to, for nobody else to read."""
    try:
        VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {VAR} cannot be made ({error.strerror}): set GOLDENTHREAD_VAR to one that can."
        ) from error


_make_folder()


def _secret_key() -> str:
    """Take the key that is set, or keep one of our own beside the database."""
    if key := os.environ.get("GOLDENTHREAD_SECRET_KEY"):
        return key
    kept = VAR / "secret-key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


def _database() -> dict[str, Any]:
    address = os.environ.get("DATABASE_URL", f"sqlite:///{VAR / 'goldenthread.sqlite3'}")
    try:
        found = dj_database_url.parse(address)
    except ValueError as error:
        raise ImproperlyConfigured(
            "DATABASE_URL is no database's address: write it like postgres://user:password@host/name."
        ) from error
    if found["ENGINE"] not in DATABASE_ENGINES:
        raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL or an SQLite database.")
    options = {**found.get("OPTIONS", {}), **_database_options(found["ENGINE"])}
    return {**found, "OPTIONS": options}


DATABASE_ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")


def _database_options(engine: str) -> dict[str, Any]:
    if not engine.endswith("sqlite3"):
        return {"pool": {"min_size": 2, "max_size": 8}}
    # WAL alone makes lock errors worse; with IMMEDIATE there are none.
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
        "PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;"
        "PRAGMA cache_size=2000;PRAGMA foreign_keys=ON;",
    }


def _now() -> datetime:
    """Read the site's clock: the real one, or the time of day on the demonstration's day."""
    real = timezone.now()
    if DEMONSTRATION_DAY is None:
        return real
    local = timezone.localtime(real)
    return timezone.make_aware(datetime.combine(DEMONSTRATION_DAY, local.time()))


def _demonstration_day() -> date | None:
    words = os.environ.get("GOLDENTHREAD_DEMONSTRATION_DAY")
    try:
        return date.fromisoformat(words) if words else None
    except ValueError as error:
        raise ImproperlyConfigured(
            f"GOLDENTHREAD_DEMONSTRATION_DAY is {words!r}: write it like 2009-10-14."
        ) from error


def _is_https() -> bool:
    words = os.environ.get("GOLDENTHREAD_HTTPS", "no")
    if words not in ("yes", "no"):
        raise ImproperlyConfigured(f"GOLDENTHREAD_HTTPS is {words!r}: it must be yes or no.")
    return words == "yes"


DEMONSTRATION_DAY = _demonstration_day()
CLOCK = _now

SECRET_KEY = _secret_key()
DEBUG = False
IS_HTTPS = _is_https()
# Messages lead to the pages under it; a page itself never needs it.
SITE_ADDRESS = site_address(os.environ)
ALLOWED_HOSTS = os.environ.get("GOLDENTHREAD_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if IS_HTTPS else []

DATABASES = {"default": _database()}
CACHES = {
    "default": {
        # Sign-in limits are counted here, so every serving process must share it.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "goldenthread_cache",
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

KINDS_BESIDE = (
    "goldenthread.risks.beside.RiskReturns",
    "goldenthread.evaluations.beside.Evaluations",
    "goldenthread.statements.beside.PlanOverviews",
    "goldenthread.statements.beside.FinancialOverviews",
)
"""What a cycle may ask for beside the returns on actions and indicators: see reporting.queries.beside."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "simple_history",
    *(
        f"goldenthread.{app}"
        for app in (
            "design",
            "audit",
            "notices",
            "accounts",
            "organisation",
            "indicators",
            "plans",
            "reporting",
            "workbooks",
            "exception_reports",
            "statements",
            "risks",
            "evaluations",
            "timetables",
            "packs",
            "chasing",
            "home",
            "demo",
        )
    ),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "goldenthread.config.clock.ClockMiddleware",
]
ROOT_URLCONF = "goldenthread.config.urls"
WSGI_APPLICATION = "goldenthread.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "design" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "goldenthread.config.frame.frame",
            ]
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "goldenthread.accounts.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# A whole council may sit behind one address; each person's own tries are what is limited.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "60/m/ip,5/5m/key"}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
X_FRAME_OPTIONS = "DENY"
# The table of somebody who holds hundreds of items sends a dozen answers for each, some of them long.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}

_MAIL = mail_settings(os.environ)
EMAIL_HOST = _MAIL.host
EMAIL_PORT = _MAIL.port
EMAIL_USE_TLS = _MAIL.encryption is Encryption.STARTTLS
EMAIL_USE_SSL = _MAIL.encryption is Encryption.TLS
EMAIL_HOST_USER = _MAIL.user
EMAIL_HOST_PASSWORD = _MAIL.password
EMAIL_TIMEOUT = _MAIL.timeout
DEFAULT_FROM_EMAIL = _MAIL.sender
MAIL_DOMAIN = _MAIL.domain
MAIL_LEASE = _MAIL.lease

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
