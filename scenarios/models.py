"""What can be practised: scenarios, the frozen versions that sessions play, and articles to search.

A scenario's content is one JSON document, `definition`, in the shape of `engine.definition.Scenario`. The
columns beside it repeat what lists filter and sort by; `scenarios.actions` keeps both in step.
"""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.base_models import TimestampedModel
from engine.vocabulary import Credibility, Difficulty, Relevance
from scenarios.fields import OrderedJSONField

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
ARTICLE_NAME_PATTERN = r"^[a-z][a-z0-9_]{0,59}$"
SEARCH_CONFIG = "english"
LIBRARY_PREFIX = "library:"

slug_validator = RegexValidator(SLUG_PATTERN, _("Use lower case letters, digits and single dashes."))
article_name_validator = RegexValidator(
    ARTICLE_NAME_PATTERN, _("Start with a letter; use lower case letters, digits and underscores.")
)

DIFFICULTIES = (
    (Difficulty.STARTER.value, _("Starter")),
    (Difficulty.INTERMEDIATE.value, _("Intermediate")),
    (Difficulty.ADVANCED.value, _("Advanced")),
)
CREDIBILITIES = (
    (Credibility.OFFICIAL.value, _("Official")),
    (Credibility.VENDOR.value, _("Vendor")),
    (Credibility.COMMUNITY.value, _("Community")),
    (Credibility.UNKNOWN.value, _("Unknown source")),
)
RELEVANCES = (
    (Relevance.SOLVES.value, _("Solves the ticket")),
    (Relevance.HELPS.value, _("Helps")),
    (Relevance.DISTRACTS.value, _("Distracts")),
    (Relevance.WRONG.value, _("Wrong")),
)


class FrozenError(Exception):
    """Something tried to change a version after it was published."""


class ScenarioStatus(models.TextChoices):
    """Where a scenario stands between being written and being taken away."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


class ScenarioManager(models.Manager["Scenario"]):
    """Finds scenarios by slug, so that fixtures need no ids."""

    def get_by_natural_key(self, slug: str) -> "Scenario":
        """Return the scenario with this slug."""
        return self.get(slug=slug)


class Scenario(TimestampedModel):
    """One thing to practise. Authors edit `definition`, the working copy; trainees play `current_version`.

    The columns tell what trainees get: they follow the version in force, and the working copy only as long as
    there is none. Write through `scenarios.actions`.
    """

    slug = models.CharField(_("slug"), max_length=80, validators=[slug_validator])
    title = models.CharField(_("title"), max_length=600)
    description = models.TextField(_("description"))
    difficulty = models.CharField(_("difficulty"), max_length=20, choices=DIFFICULTIES)
    estimated_minutes = models.PositiveSmallIntegerField(
        _("estimated minutes"), validators=[MinValueValidator(1), MaxValueValidator(180)]
    )
    xp_reward = models.PositiveSmallIntegerField(
        _("XP reward"), validators=[MinValueValidator(10), MaxValueValidator(1000)]
    )
    skills = ArrayField(models.CharField(max_length=600), verbose_name=_("skills"), default=list)
    tags = ArrayField(models.CharField(max_length=600), verbose_name=_("tags"), default=list, blank=True)
    prerequisites = models.ManyToManyField(
        "self", symmetrical=False, related_name="opens", blank=True, verbose_name=_("prerequisites")
    )
    definition = OrderedJSONField(
        _("definition"), help_text=_("The working copy, as docs/scenario-format.md tells.")
    )
    current_version = models.ForeignKey(
        "scenarios.ScenarioVersion",
        verbose_name=_("version in force"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    status = models.CharField(
        _("status"), max_length=20, choices=ScenarioStatus.choices, default=ScenarioStatus.DRAFT
    )
    is_active = models.BooleanField(_("offered to trainees"), default=True)
    author = models.ForeignKey(
        "accounts.User",
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="scenarios",
    )

    objects: ClassVar[ScenarioManager] = ScenarioManager()

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering: ClassVar[list[str]] = ["title"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["status", "difficulty"], name="scenario_status_difficulty"),
            GinIndex(fields=["skills"], name="scenario_skills"),
            GinIndex(fields=["tags"], name="scenario_tags"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["slug"], name="scenario_slug_unique"),
            models.CheckConstraint(condition=Q(slug__regex=SLUG_PATTERN), name="scenario_slug_shape"),
            models.CheckConstraint(condition=~Q(title=""), name="scenario_title_present"),
            models.CheckConstraint(
                condition=Q(difficulty__in=[value for value, _label in DIFFICULTIES]),
                name="scenario_difficulty_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ScenarioStatus.values), name="scenario_status_known"
            ),
            models.CheckConstraint(
                condition=Q(estimated_minutes__range=(1, 180)), name="scenario_minutes_plausible"
            ),
            models.CheckConstraint(condition=Q(xp_reward__range=(10, 1000)), name="scenario_xp_plausible"),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        """What fixtures name this row by."""
        return (self.slug,)

    @property
    def ticket_template(self) -> dict[str, Any]:
        """The ticket as the trainee finds it in the queue (`engine.definition.Ticket`)."""
        return dict(self.definition["ticket"])

    @property
    def customer_persona(self) -> dict[str, Any]:
        """Who is on the line (`engine.definition.Persona`). Never shown to trainees."""
        return dict(self.definition["persona"])

    @property
    def assessment_criteria(self) -> dict[str, Any]:
        """How the call is judged (`engine.definition.Rubric`). Never shown before the debrief."""
        return dict(self.definition["rubric"])


class ScenarioVersionManager(models.Manager["ScenarioVersion"]):
    """Finds versions by slug and number, so that fixtures need no ids."""

    def get_by_natural_key(self, slug: str, number: int) -> "ScenarioVersion":
        """Return that version of the scenario with this slug."""
        return self.get(scenario__slug=slug, number=number)


class ScenarioVersion(TimestampedModel):
    """A scenario as it was published once. Sessions point here, so that a call can be scored years later.

    Never changes: `save` refuses, and a trigger in the database refuses what goes around `save`.
    """

    scenario = models.ForeignKey(
        Scenario, verbose_name=_("scenario"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("number"))
    definition = OrderedJSONField(_("definition"))
    checksum = models.CharField(
        _("checksum"), max_length=64, help_text=_("SHA-256 of the definition as canonical JSON.")
    )
    note = models.CharField(_("note"), max_length=600, blank=True)
    proof = models.JSONField(
        _("proof"),
        default=dict,
        blank=True,
        help_text=_("The overall score of each bot trainee at publication."),
    )
    published_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("published by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    published_at = models.DateTimeField(_("published at"))

    objects: ClassVar[ScenarioVersionManager] = ScenarioVersionManager()

    class Meta:
        verbose_name = _("scenario version")
        verbose_name_plural = _("scenario versions")
        ordering: ClassVar[list[str]] = ["scenario", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scenario", "number"], name="version_number_unique"),
            models.UniqueConstraint(fields=["scenario", "checksum"], name="version_checksum_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_from_one"),
            models.CheckConstraint(
                condition=Q(checksum__regex=r"^[0-9a-f]{64}$"), name="version_checksum_shape"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario.slug} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new version; raise `FrozenError` for one that is stored already."""
        if not self._state.adding:
            raise FrozenError("A version never changes after it was published. Publish a new one.")
        super().save(*args, **kwargs)

    def natural_key(self) -> tuple[str, int]:
        """What fixtures name this row by."""
        return (self.scenario.slug, self.number)


