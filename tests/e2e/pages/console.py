"""The console: ticket, conversation and workbench of one call."""

import re
from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from tests.e2e.hands import Mouse, words

SAVED = "Saved"
SENT = "Sent"


class Console:
    """What a trainee sees of a call and does in it, with the mouse or with the keyboard, on any width."""

    def __init__(self, page: Page, hands: Mouse | None = None) -> None:
        self.page = page
        self.hands = hands or Mouse(page)
        self.log = page.get_by_role("log", name="Conversation")
        self.answers = self.log.locator(".entry-customer")
        self.own = self.log.locator(".entry-trainee")
        self.message = page.get_by_label("Your message")
        self.note = page.get_by_role("textbox", name="Internal note")
        self.note_state = page.locator("#note-state")
        self.connection = page.locator("#connection")

    # ------------------------------------------------------------ what is in sight

    def show(self, part: str) -> None:
        """Bring Ticket, Chat or Workbench into sight; a wide window shows all of them."""
        tab = self.page.get_by_role("tablist", name="Parts of the console").get_by_role(
            "tab", name=words(part)
        )
        if tab.count() and tab.get_attribute("aria-selected") == "false":
            self.hands.choose(tab)

    def open_tab(self, name: str) -> Locator:
        """Open a tab of the workbench; its panel."""
        self.show("Workbench")
        tab = self.page.get_by_role("tablist", name="Workbench").get_by_role("tab", name=name)
        if tab.get_attribute("aria-selected") == "false":
            self.hands.choose(tab)
        return self.page.get_by_role("tabpanel", name=name)

    # ------------------------------------------------------------ the conversation

    def send(self, text: str) -> None:
        """Write a message and send it; it may still be on its way afterwards."""
        self.show("Chat")
        self.hands.write(self.message, text)
        self.hands.submit(self.message, self.page.get_by_role("button", name="Send", exact=True))
        expect(self.message).to_have_value("")
        expect(self.own.last).to_contain_text(text)

    def say(self, text: str) -> str:
        """Send a message and read the customer's answer to it."""
        self.show("Chat")
        heard = self.answers.count()
        self.send(text)
        expect(self.own.last).to_contain_text(SENT)
        expect(self.answers.nth(heard)).to_be_visible()
        return self.answers.last.locator(".bubble-text").inner_text()

    def texts(self) -> list[str]:
        """Every message in the log, of both sides, in its order."""
        return self.log.locator(".bubble-text").all_inner_texts()

    # ------------------------------------------------------------ who is on the line

    def given(self, label: str) -> str:
        """What the caller gave for Name, Username or Asset tag."""
        self.show("Ticket")
        return self._identity(label).locator(".identity-value").inner_text()

    def mark(self, label: str, *, matches: bool) -> None:
        """Mark a detail of the caller."""
        self.show("Ticket")
        name = "Matches" if matches else "Doesn't match"
        button = self._identity(label).get_by_role("button", name=name, exact=True)
        self.hands.press(button)
        expect(button).to_have_attribute("aria-pressed", "true")

    def expect_assurance(self, word: str) -> None:
        """Wait until the checklist says how sure one may be: Not identified, Identified, Proven."""
        expect(self.page.locator("#levels [aria-current=step]")).to_contain_text(word)

    def _identity(self, label: str) -> Locator:
        return self.page.get_by_role("group", name=label, exact=True)

    # ------------------------------------------------------------ the workbench

    def look_up(self, title: str) -> str:
        """Find a record in the directory and read it."""
        panel = self.open_tab("Directory")
        field = panel.get_by_label("Filter people, assets and services")
        self.hands.write(field, title)
        button = self.page.get_by_role("button", name=title)
        record = panel.get_by_role("listitem").filter(has=button)
        button = record.get_by_role("button")
        if button.get_attribute("aria-expanded") == "false":
            self.hands.press(button)
        rows = record.locator("dl")
        expect(rows).to_be_visible()
        text = rows.inner_text()
        self.hands.write(field, "")
        return text

    def use(self, label: str) -> str:
        """Use a tool; what it reports, or the desk's warning."""
        tool = self._tool(label)
        result = tool.locator(".tool-result")
        before = result.text_content() or ""
        self.hands.press(tool.get_by_role("button", name=label))
        expect(result).not_to_have_text(re.compile(rf"^\s*({re.escape(before)}|Working…)?\s*$"))
        return result.inner_text()

    def force(self, label: str) -> str:
        """Do what the desk's rule has just stopped."""
        tool = self._tool(label)
        self.hands.press(tool.get_by_role("button", name=words("Do it anyway")))
        result = tool.locator(".tool-result")
        expect(result).to_contain_text("done against the desk's rule")
        return result.inner_text()

    def search(self, query: str) -> list[str]:
        """Search the knowledge base; the titles found."""
        panel = self.open_tab("Knowledge")
        back = panel.get_by_role("button", name="Back to the results")
        if back.is_visible():
            self.hands.press(back)
        field = panel.get_by_label("Search the knowledge base")
        self.hands.write(field, query)
        self.hands.submit(field, panel.get_by_role("button", name="Search"))
        expect(panel.locator("#knowledge-count")).to_contain_text(query)
        return panel.get_by_role("heading").get_by_role("button").all_inner_texts()

    def read(self, title: str) -> str:
        """Open one of the articles found; its text."""
        panel = self.open_tab("Knowledge")
        self.hands.press(panel.get_by_role("heading").get_by_role("button", name=title))
        article = panel.get_by_role("article", name=title)
        expect(article).to_be_visible()
        return article.inner_text()

    def cite(self) -> None:
        """Put the open article into the note."""
        panel = self.open_tab("Knowledge")
        self.hands.press(panel.get_by_role("button", name="Cite in the note"))
        expect(panel.get_by_role("button", name="Cited")).to_be_visible()

    def _tool(self, label: str) -> Locator:
        panel = self.open_tab("Tools")
        return panel.locator(".tool").filter(has=self.page.get_by_role("button", name=label, exact=True))

    # ------------------------------------------------------------ note and end

    def write_note(self, text: str) -> None:
        """Write the note above what stands there already (a citation), and wait until it is saved."""
        self.show("Ticket")
        standing = self.note.input_value()
        self.hands.write(self.note, "\n".join(filter(None, [text, standing])))
        expect(self.note_state).to_have_text(SAVED)

    def choose_ending(self, ending: str, *, reason: str = "") -> None:
        """Fill the form at the end in: Resolve, Escalate or Refuse; the note is the documentation already."""
        panel = self.open_tab("Finish")
        self.hands.tick(panel.get_by_role("radio", name=words(ending)))
        if reason:
            self.hands.write(panel.get_by_label("Reason"), reason)

    def hand_in(self) -> None:
        """Finish the session and confirm it; the debrief follows."""
        panel = self.open_tab("Finish")
        self.hands.press(panel.get_by_role("button", name="Finish the session"))
        dialog = self.page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        self.hands.press(dialog.get_by_role("button", name=re.compile("and finish$")))
        self.page.wait_for_url(re.compile(r"/debrief/"))

    def finish(self, ending: str, *, reason: str = "") -> None:
        """Choose how the call ends and hand it in."""
        self.choose_ending(ending, reason=reason)
        self.hand_in()


def same(one: str, other: str) -> bool:
    """Whether two texts are the same but for case and spaces."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def fits(given: str, records: Sequence[str]) -> bool:
    """Whether what a caller gave stands in one of these records."""
    return any(given.casefold() in record.casefold() for record in records)
