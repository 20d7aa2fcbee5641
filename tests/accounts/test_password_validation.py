"""The rules for a new password."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.factories import UserFactory


@pytest.mark.parametrize("password", ["Practice-Makes-1", "Tr0mbone-lunch", "x" * 60 + "A1" + "ä" * 60])
def test_good_passwords_pass(password: str) -> None:
    validate_password(password)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Sh0rt-x", "password_too_short"),
        ("A1" + "x" * 127, "password_too_long"),
        ("practice-makes-1", "password_one_case"),
        ("PRACTICE-MAKES-1", "password_one_case"),
        ("Practice-Makes-Perfect", "password_no_number"),
        ("Password1", "password_guessable"),
        ("Qwerty123", "password_guessable"),
    ],
)
def test_bad_passwords_are_refused_with_the_rule_they_break(password: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_password(password)
    assert code in {error.code for error in refusal.value.error_list}


def test_what_is_known_of_the_person_makes_a_password_guessable() -> None:
    person = UserFactory.build(email="theodolinde@firstline.example", first_name="", last_name="")
    validate_password(
        "Theodolinde7", UserFactory.build(email="bo@firstline.example", first_name="", last_name="")
    )
    with pytest.raises(ValidationError):
        validate_password("Theodolinde7", person)
