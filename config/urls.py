"""The pages: every app's paths under its place."""

from django.contrib import admin
from django.urls import include, path

from accounts.views import landing_for_strangers, styleguide
from config import views
from sessions_app.views.dashboard import dashboard

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("admin/", admin.site.urls),
    path("api/", include("config.api")),
    path("account/", include("accounts.urls")),
    path("", landing_for_strangers(dashboard), name="dashboard"),
    path("styleguide/", styleguide, name="styleguide"),
    path("", include("scenarios.urls")),
    path("", include("sessions_app.urls")),
    path("", include("gamification.urls")),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.broken"
