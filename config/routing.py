"""The sockets: every app's paths in one list."""

from sessions_app.routing import websocket_urlpatterns as session_sockets

websocket_urlpatterns = [*session_sockets]
