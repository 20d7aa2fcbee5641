"""The floor of a turn: a consumer that stores one row and answers, on the same server and the same pool."""

from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import connection

from sessions_app.consumers import in_database
from tests.load.databases import FLOOR_TABLE

FLOOR_PATH = "ws/bench/floor/"
STORE = f"INSERT INTO {FLOOR_TABLE} (text, at) VALUES (%s, now()) RETURNING id"


def store(text: str) -> int:
    """Store one row in a transaction of its own; return its id."""
    with connection.cursor() as cursor:
        cursor.execute(STORE, [text])
        (number,) = cursor.fetchone()
    return int(number)


class FloorConsumer(AsyncWebsocketConsumer):
    """Stores what it gets and answers with the row's number; no model, no validation, no other viewer."""

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        number = await in_database(store, text_data or "")
        await self.send(text_data=str(number))
