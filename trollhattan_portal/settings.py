"""All settings, read from the environment (NAME, or NAME_FILE holding the path of a secret).

Every variable is described in docs/configuration.md; tests/test_configuration.py keeps it so.
"""

from pathlib import Path

import django.conf.locale
import environ
from csp.constants import NONCE, NONE, SELF
from js_asset import static_lazy

env = environ.FileAwareEnv()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var")))

# Where and how it runs

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="only-for-development") if DEBUG else env("SECRET_KEY")
BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECURE_HTTPS = env.bool("SECURE_HTTPS", default=not DEBUG)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)

# What the error page says when the database, where the site's own texts are, can't be reached
ERROR_PAGE_SENDER = env("ERROR_PAGE_SENDER", default="Trollhättans Stad")
ERROR_PAGE_PHONE = env("ERROR_PAGE_PHONE", default="0520-49 50 00")

INSTALLED_APPS = [
    "modeltranslation",
    "trollhattan_portal",
    "pages",
    "search",
    "news",
    "initiatives",
    "focus_areas",
    "contacts",
    "images",
    "publishing",
    "trollhattan_portal.admin_apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "django_prose_editor",
    "js_asset",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "trollhattan_portal.middleware.PermissionsPolicy",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "trollhattan_portal.middleware.RefuseOddRequests",
    "trollhattan_portal.middleware.FreshByDefault",
    "django.middleware.gzip.GZipMiddleware",
    "trollhattan_portal.middleware.ConditionalGetAndHead",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "trollhattan_portal.middleware.LanguageFromPath",
    "publishing.middleware.PublishDue",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "publishing.middleware.KeepWhatWasSent",
    "publishing.middleware.FollowRedirects",
]

ROOT_URLCONF = "trollhattan_portal.urls"
WSGI_APPLICATION = "trollhattan_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.context_processors.furniture",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# Publishing

FOUR_EYES = env.bool("FOUR_EYES", default=False)  # whoever wrote last can't approve
UNSAVED_DAYS = env.int("UNSAVED_DAYS", default=14)  # how long what nobody saved can be taken back

# The image bank: how much is uploaded at once

IMAGE_UPLOAD_FILES = env.int("IMAGE_UPLOAD_FILES", default=20)
IMAGE_UPLOAD_MB = env.int("IMAGE_UPLOAD_MB", default=100)

# The text editor: what static/admin_portal adds to it, and changes

DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("admin_portal/paste.js"), static_lazy("admin_portal/links.js")],
        "extensions": {"CleanPaste": lambda config, shared_config: None},
    }
]

# Data

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    options = {
        # With Django's default most concurrent writers got "database is locked"
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # With NORMAL a power cut may take texts that somebody has been told are saved;
        # with a cache of 2 MB, the default, a search reads its pages from the system each time
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA cache_size=-20000;",
    }
elif env.bool("DATABASE_POOL", default=True):
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # the database may have been restarted
    options = {
        "pool": True,
        # Whoever waits is told, as with SQLite; a lost host keeps no lock for hours;
        # to compile a search would take five times as long as to answer it
        "options": "-c lock_timeout=20s -c idle_in_transaction_session_timeout=2min -c jit=off",
    }
else:
    options = {}
DATABASES["default"]["OPTIONS"] = options | DATABASES["default"].get("OPTIONS", {})

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache("CACHE_URL", default=f"filecache://{DATA_DIR / 'cache'}")}

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "trollhattan_portal.staticfiles.JoinedStylesheetsStorage"
    },
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "ico", "woff2"]
FILE_UPLOAD_PERMISSIONS = 0o640
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# Languages and time

LANGUAGE_CODE = "sv"
LANGUAGES = [
    ("sv", "Svenska"),
    ("sv-simple", "Lättläst svenska"),
    ("fi", "Suomi"),
    ("en", "English"),
    ("ar", "العربية"),
]
django.conf.locale.LANG_INFO["sv-simple"] = {
    "bidi": False,
    "code": "sv-simple",
    "name": "Easy-to-read Swedish",
    "name_local": "Lättläst svenska",
}
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "trollhattan_portal.formats"
MODELTRANSLATION_DEFAULT_LANGUAGE = "sv"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("sv",)
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# Log-in, for the back office only: readers get neither session nor cookie

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "trollhattan_portal.passwords.Long", "OPTIONS": {"min_length": 12}},
    {"NAME": "trollhattan_portal.passwords.UnlikeItsUser"},
    {"NAME": "trollhattan_portal.passwords.Uncommon"},
    {"NAME": "trollhattan_portal.passwords.MoreThanFigures"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "trollhattan_portal.accounts.NoSignUpAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's address is nobody's to write to
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
INVITATION_DAYS = env.int("INVITATION_DAYS", default=7)
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0

# Mail

EMAIL_TIMEOUT = 10  # seconds that somebody waits for a mail server that doesn't answer
vars().update(env.email("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="webbplatsen@example.se")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Security

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^halsa/"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "trollhattan_portal.log_in_again.csrf_failure"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURITY_CONTACT = env("SECURITY_CONTACT", default="")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],  # the nonce is sent only by pages that ask for it (the admin)
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
