"""Every setting of Firstline. The environment is read here, once, and refused here if it is wrong.

``.env.example`` explains each variable.
"""

import contextlib
import os
import secrets
from pathlib import Path

import django_stubs_ext
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from config import environment, logs

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

django_stubs_ext.monkeypatch()  # lets ModelForm[User] be written where it is also run

env = environment.load(BASE_DIR / ".env")

DEBUG = env.boolean("DEBUG", default=False)


def debug_secret_key() -> str:
    """A key of this checkout's own, so that sessions survive a restart of the development server."""
    file = VAR_DIR / "secret_key"
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        VAR_DIR.mkdir(exist_ok=True)
    own = file.with_name(f"secret_key.{os.getpid()}")
    own.touch(mode=0o600)
    own.write_text(secrets.token_urlsafe(64))
    with contextlib.suppress(FileExistsError):  # the first of several processes wins
        os.link(own, file)
    own.unlink()
    return file.read_text().strip()


SECRET_KEY = env.secret_key("SECRET_KEY", debug_key=debug_secret_key if DEBUG else None)
ALLOWED_HOSTS = env.host_names("ALLOWED_HOSTS", debug=DEBUG)

# Who answers where

HOST = env.text("HOST", "127.0.0.1")
PORT = env.integer("PORT", default=8000, minimum=1, maximum=65535)
#: Whether ``manage.py serve`` also works through the job queue.
JOBS_IN_SERVER = env.boolean("JOBS_IN_SERVER", default=True)
HTTPS = env.boolean("HTTPS", default=not DEBUG)
BEHIND_PROXY = env.boolean("BEHIND_PROXY", default=False)
TRUSTED_ORIGINS = env.origins("TRUSTED_ORIGINS")
#: How many last entries of X-Forwarded-For were written by proxies of ours; visitors write the others as they like.
PROXY_COUNT = 1 if BEHIND_PROXY else 0
ALLAUTH_TRUSTED_PROXY_COUNT = PROXY_COUNT

# Applications, from the bottom layer to the top, then what they stand on

LAYERS = ["accounts", "organizations", "scenarios", "gamification", "assistant", "sessions_app", "config"]

INSTALLED_APPS = [
    *LAYERS,
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "allauth.headless",
    "rest_framework",
    "drf_spectacular",
    "channels",
    "django_htmx",
    "procrastinate.contrib.django",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "config.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "config.middleware.AdminContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.ReaderTimezoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATE_LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # Only production keeps compiled templates: an edit shows on the next reload.
            "loaders": TEMPLATE_LOADERS
            if DEBUG
            else [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.interface.context",
            ],
        },
    },
]

# The database: an address, or a server of our own

DATABASE_POOL_SIZE = env.integer("DATABASE_POOL_SIZE", default=20, minimum=0, maximum=500)
#: Milliseconds that one statement may take; 0 sets no limit. manage.py lifts it for its commands.
DATABASE_STATEMENT_TIMEOUT = env.integer(
    "DATABASE_STATEMENT_TIMEOUT", default=2000, minimum=0, maximum=3_600_000
)

database = env.database("DATABASE_URL", required=not DEBUG)
if not database:
    database = {"ENGINE": "config.embedded_database", "EMBEDDED_SERVER": "postgres", "NAME": "firstline"}
database_options: dict[str, object] = {
    "options": f"-c statement_timeout={DATABASE_STATEMENT_TIMEOUT}",
    **database.pop("OPTIONS", {}),  # type: ignore[dict-item]
}
if DATABASE_POOL_SIZE:
    database_options["pool"] = {"min_size": 0, "max_size": DATABASE_POOL_SIZE, "timeout": 5}
DATABASES = {
    "default": {**database, "ATOMIC_REQUESTS": False, "CONN_MAX_AGE": 0, "OPTIONS": database_options}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis is optional: without it, sockets of one process reach each other through its memory

REDIS_URL = env.redis("REDIS_URL")
if REDIS_URL:
    CHANNEL_LAYERS: dict[str, dict[str, object]] = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            # Without a timeout of its own a dead Redis would hang the sender.
            "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": 5, "socket_connect_timeout": 2}]},
        }
    }
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "firstline"}
    }

# Jobs

PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 4, "delete_jobs": "successful"}

# People and their sign-in

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.password_validation.LengthValidator", "OPTIONS": {"min_length": 8, "max_length": 128}},
    {"NAME": "accounts.password_validation.MixedCaseValidator"},
    {"NAME": "accounts.password_validation.NumberValidator"},
    {"NAME": "accounts.password_validation.GuessableValidator"},
]
#: What an instructor may do in the admin, by app: kept on the group "Instructors" after every migrate.
INSTRUCTOR_PERMISSIONS = {
    "scenarios": ["view", "add", "change"],
    "sessions_app": ["view"],
    "gamification": ["view"],
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "accounts.forms.SignupForm",
    "login": "accounts.forms.LoginForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "add_email": "accounts.forms.AddEmailForm",
    "confirm_email_verification_code": "accounts.forms.EmailCodeForm",
    "confirm_password_reset_code": "accounts.forms.ResetCodeForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_TOTP_ISSUER = "Firstline"

HEADLESS_TOKEN_STRATEGY = "allauth.headless.tokens.strategies.jwt.JWTTokenStrategy"
HEADLESS_JWT_ALGORITHM = "HS256"
HEADLESS_JWT_ACCESS_TOKEN_EXPIRES_IN = 15 * 60
HEADLESS_JWT_REFRESH_TOKEN_EXPIRES_IN = 30 * 24 * 3600
# Each token is checked against its session, so that signing out ends it at once.
HEADLESS_JWT_STATEFUL_VALIDATION_ENABLED = True

SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = TRUSTED_ORIGINS

# What a browser may do with our pages

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
#: The admin's Alpine components evaluate expressions and set styles in place.
ADMIN_CSP = SECURE_CSP | {
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE, CSP.UNSAFE_EVAL],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Bodies of requests: a message is 4,000 characters, a document 10 MB

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
#: The form of a large scenario has two thousand inputs; the size above is the limit that protects.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# E-mail

MAILERS = {"default": env.mailer("EMAIL_URL", default="console:")}
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Firstline <no-reply@firstline.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Language and time

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]

