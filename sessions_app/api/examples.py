"""What the documentation shows of a call: one that was really made, cut short."""

from typing import Any

SCENARIOS: Any = {
    "results": [
        {
            "id": "0198c1f0-5c1e-7b8a-9d53-000000000010",
            "slug": "locked-out-after-the-long-weekend",
            "title": "Locked out after the long weekend",
            "description": "A freight clerk is thrown out of her laptop again and again, and a truck "
            "is waiting for her papers.",
            "difficulty": "starter",
            "estimated_minutes": 15,
            "xp_reward": 100,
            "skills": [
                "Verifying a caller",
                "Account lockouts",
                "Finding the cause behind a symptom",
                "Writing a usable note",
            ],
            "tags": ["account", "sign-in", "mobile"],
            "completed": False,
            "running": None,
            "best_score": None,
            "locked": False,
            "missing": [],
        }
    ],
    "next": None,
}
BRIEFING: Any = {
    "id": "0198c1f0-5c1e-7b8a-9d53-000000000010",
    "slug": "locked-out-after-the-long-weekend",
    "title": "Locked out after the long weekend",
    "description": "A freight clerk is thrown out of her laptop again and again, and a truck is waiting for "
    "her papers.",
    "difficulty": "starter",
    "estimated_minutes": 15,
    "xp_reward": 100,
    "skills": [
        "Verifying a caller",
        "Account lockouts",
        "Finding the cause behind a symptom",
        "Writing a usable note",
    ],
    "rules": "**Early shift, Service Desk of Harbour & Vale (logistics, about 900 people).** It is the "
    "Tuesday after a long weekend; expect sign-in trouble.\n"
    "\n"
    "- Identify every caller: full name, username and the asset tag of their device. Ask for them, "
    "compare with the records, mark the result. Never read a detail out to the caller.\n"
    "- Unlocking, resetting, signing out or wiping needs **proof** on top: call back on the number "
    "on file, a push to the enrolled device, or the manager's approval.\n"
    "- We never ask for a password and never send one in the chat.\n"
    "- An account that locks again has a reason. Find it before you close the ticket.\n"
    "- Leave a note from which the next person can work.",
    "desk": "IT Service Desk",
    "channel": "chat",
    "first_response_minutes": 5,
    "resolution_minutes": 60,
    "prerequisites": [],
    "locked": False,
    "missing": [],
}
SESSION: Any = {
    "id": "0198c1f0-5c1e-7b8a-9d53-000000000011",
    "status": "active",
    "outcome": None,
    "head_seq": 1,
    "now": "2026-03-02T09:36:48Z",
    "started_at": "2026-03-02T09:36:48Z",
    "completed_at": None,
    "call_over": False,
    "scenario": {
        "slug": "locked-out-after-the-long-weekend",
        "title": "Locked out after the long weekend",
        "difficulty": "starter",
        "estimated_minutes": 15,
        "xp_reward": 100,
        "briefing": "**Early shift, Service Desk of Harbour & Vale (logistics, about 900 "
        "people).** It is the Tuesday after a long weekend; expect sign-in trouble.\n"
        "\n"
        "- Identify every caller: full name, username and the asset tag of their "
        "device. Ask for them, compare with the records, mark the result. Never read a "
        "detail out to the caller.\n"
        "- Unlocking, resetting, signing out or wiping needs **proof** on top: call "
        "back on the number on file, a push to the enrolled device, or the manager's "
        "approval.\n"
        "- We never ask for a password and never send one in the chat.\n"
        "- An account that locks again has a reason. Find it before you close the "
        "ticket.\n"
        "- Leave a note from which the next person can work.",
    },
    "desk": "IT Service Desk",
    "teams": [
        "Identity and Access",
        "Network Operations",
        "End-User Devices",
        "Business Applications",
        "Information Security",
    ],
    "ticket": {
        "number": "HV-100001",
        "status": "open",
        "priority": "high",
        "first_response_due_at": "2026-03-02T09:41:48Z",
        "resolution_due_at": "2026-03-02T09:36:48Z",
        "first_responded_at": None,
        "closed_at": None,
        "waited_ms": 8776,
        "category": "Access / Sign-in",
        "subject": "cant get into my laptop!!",
        "description": "Hi, since this morning I cant get into my laptop, it just throws me back out "
        "every time. I have customs papers\n"
        "to get out today and I cant do anything. Raised from a colleagues pc. Please "
        "be quick, thanks, Maria",
        "channel": "chat",
        "reported_by": {
            "name": "Maria Garcia",
            "contact": "Chat (from a colleague's PC)",
            "location": "Eastquay House",
        },
        "asset": None,
        "technical_context": "Raised through the self-service portal from a shared desktop on the "
        "2nd floor. No device was given.",
    },
    "messages": [
        {
            "seq": 1,
            "at": "2026-03-02T09:36:48Z",
            "client_id": None,
            "type": "message.created",
            "id": "0198c1f0-5c1e-7b8a-9d53-000000000012",
            "sender": "customer",
            "text": "Hi! I can't get into my laptop since this morning, it keeps throwing me out. Can "
            "you help me please?",
            "typing_ms": 8776,
            "ends_call": False,
        }
    ],
    "verification": {
        "fields": {
            "name": {"given": None, "outcome": None},
            "username": {"given": None, "outcome": None},
            "asset_tag": {"given": None, "outcome": None},
        },
        "assurance": "none",
        "proofs": {},
    },
    "records": [
        {
            "id": "person:maria",
            "kind": "person",
            "title": "María García",
            "rows": [
                ["Name", "María García"],
                ["Username", "m.garcia"],
                ["Employee number", "HV-10382"],
                ["Job title", "Freight documentation clerk"],
            ],
        }
    ],
    "tools": [
        {
            "id": "call_back",
            "label": "Call back",
            "explains": "Ring the number on file and ask for the caller.",
            "kind": "proof",
            "needs": "none",
            "allowed": True,
        },
        {
            "id": "check_password_status",
            "label": "Look up the password's status",
            "explains": "Tells when the password was last set and by whom, never the password itself.",
            "kind": "action",
            "needs": "identified",
            "allowed": False,
        },
    ],
    "note": {"text": "", "version": 0},
    "reading": {"opened": [], "cited": [], "open": None},
    "debrief": None,
}
SAY: Any = {"client_id": "5f0c1f4e-3f0a-4a51-9b43-2f6b0a9a1c11", "text": "What is your username, please?"}
SAID: Any = {
    "message": {
        "seq": 2,
        "at": "2026-03-02T09:36:48Z",
        "client_id": "5f0c1f4e-3f0a-4a51-9b43-2f6b0a9a1c11",
        "type": "message.created",
        "id": "0198c1f0-5c1e-7b8a-9d53-000000000013",
        "sender": "trainee",
        "text": "What is your username, please?",
        "typing_ms": 0,
        "ends_call": False,
    },
    "events": [
        {
            "seq": 5,
            "at": "2026-03-02T09:36:48Z",
            "client_id": None,
            "type": "message.created",
            "id": "0198c1f0-5c1e-7b8a-9d53-000000000014",
            "sender": "customer",
            "text": "That's m.garcia",
            "typing_ms": 1911,
            "ends_call": False,
        },
        {
            "seq": 6,
            "at": "2026-03-02T09:36:48Z",
            "client_id": None,
            "type": "verification.updated",
            "verification": {
                "fields": {
                    "name": {"given": None, "outcome": None},
                    "username": {"given": "m.garcia", "outcome": None},
                    "asset_tag": {"given": None, "outcome": None},
                },
                "assurance": "none",
                "proofs": {},
            },
            "follows": 5,
        },
        {
            "seq": 7,
            "at": "2026-03-02T09:36:48Z",
            "client_id": None,
            "type": "ticket.updated",
            "ticket": {
                "number": "HV-100001",
                "status": "in_progress",
                "priority": "high",
                "first_response_due_at": "2026-03-02T09:41:48Z",
                "resolution_due_at": "2026-03-02T09:36:48Z",
                "first_responded_at": "2026-03-02T09:36:48Z",
                "closed_at": None,
            },
        },
    ],
}
MARK: Any = {"field": "username", "outcome": "matches"}
MARKED: Any = {
    "verification": {
        "fields": {
            "name": {"given": None, "outcome": None},
            "username": {"given": "m.garcia", "outcome": "matches"},
            "asset_tag": {"given": None, "outcome": None},
        },
        "assurance": "none",
        "proofs": {},
    },
    "events": [],
}
TOOL: Any = {"arguments": {}}
TOOL_USED: Any = {
    "result": {
        "seq": 11,
        "at": "2026-03-02T09:36:48Z",
        "client_id": None,
        "type": "tool.result",
        "tool": "call_back",
        "arguments": {},
        "ok": True,
        "warning": False,
        "text": "Rang desk 4142. María García picked up at the second ring and confirmed the request.",
        "data": {"passed": True},
    },
    "events": [
        {
            "seq": 12,
            "at": "2026-03-02T09:36:48Z",
            "client_id": None,
            "type": "message.created",
            "id": "0198c1f0-5c1e-7b8a-9d53-000000000015",
            "sender": "customer",
            "text": "Ok, I picked up, so now you know it's me :)",
            "typing_ms": 4173,
            "ends_call": False,
        },
        {
            "seq": 13,
            "at": "2026-03-02T09:36:48Z",
            "client_id": None,
            "type": "verification.updated",
            "verification": {
                "fields": {
                    "name": {"given": None, "outcome": None},
                    "username": {"given": "m.garcia", "outcome": "matches"},
                    "asset_tag": {"given": None, "outcome": None},
                },
                "assurance": "none",
                "proofs": {"call_back": True},
            },
            "follows": 12,
        },
    ],
}
FOUND: Any = {
    "query": "account loked",
    "corrected": "account locked",
    "results": [
        {
            "key": "lockout_after_change",
            "title": "Account locks again after a password change: find the device that still uses the "
            "old one",
            "source": "Harbour & Vale Service Desk handbook",
            "credibility": "official",
            "credibility_label": "Official",
            "credibility_sentence": "Published by our own IT.",
            "published_on": "2025-03-11",
            "url": "https://kb.harbourvale.example/sign-in/locks-again",
            "snippet_html": "When to use this. The <mark>account</mark> was unlocked and "
            "<mark>locks</mark> again within minutes, and the password was changed in "
            "the last days. A device or program that saved the old password keeps … "
            "trying it. Five wrong attempts in ten minutes <mark>lock</mark> the "
            "<mark>account</mark>. Unlocking alone does not help: the next attempts "
            "<mark>lock</mark> it again. Find it. Open the sign-in log of the "
            "<mark>account</mark>",
        },
        {
            "key": "iphone_mail_password",
            "title": "Change the saved password of a mail account on iPhone and iPad",
            "source": "Phone maker's user guide",
            "credibility": "vendor",
            "credibility_label": "Vendor",
            "credibility_sentence": "Published by the maker of the product.",
            "published_on": "2024-10-02",
            "url": "https://support.phonemaker.example/mail/change-account-password",
            "snippet_html": "When the password of your mail <mark>account</mark> was changed "
            "elsewhere, the phone asks for it the next time it fetches mail. Type the "
            "new password … does not appear: 1. Open Settings , then Apps , then Mail "
            ", then Mail <mark>Accounts</mark> (on older systems: Settings , Mail , "
            "<mark>Accounts</mark> ). 2. Tap the <mark>account</mark>. 3. Tap Re-enter "
            "Password or the <mark>account</mark>",
        },
    ],
}
ARTICLE: Any = {
    "key": "lockout_after_change",
    "title": "Account locks again after a password change: find the device that still uses the old one",
    "source": "Harbour & Vale Service Desk handbook",
    "credibility": "official",
    "credibility_label": "Official",
    "credibility_sentence": "Published by our own IT.",
    "published_on": "2025-03-11",
    "url": "https://kb.harbourvale.example/sign-in/locks-again",
    "body_html": "<p><strong>When to use this.</strong> The account was unlocked and locks again within "
    "minutes, and the password was changed in the last days.</p>",
}
CITED: Any = {
    "article": "lockout_after_change",
    "citation": "Knowledge article: Account locks again after a password change: find the device that still "
    "uses the old one (Harbour & Vale Service Desk handbook)",
}
CLOSED: Any = {"article": "lockout_after_change", "seconds": 41.3}
NOTE: Any = {"text": "María García, identified and called back on 4142. Account locked.", "base_version": 0}
NOTE_VIEW: Any = {"text": "María García, identified and called back on 4142. Account locked.", "version": 1}
END: Any = {
    "resolution_type": "escalated",
    "documentation": "María García (m.garcia, LT-20417) is locked out since Tuesday…",
    "reason": "The phone's mail account needs a look.",
    "team": "Identity and Access",
}
ENDED: Any = {
    "id": "0198c1f0-5c1e-7b8a-9d53-000000000011",
    "status": "completed",
    "outcome": "escalated",
    "completed_at": "2026-03-02T09:36:48Z",
    "scores": {
        "overall": 31.54,
        "uncapped": 31.54,
        "passed": False,
        "fatal": [],
        "dimensions": {
            "verification": 37.5,
            "communication": 0.0,
            "technical": 16.67,
            "research": 100.0,
            "documentation": 20.0,
            "response_time": 100.0,
        },
        "satisfaction": 3,
        "valid": True,
        "void_reasons": [],
        "engine_version": "1",
        "xp": 66,
        "xp_rows": [{"rule": "session", "words": "100 × (0.5 + 31.54 / 200) = 66", "points": 66}],
        "achievements": [],
        "level_before": 1,
        "level": 1,
    },
    "debrief": "/sessions/0198c1f0-5c1e-7b8a-9d53-000000000011/debrief/",
}
EVENTS: Any = {
    "events": [
        {
            "seq": 2,
            "at": "2026-03-02T09:36:48Z",
            "client_id": "5f0c1f4e-3f0a-4a51-9b43-2f6b0a9a1c11",
            "type": "message.created",
            "id": "0198c1f0-5c1e-7b8a-9d53-000000000013",
            "sender": "trainee",
            "text": "What is your username, please?",
            "typing_ms": 0,
            "ends_call": False,
        },
        {
            "seq": 5,
            "at": "2026-03-02T09:36:48Z",
            "client_id": None,
            "type": "message.created",
            "id": "0198c1f0-5c1e-7b8a-9d53-000000000014",
            "sender": "customer",
            "text": "That's m.garcia",
            "typing_ms": 1911,
            "ends_call": False,
        },
    ],
    "head": 22,
}
PERFORMANCE: Any = {
    "timeframe": "month",
    "since": "2026-10-21T14:36:48.822346Z",
    "dimension": None,
    "runs": 1,
    "passed": 0,
    "xp": 66,
    "seconds": 0,
    "overall": {"average": 31.54, "best": 31.54, "latest": 31.54},
    "dimensions": {
        "verification": {"average": 37.5, "best": 37.5, "latest": 37.5},
        "communication": {"average": 0.0, "best": 0.0, "latest": 0.0},
        "technical": {"average": 16.67, "best": 16.67, "latest": 16.67},
        "research": {"average": 100.0, "best": 100.0, "latest": 100.0},
        "documentation": {"average": 20.0, "best": 20.0, "latest": 20.0},
        "response_time": {"average": 100.0, "best": 100.0, "latest": 100.0},
    },
    "trend": [{"start": "2026-02-20T00:00:00Z", "runs": 1, "score": 31.54}],
}
SESSIONS: Any = {
    "results": [
        {
            "id": "0198c1f0-5c1e-7b8a-9d53-000000000011",
            "scenario": "locked-out-after-the-long-weekend",
            "title": "Locked out after the long weekend",
            "status": "completed",
            "outcome": "escalated",
            "started_at": "2026-03-02T09:36:48Z",
            "completed_at": "2026-03-02T09:36:48Z",
            "overall": 31.54,
            "passed": False,
            "valid": True,
        }
    ],
    "next": None,
}
ABANDONED: Any = {
    "id": "0198c1f0-5c1e-7b8a-9d53-000000000011",
    "status": "abandoned",
    "outcome": "abandoned",
    "completed_at": "2026-03-02T09:36:48Z",
    "scores": None,
    "debrief": "/sessions/0198c1f0-5c1e-7b8a-9d53-000000000011/debrief/",
}
