"""The dialogue acts: what a trainee *does* with a sentence.

These identifiers are the vocabulary of the whole product; scenario files, criteria, events and the debrief
use them and no others.
"""

from enum import StrEnum


class Act(StrEnum):
    """One dialogue act of a support agent. The value is the identifier used everywhere."""

    # Opening and identity
    GREET = "greet"
    INTRODUCE_SELF = "introduce_self"
    ASK_NAME = "ask_name"
    ASK_USERNAME = "ask_username"
    ASK_ASSET_TAG = "ask_asset_tag"
    ASK_OTHER_ID = "ask_other_id"
    START_POSSESSION_CHECK = "start_possession_check"
    CONFIRM_IDENTITY = "confirm_identity"
    CHALLENGE_IDENTITY = "challenge_identity"
    # Finding out
    ASK_PROBLEM = "ask_problem"
    ASK_SYMPTOM = "ask_symptom"
    ASK_ERROR_TEXT = "ask_error_text"
    ASK_ONSET = "ask_onset"
    ASK_RECENT_CHANGE = "ask_recent_change"
    ASK_SCOPE = "ask_scope"
    ASK_IMPACT = "ask_impact"
    ASK_ALREADY_TRIED = "ask_already_tried"
    ASK_ENVIRONMENT = "ask_environment"
    ASK_LOCATION = "ask_location"
    ASK_PERMISSION = "ask_permission"
    # Care
    EMPATHIZE = "empathize"
    APOLOGIZE = "apologize"
    THANK = "thank"
    REASSURE = "reassure"
    SET_EXPECTATION = "set_expectation"
    REQUEST_HOLD = "request_hold"
    RETURN_FROM_HOLD = "return_from_hold"
    ACKNOWLEDGE = "acknowledge"
    SMALL_TALK = "small_talk"
    # Solving
    INSTRUCT = "instruct"
    ANNOUNCE_ACTION = "announce_action"
    EXPLAIN = "explain"
    CONFIRM_FIX = "confirm_fix"
    SUMMARIZE = "summarize"
    ANNOUNCE_ESCALATION = "announce_escalation"
    REFUSE = "refuse"
    GIVE_REFERENCE = "give_reference"
    TEACH = "teach"
    # Closing
    OFFER_MORE_HELP = "offer_more_help"
    ASK_SATISFACTION = "ask_satisfaction"
    FAREWELL = "farewell"
    # Faults
    REQUEST_SECRET = "request_secret"  # noqa: S105 (an identifier, not a secret)
    DISCLOSE_SECRET = "disclose_secret"  # noqa: S105 (an identifier, not a secret)
    DISCLOSE_RECORD = "disclose_record"
    BLAME = "blame"
    DISMISS = "dismiss"
    MANIPULATE = "manipulate"
    # None of the above
    OTHER = "other"


ASKS_IDENTITY = frozenset({Act.ASK_NAME, Act.ASK_USERNAME, Act.ASK_ASSET_TAG, Act.ASK_OTHER_ID})
"""Questions whose answers identify the caller."""

FINDING_OUT = frozenset(
    {
        Act.ASK_PROBLEM,
        Act.ASK_SYMPTOM,
        Act.ASK_ERROR_TEXT,
        Act.ASK_ONSET,
        Act.ASK_RECENT_CHANGE,
        Act.ASK_SCOPE,
        Act.ASK_IMPACT,
        Act.ASK_ALREADY_TRIED,
        Act.ASK_ENVIRONMENT,
        Act.ASK_LOCATION,
        Act.ASK_PERMISSION,
    }
)
"""Questions about the problem and its surroundings."""

CARE = frozenset(
    {
        Act.EMPATHIZE,
        Act.APOLOGIZE,
        Act.THANK,
        Act.REASSURE,
        Act.SET_EXPECTATION,
        Act.REQUEST_HOLD,
        Act.RETURN_FROM_HOLD,
        Act.ACKNOWLEDGE,
        Act.SMALL_TALK,
    }
)
"""Acts that look after the caller rather than the fault."""

SOLVING = frozenset(
    {
        Act.INSTRUCT,
        Act.ANNOUNCE_ACTION,
        Act.EXPLAIN,
        Act.CONFIRM_FIX,
        Act.SUMMARIZE,
        Act.ANNOUNCE_ESCALATION,
        Act.REFUSE,
        Act.GIVE_REFERENCE,
        Act.TEACH,
    }
)
"""Acts that move the problem towards its end."""

CLOSING = frozenset({Act.OFFER_MORE_HELP, Act.ASK_SATISFACTION, Act.FAREWELL})
"""Acts that end a call."""

FAULTS = frozenset(
    {
        Act.REQUEST_SECRET,
        Act.DISCLOSE_SECRET,
        Act.DISCLOSE_RECORD,
        Act.BLAME,
        Act.DISMISS,
        Act.MANIPULATE,
    }
)
"""Acts that a good agent does not do. `other` is no fault and belongs to no group."""
