"""Synonyms of the trade for matching an author's items: phrases, words, stems, opposites."""

import re

from engine.understanding.lexicon import read_lists

_PHRASES_TEXT = """
whenbegan: when was the last time it worked | when did it last work | when did this begin | when did this
    start | when did it begin | when did it start | how long have | first notice | how long has | first time
    | since when
hardreset: press and hold the power button | hold down the power button | hold the power button
impact: what does this mean for you | stop you from working | something else to do | affecting your work |
    affects your work | hold up your work | affect your work | because of this | blocked by this | in the
    meantime | waiting on this | work without it | can not you do | holding you up | can this wait | depends
    on it | how important | blocking you | how critical | how pressing | stopping you | can it wait | how
    urgent | other work | still work | how soon | by when
restart: switch it off and on again | shut it down and start it | turn it off and on again | turn it off and
    back on | shut down and power up | turn off and on again | switch it off and on | power it off and on |
    shut down and start | switch off and on | off and on again | turn off and on | start it again | fresh
    restart | power cycle | start again | boot again | off and on | start over
symptom: what does the screen do | what is on your screen | what 's on the screen | what is on the screen |
    what exactly happens | what 's happening | what is happening | what 's it doing | what is it doing |
    what do you get | what do you see | what does it do | describe what | what comes up | what appears |
    what happens | what it does | what you see
webmail: mailbox in the browser | outlook in the browser | web version of outlook | mail in the browser |
    outlook on the web | mail on the web | outlook web | web mail
screenshot: picture of the screen | photo of the screen | screen capture | print screen | screen grab |
    screen shot
triedsofar: steps have been taken | steps have you taken | until now have you | attempted so far | you
    already did | attempt so far | have you tried | tried anything | already tried | done about it | steps
    did you | taken already | tried already | already done | do to fix it | tried so far | tried to fix |
    try anything | already try | did you try | done so far | you tried
reach: are you at your desk | get hold of you | call you back | best number | contact you | good number |
    reach you | ring you
unplug: disconnect the cable | take the cable out | remove the cable | pull the cable | pull the plug | plug
    out | pull out | take off | take out
recent: in the last few days | last couple of days | the last few days | last few days | past few days | the
    last week | not long ago | these days | last time | last week | this week | just now | of late | lately
before: did it work before | has it ever worked | did it ever work | was it working | work yesterday |
    worked before
who owns: who is responsible | has to approve | in charge of | who approves | who decides | data owner | who
    owns
plug: connect the cable | put the cable | plug it in | plugged in | plug in
everyone: people around you | rest of your team | other colleagues | rest of the team | your colleagues |
    your neighbours | everybody else | your coworkers | everyone else | somebody else | anybody else | other
    people | someone else | anyone else | other users | is it just | the others | your team | just you |
    only you
home: working from home | work from home | at your house | home office | from home | remotely | at home
incognito: incognito window | inprivate window | private browsing | incognito mode | private window |
    private mode
tag: inventory number | asset sticker | device number | serial number | asset number | service tag | asset
    tag | asset id
logout: log yourself out | logging out | signing out | logged out | signed out | sign off | sign out | log
    off | log out
default: standard printer | usual printer | main printer | as standard | as default | by default
where: where do you sit | which building | where are you | which office | which floor | what floor | which
    room | which site
explorer: windows explorer | file explorer
wifi: wireless network | wireless | wi fi
cache: browser history | temporary files | browsing data | browser data | cached files | temp files
capslock: capital letters | capitals lock | big letters | shift lock | caps lock | all caps | caps key |
    caps on
newphone: different phone | replaced phone | switched phone | another phone | changed phone | swapped phone
    | new phone
login: log yourself in | sign back in | log back in | logging in | signing in | logged in | sign into |
    signed in | get into | log into | log onto | sign in | sign on | get in | log in | log on
update: software update | windows update
error: warning message | error message | error code
airplane: aeroplane mode | airplane mode | flight mode
everytime: comes and goes | how frequently | all the time | now and then | come and go | every time | each
    time | how often
office: at the office | in the office | at your desk | at work | on site
once more: one more time | once again
mfa: second factor | multi factor | two - factor | two factor | two step
turnoff: switch it off | shut it down | turn it off | power down | switch off | turned off | power off |
    shut down | turn off
phone: mobile phone | cell phone | work phone
turnon: switch it on | switched on | turn it on | switch on | turned on | power on | power up | start up |
    turn on
taskmanager: task manager
numlock: number lock | num lock
testpage: test print | trial page | test page
"""

