"""Paths of this app's sockets."""

from django.urls import URLPattern, path

from sessions_app.consumers import SessionConsumer

websocket_urlpatterns: list[URLPattern] = [
    # Text, not uuid: an id that is none gets the same answer as one that nobody has.
    path("ws/sessions/<str:session_id>/", SessionConsumer.as_asgi()),  # type: ignore[arg-type]
]