# Files

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=VAR_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "servestatic.storage.CompressedManifestStaticFilesStorage"
    },
}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# The API

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.rest.authentication.BearerAuthentication",
        "accounts.rest.authentication.CookieAuthentication",
    ],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "accounts.rest.negotiation.AlwaysJson",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_PARSER_CLASSES": ["accounts.rest.reading.JsonParser"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_THROTTLE_CLASSES": ["accounts.rest.throttling.PersonThrottle"],
    "EXCEPTION_HANDLER": "accounts.rest.refusing.answer_exception",
    "NUM_PROXIES": PROXY_COUNT,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Firstline API",
    "DESCRIPTION": "Practise first-line support: sessions, messages, verification, scores.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SORT_OPERATIONS": False,
    "POSTPROCESSING_HOOKS": ["accounts.rest.openapi.complete"],
}

# The admin

#: The hues of static/css/tokens.css, as the steps that unfold mixes its pages from.
UNFOLD_COLORS = {
    "base": {
        "50": "#f4f7f7",
        "100": "#e6ecec",
        "200": "#d2dcdd",
        "300": "#b7c6c9",
        "400": "#93a8ad",
        "500": "#566c72",
        "600": "#43585e",
        "700": "#294046",
        "800": "#1b3036",
        "900": "#122125",
        "950": "#0b1619",
    },
    "primary": {
        "50": "#eef7f8",
        "100": "#dbeef0",
        "200": "#b5e0e6",
        "300": "#93d5df",
        "400": "#6accdb",
        "500": "#5cc2d2",
        "600": "#0a5f6e",
        "700": "#084a57",
        "800": "#07444f",
        "900": "#12393f",
        "950": "#06262c",
    },
    "font": {
        "subtle-light": "var(--color-base-500)",
        "subtle-dark": "#a9bdc1",
        "default-light": "var(--color-base-600)",
        "default-dark": "#c9d8da",
        "important-light": "#10262b",
        "important-dark": "#e4eeee",
    },
}
UNFOLD = {
    "SITE_TITLE": "Firstline",
    "SITE_HEADER": "Firstline",
    "SITE_SUBHEADER": _("Instructors' desk"),
    "SITE_ICON": "config.admin.emblem",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": "config.admin.emblem"}],
    "STYLES": ["config.admin.stylesheet"],
    "SHOW_HISTORY": True,
    "SHOW_BACK_BUTTON": True,
    "BORDER_RADIUS": "6px",
    "COLORS": UNFOLD_COLORS,
    "DASHBOARD_CALLBACK": "config.admin.dashboard",
    "SIDEBAR": {"show_search": True, "navigation": "config.admin.navigation"},
}

# A language model that words the customer's replies; without one the built-in voice does

LLM_BASE_URL = env.web_address("LLM_BASE_URL")
LLM_API_KEY = env.text("LLM_API_KEY")
LLM_MODEL = env.language_model("LLM_MODEL", base_url=LLM_BASE_URL, key_name="LLM_API_KEY", key=LLM_API_KEY)
#: Seconds until the first word, and until the last one; then the built-in voice answers.
LLM_FIRST_WORD_SECONDS: float = env.integer("LLM_FIRST_WORD_SECONDS", default=8, minimum=1, maximum=120)
LLM_ANSWER_SECONDS: float = env.integer("LLM_ANSWER_SECONDS", default=20, minimum=1, maximum=240)
#: Tokens that one session, and all of them on one day (UTC), may use; 0 sets no limit.
LLM_SESSION_TOKENS = env.integer("LLM_SESSION_TOKENS", default=100_000, minimum=0, maximum=10**12)
LLM_DAY_TOKENS = env.integer("LLM_DAY_TOKENS", default=2_000_000, minimum=0, maximum=10**12)
#: The prices of a million tokens, in whatever currency; without them no cost is kept.
LLM_INPUT_PRICE = env.amount("LLM_INPUT_PRICE")
LLM_OUTPUT_PRICE = env.amount("LLM_OUTPUT_PRICE")

# Logs

LOG_LEVEL = env.choice("LOG_LEVEL", default="INFO", choices=("DEBUG", "INFO", "WARNING", "ERROR"))
LOG_FORMAT = env.choice("LOG_FORMAT", default="console" if DEBUG else "json", choices=("console", "json"))
LOGGING = logs.configuration(LOG_LEVEL, LOG_FORMAT)

env.refuse_faults()
