"""System checks of the project as a whole; `manage.py check` runs them."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register


@register(Tags.compatibility)
def database_is_postgresql(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The schema and the queries rely on PostgreSQL."""
    engine = settings.DATABASES["default"]["ENGINE"]
    if engine in ("django.db.backends.postgresql", "config.embedded_database"):
        return []
    return [checks.Error(f"The database engine {engine} is not PostgreSQL.", id="firstline.E001")]


@register(Tags.staticfiles)
def front_end_is_installed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Pages need the files that `make install` copies out of the npm packages."""
    if (settings.BASE_DIR / "static" / "vendor").is_dir():
        return []
    return [
        checks.Warning("The front-end packages are missing.", hint="Run `make install`.", id="firstline.W001")
    ]


@register(Tags.security, deploy=True)
def outside_sees_one_process_cache(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Without Redis, limits and sockets are known to one process only."""
    if settings.REDIS_URL:
        return []
    hint = "Set REDIS_URL before you run more than one server process."
    return [checks.Warning("Sockets and rate limits live in one process.", hint=hint, id="firstline.W002")]
