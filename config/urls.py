"""The pages: every app's paths under its place."""

from django.contrib import admin
from django.urls import include, path

from config import views

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("admin/", admin.site.urls),
    path("api/", include("config.api")),
    path("accounts/", include("allauth.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("", include("accounts.urls")),
    path("", include("scenarios.urls")),
    path("", include("sessions_app.urls")),
    path("", include("gamification.urls")),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.broken"
