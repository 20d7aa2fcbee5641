"""A chat turn over the live socket, at one and at a hundred sessions, beside a consumer that stores one row.

A turn is over when the customer's reply has arrived: by then message, reply, events and state are stored, and
everybody who watches has been told.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

from websockets.asyncio.client import ClientConnection, connect

from accounts.models import User
from scenarios.models import Scenario
from sessions_app import actions
from tests.load.floors import FLOOR_PATH
from tests.load.measuring import Comparison, joined
from tests.load.seeding import PEOPLE, numbered
from tests.sessions_app.sockets import sign_in
from tests.support.playing import SLUGS

AIM = 2.0
WARM_UP_MESSAGES = 2
SCRIPT = (
    "Good morning, this is Sam from the service desk. I'm sorry to hear that, that must be frustrating.",
    "Before we look at it: could I have your full name, please?",
    "And which username do you log in with?",
    "There's a sticker with an asset tag on your computer, could you read it to me?",
    "Thank you, that matches our records.",
    "What exactly does the message on the screen say?",
    "When did this start?",
    "Has anything changed recently, a new password or an update?",
    "Is it only you, or do colleagues have the same trouble?",
    "Give me two minutes, please, I'm reading our notes on this.",
    "Thanks for waiting, I'm back. I found something that should help.",
    "Don't worry, we'll get this sorted together.",
)
"""What every session is told; no line of it makes a customer leave."""

type Speak = Callable[[ClientConnection, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Seat:
    """A running session and the cookie of the trainee whose it is."""

    session_id: UUID
    cookie: str


@dataclass(frozen=True, slots=True)
class Load:
    """How hard the sockets are worked: how many at once, messages each, and seconds between two of one socket's.

    With `pause` 0 each socket sends its next message as soon as it has its answer.
    """

    sockets: int
    messages: int
    pause: float = 0.0


class Office:
    """Seats trainees that nobody has sat down before, each at one of the shipped scenarios."""

    def __init__(self) -> None:
        self._scenarios = list(Scenario.objects.filter(slug__in=SLUGS))
        self._seated = 0

    def seat(self, number: int) -> list[Seat]:
        """Start this many sessions."""
        return [self._next() for _ in range(number)]

    def _next(self) -> Seat:
        user = User.objects.get(pk=numbered(PEOPLE, self._seated))
        scenario = self._scenarios[self._seated % len(self._scenarios)]
        self._seated += 1
        session, _created = actions.start_session(user_id=user.pk, scenario=scenario, seed=self._seated)
        return Seat(session.pk, sign_in(user))


def compare_turns(
    name: str, address: str, office: Office, load: Load, *, blocks: int, repeats: int = 1
) -> Comparison:
    """Measure turns under a load beside the floor under the same; a block repeats it `repeats` times."""
    warm_up, seats = Load(load.sockets, WARM_UP_MESSAGES), office.seat(load.sockets)
    asyncio.run(_floor_block(address, seats, warm_up))
    asyncio.run(_session_block(address, seats, warm_up))
    comparison = Comparison(name, aim=AIM, percentile=99)
    for number in range(blocks):
        seats_of = [office.seat(load.sockets) for _ in range(repeats)]
        order = (_floor_block, _session_block) if number % 2 == 0 else (_session_block, _floor_block)
        times = {
            block: joined(asyncio.run(block(address, seats, load)) for seats in seats_of) for block in order
        }
        comparison.add(times[_floor_block], times[_session_block])
    return comparison


async def _floor_block(address: str, seats: Sequence[Seat], load: Load) -> list[float]:
    async with AsyncExitStack() as stack:
        path = f"{address}/{FLOOR_PATH}"
        sockets = [await stack.enter_async_context(_socket(path, seat)) for seat in seats]
        return await _worked(sockets, load, _store_one)


async def _session_block(address: str, seats: Sequence[Seat], load: Load) -> list[float]:
    async with AsyncExitStack() as stack:
        sockets = []
        for seat in seats:
            path = f"{address}/ws/sessions/{seat.session_id}/"
            socket = await stack.enter_async_context(_socket(path, seat))
            await _until(socket, '"resumed"')
            sockets.append(socket)
        return await _worked(sockets, load, _take_turn)


@asynccontextmanager
async def _socket(path: str, seat: Seat) -> AsyncIterator[ClientConnection]:
    headers = {"Cookie": seat.cookie}
    async with connect(path, additional_headers=headers, compression=None, ping_interval=None) as socket:
        yield socket


async def _worked(sockets: Sequence[ClientConnection], load: Load, speak: Speak) -> list[float]:
    """Work all sockets at once; return the milliseconds of every turn."""
    blocks = await asyncio.gather(
        *(_work(socket, load, speak, index / len(sockets)) for index, socket in enumerate(sockets))
    )
    return joined(blocks)


async def _work(socket: ClientConnection, load: Load, speak: Speak, offset: float) -> list[float]:
    """Send one socket's messages. The pace is kept by the clock: a late answer does not thin out the load."""
    begins = time.perf_counter() + offset * load.pause
    times = []
    for number in range(load.messages):
        await asyncio.sleep(max(0.0, begins + number * load.pause - time.perf_counter()))
        sent = time.perf_counter()
        await speak(socket, SCRIPT[number % len(SCRIPT)])
        times.append((time.perf_counter() - sent) * 1000)
    return times


async def _store_one(socket: ClientConnection, text: str) -> None:
    await socket.send(text)
    await socket.recv()


async def _take_turn(socket: ClientConnection, text: str) -> None:
    await socket.send(f'{{"type": "message.send", "client_id": "{uuid4()}", "text": "{text}"}}')
    await _until(socket, '"sender":"customer"')


async def _until(socket: ClientConnection, words: str) -> None:
    """Read frames until one holds these words."""
    while True:
        frame = str(await socket.recv())
        if words in frame:
            return
        assert '"error"' not in frame, frame