PHRASES: tuple[tuple[str, str], ...] = tuple(
    sorted(
        (
            (phrase, meaning)
            for meaning, phrases in read_lists(_PHRASES_TEXT, "|").items()
            for phrase in phrases
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

_FAMILIES_TEXT = """
restart: restart reboot restarting rebooting restarted rebooted rebot restar
login: login logon signin signon
logout: logout logoff signout
laptop: laptop computer pc machine notebook workstation macbook thinkpad desktop mac surface device system
phone: phone mobile cell cellphone smartphone iphone android handset
tag: tag sticker label barcode serial
password: password passcode passphrase passwort credential
change: change changed changing reset renew renewed modify modified alter replaced different new swap switch
    switched
update: update updated upgrade upgraded refresh patch
screen: screen monitor display
dock: dock docking dockingstation station hub
unplug: unplug disconnect detach undock
plug: plug connect reconnect attach replug
error: error warning message notification popup alert
everyone: everyone everybody anyone anybody colleague coworker teammate neighbour neighbor others
delete: delete remove erase clear wipe clean empty flush forget purge
install: install reinstall setup
see: see look view show appear display visible
check: check verify confirm inspect
email: email mail e-mail inbox mailbox outlook
print: print printing printout
wifi: wifi wlan wireless
internet: internet web online
cable: cable cord lead wire
fix: fix repair solve mend
open: open launch start run
close: close quit exit end
click: click press hit tap push select choose pick
begin: begin begun began start started since
recent: recent recently lately new newly
try: try tried attempt
happen: happen occur
problem: problem issue trouble fault
slow: slow sluggish lag laggy
file: file document doc
folder: folder directory share drive
browser: browser chrome edge firefox safari
building: building site office location floor place where
boss: boss manager supervisor
code: code token otp pin
app: app application program software tool client
paper: paper sheet
tray: tray drawer cassette
light: light led lamp
headset: headset headphone headphones earphones
travel: travel trip abroad holiday vacation away
link: link url attachment
urgent: urgent deadline critical important
allow: allow approve accept permit grant
enter: enter type input key write
battery: battery charge charger charging power
trash: trash bin recycle deleted
clock: clock time date timezone
account: account profile user
"""

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

_UNCHANGED_TEXT = """
anything something everything nothing morning evening during string ring bring spring thing king bluetooth
red need speed feed yes this is was his its left capslock vpn dns news windows teams wireless address always
plus status access business process virus bus
"""
_IRREGULAR_TEXT = """
change: changed
see: saw seen
get: got
go: went gone
take: took taken
type: typed typing
hold: held
break: broke broken
buy: bought
tell: told
lose: lost
send: sent
say: said
keep: kept
choose: chose
use: used using
close: closed closing
move: moved moving
delete: deleted deleting
remove: removed removing
restart: restarted
happen: happening
capslock: caps
unplug: unplugged unplugging
plug: plugged plugging
uninstall: uninstalled
"""
_IRREGULAR = {word: word for word in _UNCHANGED_TEXT.split()} | {
    form: word for word, forms in read_lists(_IRREGULAR_TEXT).items() for form in forms
}

_MEANING = {
    member: family for family, members in read_lists(_FAMILIES_TEXT).items() for member in reversed(members)
}
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
