"""Spellings and word families of the service desk: what people type, and which words mean the same."""

SPELLINGS: dict[str, str] = {
    "u": "you", "ya": "you", "yu": "you", "yo": "yo", "ur": "your", "yr": "your", "youre": "you are", "r": "are",
    "y'all": "you all", "pls": "please", "plz": "please", "plse": "please", "plss": "please", "pl": "please",
    "thx": "thanks", "thnx": "thanks", "tnx": "thanks", "thanx": "thanks", "thks": "thanks", "tks": "thanks",
    "ty": "thank you", "tysm": "thank you so much", "tyvm": "thank you very much", "cheerz": "cheers",
    "wat": "what", "wot": "what", "wut": "what", "wht": "what", "whats": "what 's", "wats": "what 's",
    "wots": "what 's", "wuts": "what 's", "whos": "who 's", "hows": "how 's", "wheres": "where 's",
    "whens": "when 's", "thats": "that 's", "theres": "there 's", "heres": "here 's", "lets": "let 's",
    "im": "i am", "ive": "i have", "ill": "i will", "id": "id", "weve": "we have", "theyre": "they are",
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "cant": "can not", "cannot": "can not",
    "can't": "can not", "wont": "will not", "won't": "will not", "isnt": "is not", "arent": "are not",
    "wasnt": "was not", "werent": "were not", "hasnt": "has not", "havent": "have not", "hadnt": "had not",
    "couldnt": "could not", "wouldnt": "would not", "shouldnt": "should not", "couldve": "could have",
    "shouldve": "should have", "wouldve": "would have", "cud": "could", "wud": "would", "shud": "should",
    "n": "and", "nd": "and", "&": "and", "w": "with", "w/": "with", "wif": "with", "b4": "before", "4": "4", "2": "2",
    "2day": "today", "2moro": "tomorrow", "tmrw": "tomorrow", "tmr": "tomorrow", "2nd": "second", "1st": "first",
    "gonna": "going to", "gunna": "going to", "wanna": "want to", "gotta": "got to", "lemme": "let me",
    "gimme": "give me", "kinda": "kind of", "dunno": "do not know", "cuz": "because", "coz": "because",
    "cos": "because", "bc": "because", "bcoz": "because", "becuz": "because", "tho": "though", "thru": "through",
    "abt": "about", "bout": "about", "smth": "something", "sth": "something", "sumthing": "something",
    "anythin": "anything", "ppl": "people", "msg": "message", "msgs": "messages", "pw": "password",
    "pwd": "password", "passwd": "password", "pword": "password", "passw": "password", "acc": "account",
    "acct": "account", "tkt": "ticket", "num": "number", "nr": "number", "rn": "right now", "asap": "asap",
    "atm": "at the moment", "brb": "be right back", "bbl": "be back later", "idk": "i do not know",
    "idc": "i do not care", "np": "no problem", "nvm": "never mind", "ttyl": "talk to you later",
    "cya": "see you", "cu": "see you", "omw": "on my way", "gm": "good morning", "gn": "good night",
    "hav": "have", "hv": "have", "iz": "is", "da": "the", "teh": "the", "dat": "that", "dis": "this",
    "tht": "that", "frm": "from", "fr": "for", "sry": "sorry", "soz": "sorry", "srry": "sorry", "sori": "sorry",
    "k": "ok", "kk": "ok", "okay": "ok", "okey": "ok", "oki": "ok", "okie": "ok", "okk": "ok", "yep": "yes",
    "yup": "yes", "yeah": "yes", "yea": "yes", "yh": "yes", "ye": "yes", "yas": "yes", "nope": "no", "nah": "no",
    "hiya": "hi", "hey": "hi", "heya": "hi", "hai": "hi", "hallo": "hello", "helo": "hello", "hullo": "hello",
    "mornin": "morning", "usr": "user", "usrname": "username", "userid": "user id", "login": "login",
    "logon": "login", "wifi": "wifi", "wi": "wi", "rly": "really", "srsly": "seriously", "probs": "problems",
    "prob": "problem", "prblm": "problem", "prolly": "probably", "comp": "computer", "pc": "pc", "lappy": "laptop",
    "scrn": "screen", "screenie": "screenshot", "ss": "screenshot", "mins": "minutes", "min": "minute",
    "secs": "seconds", "sec": "second", "hr": "hour", "hrs": "hours", "wk": "week", "tat": "that",
    "workin": "working", "happenin": "happening", "goin": "going", "doin": "doing", "tryin": "trying",
    "gettin": "getting", "seein": "seeing", "usin": "using", "havin": "having", "m8": "mate", "bro": "mate",
    "rite": "right", "pleas": "please", "pleese": "please", "recieve": "receive", "adress": "address",
    "evry": "every", "everthing": "everything", "everythin": "everything", "nothin": "nothing", "jus": "just",
    "jst": "just", "agn": "again", "bak": "back", "gud": "good", "gr8": "great", "l8r": "later", "l8": "late",
    "yt": "yet", "hav2": "have to", "dob": "date of birth", "2fa": "mfa", "colleage": "colleague",
    "collegues": "colleagues", "colleages": "colleagues", "extention": "extension",
}  # fmt: skip
"""A typed form to the words that it stands for."""


