"""Django's settings, made from ``options``. An office changes options, never this file."""

import os
from pathlib import Path

from luoshi.web.config.database import database, prefer_own_sqlite
from luoshi.web.config.key import secret_key
from luoshi.web.config.options import data_folder, options
from luoshi.web.config.policy import content_security_policy

prefer_own_sqlite()

OPTIONS = options()
DATA = data_folder()
DATA.mkdir(parents=True, exist_ok=True)

SECRET_KEY = secret_key(DATA)
DEBUG = False
ALLOWED_HOSTS = [*OPTIONS["hosts"]]
ROOT_URLCONF = "luoshi.web.config.urls"
WSGI_APPLICATION = "luoshi.web.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FILES = DATA / "files"

INSTALLED_APPS = [
    "luoshi.web.common",
    "luoshi.web.audit",
    "luoshi.web.intake",
    "luoshi.web.search",
    "luoshi.web.calendars",
    "luoshi.web.orgs",
    "luoshi.web.documents",
    "luoshi.web.programmes",
    "luoshi.web.ledger",
    "luoshi.web.problems",
    "luoshi.web.papers",
    "luoshi.web.oversight",
    "luoshi.web.lookback",
    "luoshi.web.exchange",
    "luoshi.web.boards",
    "luoshi.web.notices",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "treebeard",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "lucide",
]

MIDDLEWARE = [
    "luoshi.web.common.door.DoorMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "luoshi.web.common.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "luoshi.web.orgs.middleware.ActorMiddleware",
    "luoshi.web.common.middleware.ErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.static", "luoshi.web.common.templatetags.pages", "luoshi.web.orgs.templatetags.units", "lucide.templatetags.lucide"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "luoshi.web.config.navigation.navigation",
            ],
        },
    }
]

DATABASES = {"default": database(OPTIONS["database"], DATA)}
# What signing in counts is counted once for all processes of pages, on whatever machine; nothing else is cached.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "common_cache"}}

# -- language and time
LANGUAGE_CODE = "zh-hans" if OPTIONS["language"] == "zh" else "en"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "__Host-luoshi_language" if OPTIONS["https"] else "luoshi_language"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# -- who is who
AUTH_USER_MODEL = "orgs.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "luoshi.web.orgs.passwords.Rules"},  # by the option password_profile
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "luoshi.web.orgs.login.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# Beside the lock of axes: many names from one place. An office behind a proxy is one place, too, and signs in at nine o'clock.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,10/5m/key", "login": "300/m/ip"}
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_ADAPTER = "luoshi.web.orgs.login.OfficeAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "office",
                    "name": "单位统一身份认证",
                    "client_id": OPTIONS["oidc_client"],
                    "secret": OPTIONS["oidc_secret"],
                    "settings": {"server_url": OPTIONS["oidc_server"], "scope": ["openid", "profile"]},
                }
            ]
        }
    }
    if OPTIONS["oidc_server"]
    else {}
)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "落实"
MFA_ADAPTER = "luoshi.web.orgs.login.SecondFactorAdapter"
AXES_FAILURE_LIMIT = OPTIONS["login_failures"]
AXES_COOLOFF_TIME = OPTIONS["lock_minutes"] / 60
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = ["username", ["username", "ip_address"]]  # a name that is tried from many places locks too
AXES_USERNAME_CALLABLE = "luoshi.web.orgs.login.tried_name"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the lock ends when it says, whatever is tried meanwhile
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_CALLABLE = "luoshi.web.orgs.login.locked_out"

# -- sessions, cookies, headers
SESSION_ENGINE = "luoshi.web.common.sessions"
SESSION_COOKIE_AGE = OPTIONS["session_hours"] * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # what was done is business; it is not left in a cookie
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "luoshi.web.common.views.csrf_failed"
if OPTIONS["https"]:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in OPTIONS["hosts"]]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = OPTIONS["https"]
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked by programs, which are not led elsewhere
SECURE_HSTS_SECONDS = 31_536_000 if OPTIONS["https"] else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = OPTIONS["https"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = content_security_policy(OPTIONS["oidc_server"])

# -- files
STATIC_URL = "static/"
STATICFILES_DIRS = [Path(__file__).parent.parent.parent / "theme"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 86_400
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "luoshi.web.config.static.DigestStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 << 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# -- background work: the same interface as Django 6
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
# Tasks of apps above documents that follow the reading of a version; each takes the number of the document.
AFTER_READING: tuple[str, ...] = ("luoshi.web.ledger.tasks.check_sources",)
# Whether an actor has work with a unit, as apps above orgs know it: takes the actor and the unit. Such people see each other's telephone numbers.
WORK_TOGETHER: tuple[str, ...] = ("luoshi.web.ledger.selectors.work_together",)
# Whose installation this is, as apps above the audit know it: it stands on the sheets of checkpoints.
ORIGIN = "luoshi.web.orgs.selectors.first_name"
# For how long a process counts with the working calendar that it read before it looks for new notices.
CALENDAR_SECONDS = 5
# What apps above the ledger add to its pages: rows of the must-do list, cards of a matter. See ledger/additions.py.
ASKERS: tuple[str, ...] = (
    "luoshi.web.oversight.selectors.ASKER",
    "luoshi.web.problems.selectors.asking.PROBLEMS",
    "luoshi.web.papers.asking.ASKER",
    "luoshi.web.lookback.asking.ASKER",
)
MATTER_PANELS: tuple[str, ...] = (
    "luoshi.web.oversight.views.pages.panel",
    "luoshi.web.problems.panels.problems_of",
    "luoshi.web.papers.panel.panel",
    "luoshi.web.exchange.panel.panel",
    "luoshi.web.lookback.panel.panel",
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "luoshi.web.common.log.Line"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django.request": {"level": "ERROR"}},  # what was refused is noted by common.views, with who asked
    "root": {"handlers": ["stderr"], "level": os.environ.get("LUOSHI_LOG", "WARNING")},
}
