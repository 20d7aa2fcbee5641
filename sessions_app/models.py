"""What is stored of practice: sessions with their ticket, messages and events, and what they were worth.

One sequence runs through a session: every `ChatMessage` and `SessionEvent` has a `seq`, given under the lock
of the session's row, and `UserSession.head_seq` is the last one given. Write through `sessions_app.actions`.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.base_models import TimestampedModel
from engine.vocabulary import Assurance, Dimension, Ending, Outcome
from scenarios.fields import OrderedJSONField

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TEXT_LIMIT = 4_000
"""Characters in one message."""
NOTE_LIMIT = 20_000
"""Characters in a note and in the documentation that ends a session."""
REASON_LIMIT = 2_000
"""Characters in the reason of an escalation or refusal."""

type Label = str | _StrPromise


class SessionStatus(models.TextChoices):
    """Whether a session still goes on."""

    ACTIVE = "active", _("Active")
    COMPLETED = "completed", _("Completed")
    ABANDONED = "abandoned", _("Abandoned")


class IdentityCheck(models.TextChoices):
    """What the trainee made of one identity field; empty where they have not compared it yet."""

    MATCHES = Outcome.MATCHES.value, _("Matches the records")
    MISMATCH = Outcome.MISMATCH.value, _("Does not match the records")


class AssuranceLevel(models.TextChoices):
    """How sure the desk may be of who is on the line."""

    NONE = Assurance.NONE.value, _("None")
    IDENTIFIED = Assurance.IDENTIFIED.value, _("Identified")
    PROVEN = Assurance.PROVEN.value, _("Proven")


class ResolutionType(models.TextChoices):
    """How the trainee ended the session."""

    RESOLVED = Ending.RESOLVED.value, _("Resolved")
    ESCALATED = Ending.ESCALATED.value, _("Escalated")
    REFUSED = Ending.REFUSED.value, _("Refused")


class Validity(models.TextChoices):
    """Whether a finished session counts. Void: a fault of the simulated customer spoilt it."""

    VALID = "valid", _("Valid")
    VOID = "void", _("Void")


class TicketStatus(models.TextChoices):
    """Where a ticket stands."""

    OPEN = "open", _("Open")
    IN_PROGRESS = "in_progress", _("In progress")
    WAITING = "waiting", _("Waiting for the customer")
    RESOLVED = "resolved", _("Resolved")
    ESCALATED = "escalated", _("Escalated")
    CLOSED = "closed", _("Closed")


class Priority(models.TextChoices):
    """How urgent a ticket is."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class Sender(models.TextChoices):
    """Who wrote a message."""

    TRAINEE = "trainee", _("Trainee")
    CUSTOMER = "customer", _("Customer")
    SYSTEM = "system", _("System")
    INSTRUCTOR = "instructor", _("Instructor")


class MessageType(models.TextChoices):
    """What a message is for."""

    CHAT = "chat", _("Chat")
    NOTICE = "notice", _("Notice")


class DimensionName(models.TextChoices):
    """What a session is scored on."""

    VERIFICATION = Dimension.VERIFICATION.value, _("Verification")
    COMMUNICATION = Dimension.COMMUNICATION.value, _("Communication")
    TECHNICAL = Dimension.TECHNICAL.value, _("Technical")
    RESEARCH = Dimension.RESEARCH.value, _("Research")
    DOCUMENTATION = Dimension.DOCUMENTATION.value, _("Documentation")
    RESPONSE_TIME = Dimension.RESPONSE_TIME.value, _("Response time")


class CriterionOutcome(models.TextChoices):
    """What came of one criterion of the rubric."""

    MET = "met", _("Met")
    PARTLY = "partly", _("Partly met")
    MISSED = "missed", _("Missed")
    CANNOT_ASSESS = "cannot_assess", _("Cannot be assessed")


class Assessor(models.TextChoices):
    """Who judged a criterion."""

    ENGINE = "engine", _("Engine")
    MODEL = "model", _("Language model")
    INSTRUCTOR = "instructor", _("Instructor")


def _known(
    field: str, choices: type[models.TextChoices], *, name: str, blank: bool = False
) -> models.CheckConstraint:
    values = ["", *choices.values] if blank else choices.values
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


