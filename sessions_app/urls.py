"""Paths of this app's pages."""

from django.urls import URLPattern, URLResolver, path

from sessions_app.views import catalogue, console, debrief, progress

urlpatterns: list[URLPattern | URLResolver] = [
    path("scenarios/", catalogue.catalogue, name="catalogue"),
    path("scenarios/<slug:slug>/", catalogue.briefing, name="briefing"),
    path("scenarios/<slug:slug>/start/", console.start_session, name="start_session"),
    path("sessions/<uuid:session_id>/", console.console, name="console"),
    path("sessions/<uuid:session_id>/debrief/", debrief.debrief, name="debrief"),
    path("progress/", progress.progress, name="progress"),
]
