"""What somebody reads after a call: one structure, shown by the page, answered by the API, kept as text."""

from sessions_app.debrief.building import debrief_of
from sessions_app.debrief.model import Debrief
from sessions_app.debrief.text import write_debrief

__all__ = ["Debrief", "debrief_of", "write_debrief"]
