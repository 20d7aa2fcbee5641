"""The project's settings as the benchmark sees them: as in production, on a database of its own."""

import os

for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "ALLOWED_HOSTS", "TRUSTED_ORIGINS", "SECRET_KEY"):
    os.environ.pop(name, None)
os.environ |= {"ENV_FILE": os.devnull, "DEBUG": "true", "HTTPS": "false", "LOG_LEVEL": "ERROR"}

from config.settings import *  # noqa: E402, F403 - the environment comes first
from config.settings import DATABASES, TEMPLATE_LOADERS, TEMPLATES  # noqa: E402

DEBUG = False
ALLOWED_HOSTS = ["localhost", "testserver"]
ROOT_URLCONF = "tests.load.urls"
TEMPLATES[0]["OPTIONS"]["loaders"] = [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)]

#: The database with the full table of metrics, and its twin from before the table grew.
DATABASES["default"]["NAME"] = "firstline_bench"
DATABASES["small"] = DATABASES["default"] | {"NAME": "firstline_bench_small"}
DATABASE_ROUTERS = ["tests.load.databases.ChosenDatabase"]
