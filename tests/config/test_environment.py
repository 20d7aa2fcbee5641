"""Every reader takes good values and names the variable of a bad one."""

from pathlib import Path

import pytest

from config.environment import Environment, load

STRONG_KEY = "kq8-2Zr!vLwXc05TgyBnM_u7eJhFdPsA9o3RiQ4tYxWz6CjKbVm1"


def read(**variables: str) -> Environment:
    return Environment(variables)


@pytest.mark.parametrize(
    ("word", "value"), [("true", True), ("1", True), ("ON", True), ("no", False), ("0", False)]
)
def test_switches(word: str, value: bool) -> None:
    env = read(DEBUG=word)
    assert env.boolean("DEBUG", default=not value) is value
    assert env.faults == []


@pytest.mark.parametrize("word", ["ture", "2", "None", "t"])
def test_a_bad_switch_is_named(word: str) -> None:
    env = read(DEBUG=word)
    assert env.boolean("DEBUG", default=False) is False
    assert env.faults == [f"DEBUG must be true or false, not {word.lower()!r}."]


def test_an_empty_value_counts_as_missing() -> None:
    env = read(DEBUG="  ", PORT="")
    assert env.boolean("DEBUG", default=True) is True
    assert env.integer("PORT", default=8000, minimum=1, maximum=65535) == 8000
    assert env.faults == []


@pytest.mark.parametrize("word", ["0", "65536", "-1", "80.5", "eighty", "٨٠"])
def test_a_bad_number_is_named_with_its_limits(word: str) -> None:
    env = read(PORT=word)
    assert env.integer("PORT", default=8000, minimum=1, maximum=65535) == 8000
    assert env.faults == [f"PORT must be a whole number from 1 to 65535, not {word!r}."]


def test_choices_ignore_case_and_refuse_others() -> None:
    env = read(LOG_LEVEL="warning", LOG_FORMAT="xml")
    assert env.choice("LOG_LEVEL", "INFO", ("INFO", "WARNING")) == "WARNING"
    assert env.choice("LOG_FORMAT", "json", ("console", "json")) == "json"
    assert env.faults == ["LOG_FORMAT must be one of console, json, not 'xml'."]


@pytest.mark.parametrize(
    "key",
    ["short", "a" * 80, "abababababab" * 6, f"django-insecure-{STRONG_KEY}", f"changeme-{STRONG_KEY}"],
)
def test_weak_secrets_are_refused(key: str) -> None:
    env = read(SECRET_KEY=key)
    env.secret_key("SECRET_KEY", debug_key=None)
    assert len(env.faults) == 1
    assert env.faults[0].startswith("SECRET_KEY is too weak")
    assert key not in env.faults[0]


def test_a_missing_secret_is_made_up_only_where_that_is_allowed() -> None:
    env = read()
    assert env.secret_key("SECRET_KEY", debug_key=lambda: "made up") == "made up"
    assert env.faults == []
    env.secret_key("SECRET_KEY", debug_key=None)
    assert env.faults == ["SECRET_KEY is missing: set it to at least 50 random characters."]


def test_a_strong_secret_is_taken() -> None:
    env = read(SECRET_KEY=STRONG_KEY)
    assert env.secret_key("SECRET_KEY", debug_key=None) == STRONG_KEY
    assert env.faults == []


@pytest.mark.parametrize("hosts", ["", "*", "https://practice.example", "practice.example/desk"])
def test_hosts_that_are_no_hosts_are_refused_without_debug(hosts: str) -> None:
    env = read(ALLOWED_HOSTS=hosts)
    env.host_names("ALLOWED_HOSTS", debug=False)
    assert len(env.faults) == 1
    assert env.faults[0].startswith("ALLOWED_HOSTS ")


def test_a_database_address_is_read_whole() -> None:
    env = read(DATABASE_URL="postgresql://desk:p%40ss@%2Frun%2Fdb:5433/practice")
    config = env.database("DATABASE_URL", required=True)
    expected = {"NAME": "practice", "USER": "desk", "PASSWORD": "p@ss", "HOST": "/run/db", "PORT": 5433}
    assert {key: config[key] for key in expected} == expected
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert env.faults == []


@pytest.mark.parametrize(
    "address", ["sqlite:///db", "postgresql://host", "host/db", "postgresql://h:port/db"]
)
def test_a_database_that_is_not_postgresql_is_refused(address: str) -> None:
    env = read(DATABASE_URL=address)
    assert env.database("DATABASE_URL", required=True) == {}
    assert env.faults == ["DATABASE_URL must look like postgresql://user:password@host:5432/database."]


def test_a_database_is_missed_only_where_it_is_required() -> None:
    env = read()
    assert env.database("DATABASE_URL", required=False) == {}
    assert env.faults == []
    assert env.database("DATABASE_URL", required=True) == {}
    assert env.faults == ["DATABASE_URL is missing: with DEBUG off it must name a PostgreSQL server."]


def test_mailers() -> None:
    env = read(A="console:", B="file:///var/mail", C="smtp+tls://desk:p%40ss@mail.example")
    assert env.mailer("A", "console:")["BACKEND"].endswith("console.EmailBackend")
    assert env.mailer("B", "console:")["OPTIONS"] == {"file_path": "/var/mail"}
    options = env.mailer("C", "console:")["OPTIONS"]
    assert (options["host"], options["port"], options["password"], options["use_tls"]) == (
        "mail.example",
        587,
        "p@ss",
        True,
    )
    assert env.faults == []


@pytest.mark.parametrize("address", ["smtp://", "file://folder", "pigeon://roof", "smtp://host:mail"])
def test_a_bad_mailer_is_named(address: str) -> None:
    env = read(EMAIL_URL=address)
    env.mailer("EMAIL_URL", "console:")
    assert [fault.split()[0] for fault in env.faults] == ["EMAIL_URL"]


@pytest.mark.parametrize(
    "origin", ["practice.example", "https://practice.example/desk", "ftp://practice.example"]
)
def test_a_bad_origin_is_named(origin: str) -> None:
    env = read(TRUSTED_ORIGINS=f"https://good.example,{origin}")
    env.origins("TRUSTED_ORIGINS")
    assert len(env.faults) == 1
    assert origin in env.faults[0]


def test_all_faults_are_told_at_once() -> None:
    env = read(DEBUG="maybe", PORT="many")
    env.boolean("DEBUG", default=False)
    env.integer("PORT", default=8000, minimum=1, maximum=65535)
    with pytest.raises(SystemExit) as refusal:
        env.refuse_faults()
    assert str(refusal.value).splitlines() == [
        "Configuration: DEBUG must be true or false, not 'maybe'.",
        "Configuration: PORT must be a whole number from 1 to 65535, not 'many'.",
    ]


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / ".env"
    file.write_text("PORT=9000\nHOST=192.0.2.1\n")
    monkeypatch.setenv("PORT", "9001")
    monkeypatch.setenv("HOST", "")
    monkeypatch.delenv("HOST")
    monkeypatch.delenv("ENV_FILE", raising=False)
    env = load(file)
    assert env.text("PORT") == "9001"
    assert env.text("HOST") == "192.0.2.1"
    monkeypatch.delenv("HOST")
