"""Paths of the API of practice."""

from django.urls import URLPattern, path

from sessions_app.api import calls, debriefing, desk, performance, reading, scenarios

urlpatterns: list[URLPattern] = [
    path("scenarios", scenarios.CatalogueEndpoint.as_view(), name="api_scenarios"),
    path("scenarios/<str:scenario>", scenarios.ScenarioEndpoint.as_view(), name="api_scenario"),
    path("scenarios/<str:scenario>/start", scenarios.StartEndpoint.as_view(), name="api_start"),
    path("sessions", calls.SessionsEndpoint.as_view(), name="api_sessions"),
    path("sessions/<uuid:session_id>", calls.SessionEndpoint.as_view(), name="api_session"),
    path("sessions/<uuid:session_id>/events", calls.EventsEndpoint.as_view(), name="api_events"),
    path("sessions/<uuid:session_id>/messages", calls.MessagesEndpoint.as_view(), name="api_messages"),
    path(
        "sessions/<uuid:session_id>/verification",
        desk.VerificationEndpoint.as_view(),
        name="api_verification",
    ),
    path("sessions/<uuid:session_id>/tools/<str:tool>", desk.ToolEndpoint.as_view(), name="api_tool"),
    path("sessions/<uuid:session_id>/notes", desk.NotesEndpoint.as_view(), name="api_notes"),
    path("sessions/<uuid:session_id>/knowledge", reading.KnowledgeEndpoint.as_view(), name="api_knowledge"),
    path(
        "sessions/<uuid:session_id>/knowledge/<str:article>",
        reading.ArticleEndpoint.as_view(),
        name="api_article",
    ),
    path(
        "sessions/<uuid:session_id>/knowledge/<str:article>/cite",
        reading.CiteEndpoint.as_view(),
        name="api_cite",
    ),
    path(
        "sessions/<uuid:session_id>/knowledge/<str:article>/close",
        reading.CloseEndpoint.as_view(),
        name="api_close",
    ),
    path("sessions/<uuid:session_id>/resolve", calls.ResolveEndpoint.as_view(), name="api_resolve"),
    path("sessions/<uuid:session_id>/abandon", calls.AbandonEndpoint.as_view(), name="api_abandon"),
    path("sessions/<uuid:session_id>/debrief", debriefing.DebriefEndpoint.as_view(), name="api_debrief"),
    path("users/me/performance", performance.PerformanceEndpoint.as_view(), name="api_performance"),
]
