"""The product's settings, with the few things that a test cannot wait for."""

from __future__ import annotations

from goldenthread.config.settings import *

SECRET_KEY = "only-for-tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Where nothing has been gathered, static files come from the apps.
WHITENOISE_AUTOREFRESH = True
