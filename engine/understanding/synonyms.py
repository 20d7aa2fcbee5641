"""Synonyms of the trade for matching an author's items: phrases, words, stems, opposites."""

import re

PHRASES: tuple[tuple[str, str], ...] = tuple(
    sorted(
        (
            (phrase, meaning)
            for meaning, phrases in {
                "restart": "turn it off and on again|turn off and on again|turn it off and back on|turn off and on|"
                "switch it off and on|switch off and on|switch it off and on again|power cycle|power it off and on|"
                "shut down and start|shut it down and start it|shut down and power up|start over|boot again|"
                "off and on again|off and on|fresh restart|start it again|start again",
                "login": "log in|log into|log on|log onto|sign in|sign into|sign on|get in|get into|logging in|signing in|"
                "logged in|signed in|log back in|sign back in|log yourself in",
                "logout": "log out|log off|sign out|sign off|logged out|signed out|logging out|signing out|log yourself out",
                "unplug": "plug out|pull out|take out|pull the plug|disconnect the cable|take the cable out|remove the cable|"
                "take off|pull the cable",
                "plug": "plug in|plug it in|plugged in|put the cable|connect the cable",
                "phone": "mobile phone|cell phone|work phone",
                "capslock": "caps lock|caps key|capital letters|capitals lock|caps on|shift lock|all caps|big letters",
                "numlock": "num lock|number lock",
                "mfa": "two factor|two step|multi factor|second factor|two - factor",
                "tag": "asset tag|asset number|service tag|serial number|inventory number|asset sticker|asset id|device number",
                "update": "windows update|software update",
                "wifi": "wi fi|wireless network|wireless",
                "incognito": "private window|private browsing|private mode|incognito mode|inprivate window|incognito window",
                "cache": "temp files|temporary files|browsing data|browser data|browser history|cached files",
                "recent": "in the last few days|the last few days|last few days|last couple of days|these days|past few days|"
                "the last week|this week|last week|last time|lately|of late|not long ago|just now",
                "error": "error message|error code|warning message",
                "taskmanager": "task manager",
                "airplane": "flight mode|airplane mode|aeroplane mode",
                "home": "working from home|work from home|from home|at home|home office|remotely|at your house",
                "office": "in the office|at the office|on site|at work|at your desk",
                "everyone": "anyone else|anybody else|people around you|everybody else|everyone else|rest of the team|rest of your team|someone else|somebody else|other people|your colleagues|other users|"
                "other colleagues|your team|your neighbours|the others|only you|just you|is it just|your coworkers",
                "screenshot": "screen shot|screen grab|screen capture|print screen|picture of the screen|photo of the screen",
                "whenbegan": "when did it start|when did this start|how long has|how long have|since when|when did it begin|"
                "when did this begin|when was the last time it worked|when did it last work|first notice|first time",
                "triedsofar": "have you tried|did you try|you tried|tried so far|tried already|already tried|already try|tried anything|"
                "try anything|done so far|already done|you already did|steps have you taken|steps have been taken|steps did you|"
                "do to fix it|done about it|attempt so far|attempted so far|tried to fix|until now have you|taken already",
                "symptom": "what happens|what exactly happens|what do you see|what you see|what is happening|what 's happening|"
                "what does it do|what it does|what is it doing|what 's it doing|what comes up|what appears|what do you get|"
                "what is on the screen|what 's on the screen|what is on your screen|what does the screen do|describe what",
                "impact": "how urgent|how pressing|how critical|how important|by when|how soon|stop you from working|stopping you|"
                "affect your work|affecting your work|affects your work|still work|can not you do|in the meantime|because of this|"
                "other work|something else to do|hold up your work|holding you up|blocking you|blocked by this|work without it|"
                "what does this mean for you|can it wait|can this wait|waiting on this|depends on it",
                "reach": "reach you|call you back|ring you|contact you|get hold of you|best number|good number|are you at your desk",
                "where": "where are you|where do you sit|which office|which building|which floor|what floor|which room|which site",
                "who owns": "who owns|in charge of|who is responsible|who decides|data owner|has to approve|who approves",
                "once more": "one more time|once again",
                "webmail": "outlook on the web|outlook in the browser|web version of outlook|mail in the browser|web mail|"
                "mailbox in the browser|mail on the web|outlook web",
                "explorer": "file explorer|windows explorer",
                "testpage": "test page|test print|trial page",
                "default": "standard printer|main printer|usual printer|as standard|as default|by default",
                "everytime": "every time|all the time|each time|now and then|how often|how frequently|come and go|comes and goes",
                "before": "did it work before|was it working|did it ever work|has it ever worked|worked before|work yesterday",
                "hardreset": "hold the power button|hold down the power button|press and hold the power button",
                "newphone": "new phone|another phone|different phone|changed phone|replaced phone|switched phone|swapped phone",
                "turnoff": "turn off|switch off|turn it off|switch it off|power off|power down|shut down|shut it down|turned off",
                "turnon": "turn on|switch on|turn it on|switch it on|power on|power up|start up|turned on|switched on",
            }.items()
            for phrase in phrases.split("|")
        ),
        key=lambda pair: (-len(pair[0]), pair[0]),
    )
)
"""Fixed phrases to one meaning, the longest first."""

