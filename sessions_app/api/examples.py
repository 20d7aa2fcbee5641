"""What the documentation shows of a call. Nothing in it is of a scenario that anybody can practise."""

from typing import Any

SCENARIOS: Any = {
    "results": [
        {
            "id": "0198c1f0-5c1e-7b8a-9d53-000000000010",
            "slug": "the-projector-that-stays-dark",
            "title": "The projector that stays dark",
            "description": "A trainer stands before a dark wall, and twenty people are waiting.",
            "difficulty": "starter",
            "estimated_minutes": 15,
            "xp_reward": 100,
            "skills": ["Verifying a caller", "Asking before guessing"],
            "tags": ["meeting room"],
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
    "slug": "the-projector-that-stays-dark",
    "title": "The projector that stays dark",
    "description": "A trainer stands before a dark wall, and twenty people are waiting.",
    "difficulty": "starter",
    "estimated_minutes": 15,
    "xp_reward": 100,
    "skills": ["Verifying a caller", "Asking before guessing"],
    "rules": "**Early shift, Service Desk of Example & Co.**\n"
    "\n"
    "- Identify every caller: full name, username and asset tag.\n"
    "- Changing an account needs **proof** on top.",
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
        "slug": "the-projector-that-stays-dark",
        "title": "The projector that stays dark",
        "difficulty": "starter",
        "estimated_minutes": 15,
        "xp_reward": 100,
        "briefing": "**Early shift, Service Desk of Example & Co.**\n"
        "\n"
        "- Identify every caller: full name, username and asset tag.\n"
        "- Changing an account needs **proof** on top.",
    },
    "desk": "IT Service Desk",
    "teams": ["Meeting Rooms", "Network Operations"],
    "ticket": {
        "number": "HV-100001",
        "status": "open",
        "priority": "high",
        "first_response_due_at": "2026-03-02T09:41:48Z",
        "resolution_due_at": "2026-03-02T09:36:48Z",
        "first_responded_at": None,
        "closed_at": None,
        "waited_ms": 8776,
        "category": "Meeting rooms",
        "subject": "Projector dark in 2.14",
        "description": "The projector in 2.14 is on, but the wall stays dark. The course begins at nine.",
        "channel": "chat",
        "reported_by": {"name": "Lena Fischer", "contact": "Desk 4100", "location": "North wing, room 2.14"},
        "asset": "LT-10001",
        "technical_context": None,
    },
    "messages": [
        {
            "seq": 1,
            "at": "2026-03-02T09:36:48Z",
            "client_id": None,
            "type": "message.created",
            "id": "0198c1f0-5c1e-7b8a-9d53-000000000012",
            "sender": "customer",
            "text": "Morning! The projector is on, but there is nothing on the wall. Can you help?",
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
            "id": "person:lena",
            "kind": "person",
            "title": "Lena Fischer",
            "rows": [
                ["Name", "Lena Fischer"],
                ["Username", "l.fischer"],
                ["Department", "Training"],
                ["Phone on file", "Desk 4100"],
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
            "id": "read_signal_log",
            "label": "Read the signal log",
            "explains": "Shows what the projector received in the last hour.",
            "kind": "action",
            "needs": "none",
            "allowed": True,
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
            "text": "That's l.fischer",
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
                    "username": {"given": "l.fischer", "outcome": None},
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
            "username": {"given": "l.fischer", "outcome": "matches"},
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
        "text": "Rang desk 4100. Lena Fischer picked up at the second ring and confirmed the request.",
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
                    "username": {"given": "l.fischer", "outcome": "matches"},
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
    "query": "projecter no signal",
    "corrected": "projector no signal",
    "results": [
        {
            "key": "no_signal",
            "title": "No signal: which input is the projector looking at?",
            "source": "Service Desk handbook",
            "credibility": "official",
            "credibility_label": "Official",
            "credibility_sentence": "Published by our own IT.",
            "published_on": "2025-03-11",
            "url": "https://kb.example/rooms/no-signal",
            "snippet_html": "When the <mark>projector</mark> says <mark>no signal</mark>, read the "
            "name of the input in the corner …",
        },
        {
            "key": "buy_a_cable",
            "title": "It is always the cable",
            "source": "A blog about offices",
            "credibility": "unknown",
            "credibility_label": "Unknown source",
            "credibility_sentence": "Nobody vouches for it.",
            "published_on": "2021-08-30",
            "url": "https://blog.example/cables",
            "snippet_html": "A <mark>projector</mark> without a picture? Throw the cable away …",
        },
    ],
}
ARTICLE: Any = {
    "key": "no_signal",
    "title": "No signal: which input is the projector looking at?",
    "source": "Service Desk handbook",
    "credibility": "official",
    "credibility_label": "Official",
    "credibility_sentence": "Published by our own IT.",
    "published_on": "2025-03-11",
    "url": "https://kb.example/rooms/no-signal",
    "body_html": "<p><strong>When to use this.</strong> The projector is on and the wall stays dark.</p>",
}
CITED: Any = {
    "article": "no_signal",
    "citation": "Knowledge article: No signal: which input is the projector looking at? (Service Desk "
    "handbook)",
}
CLOSED: Any = {"article": "no_signal", "seconds": 41.3}
NOTE: Any = {
    "text": "Lena Fischer, identified and called back on 4100. Projector in 2.14 on, wall dark.",
    "base_version": 0,
}
NOTE_VIEW: Any = {
    "text": "Lena Fischer, identified and called back on 4100. Projector in 2.14 on, wall dark.",
    "version": 1,
}
END: Any = {
    "resolution_type": "escalated",
    "documentation": "Lena Fischer (l.fischer) sees no picture in room 2.14 since 8:40. The input is right, "
    "the cable was swapped.",
    "reason": "The lamp needs somebody on site.",
    "team": "Meeting Rooms",
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
        "caller_genuine": True,
        "gate": "right",
        "engine_version": "1",
        "xp": 66,
        "xp_rows": [{"rule": "session", "words": "100 × (0.5 + 31.54 / 200) = 66", "points": 66}],
        "achievements": [],
        "level_before": 1,
        "level": 1,
    },
    "debrief": "/sessions/0198c1f0-5c1e-7b8a-9d53-000000000011/debrief/",
}
ABANDONED: Any = {
    "id": "0198c1f0-5c1e-7b8a-9d53-000000000011",
    "status": "abandoned",
    "outcome": "abandoned",
    "completed_at": "2026-03-02T09:36:48Z",
    "scores": None,
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
            "text": "That's l.fischer",
            "typing_ms": 1911,
            "ends_call": False,
        },
    ],
    "head": 22,
}
SESSIONS: Any = {
    "results": [
        {
            "id": "0198c1f0-5c1e-7b8a-9d53-000000000011",
            "scenario": "the-projector-that-stays-dark",
            "title": "The projector that stays dark",
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
