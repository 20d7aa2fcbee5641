"""Sign-up with the code that comes by mail."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Mailbox
from tests.e2e.hands import Mouse


class Entrance:
    """The way in for somebody new."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.hands = Mouse(page)

    def open(self) -> None:
        """From the front page to the form."""
        self.page.goto("/")
        self.hands.press(self.page.get_by_role("banner").get_by_role("link", name="Sign up"))
        expect(self.page.get_by_role("heading", name="Create your account")).to_be_visible()

    def sign_up(self, *, first_name: str, address: str, password: str) -> None:
        """Fill the form in, agree to the terms and send it."""
        self.page.get_by_label("First name").fill(first_name)
        self.page.get_by_label("E-mail address").fill(address)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_label("I agree to the").check()
        self.page.get_by_role("main").get_by_role("button", name="Sign up").click()
        expect(self.page.get_by_role("heading", name="Check your mail")).to_be_visible()

    def confirm(self, mailbox: Mailbox, address: str) -> None:
        """Type the code from the mail."""
        self.page.get_by_label("Code").fill(code_in(mailbox.wait_for(address)))
        self.page.get_by_role("button", name="Confirm", exact=True).click()
        expect(self.page.get_by_text("Your menu")).to_be_attached()


def code_in(mail: str) -> str:
    """The code that stands on a line of its own in a mail."""
    found = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)\s*$", mail, re.MULTILINE)
    assert found, f"no code in this mail:\n{mail}"
    return found[1]
