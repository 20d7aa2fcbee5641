"""Typed readers of environment variables.

A bad value is not raised where it is read: every reader notes its fault and answers with the
default, and ``refuse_faults`` then ends the process with one line for each variable. So a person
who starts the server learns everything that is wrong at once.
"""

import os
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn
from urllib.parse import parse_qsl, unquote, urlsplit

import environ

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}
SECRET_KEY_LENGTH = 50
SECRET_KEY_VARIETY = 12
PLACEHOLDER_WORDS = ("insecure", "changeme", "change-me", "secret-key", "your-secret")
MODEL_PROVIDERS = ("openai-chat", "openai", "anthropic", "ollama")
"""Who can be asked for words, as ``LLM_MODEL`` spells it before its colon."""


class Environment:
    """Reads variables from ``source``; an empty value counts as a missing one.

    ``names`` collects every variable that was asked for, so that a test can hold
    ``.env.example`` to it.
    """

    def __init__(self, source: Mapping[str, str]) -> None:
        self.source = source
        self.names: list[str] = []
        self.faults: list[str] = []

    def fault(self, name: str, demand: str) -> None:
        """Note that the variable called ``name`` breaks ``demand``, a sentence without its subject."""
        self.faults.append(f"{name} {demand}")

    def text(self, name: str, default: str = "") -> str:
        """The variable's text without surrounding blanks."""
        self.names.append(name)
        return self.source.get(name, "").strip() or default

    def boolean(self, name: str, default: bool) -> bool:
        """A switch: 1, true, yes, on, or 0, false, no, off."""
        word = self.text(name).lower()
        if word and word not in TRUE_WORDS | FALSE_WORDS:
            self.fault(name, f"must be true or false, not {word!r}.")
        return word in TRUE_WORDS if word in TRUE_WORDS | FALSE_WORDS else default

    def integer(self, name: str, default: int, minimum: int, maximum: int) -> int:
        """A whole number between ``minimum`` and ``maximum``, both allowed."""
        word = self.text(name)
        if not word:
            return default
        if word.isascii() and word.isdigit() and minimum <= int(word) <= maximum:
            return int(word)
        self.fault(name, f"must be a whole number from {minimum} to {maximum}, not {word!r}.")
        return default

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        """One of ``choices``, upper and lower case alike."""
        word = self.text(name, default)
        for choice in choices:
            if choice.lower() == word.lower():
                return choice
        self.fault(name, f"must be one of {', '.join(choices)}, not {word!r}.")
        return default

    def words(self, name: str, default: list[str]) -> list[str]:
        """A list separated by commas."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()] or default

    def path(self, name: str, default: Path) -> Path:
        """A file or folder; it must be absolute, since nothing tells what it would be relative to."""
        path = Path(self.text(name, str(default)))
        if not path.is_absolute():
            self.fault(name, f"must be an absolute path, not {str(path)!r}.")
        return path

    def origins(self, name: str) -> list[str]:
        """A list of web origins, such as https://practice.example."""
        origins = self.words(name, [])
        for origin in origins:
            parts = urlsplit(origin)
            if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query:
                self.fault(name, f"must hold origins such as https://practice.example, not {origin!r}.")
        return origins

    def host_names(self, name: str, *, debug: bool) -> list[str]:
        """The host names that are served. With ``debug`` off at least one, and never all of them."""
        hosts = self.words(name, ["localhost", "127.0.0.1", "[::1]", ".localhost"] if debug else [])
        if not debug and not hosts:
            self.fault(name, "is missing: name the hosts that this server answers to, separated by commas.")
        if not debug and "*" in hosts:
            self.fault(name, "must name hosts; * would answer to every name.")
        for host in hosts:
            if "/" in host or " " in host:
                self.fault(name, f"must hold host names without scheme or path, not {host!r}.")
        return hosts

    def secret_key(self, name: str, *, debug_key: Callable[[], str] | None) -> str:
        """A long random secret; ``debug_key`` makes one where a missing one is allowed."""
        key = self.text(name)
        if not key and debug_key:
            return debug_key()
        if not key:
            self.fault(name, "is missing: set it to at least 50 random characters.")
        elif debug_key is None and is_weak(key):
            self.fault(name, "is too weak: set it to at least 50 random characters.")
        return key or "refused"

    def database(self, name: str, *, required: bool) -> dict[str, object]:
        """Django's description of the PostgreSQL server at a postgresql:// address, or nothing."""
        address = self.text(name)
        if not address:
            if required:
                self.fault(name, "is missing: with DEBUG off it must name a PostgreSQL server.")
            return {}
        parts = urlsplit(address)
        if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
            self.fault(name, "must look like postgresql://user:password@host:5432/database.")
            return {}
        try:
            config = dict(environ.Env.db_url_config(address))
            return config | {"HOST": unquote(config["HOST"])}  # a socket's folder is written as %2Ffolder
        except (environ.ImproperlyConfigured, ValueError):
            self.fault(name, "must look like postgresql://user:password@host:5432/database.")
            return {}

    def redis(self, name: str) -> str:
        """The address of a Redis server, or an empty text."""
        address = self.text(name)
        if address and not address.startswith(("redis://", "rediss://", "unix://")):
            self.fault(name, "must look like redis://host:6379/0.")
        return address

    def mailer(self, name: str, default: str) -> dict[str, object]:
        """Where e-mail goes: console:, file:///folder, smtp://, smtp+tls:// or smtps://user:password@host:port."""
        address = self.text(name, default)
        backends = "django.core.mail.backends"
        try:
            parts = urlsplit(address)
            match parts.scheme:
                case "console":
                    return {"BACKEND": f"{backends}.console.EmailBackend"}
                case "file" if parts.path.startswith("/"):
                    folder = {"file_path": unquote(parts.path)}
                    return {"BACKEND": f"{backends}.filebased.EmailBackend", "OPTIONS": folder}
                case "smtp" | "smtps" | "smtp+tls" if parts.hostname:
                    return {"BACKEND": f"{backends}.smtp.EmailBackend", "OPTIONS": smtp_options(address)}
        except ValueError:
            pass
        self.fault(name, "must be console:, file:///folder or smtp+tls://user:password@host:587.")
        return {"BACKEND": f"{backends}.console.EmailBackend"}

    def amount(self, name: str) -> Decimal | None:
        """An amount of money, or nothing."""
        word = self.text(name)
        try:
            amount = Decimal(word or "0")
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or amount < 0:
            self.fault(name, f"must be an amount such as 2.50, not {word!r}.")
            return None
        return amount if word else None

    def web_address(self, name: str) -> str:
        """An http or https address without a slash at its end, or an empty text."""
        address = self.text(name).rstrip("/")
        try:
            parts = urlsplit(address)
            sound = not address or (parts.scheme in ("http", "https") and bool(parts.hostname))
        except ValueError:
            sound = False
        if not sound:
            self.fault(name, f"must look like http://localhost:11434/v1, not {address!r}.")
        return address if sound else ""

    def language_model(self, name: str, *, base_url: str, key_name: str, key: str) -> str:
        """A model as ``provider:name``, or an empty text; a bare name is one of the server at ``base_url``.

        A model that could never answer is refused: one of a provider that nobody knows, one that needs a key
        and has none, or any while the packages that ask are not installed.
        """
        model = self.text(name)
        if not model:
            return ""
        provider = model.partition(":")[0]
        if provider not in MODEL_PROVIDERS or not model.partition(":")[2]:
            if not base_url:
                known = ", ".join(f"{one}:" for one in MODEL_PROVIDERS)
                self.fault(
                    name, f"must begin with one of {known} or stand beside LLM_BASE_URL, not {model!r}."
                )
                return ""
            model, provider = f"openai-chat:{model}", "openai-chat"
        if provider == "ollama" and not base_url:
            self.fault(name, "needs LLM_BASE_URL, the address of the Ollama server with its /v1.")
        elif not base_url and not key:
            self.fault(key_name, f"is missing: {model} needs the key of its provider.")
        if find_spec("pydantic_ai") is None:
            self.fault(name, "needs the packages of requirements/ai.txt, which are not installed.")
        return model

    def refuse_faults(self) -> None:
        """End the process with exit code 1 and one line for each fault, if there is any."""
        if self.faults:
            refuse(self.faults)


