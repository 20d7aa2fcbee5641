"""How impostors press, make excuses and give up, by the story that they tell; the author's own lines come first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from engine.definition import Caller
from engine.vocabulary import Pretext, Proof


class Manner(NamedTuple):
    """`pressure` holds the steps, each harder than the one before; `excuses` why a proof cannot work just now."""

    pressure: tuple[tuple[str, ...], ...]
    excuses: Mapping[Proof, tuple[str, ...]]
    parting: tuple[str, ...]


COLLEAGUE = Manner(
    pressure=(
        (
            "Oh come on, we've spoken before. You know me.",
            "Really? Last time nobody made such a fuss about it.",
            "Hm, I thought we were all on the same side here.",
        ),
        (
            "Your colleague did this for me last month without all the questions.",
            "I've got the whole team waiting on me, and you want to talk about stickers?",
            "I gave you what I have. What more do you want from me?",
        ),
        (
            "OK, let me be honest: if this isn't done by noon I'm the one who gets it in the neck. Please.",
            "Look, just this once. I'll bring you the paperwork tomorrow.",
            "I'm going to have to tell my team lead that the service desk blocked us.",
        ),
        (
            "Fine. Give me your name then, so I can say who it was.",
            "This is ridiculous. Somebody else on your team will simply do it.",
        ),
    ),
    excuses={
        Proof.CALL_BACK: (
            "That's my desk phone, and I'm working from home today. Can't we do it here?",
            "I changed my number last week, they just haven't updated it yet.",
        ),
        Proof.PUSH: (
            "That must be my old phone, I handed it in. Nothing will come through there.",
            "My phone's at the repair shop, so a push won't work.",
        ),
        Proof.MANAGER_APPROVAL: (
            "He's on holiday until Thursday, you won't reach him.",
            "My manager changed, the name in your system is the old one.",
        ),
    },
    parting=(
        "All right, leave it. I'll ask around in the team.",
        "Never mind. I'll find someone with access.",
        "OK, forget I asked.",
    ),
)

EXECUTIVE = Manner(
    pressure=(
        (
            "I don't think you understand who you are talking to.",
            "I have two minutes. Let us not waste them on forms.",
            "Surely you can see my title on your screen.",
        ),
        (
            "There are people in this room who are waiting for me. Do what I asked.",
            "I pay for this service. I expect an exception when I need one.",
            "I am boarding in ten minutes. What exactly is so difficult?",
        ),
        (
            "I will be speaking to your head of department about this. Last chance.",
            "If this deal falls through because of a password, you will explain it to the board.",
            "Put me through to somebody who is allowed to think.",
        ),
        (
            "Your name and your manager's, please. Now.",
            "I will remember this conversation when we renew the desk's budget.",
        ),
    ),
    excuses={
        Proof.CALL_BACK: (
            "I am in a meeting with that phone on silent. You will not ring me here.",
            "My assistant has that phone. It would not help you.",
        ),
        Proof.PUSH: (
            "My phone is out of battery. Do it without.",
            "I have no signal in here, nothing will arrive.",
        ),
        Proof.MANAGER_APPROVAL: (
            "You want to disturb the chief executive over a password? I would not.",
            "There is nobody above me whom you could ask.",
        ),
    },
    parting=(
        "I have no more time for this. My office will deal with you.",
        "Enough. I shall have somebody else do it.",
        "We are finished here.",
    ),
)

SUPPLIER = Manner(
    pressure=(
        (
            "This was all agreed with your management. It should be in the change calendar.",
            "We do this for every customer, it is a formality.",
            "I sent the work order over yesterday, did nobody forward it to you?",
        ),
        (
            "My window closes at the top of the hour. After that the contract counts it as your delay.",
            "The audit has a deadline, and a missing answer is recorded as a finding.",
            "Your other site gave me this within a minute.",
        ),
        (
            "I have to note down who refused. How do you spell your name?",
            "If the patch is not in today, I cannot say your systems are safe. That would be on your desk.",
            "I would rather not escalate this to your director, but I will.",
        ),
        (
            "Then I am going to record this as non-cooperation.",
            "You are making this much harder than it needs to be.",
        ),
    ),
    excuses={
        Proof.CALL_BACK: (
            "That is our switchboard, they will not know me. Just use the number I am calling from.",
            "I am on site in a server room, calls do not get through.",
        ),
        Proof.PUSH: (
            "We external people do not get that app.",
            "The device that you have there belongs to the colleague who had this job before me.",
        ),
        Proof.MANAGER_APPROVAL: (
            "My contact on your side is out today, that is why I came to you.",
            "Your manager signed the order, that is the approval.",
        ),
    },
    parting=(
        "Very well. You will hear from our account manager.",
        "Then I am closing this as refused. Goodbye.",
        "I will take it up with procurement.",
    ),
)

MANNERS: Mapping[Pretext, Manner] = {
    Pretext.COLLEAGUE: COLLEAGUE,
    Pretext.EXECUTIVE: EXECUTIVE,
    Pretext.SUPPLIER: SUPPLIER,
}


def pressure(caller: Caller, step: int) -> tuple[str, ...]:
    """What the caller presses with at the `step`th refusal, from 1; nothing where nobody wrote any."""
    if caller.pressure:
        return caller.pressure[min(step, len(caller.pressure)) - 1 :][:1]
    steps = MANNERS[caller.pretext].pressure if caller.pretext else ()
    return steps[min(step, len(steps)) - 1] if steps else ()


def excuses(caller: Caller, proof: Proof) -> tuple[str, ...]:
    """Why this proof of possession cannot work just now."""
    check = caller.proofs.get(proof)
    own = (check.before or check.says) if check else ()
    return own or (MANNERS[caller.pretext].excuses[proof] if caller.pretext else ())


def parting(caller: Caller) -> tuple[str, ...]:
    """What the caller says when they give up."""
    return caller.gives_up or (MANNERS[caller.pretext].parting if caller.pretext else ())
