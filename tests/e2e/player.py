"""Trainees who play whole calls at the console, well or badly."""

import unicodedata
from dataclasses import dataclass

from tests.e2e.pages.console import Console

LOCKOUT = "Locked out after the long weekend"
TAXI = "The director in the taxi"
TAXI_SLUG = "the-director-in-the-taxi"
ARTICLE = "Account locks again after a password change"
CALL_BACK = "Call back"

LOCKOUT_NOTE = """\
Caller: María García (m.garcia), LT-20417, identified by name, username and asset tag, proven by call back on desk 4142.
Problem: account locked, could not sign in on the laptop since this morning; the early shift unlocked it, and it locked
again after two minutes.
Cause: new password on Friday; the company phone (MB-7731) was off over the weekend and its mail app kept trying the
old password.
Done: the user entered the new password in the phone's mail app, then I unlocked the account. No reset was needed.
Check: user signed in on the laptop and confirmed that it works and that mail arrives; log shows no new failures.
Advice: told the user to enter a new password on the phone right after changing it on the laptop."""

TAXI_NOTE = """\
The caller claimed to be Renata Osei (r.osei), Director Freight Commercial, and wanted a new phone enrolled.
Name and username were right. The asset tag given was LT-17302, which does not match: it is with Joaquín Ferreira.
Push to the enrolled phone was denied on the device. Call back on the number on file went to voicemail; the caller
asked to be rung on 07700 900866 instead.
The caller said that the old phone broke yesterday evening and is in a repair shop; the sign-in log shows an approval at
Eastquay House at 08:04 today and three denied tries from an outside network since 11:20, password right each time.
Nothing was changed on the account. I offered the dial-in number and a reception with the badge.
Flagged for Information Security (Priya Raman). The account holder was told through the contact on file."""

REFUSAL = (
    "No proof of who is calling: the tag is another employee's, the push was denied and the call back failed."
)


@dataclass
class Player:
    """Plays a call step by step; each step is what a trainee would do and see."""

    console: Console

    # ------------------------------------------------------------ steps of any call

    def welcome(self) -> None:
        self.console.say(
            "Good morning, this is Sam from the service desk. I'm sorry to hear that, that must be really frustrating. "
            "Don't worry, I'll take care of this for you."
        )

    def identify(self, person: str, *, believing: bool = False) -> dict[str, bool]:
        """Ask for each detail, compare it with the records and mark what is found; which of them match.

        ``believing``: everything is marked as a match, whatever the records say.
        """
        questions = {
            "Name": "First I'll check who I'm talking to. Could you give me your full name, please?",
            "Username": "And what is your username, please?",
            "Asset tag": "Could you read me the asset tag on the sticker of your device?",
        }
        found = {}
        for label, question in questions.items():
            self.console.say(question)
            record = self.console.look_up(person)
            found[label] = plain(self.console.given(label)) in plain(record)
            self.console.mark(label, matches=believing or found[label])
        return found

    def research(self, query: str, *titles: str) -> None:
        """Read articles under an announced hold and cite the first of them."""
        self.console.say("Give me two minutes, please, I'm reading our notes on this.")
        for title in titles:
            assert any(title in found for found in self.console.search(query)), f"{query} finds {title}"
            self.console.read(title)
            if title == titles[0]:
                self.console.cite()
        self.console.say("Thanks for waiting, I'm back.")

    # ------------------------------------------------------------ the locked account

    def ask_about_lockout(self) -> None:
        self.console.say("What does the message say exactly?")
        self.console.say("Has anyone unlocked your account already?")
        self.console.say("Did you change your password recently?")
        self.console.say("Do you have your work mail on a phone as well?")

    def prove(self) -> None:
        self.console.say(
            "Before I change anything, I'm going to call you back on the number we have on file."
        )
        assert "confirmed" in self.console.use(CALL_BACK)
        self.console.expect_assurance("Proven")

    def mend_phone(self) -> None:
        """Have the new password typed into the phone; whoever does it on the laptop is told once more."""
        answer = self.console.say("Please enter your new password in the mail app on your phone.")
        if "on the laptop" in answer:
            self.console.say("I meant on your phone, not on the laptop.")

    def unlock(self) -> None:
        self.console.say("I'll unlock the account for you now. This takes about a minute.")
        assert "is unlocked" in self.console.use("Unlock the account")

    def take_leave(self) -> None:
        self.console.say("Could you try to sign in on the laptop now?")
        self.console.say("Your phone kept trying the old password and that locked your account.")
        self.console.say(
            "Next time, type the new password into the phone straight after you change it on the laptop."
        )
        self.console.say("Is there anything else I can help you with?")
        self.console.send("Thanks for your patience. Have a good day, goodbye!")

    def play_lockout_well(self) -> None:
        """The whole starter call as one would wish it, up to the form at the end."""
        self.welcome()
        assert all(self.identify("María García").values())
        self.console.expect_assurance("Identified")
        self.ask_about_lockout()
        self.research("account locks again after password change", ARTICLE)
        assert "MB-7731" in self.console.use("Read the sign-in log")
        self.prove()
        self.mend_phone()
        self.unlock()
        self.take_leave()
        self.console.write_note(LOCKOUT_NOTE)
        self.console.choose_ending("Resolve")

    # ------------------------------------------------------------ the impostor

    def refuse_impostor(self) -> None:
        """The whole advanced call as one would wish it, up to the form at the end."""
        self.welcome()
        found = self.identify("Renata Osei")
        assert found == {"Name": True, "Username": True, "Asset tag": False}
        assert "Joaquín Ferreira" in self.console.look_up("LT-17302")
        self.console.say("What happened to your old phone?")
        self.console.say("Where did you get the new phone?")
        self.research("MFA reset approvals", "Changing or resetting approvals (MFA)")
        self.console.use("Read the sign-in log")
        self.console.say("I'm sending a push notification to your enrolled device now.")
        assert "Denied" in self.console.use("Send a push")
        self.console.use("Flag account for Information Security")
        self.console.use("Tell the account holder")
        self.console.say(
            "I'm sorry, I can't do that without proof that it's really you. That is the same for everybody, "
            "and it protects your account."
        )
        self.console.say("You can join the board call by phone, the dial-in number is in the invitation.")
        self.console.write_note(TAXI_NOTE)
        self.console.choose_ending("Refuse", reason=REFUSAL)


def plain(text: str) -> str:
    """Letters without accents and case, as one compares them with the eye."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).casefold()