def is_weak(key: str) -> bool:
    """Whether a secret is short, repetitive or somebody's placeholder."""
    return (
        len(key) < SECRET_KEY_LENGTH
        or len(set(key)) < SECRET_KEY_VARIETY
        or any(word in key.lower() for word in PLACEHOLDER_WORDS)
    )


def smtp_options(address: str) -> dict[str, object]:
    """Options of Django's SMTP backend for an address. Raises ValueError for a bad port."""
    parts = urlsplit(address)
    ports = {"smtp": 25, "smtps": 465, "smtp+tls": 587}
    query = dict(parse_qsl(parts.query))
    return {
        "host": parts.hostname,
        "port": parts.port or ports[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": int(query.get("timeout", "10")),
    }


def refuse(faults: list[str]) -> NoReturn:
    """Say what is wrong with the configuration and end the process with exit code 1."""
    raise SystemExit("\n".join(f"Configuration: {fault}" for fault in faults))


def load(default_file: Path) -> Environment:
    """The process's environment, completed from the file that ENV_FILE names, or ``default_file``."""
    file = Path(os.environ.get("ENV_FILE") or default_file)
    if file.is_file():
        environ.Env.read_env(file)  # never overrides what is set
    environment = Environment(os.environ)
    environment.names.append("ENV_FILE")
    return environment