class KnowledgeArticleManager(models.Manager["KnowledgeArticle"]):
    """Finds articles by what they belong to and their name."""

    def get_by_natural_key(self, slug: str, number: int, name: str) -> "KnowledgeArticle":
        """Return an article of that version, or of the shared library for an empty slug and number 0."""
        if not slug:
            return self.get(version=None, name=name)
        return self.get(version__scenario__slug=slug, version__number=number, name=name)


class KnowledgeArticle(TimestampedModel):
    """An article that trainees can find: one of a scenario's version, or of the shared library.

    A version's articles repeat its definition for the search and never change; only the library is edited.
    """

    scenario = models.ForeignKey(
        Scenario,
        verbose_name=_("scenario"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="articles",
        help_text=_("Empty for an article of the shared library."),
    )
    version = models.ForeignKey(
        ScenarioVersion,
        verbose_name=_("version"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="articles",
    )
    name = models.CharField(_("name"), max_length=60, validators=[article_name_validator])
    title = models.CharField(_("title"), max_length=600)
    body = models.TextField(_("body"), help_text=_("Markdown"), max_length=20_000)
    source = models.CharField(_("source"), max_length=600)
    credibility = models.CharField(_("credibility"), max_length=20, choices=CREDIBILITIES)
    published_on = models.DateField(_("published on"))
    url = models.CharField(_("link"), max_length=600, blank=True)
    relevance = models.CharField(
        _("relevance"),
        max_length=20,
        choices=RELEVANCES,
        blank=True,
        help_text=_("What it is worth to the ticket; empty in the shared library."),
    )
    search_vector = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=SEARCH_CONFIG)
        + SearchVector("body", weight="B", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects: ClassVar[KnowledgeArticleManager] = KnowledgeArticleManager()

    class Meta:
        verbose_name = _("knowledge article")
        verbose_name_plural = _("knowledge articles")
        ordering: ClassVar[list[str]] = ["title"]
        indexes: ClassVar[list[models.Index]] = [GinIndex(fields=["search_vector"], name="article_search")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "name"], name="article_name_unique_in_version"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(version=None), name="article_name_unique_in_library"
            ),
            models.CheckConstraint(
                condition=Q(scenario=None, version=None, relevance="")
                | Q(scenario__isnull=False, version__isnull=False) & ~Q(relevance=""),
                name="article_of_version_or_library",
            ),
            models.CheckConstraint(
                condition=Q(credibility__in=[value for value, _label in CREDIBILITIES]),
                name="article_credibility_known",
            ),
            models.CheckConstraint(
                condition=Q(relevance__in=["", *(value for value, _label in RELEVANCES)]),
                name="article_relevance_known",
            ),
            models.CheckConstraint(condition=Q(name__regex=ARTICLE_NAME_PATTERN), name="article_name_shape"),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str, int, str]:
        """What fixtures name this row by."""
        if self.version is None:
            return ("", 0, self.name)
        return (self.version.scenario.slug, self.version.number, self.name)

    @property
    def key(self) -> str:
        """What a session calls the article: its name, with `library:` before it in the shared library."""
        return self.name if self.version_id else f"{LIBRARY_PREFIX}{self.name}"
