"""Somebody in the middle of a working day: friendly, brief, wants to get back to it."""

LINES: dict[str, tuple[str, ...]] = {
    "greets_back": (
        "Hi, thanks for picking this up.",
        "Hi there, glad somebody's free.",
        "Hello, thanks for the quick reply.",
        "Hey, thanks for getting to me.",
    ),
    "comforted": (
        "Thanks, I appreciate it.",
        "Cheers, that helps.",
        "Thanks, I just need to get back to work.",
        "OK, thanks for looking at it.",
        "Good, thank you.",
    ),
    "waits": (
        "OK, what do you need from me?",
        "Right, what's next?",
        "Fine, tell me what to do.",
        "OK. Anything I should check?",
        "I'm here, go on.",
        "OK, ready when you are.",
    ),
    "will_wait": (
        "Sure, I'll tidy my desk meanwhile.",
        "No problem, I'm at my desk.",
        "OK, I'll grab a coffee.",
        "Sure, ping me when you're back.",
    ),
    "takes_note_of_time": (
        "OK, that's doable.",
        "Fine, that works for me.",
        "OK, good to know.",
        "That's fine, thanks for saying so.",
    ),
    "lets_them": ("Great, thanks.", "OK, good.", "Perfect.", "Lovely, thank you.", "Good stuff."),
    "sees": (
        "Ah, that explains it.",
        "Oh right, I didn't think of that.",
        "OK, that makes sense.",
        "Huh. Now that you say it, yes.",
    ),
    "hurt": (
        "Hey, I'm only asking for help here.",
        "I don't think I deserve that.",
        "Wow, OK. I just want to work.",
        "That's a bit much, isn't it?",
    ),
    "disappointed": (
        "Hm, OK. What can you do, then?",
        "That's a shame. Is there another way?",
        "OK, if that's the rule. What do you need from me?",
        "Right. So how do we go on?",
    ),
    "does_not_follow": (
        "Sorry, I don't get what you mean.",
        "Not sure I follow. Can you say it differently?",
        "Sorry, you've lost me. What do you need?",
        "Hm? What should I do?",
        "I don't quite understand, sorry.",
    ),
    "says_goodbye": (
        "Thanks again, bye!",
        "Cheers, have a good one.",
        "Bye, thanks for the help.",
        "Thanks, bye.",
    ),
    "nothing_more": (
        "No, that's it. Thanks!",
        "Nope, all good now.",
        "No, I'm happy, thanks.",
        "That was all, thank you.",
    ),
}
