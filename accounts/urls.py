"""Addresses under /account/. Sign-in and its relatives are the sign-in library's."""

from django.urls import include, path

from accounts import views

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("preferences/", views.preferences, name="preferences"),
    path("appearance/", views.appearance, name="appearance"),
    path("terms/", views.terms, name="terms"),
    path("", include("allauth.account.urls")),
]