_BETWEEN = r"((?:(?:the|your|my|it|this|that|both|a|an|company|work)\s)(?:(?!and\b|then\b)\w+\s){0,2}|)"
PARTED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern.replace("_", _BETWEEN)), whole)
    for pattern, whole in (
        (
            r"\b(?:turn|switch|power|turned|switched)\s_off,? (?:and|then|wait|for)(?: \w+){0,5} (?:back |again )?on\b",
            r"\1 restart",
        ),
        (r"\b(?:turn|switch|power|shut|turned|switched)\s_(?:off|down)\b", r"\1 turnoff"),
        (r"\b(?:turn|switch|power|turned|switched)\s_(?:back )?on\b", r"\1 turnon"),
        (r"\b(?:plug|put|plugged)\s_back (?:in|into)?\b", r"\1 plug"),
        (r"\b(?:plug|plugged)\s_in(?:to)?\b", r"\1 plug"),
        (r"\b(?:take|pull)\s_out\b", r"\1 unplug"),
        (r"\b(?:take|get)\s_off\b", r"\1 delete"),
        (r"\b(?:log|sign)\s_out\b", r"\1 logout"),
        (r"\b(?:log|sign)\s_(?:back )?in\b", r"\1 login"),
    )
)
"""Verbs whose particle stands after their object: "switch the printer off"."""

_FAMILIES: dict[str, str] = {
    "restart": "restart reboot restarting rebooting restarted rebooted rebot restar",
    "login": "login logon signin signon",
    "logout": "logout logoff signout",
    "laptop": "laptop computer pc machine notebook workstation macbook thinkpad desktop mac surface device system",
    "phone": "phone mobile cell cellphone smartphone iphone android handset",
    "tag": "tag sticker label barcode serial",
    "password": "password passcode passphrase passwort credential",
    "change": "change changed changing reset renew renewed modify modified alter replaced different new swap switch switched",
    "update": "update updated upgrade upgraded refresh patch",
    "screen": "screen monitor display",
    "dock": "dock docking dockingstation station hub",
    "unplug": "unplug disconnect detach undock",
    "plug": "plug connect reconnect attach replug",
    "error": "error warning message notification popup alert",
    "everyone": "everyone everybody anyone anybody colleague coworker teammate neighbour neighbor others",
    "delete": "delete remove erase clear wipe clean empty flush forget purge",
    "install": "install reinstall setup",
    "see": "see look view show appear display visible",
    "check": "check verify confirm inspect",
    "email": "email mail e-mail inbox mailbox outlook",
    "print": "print printing printout",
    "wifi": "wifi wlan wireless",
    "internet": "internet web online",
    "cable": "cable cord lead wire",
    "fix": "fix repair solve mend",
    "open": "open launch start run",
    "close": "close quit exit end",
    "click": "click press hit tap push select choose pick",
    "begin": "begin begun began start started since",
    "recent": "recent recently lately new newly",
    "try": "try tried attempt",
    "happen": "happen occur",
    "problem": "problem issue trouble fault",
    "slow": "slow sluggish lag laggy",
    "file": "file document doc",
    "folder": "folder directory share drive",
    "browser": "browser chrome edge firefox safari",
    "building": "building site office location floor place where",
    "boss": "boss manager supervisor",
    "code": "code token otp pin",
    "app": "app application program software tool client",
    "paper": "paper sheet",
    "tray": "tray drawer cassette",
    "light": "light led lamp",
    "headset": "headset headphone headphones earphones",
    "travel": "travel trip abroad holiday vacation away",
    "link": "link url attachment",
    "urgent": "urgent deadline critical important",
    "allow": "allow approve accept permit grant",
    "enter": "enter type input key write",
    "battery": "battery charge charger charging power",
    "trash": "trash bin recycle deleted",
    "clock": "clock time date timezone",
    "account": "account profile user",
}