def _choice(
    choices: type[models.TextChoices], label: Label, *, default: str | None = None
) -> "models.CharField[str, str]":
    """A column for one of `choices`; without a default it starts empty."""
    if default is None:
        return models.CharField(label, max_length=20, choices=choices, blank=True, default="")
    return models.CharField(label, max_length=20, choices=choices, default=default)


class UserSession(TimestampedModel):
    """One attempt of one trainee at one scenario.

    `state` is the engine's `CallState` after the last turn and `seed` what it draws from, so that the call
    can be replayed. `scenario` repeats the version's, for the rule that nobody plays the same scenario twice
    at once.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="practice_sessions")
    scenario = models.ForeignKey("scenarios.Scenario", on_delete=models.PROTECT, related_name="sessions")
    scenario_version = models.ForeignKey(
        "scenarios.ScenarioVersion", on_delete=models.PROTECT, related_name="sessions"
    )
    status = _choice(SessionStatus, _("status"), default=SessionStatus.ACTIVE)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    completed_at = models.DateTimeField(_("ended"), null=True, blank=True)
    duration = models.DurationField(_("duration"), null=True, blank=True)

    seed = models.BigIntegerField(editable=False)
    engine_version = models.CharField(max_length=20)
    # Keys keep their order: a replay from a stored state goes the way of the call itself.
    state = OrderedJSONField(default=dict)
    head_seq = models.PositiveIntegerField(default=0)
    # Here, and not only as a row of `PendingReply`, since whoever waited for the lock reads this row anew and no other.
    reply_pending = models.BooleanField(_("reply is being worded"), default=False, db_default=False)
    reading_article = models.CharField(max_length=80, blank=True, default="")
    reading_since = models.DateTimeField(null=True, blank=True)

    name_check = _choice(IdentityCheck, _("name"))
    username_check = _choice(IdentityCheck, _("username"))
    asset_tag_check = _choice(IdentityCheck, _("asset tag"))
    assurance = _choice(AssuranceLevel, _("assurance"), default=AssuranceLevel.NONE)

    resolution_type = _choice(ResolutionType, _("resolution"))
    resolution_team = models.CharField(_("escalated to"), max_length=600, blank=True, default="")
    resolution_documentation = models.TextField(
        _("documentation"), max_length=NOTE_LIMIT, blank=True, default=""
    )
    resolution_reason = models.TextField(_("reason"), max_length=REASON_LIMIT, blank=True, default="")
    satisfaction = models.PositiveSmallIntegerField(
        _("customer satisfaction"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    validity = _choice(Validity, _("validity"))
    void_reasons = models.JSONField(_("why void"), default=list, blank=True)
    final_scores = models.JSONField(_("final scores"), null=True, blank=True)
    debrief_text = models.TextField(_("debrief"), blank=True, default="")
    debrief_generated_at = models.DateTimeField(null=True, blank=True)

    external_session_id = models.CharField(max_length=200, null=True, blank=True)
    platform = models.CharField(max_length=20, blank=True, default="web")
    launch_url = models.CharField(max_length=600, blank=True, default="")

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering: ClassVar[list[str]] = ["-started_at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-started_at"], name="session_history_of_user"),
            models.Index(fields=["status", "updated_at"], name="session_idle"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "scenario"],
                condition=Q(status=SessionStatus.ACTIVE),
                name="session_one_active_per_scenario",
            ),
            models.UniqueConstraint(fields=["external_session_id"], name="session_external_id_unique"),
            _known("status", SessionStatus, name="session_status_known"),
            _known("name_check", IdentityCheck, name="session_name_check_known", blank=True),
            _known("username_check", IdentityCheck, name="session_username_check_known", blank=True),
            _known("asset_tag_check", IdentityCheck, name="session_asset_tag_check_known", blank=True),
            _known("assurance", AssuranceLevel, name="session_assurance_known"),
            _known("resolution_type", ResolutionType, name="session_resolution_known", blank=True),
            _known("validity", Validity, name="session_validity_known", blank=True),
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__range=(1, 5)),
                name="session_satisfaction_on_scale",
            ),
            models.CheckConstraint(
                condition=Q(status=SessionStatus.ACTIVE, completed_at__isnull=True)
                | ~Q(status=SessionStatus.ACTIVE) & Q(completed_at__isnull=False),
                name="session_ended_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=SessionStatus.COMPLETED)
                | ~Q(resolution_type="") & Q(final_scores__isnull=False),
                name="session_completed_has_scores",
            ),
            models.CheckConstraint(
                condition=Q(reading_article="", reading_since__isnull=True)
                | ~Q(reading_article="") & Q(reading_since__isnull=False),
                name="session_reading_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Session {self.pk}"

    @property
    def is_active(self) -> bool:
        """Whether the call still goes on."""
        return self.status == SessionStatus.ACTIVE


class Ticket(TimestampedModel):
    """The ticket of a session: its number, its clocks, and the trainee's note, whose history the events hold.

    The due moments leave out how long the customer was waited for; `waited_ms` is that time and fixed at the
    end, until then the messages tell it.
    """

    session = models.OneToOneField(UserSession, on_delete=models.CASCADE, related_name="ticket")
    number = models.CharField(_("number"), max_length=20)
    status = _choice(TicketStatus, _("status"), default=TicketStatus.OPEN)
    priority = _choice(Priority, _("priority"), default=Priority.MEDIUM)
    first_response_due_at = models.DateTimeField()
    resolution_due_at = models.DateTimeField()
    first_responded_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    waited_ms = models.PositiveBigIntegerField(_("waited for the customer (ms)"), default=0)
    note = models.TextField(_("note"), max_length=NOTE_LIMIT, blank=True, default="")
    note_version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["number"], name="ticket_number_unique"),
            _known("status", TicketStatus, name="ticket_status_known"),
            _known("priority", Priority, name="ticket_priority_known"),
        ]

    def __str__(self) -> str:
        return self.number


class ChatMessage(TimestampedModel):
    """One message of the call. `created_at` is the server's moment of it.

    `metadata` holds `typing_ms` (how long its reader sees the customer typing), `until` (of a trainee's
    message: the last `seq` of its turn) and `moves` (of a reply: what it conveyed, for the audit). Where the settings
    name a language model, `voice` tells who worded a reply (`model`, `built_in`), and `why` it was not the model.
    """

    session = models.ForeignKey(
        UserSession, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    seq = models.PositiveIntegerField()
    client_id = models.UUIDField(null=True, blank=True)
    sender = _choice(Sender, _("sender"), default=Sender.TRAINEE)
    type = _choice(MessageType, _("type"), default=MessageType.CHAT)
    text = models.TextField(max_length=TEXT_LIMIT)
    metadata = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering: ClassVar[list[str]] = ["session", "seq"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "seq"], name="message_seq_unique"),
            models.UniqueConstraint(fields=["session", "client_id"], name="message_client_id_unique"),
            _known("sender", Sender, name="message_sender_known"),
            _known("type", MessageType, name="message_type_known"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="message_seq_from_one"),
            models.CheckConstraint(
                condition=Q(GreaterThanOrEqual(Length("text"), 1))
                & Q(LessThanOrEqual(Length("text"), TEXT_LIMIT)),
                name="message_text_length",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender} {self.seq}"


class PendingReply(TimestampedModel):
    """A turn whose reply a language model is wording. Gone as soon as the reply is stored, which happens once.

    `answers` is the `seq` of the trainee's message, `reply` what the built-in voice would say, `state` the engine's
    `CallState` to which the turn leads: it holds from the moment at which the reply is stored, so that no screen
    tells what has not been said. `brief` is what the model is told. The row's own id becomes the message's. The
    worker called `lease_owner` has until `lease_until` (the real clock's) to store the reply; then anybody does.
    """

    session = models.OneToOneField(UserSession, on_delete=models.CASCADE, related_name="pending_reply")
    answers = models.PositiveIntegerField(_("answers message"))
    asked_at = models.DateTimeField(_("asked"))
    reply = models.JSONField(_("built-in reply"))
    state = OrderedJSONField(_("state after the turn"))
    brief = models.JSONField(_("brief"))
    lease_owner = models.UUIDField(_("worker"))
    lease_until = models.DateTimeField(_("worker's time ends"))

    class Meta:
        verbose_name = _("pending reply")
        verbose_name_plural = _("pending replies")
        ordering: ClassVar[list[str]] = ["-created_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(answers__gte=1), name="pending_reply_answers_from_one"),
        ]

    def __str__(self) -> str:
        return f"reply to {self.answers}"


class SessionEvent(TimestampedModel):
    """Something that happened in a session, in the order of its messages.

    `type` and `data` are either one of `engine.events` (what happened; scored, hidden until the debrief) or
    one of `sessions_app.events.StoredFrame` (what the trainee's screen was told). `client_id` names the
    command it answers.
    """

    session = models.ForeignKey(UserSession, on_delete=models.CASCADE, related_name="events", db_index=False)
    seq = models.PositiveIntegerField()
    client_id = models.UUIDField(null=True, blank=True)
    type = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering: ClassVar[list[str]] = ["session", "seq"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "seq"], name="event_seq_unique"),
            models.UniqueConstraint(fields=["session", "client_id"], name="event_client_id_unique"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="event_seq_from_one"),
            models.CheckConstraint(condition=~Q(type=""), name="event_type_present"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.seq}"


def _score(label: Label) -> "models.DecimalField[Any, Any]":
    """A column for a score from 0 to 100; empty where nothing of it could be assessed."""
    return models.DecimalField(label, max_digits=5, decimal_places=2, null=True, blank=True)


SCORE_FIELDS = tuple(Dimension)
"""Names of the score columns of `PerformanceMetric`, one for each dimension."""


class PerformanceMetric(TimestampedModel):
    """What one valid session was worth, for histories and trends."""

    session = models.OneToOneField(UserSession, on_delete=models.CASCADE, related_name="metric")
    user = models.ForeignKey(
        "accounts.User", on_delete=models.CASCADE, related_name="metrics", db_index=False
    )
    scenario = models.ForeignKey("scenarios.Scenario", on_delete=models.PROTECT, related_name="metrics")
    verification = _score(_("verification"))
    communication = _score(_("communication"))
    technical = _score(_("technical"))
    research = _score(_("research"))
    documentation = _score(_("documentation"))
    response_time = _score(_("response time"))
    overall = models.DecimalField(_("overall"), max_digits=5, decimal_places=2)
    passed = models.BooleanField(_("passed"))
    xp_earned = models.PositiveIntegerField(_("XP earned"), default=0)
    completion_seconds = models.PositiveIntegerField(_("seconds to the end"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("performance metric")
        verbose_name_plural = _("performance metrics")
        ordering: ClassVar[list[str]] = ["-created_at"]
        indexes: ClassVar[list[models.Index]] = [
            # One user's history is read from the index alone, however large the table grows.
            models.Index(
                fields=["user", "created_at"],
                include=[
                    *map(str, SCORE_FIELDS),
                    "overall",
                    "passed",
                    "xp_earned",
                    "completion_seconds",
                    "scenario",
                ],
                name="metric_history_of_user",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (0, 100)}),
                name=f"metric_{field}_on_scale",
            )
            for field in (*SCORE_FIELDS, "overall")
        ]

    def __str__(self) -> str:
        return f"{self.overall} in {self.session_id}"


class CriterionResult(TimestampedModel):
    """What came of one criterion, with its evidence. Wording, weight and the like are repeated from the
    rubric that was in force, so that a debrief reads the same for ever."""

    session = models.ForeignKey(
        UserSession, on_delete=models.CASCADE, related_name="criterion_results", db_index=False
    )
    position = models.PositiveSmallIntegerField(_("place in the rubric"), default=0)
    criterion = models.CharField(_("criterion"), max_length=60)
    dimension = _choice(DimensionName, _("dimension"), default=DimensionName.COMMUNICATION)
    wording = models.CharField(_("wording"), max_length=600)
    why = models.CharField(_("why it matters"), max_length=600, blank=True)
    better = models.CharField(_("better wording"), max_length=600, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    fatal = models.BooleanField(_("fatal"), default=False)
    result = _choice(CriterionOutcome, _("result"), default=CriterionOutcome.CANNOT_ASSESS)
    points = models.DecimalField(_("points"), max_digits=4, decimal_places=3, default=0)
    evidence = models.JSONField(_("evidence"), default=list, blank=True)
    assessor = _choice(Assessor, _("judged by"), default=Assessor.ENGINE)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("criterion result")
        verbose_name_plural = _("criterion results")
        ordering: ClassVar[list[str]] = ["session", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["session", "criterion", "assessor"], name="criterion_once_per_assessor"
            ),
            _known("dimension", DimensionName, name="criterion_dimension_known"),
            _known("result", CriterionOutcome, name="criterion_result_known"),
            _known("assessor", Assessor, name="criterion_assessor_known"),
            models.CheckConstraint(condition=Q(points__range=(0, 1)), name="criterion_points_on_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.result}"
