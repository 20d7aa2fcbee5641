"""Paths of this app's pages."""

from django.urls import URLPattern, URLResolver, path

from gamification import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("achievements/", views.achievements, name="achievements"),
    path("leaderboard/", views.leaderboard_page, name="leaderboard"),
]
