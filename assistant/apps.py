"""Names the app for Django."""

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    """Language models and what is built on them."""

    name = "assistant"
    verbose_name = "Assistant"
