"""Django settings. What differs between machines comes from the environment, see `archive.env`."""

import os
from datetime import timedelta
from pathlib import Path

from archive import env
from archive.postgres import DATABASE, ROLE, PrivateServer
from archive.settings.desk import UNFOLD as UNFOLD
from archive.settings.policy import CONTENT_SECURITY_POLICY as CONTENT_SECURITY_POLICY

BASE_DIR = Path(__file__).resolve().parent.parent.parent
ENV = env.read(os.environ, BASE_DIR)

DEBUG = ENV.debug
SECRET_KEY = ENV.secret_key or env.stored_secret(ENV.var)
ALLOWED_HOSTS = list(ENV.allowed_hosts)

INSTALLED_APPS = [
    "archive",
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "simple_history",
    "haystack",
    "axes",
    "django_tasks",
    "django_tasks_db",
    "articles",
    "search",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "archive.middleware.CompressedPagesMiddleware",
    "archive.middleware.ContentPolicyMiddleware",
    "archive.middleware.OriginsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "archive.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "archive.middleware.RoomMiddleware",  # before anything reads what was sent
    "django.middleware.csrf.CsrfViewMiddleware",
    "archive.kept.KeptFormsMiddleware",  # within it, as what it answers with has a token of its own
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",  # last, to answer with its own page
]

ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database: the private server unless DATABASE_URL names another.
PRIVATE_POSTGRES = None if ENV.database else PrivateServer(ENV.var)
_place = (
    {
        "NAME": ENV.database.name,
        "USER": ENV.database.user,
        "PASSWORD": ENV.database.password,
        "HOST": ENV.database.host,
        "PORT": ENV.database.port,
        "OPTIONS": dict(ENV.database.options),
    }
    if ENV.database
    else {"NAME": DATABASE, "USER": ROLE, "HOST": str(PrivateServer(ENV.var).socket_dir)}
)
DATABASES = {
    "default": {
        "ENGINE": "archive.db",
        "CONN_MAX_AGE": 60,  # a fixed pool of web threads: each keeps its one connection
        "CONN_HEALTH_CHECKS": True,
        **_place,
    }
}

# Search
SEARCH_ENGINE = ENV.search_engine
ROBOTS = ENV.robots
CORS_ORIGINS = ENV.cors_origins
HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": f"search.engines.haystack.{SEARCH_ENGINE.capitalize()}Engine",
        "PATH": str(ENV.var / "index"),
    }
}

# Background work: tasks are rows, carried out by `manage.py work`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# The desk: how many articles a change over a selection changes while one waits; more of them the worker changes.
BULK_AT_ONCE = 100
CLAIM_EXPIRES = timedelta(minutes=30)  # how long an article in the review queue is somebody's

# Language: Chinese for everyone who has not chosen English.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = ENV.var / "static"
STATICFILES_DIRS = [BASE_DIR / "static"] if (BASE_DIR / "static").is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "archive.squeezing.SqueezedStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = ENV.var / "media"

# Uploads: page texts of up to 10 MB each, 500 at once. A request body is not limited as a whole; files above
# 2.5 MB go to disk while they arrive.
UPLOAD_FILE_BYTES = 10 * 1024 * 1024
# The rest of `articles.ingest.readers.Limits`: what a file may unpack to, pages of a PDF, packages in packages …
UPLOAD_LIMITS = {
    "unpacked_bytes": 200 * 1024 * 1024,
    "ratio": 200,
    "pages": 64,
    "characters": 300_000,
    "members": 500,
    "depth": 2,
    "seconds": 120,
}
DATA_UPLOAD_MAX_NUMBER_FILES = 500
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_FILE_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # an article form with a long ledger has many

# Security
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 5  # wrong passwords for one account from one address …
AXES_COOLOFF_TIME = timedelta(minutes=15)  # … until it may try again
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "admin/locked.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
SESSION_COOKIE_AGE = 12 * 3600  # a working day
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "articles.admin.refused.too_old"
CSRF_COOKIE_HTTPONLY = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
if ENV.https:  # said by whoever puts a TLS proxy in front, whose X-Forwarded-Proto archive.serve reads
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked by machines behind the proxy
    SECURE_HSTS_SECONDS = 3600
    CSRF_TRUSTED_ORIGINS = [
        f"https://{host.replace('.', '*.', 1) if host[0] == '.' else host}" for host in ALLOWED_HOSTS
    ]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# One line for what matters: a run of the ingest, a worker's restart, an error.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "terminal": {"class": "logging.StreamHandler", "formatter": "line"},
        "faults": {"class": "archive.faults.FaultHandler", "path": ENV.var / "errors.jsonl"},
    },
    "root": {"handlers": ["terminal", "faults"], "level": "WARNING"},
    "loggers": {
        "archive": {"level": "INFO"},
        "articles": {"level": "INFO"},
        "search": {"level": "INFO"},
        "django": {"handlers": ["terminal", "faults"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # addresses that are not there are no event
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # a robot guessing names; it gets its 400
        "jieba": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}
SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False
SIMPLE_HISTORY_REVERT_DISABLED = True  # corrections go through services, one by one
# HSTS for all subdomains and the browsers' built-in list concern a whole domain, which may not be the archive's.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
