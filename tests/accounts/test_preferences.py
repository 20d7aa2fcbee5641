"""What may be chosen, and what is refused."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pydantic import ValidationError as PydanticError

from accounts import actions
from accounts.models import User
from accounts.preferences import TEXT_SIZES, Preferences, default_preferences, validate_preferences
from tests.factories import UserFactory


def test_nothing_chosen_is_valid_and_equals_the_defaults() -> None:
    validate_preferences({})
    assert Preferences.model_validate({}).model_dump(mode="json") == default_preferences()


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({"interface": {"theme": "plaid"}}, "interface.theme"),
        ({"interface": {"text_size": 99}}, "interface.text_size"),
        ({"interface": {"text_size": 210}}, "interface.text_size"),
        ({"interface": {"text_size": 105}}, "interface.text_size"),
        ({"interface": {"typing_pace": "slow"}}, "interface.typing_pace"),
        ({"privacy": {"leaderboard": "perhaps"}}, "privacy.leaderboard"),
        ({"interface": {"font": "Comic"}}, "interface.font"),
        ({"colour": "blue"}, "colour"),
        ([], "preferences"),
    ],
)
def test_a_wrong_choice_is_named(value: Any, field: str) -> None:
    with pytest.raises(ValidationError, match=field.replace(".", r"\.")):
        validate_preferences(value)


@pytest.mark.parametrize("size", TEXT_SIZES)
def test_every_text_size_has_its_rule_in_the_style_sheet(size: int, settings: Any) -> None:
    sheet = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    assert size == 100 or f'[data-text-size="{size}"] {{ font-size: {size}%; }}' in sheet


@pytest.mark.django_db
def test_a_change_keeps_what_it_does_not_name() -> None:
    user = UserFactory.create()
    actions.change_preferences(user=user, changes={"interface": {"theme": "dark"}})
    stale = User.objects.get(pk=user.pk)
    actions.change_preferences(user=user, changes={"privacy": {"leaderboard": False}})
    chosen = actions.change_preferences(user=stale, changes={"interface": {"text_size": 150}})
    assert (chosen.interface.theme, chosen.interface.text_size, chosen.privacy.leaderboard) == (
        "dark",
        150,
        False,
    )


@pytest.mark.django_db
def test_a_refused_change_stores_nothing() -> None:
    user = UserFactory.create()
    changes = {"interface": {"theme": "dark", "text_size": 1000}}
    with pytest.raises(PydanticError):
        actions.change_preferences(user=user, changes=changes)
    assert User.objects.get(pk=user.pk).preferences == default_preferences()