def read_lists(text: str, separator: str | None = None) -> dict[str, list[str]]:
    """Lists written as `name: item item`, one below the other; an indented line goes on with the list above."""
    lists: dict[str, list[str]] = {}
    for line in text.replace("\n    ", " ").strip().splitlines():
        name, _, items = line.partition(":")
        lists[name.strip()] = [item.strip() for item in items.split(separator)]
    return lists


_FAMILIES_TEXT = """
@device: laptop computer pc machine desktop mac macbook notebook workstation thinkpad surface chromebook
    tablet ipad imac device mobile phone iphone android handset tower
@peripheral: printer monitor screen keyboard mouse dock headset webcam camera scanner projector cable
    charger adapter speaker microphone mic display docking usb copier plotter hub router modem
@app: outlook teams word excel powerpoint onedrive sharepoint chrome edge firefox safari sap citrix
    salesforce visio adobe acrobat zoom slack browser office onenote workday servicenow okta authenticator
    app application program software autocad webex skype jira confluence intune portal
@net: wifi wi-fi vpn network internet ethernet lan hotspot connection proxy dns broadband connectivity
@place: office site building floor desk room branch home department
@restart: restart reboot restarting rebooting restarted rebooted
@login: login logon signin log-in sign-in logging signing
@secret: password pin passcode passphrase otp passwords pins credentials
@code: code codes token mfa
@tag: tag sticker label barcode serial tags
@mates: colleague colleagues coworker coworkers team teammates others everyone anybody anyone neighbour
    neighbours everybody people users staff department
@do: click press hit tap type enter open close select choose unplug plug remove delete clear uninstall
    install turn switch hold go run scan set disconnect connect reconnect sign log restart reboot check
    update download refresh forward untick tick drag drop save reset scroll look navigate move swap leave
    power put pull push take use copy paste start stop launch quit exit toggle disable enable forget add
    pick pop shut reopen relaunch reload reinstall retry rejoin re-enter reseat replug rename replace repeat
    reply return ring dial swipe slide flip lift lower raise zoom pan pair unpair attach detach insert eject
    empty expand collapse extract unzip zip print fold unfold tilt shake wipe clean blow walk bring carry
    fetch grab get find locate search visit browse view read write note watch wait stay keep let make change
    adjust increase decrease mute unmute lock unlock pin unpin minimise maximise minimize maximize resize
    rotate sort filter approve accept allow deny confirm verify submit fill complete finish follow skip
    ignore cancel dismiss join leave invite share send email mail upload sync register enrol enroll activate
    deactivate authorise authorize trust sign stick whip bung nip give have try test repair fix
@did: unlocked reset cleared removed added deleted enabled disabled reinstalled updated assigned reassigned
    restored changed fixed corrected sent logged created checked moved granted pushed raised restarted
    blocked cancelled ordered replaced installed extended released synced remapped repaired
@doing: unlocking resetting clearing removing adding deleting enabling checking looking pulling updating
    assigning restoring changing fixing sending logging creating moving granting pushing raising opening
    running connecting testing searching reviewing
@feel: frustrating annoying stressful worrying irritating upsetting horrible awful terrible difficult
    frustrated annoyed stressed worried upset scary nasty inconvenient painful nightmare tough rough rotten
    pain
@insult: stupid idiot dumb moron useless clueless fool ridiculous pathetic silly lazy careless incompetent
    ignorant hopeless
@when: today yesterday monday tuesday wednesday thursday friday saturday sunday morning afternoon evening
    tonight tomorrow noon lunch weekend
@team: team engineers specialist specialists colleagues level tier second-line l2 l3 vendor supplier
@number: one two three four five six seven eight nine ten fifteen twenty thirty couple few several
@duration: minute minutes second seconds moment moments hour hours sec while day days week weeks jiffy mo
    xspan tick
@person: maria john paul anna priya sam tom ben alex emma lucas sara mike kevin james david mark sofia peter
    lisa karl omar fatima nina helen daniel chloe jordan marcus grace yuki carlos
@again: again back now yet
@worse: error warning message popup pop-up alert notification
"""

CONCEPT_OF: dict[str, str] = {
    word: family for family, members in read_lists(_FAMILIES_TEXT).items() for word in reversed(members)
}
"""A word to the family that it belongs to (the last family that lists it)."""
