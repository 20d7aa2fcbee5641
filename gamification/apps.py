"""Names the app for Django."""

from django.apps import AppConfig


class GamificationConfig(AppConfig):
    """XP, levels, achievements and the leaderboard."""

    name = "gamification"
    verbose_name = "Achievements"
