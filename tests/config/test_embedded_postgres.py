"""The embedded server is started, shared, survived and stopped for real."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from config import embedded_postgres
from config.embedded_postgres import (
    EmbeddedPostgresError,
    Server,
    hold,
    is_locked,
    postmaster,
    release,
    remove,
)
from tests.support.processes import ROOT, wait_until

HOLDER = """
import sys, pathlib
from config import embedded_postgres as embedded
server = embedded.Server("postgres-test", durable=False, checkout=pathlib.Path(sys.argv[1]))
embedded.hold(server)
print("holding", flush=True)
sys.stdin.read()
embedded.release(server)
"""

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another account")


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of a checkout that everybody may pass through."""
    checkout = Path(tempfile.mkdtemp(prefix="firstline-test-"))
    checkout.chmod(0o755)
    server = Server("postgres-test", durable=False, checkout=checkout)
    yield server
    release(server)
    remove(server)
    shutil.rmtree(checkout)


def ask(server: Server, question: str = "SELECT 1") -> object:
    """The first value of the first row that a new connection is given."""
    with connect(server) as connection:
        row = connection.execute(question).fetchone()
        return row[0] if row else None


def connect(server: Server, **changes: str) -> psycopg.Connection[tuple[object]]:
    parameters = {
        "host": str(server.socket_folder),
        "user": embedded_postgres.ROLE,
        "password": server.password,
    }
    return psycopg.connect(**{**parameters, "dbname": embedded_postgres.DATABASE, **changes})


def start_holder(server: Server) -> subprocess.Popen[bytes]:
    """Another process that holds the server until its input ends."""
    command = [sys.executable, "-c", HOLDER, str(server.checkout)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"holding\n"
    return process


def end(process: subprocess.Popen[bytes], number: signal.Signals | None = None) -> None:
    """End a holder: politely, or with a signal."""
    if number:
        process.send_signal(number)
    process.communicate(timeout=30)


def is_down(server: Server) -> bool:
    return postmaster(server) is None and not is_locked(server.home / "keeper.lock")


def has_ended(pid: int) -> bool:
    """Whether a process is gone, or waits as a zombie for a parent to take note."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def keeper_pid(server: Server) -> int:
    """The process id of the server's parent."""
    pid = postmaster(server)
    assert pid is not None
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_it_runs_from_the_first_hold_to_the_release(server: Server) -> None:
    hold(server)
    assert ask(server, "SHOW server_version_num") >= "180000"
    assert ask(server, "SELECT lower('ÉÀ')") == "éà"
    release(server)
    assert is_down(server)


def test_its_data_outlives_it(server: Server) -> None:
    hold(server)
    with connect(server) as connection:
        connection.execute("CREATE TABLE note AS SELECT 'kept' AS text")
    release(server)
    hold(server)
    assert ask(server, "SELECT text FROM note") == "kept"


def test_it_runs_as_long_as_anybody_uses_it(server: Server) -> None:
    hold(server)
    other = start_holder(server)
    release(server)
    assert ask(server) == 1
    end(other)
    assert is_down(server)


def test_a_killed_user_leaves_no_server_behind(server: Server) -> None:
    user = start_holder(server)
    assert ask(server) == 1
    end(user, signal.SIGKILL)
    wait_until(lambda: is_down(server), 15, "the end of the server")


def test_a_killed_keeper_leaves_a_server_that_its_last_user_stops(server: Server) -> None:
    hold(server)
    os.kill(keeper_pid(server), signal.SIGKILL)
    assert ask(server) == 1
    release(server)
    assert is_down(server)


def test_when_all_are_killed_the_next_user_replaces_the_server(server: Server) -> None:
    user = start_holder(server)
    orphan = postmaster(server)
    assert orphan is not None
    keeper = keeper_pid(server)
    os.kill(keeper, signal.SIGKILL)
    end(user, signal.SIGKILL)
    wait_until(lambda: has_ended(keeper), 15, "the end of the keeper")
    hold(server)
    assert ask(server) == 1
    assert postmaster(server) != orphan
    assert has_ended(orphan)


def test_a_server_that_dies_is_started_again(server: Server) -> None:
    hold(server)
    pid = postmaster(server)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_until(
        lambda: postmaster(server) not in (None, pid) and embedded_postgres.is_ready(server), 30, "the return"
    )
    assert ask(server) == 1


def test_a_process_file_that_names_somebody_else_is_no_obstacle(server: Server) -> None:
    hold(server)
    release(server)
    stranger = subprocess.Popen(["sleep", "60"])
    (server.data / "postmaster.pid").write_text(f"{stranger.pid}\n{server.data}\n1\n5432\n\n\n\nready\n")
    hold(server)
    assert ask(server) == 1
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_only_its_password_opens_it(server: Server) -> None:
    hold(server)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        connect(server, password="guess").close()
    assert stat.S_IMODE((server.home / "password").stat().st_mode) == 0o600
    assert stat.S_IMODE(server.socket_folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700


def test_a_long_path_moves_the_socket_only(server: Server) -> None:
    checkout = server.checkout / ("deep" * 30)
    checkout.mkdir()
    deep = replace(server, checkout=checkout)
    hold(deep)
    assert checkout in deep.home.parents
    assert deep.socket_folder.parent == Path("/tmp")
    assert ask(deep) == 1
    release(deep)
    remove(deep)
    assert not deep.socket_folder.exists()


def test_a_folder_of_somebody_else_is_refused(server: Server) -> None:
    server.home.parent.mkdir()
    elsewhere = server.checkout / "elsewhere"
    elsewhere.mkdir()
    server.home.symlink_to(elsewhere)
    with pytest.raises(EmbeddedPostgresError, match="belongs to somebody else"):
        hold(server)
    server.home.unlink()


def test_data_in_use_is_not_removed(server: Server) -> None:
    other = start_holder(server)
    with pytest.raises(EmbeddedPostgresError, match="in use"):
        remove(server)
    end(other)
    remove(server)
    assert not server.home.exists()


@only_root
def test_root_hands_the_server_to_an_account_without_power(server: Server) -> None:
    hold(server)
    pid = postmaster(server)
    account = embedded_postgres.unprivileged_account()
    assert account is not None
    assert Path(f"/proc/{pid}").stat().st_uid == account.uid != 0


@only_root
def test_a_checkout_that_the_account_cannot_reach_keeps_its_data_outside(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    checkout = closed / "checkout"
    checkout.mkdir(parents=True)
    closed.chmod(0o700)
    server = Server("postgres-test", durable=False, checkout=checkout)
    try:
        hold(server)
        assert checkout not in server.home.parents
        assert ask(server) == 1
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        assert list(checkout.iterdir()) == []
    finally:
        release(server)
        remove(server)
    assert not server.outside.exists()


@only_root
def test_binaries_out_of_reach_are_copied(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = embedded_postgres.installed_binaries()
    package = original.parent.parent
    closed = tmp_path / "closed"
    shutil.copytree(original.parent, closed / package.name / original.parent.name, symlinks=True)
    shutil.copytree(package.with_name(f"{package.name}.libs"), closed / f"{package.name}.libs")
    closed.chmod(0o700)
    hidden = closed / package.name / original.parent.name / "bin"
    monkeypatch.setattr(embedded_postgres, "installed_binaries", lambda: hidden)
    account = embedded_postgres.unprivileged_account()
    assert account is not None
    copy = embedded_postgres.usable_binaries(server)
    assert closed not in copy.parents
    assert embedded_postgres.runs(copy / "postgres", account)
    shutil.rmtree(server.outside)
