"""`manage.py serve` as a process: it starts, refuses a taken port, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from config.management.commands.serve import refuse_taken_port
from tests.support import databases
from tests.support.processes import ROOT, Server, is_listening, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(transactional_db: None, tmp_path: Path) -> Iterator[Server]:
    """A server that is not started yet, on the test's database."""
    server = Server(
        database_url=databases.test_database_url(), mail_folder=tmp_path, log=tmp_path / "log", variables={}
    )
    yield server
    if server.is_running:
        server.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_stop(server: Server, number: signal.Signals) -> None:
    server.start()
    process = server.process
    assert process is not None
    assert "Firstline is at http://localhost:" in server.log.read_text()
    assert "trainee@firstline.example" in server.log.read_text()
    server.end(number)
    assert process.returncode == 0
    assert not is_listening(server.port)
    assert "Traceback" not in server.log.read_text()


def test_a_taken_port_is_one_clear_line(server: Server) -> None:
    with socket.create_server(("127.0.0.1", server.port)):
        result = subprocess.run(
            server.command, cwd=ROOT, env=server.environment, capture_output=True, text=True, timeout=60
        )
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        f"CommandError: Port {server.port} is taken: choose another one, for example PORT={server.port + 1} make run."
    ]


def test_it_ends_with_the_process_that_started_it(server: Server) -> None:
    command = ["sh", "-c", '"$@" & wait', "sh", *server.command, "--with-parent"]
    server.command = command
    server.start()
    server.kill()
    wait_until(lambda: not is_listening(server.port), 15, "the end of the server")


def test_ctrl_c_works_where_a_shell_has_switched_it_off(server: Server) -> None:
    server.command = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", *server.command]
    server.start()
    server.end(signal.SIGINT)
    assert not is_listening(server.port)


def test_a_port_in_use_a_moment_ago_is_free(server: Server) -> None:
    server.start()
    socket.create_connection(("127.0.0.1", server.port)).close()
    server.kill()
    refuse_taken_port("127.0.0.1", server.port)


def test_the_server_works_through_the_job_queue(server: Server) -> None:
    server.start()
    job = app.configure_task("builtin:procrastinate.builtin_tasks.remove_old_jobs").defer(max_hours=1)
    wait_until(lambda: not ProcrastinateJob.objects.filter(id=job).exists(), 20, "the job")


def test_without_debug_no_demo_people_are_named(server: Server) -> None:
    server.environment |= {
        "DEBUG": "false",
        "SECRET_KEY": "kq8-2Zr!vLwXc05TgyBnM_u7eJhFdPsA9o3RiQ4tYxWz6CjKbVm1",
        "ALLOWED_HOSTS": "localhost",
        "HTTPS": "false",
    }
    server.start()
    server.stop()
    assert "Firstline is at http://localhost:" in server.log.read_text()
    assert "trainee@" not in server.log.read_text()


def test_a_command_without_its_environment_is_one_clear_line() -> None:
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull}
    command = [sys.executable, "manage.py", "migrate"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert result.stderr.splitlines()[0].startswith("Configuration: SECRET_KEY is missing")
