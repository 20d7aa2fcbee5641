"""The background worker that lives inside the server process."""

import asyncio
import threading
from types import TracebackType
from typing import Self

import structlog
from procrastinate import App
from procrastinate.contrib.django import app

log = structlog.get_logger("firstline.jobs")

RESTART_SECONDS = 2.0
STOP_SECONDS = 10.0


class Worker:
    """Works through the job queue in a thread of its own while the ``with`` block runs.

    The server's code keeps putting jobs into the queue through Django's connection, and so inside
    its transactions; only the worker talks to the database through a connection of its own.
    """

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.run, name="jobs", daemon=True)
        self.task: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.loop.call_soon_threadsafe(self.stop)
        self.thread.join(STOP_SECONDS)

    def run(self) -> None:
        """The thread's whole life."""
        asyncio.set_event_loop(self.loop)
        self.task = self.loop.create_task(self.work())
        try:
            self.loop.run_until_complete(self.task)
        except asyncio.CancelledError:
            log.debug("worker stopped")
        finally:
            self.loop.close()

    def stop(self) -> None:
        if self.task:
            self.task.cancel()

    async def work(self) -> None:
        """Run jobs; after a fault, such as a database that restarts, begin again."""
        while True:
            try:
                worker_app: App = app.with_connector(app.connector.get_worker_connector())
                async with worker_app.open_async():
                    await worker_app.run_worker_async(
                        install_signal_handlers=False, shutdown_graceful_timeout=STOP_SECONDS - 2
                    )
            except Exception:
                log.exception("worker failed and starts again", seconds=RESTART_SECONDS)
            await asyncio.sleep(RESTART_SECONDS)
