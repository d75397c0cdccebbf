"""The settings that the tests run on: production's, with nothing read from or left in var/."""

import atexit
import os
import shutil
import tempfile

data = tempfile.mkdtemp(prefix="portal-")
atexit.register(shutil.rmtree, data, ignore_errors=True)
os.environ.update(
    DEBUG="off",
    SECRET_KEY="for-tests-only",
    DATA_DIR=data,
    BASE_URL="http://testserver",
    ALLOWED_HOSTS="testserver,127.0.0.1,localhost",
    SECURE_HTTPS="off",
)

from trollhattan_portal.settings import *  # noqa: E402, F403

STATIC_ROOT.mkdir()  # noqa: F405 (whitenoise warns without it)

# Passwords hashed slowly and files hashed at all are for the tests that ask for them
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