_FRAME_WORDS_TEXT = """
^ $ a an the i you he she it we they me him her us them my your his its our their this that these
those there here is are was were be been am do does did doing done have has had having can could
would will shall should may might must please kindly just now then so and or but if to of in on at
by for from with as into about up out off over what which who whom whose when where why how any some
all one ok yes not no 's like want need let get got give tell know maybe perhaps also too very
really quick quickly again still yet ever already sir madam mate hi hello thanks thank sorry go
going make sure mind possible able try think say good right well exactly actually once first next
time thing bit moment something anything ask question tell happen see check yourself
"""
FRAME_WORDS = frozenset(_FRAME_WORDS_TEXT.split())
"""Words that frame a question or request without saying what it is about."""

OPPOSITES: tuple[tuple[str, str], ...] = (
    ("plug", "unplug"),
    ("login", "logout"),
    ("turnon", "turnoff"),
    ("install", "uninstall"),
    ("enable", "disable"),
    ("lock", "unlock"),
    ("home", "office"),
    ("incoming", "outgoing"),
    ("begin", "stop"),
    ("open", "close"),
)
"""Meanings that exclude each other: a sentence with one does not mean an item with only the other."""

_IRREGULAR = {
    **{word: word for word in (
        "anything", "something", "everything", "nothing", "morning", "evening", "during", "string", "ring", "bring",
        "spring", "thing", "king", "bluetooth", "red", "need", "speed", "feed", "yes", "this", "is", "was", "his", "its",
    )},
    "changed": "change", "saw": "see", "seen": "see", "got": "get", "went": "go", "gone": "go", "took": "take",
    "taken": "take", "typed": "type", "held": "hold", "broke": "break", "broken": "break", "bought": "buy", "told": "tell",
    "left": "left", "lost": "lose", "sent": "send", "said": "say", "kept": "keep", "chose": "choose", "used": "use",
    "using": "use", "closed": "close", "closing": "close", "typing": "type", "moved": "move", "moving": "move",
    "deleted": "delete", "removed": "remove", "removing": "remove", "deleting": "delete", "restarted": "restart",
    "happening": "happen", "caps": "capslock", "capslock": "capslock", "vpn": "vpn", "dns": "dns", "news": "news", "windows": "windows", "teams": "teams",
    "wireless": "wireless", "address": "address", "always": "always", "plus": "plus", "status": "status", "access": "access",
    "business": "business", "process": "process", "virus": "virus", "bus": "bus", "unplugged": "unplug", "plugged": "plug",
    "unplugging": "unplug", "plugging": "plug", "uninstalled": "uninstall",
}  # fmt: skip

_MEANING = {member: family for family, members in _FAMILIES.items() for member in reversed(members.split())}
_DOUBLE = re.compile(r"([bdgklmnprt])\1$")


def stem(word: str) -> str:
    """A word without its common English endings: "clicking", "clicked", "clicks" → "click"."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending, least in (("ing", 6), ("ied", 5), ("ies", 5), ("ed", 5), ("es", 5), ("s", 4), ("ly", 6)):
        if not word.endswith(ending) or len(word) < least or word.endswith("ss"):
            continue
        if ending in ("ied", "ies"):
            return word[: -len(ending)] + "y"
        if ending == "es" and not word.endswith(("ches", "shes", "xes", "sses")):
            return word[:-1]
        base = word[: -len(ending)]
        return base[:-1] if ending in ("ing", "ed") and _DOUBLE.search(base) else base
    return word


def meaning_of(word: str) -> str:
    """The name of a word's family, else its stem."""
    if word in _MEANING:
        return _MEANING[word]
    base = stem(word)
    return _MEANING.get(base) or _MEANING.get(base + "e") or base
