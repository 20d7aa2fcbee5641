"""Addresses under /account/: ours first, then the sign-in library's."""

from django.urls import include, path

from accounts import views

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("preferences/", views.preferences, name="preferences"),
    path("appearance/", views.appearance, name="appearance"),
    path("terms/", views.terms, name="terms"),
    path("", include("allauth.urls")),
]
