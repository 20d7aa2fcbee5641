"""The project's settings as tests see them: nothing from outside, a database that is thrown away."""

import os

for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "ALLOWED_HOSTS", "TRUSTED_ORIGINS", "SECRET_KEY"):
    os.environ.pop(name, None)
for name in [name for name in os.environ if name.startswith("LLM_")]:
    del os.environ[name]
os.environ |= {
    "ENV_FILE": os.devnull,
    "DEBUG": "true",
    "HTTPS": "false",
    "LOG_LEVEL": "WARNING",
    # A test holds one connection per thread; the pool is tried by the tests of the running server.
    "DATABASE_POOL_SIZE": "0",
    "DATABASE_STATEMENT_TIMEOUT": "0",
}

from config.settings import *  # noqa: E402, F403 - the environment comes first
from config.settings import DATABASES, TEMPLATES  # noqa: E402

DEBUG = False
DATABASES["default"]["EMBEDDED_SERVER"] = "postgres-test"
#: Hashing that is slow on purpose would be most of the run.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEMPLATES[0]["OPTIONS"]["debug"] = True
