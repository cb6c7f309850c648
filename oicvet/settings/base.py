"""Settings common to every installation; `development` and `production` add what differs.

Each value that an operator may change comes from the environment and is described in docs/OPERATIONS.md.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from bilingual.languages import field_in_language
from oicvet.settings.environment import env
from oicvet.settings.gate import *  # noqa: F403 -- the settings of signing in are settings of every installation

BASE_DIR = Path(__file__).resolve().parents[2]

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, which it extends
    "accounts.back_office.BackOfficeConfig",  # Django's admin, behind the portal's own gate
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "import_export",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "drf_spectacular",  # for its command, which writes the description of the interface
    "bilingual",
    "partners",
    "roadmap",
    "activities",
    "reports",
    "focalpoints",
    "accounts",
    "oicvet",
]

# What adds headers stands above what answers by itself, so that files and errors carry them too.
MIDDLEWARE = [
    "oicvet.middleware.RequestIdMiddleware",
    "oicvet.middleware.ResponseHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",  # answers by itself what comes unencrypted
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Below the files, which are compressed once and for all; above whatever sets a cookie, which it must see.
    "oicvet.middleware.CompressPublicPages",
    "bilingual.public_pages.KeptPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.second_factor.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "bilingual.history.ChangeSetMiddleware",
    # The last before the view: by then it is known who asks, should that matter.
    "oicvet.policy.middleware.PolicyMiddleware",
]

ROOT_URLCONF = "oicvet.urls"
WSGI_APPLICATION = "oicvet.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# SQLite is the embedded default. Without IMMEDIATE, concurrent savers fail with "database is locked";
# FULL keeps what was acknowledged through a power cut; 20 seconds is what twenty writers at once need.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
}
(BASE_DIR / "data").mkdir(exist_ok=True)
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'data' / 'portal.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
if DATABASES["default"].get("ENGINE", "").endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Jobs wait in our own database until a worker (`manage.py work`) does them: no broker to run.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {
    # What the gate counts: wrong passwords, codes that were used. In the database, which all processes and machines
    # share and whose rows nobody can push out: a cache of files throws away a third of what it holds, at random, when
    # somebody fills it from many addresses. A migration of `accounts` makes the table.
    "default": {
        "BACKEND": "accounts.counting.CountedCache",
        "LOCATION": "accounts_counted",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    # How often an address has asked the interface or for files. Files, so that all processes of one machine share
    # them without another server; several machines need a cache server (CACHE_URL).
    "requests": env.cache("CACHE_URL")
    if "CACHE_URL" in env.ENVIRON
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": BASE_DIR / "data" / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
    # Public pages are kept in each process (bilingual/public_pages.py); one takes some 5 to 20 kB.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}
# One file for each message, to be read with any program, until a mail server is named.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = BASE_DIR / "data" / "mail"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", _("Arabic")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["bilingual.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Istanbul"

# A text shown for want of the reader's language is labelled where it is shown, so nothing falls back silently.
MODELTRANSLATION_DEFAULT_LANGUAGE = "ar"
MODELTRANSLATION_LANGUAGES = ("ar", "en")
MODELTRANSLATION_FALLBACK_LANGUAGES = ()
MODELTRANSLATION_ENABLE_FALLBACKS = False
MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME = field_in_language

STATIC_URL = "/static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "data" / "media"))()
REPORTS_DIR = env.path("REPORTS_DIR", default=str(BASE_DIR / "build"))()
# What printing one document may take: seconds on the clock, and megabytes of memory.
PRINTING_SECONDS = env.int("PRINTING_SECONDS", default=300)
PRINTING_MEMORY = env.int("PRINTING_MEMORY", default=2048)
# Where readers reach the portal: an edition prints below it the address at which its copies are verified.
PORTAL_URL = env.str("PORTAL_URL", default="http://127.0.0.1:8000").rstrip("/")
# Whether an edition needs two people: one proposes a state of the report, another issues exactly that.
REPORT_TWO_PERSON_ISSUE = env.bool("REPORT_TWO_PERSON_ISSUE", default=False)

AUTHENTICATION_BACKENDS = ["accounts.auth.PortalBackend"]
# The demo data bring one account per role, with passwords anyone can read: they may sign in only where this is true.
DEMO_ACCOUNTS_ALLOWED = False
# True only in the production settings, which refuse to start with something unsafe (oicvet/settings/safety.py).
PRODUCTION = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Nothing is loaded from another host, nothing runs inline: the admin included.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
CSRF_COOKIE_HTTPONLY = True  # our scripts take the token from the form
# In the session, where a sentence that names a record is not carried about in a cookie of its own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "oicvet.errors.forbidden"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# The interface for programs: JSON alone, the same for everybody, without sessions.
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "bilingual.api.formats.OneFormat",
    "DEFAULT_THROTTLE_CLASSES": ["bilingual.api.limits.PerAddress"],
    "DEFAULT_THROTTLE_RATES": {
        "api": env.str("API_RATE", default="120/min"),
        "files": env.str("FILES_RATE", default="30/min"),
    },
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "bilingual.api.refusals.answer_refusal",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
    # An address that a client merely claims (X-Forwarded-For) is not believed, unless a proxy of ours wrote it.
    "NUM_PROXIES": 0,
}
SPECTACULAR_SETTINGS = {
    "TITLE": _("The OIC-VET portal for programs"),
    "DESCRIPTION": _(
        "What the portal publishes, in Arabic and English at once. It can be read by everybody, without an account; "
        "nothing can be changed through it. A text or figure that is not known is null."
    ),
    "VERSION": "1.1.0",  # raised when an object changes its shape
    "SCHEMA_PATH_PREFIX": r"/api/v[0-9]",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}
