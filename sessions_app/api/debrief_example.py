"""What the documentation shows of a debrief, with one entry of each list."""

from typing import Any

DEBRIEF: Any = {
    "session": "0198c1f0-5c1e-7b8a-9d53-000000000010",
    "verdict": "not_passed",
    "headline": "Not passed yet: 38.8 points, and it takes 70.",
    "lead": "Most is to be won in technical. Below is what would have made the difference.",
    "scenario": {
        "slug": "the-projector-that-stays-dark",
        "title": "The projector that stays dark",
        "difficulty": "starter",
        "difficulty_label": "Starter",
    },
    "ticket": "HV-100001",
    "trainee": "Sam Okafor",
    "customer": "Lena Fischer",
    "started_at": "2026-03-02T09:00:00Z",
    "ended_at": "2026-03-02T09:01:56Z",
    "seconds": 116.0,
    "valid": True,
    "void_reasons": [],
    "transcript": [
        {
            "id": "0198c1f0-5c1e-7b8a-9d53-000000000011",
            "seq": 1,
            "sender": "customer",
            "at": "2026-03-02T09:00:00Z",
            "seconds": 8.8,
            "pieces": [
                {
                    "text": "Morning! The projector is on, but there is nothing on the wall. Can you help?",
                    "start": 0,
                    "end": 77,
                    "marked": False,
                    "anchors": [],
                }
            ],
        }
    ],
    "timeline": [
        {
            "seq": 1,
            "seconds": 8.8,
            "kind": "message",
            "icon": "chat",
            "who": "Lena Fischer",
            "title": "Morning! The projector is on, but there is nothing on the wall. Can you help?",
            "detail": "",
            "tone": "plain",
            "anchors": [],
        }
    ],
    "call": {
        "scores": {
            "overall": 38.84,
            "uncapped": 38.84,
            "passing": 70,
            "capped": False,
            "cap": 40.0,
            "weights": 100,
            "dimensions": [
                {
                    "dimension": "verification",
                    "label": "Verification",
                    "weight": 25,
                    "share": 25.0,
                    "score": 77.27,
                    "points": 19.32,
                    "earned": 8.5,
                    "possible": 11,
                    "criteria": [
                        {
                            "id": "proven",
                            "dimension": "verification",
                            "wording": "The caller was identified by name, username and asset tag.",
                            "why": "Details tell two people of one name apart.",
                            "better": "Could I have your full name, username and asset tag?",
                            "weight": 5,
                            "fatal": False,
                            "result": "partly",
                            "result_label": "Partly met",
                            "points": 0.5,
                            "reason": "It came as far as the name.",
                            "quotes": [
                                {
                                    "kind": "event",
                                    "anchor": "moment-23",
                                    "text": "the caller was identified",
                                    "where": "at 1 min 6 s",
                                    "seq": 23,
                                    "at": 66.0,
                                }
                            ],
                            "assessor": "Engine",
                        }
                    ],
                }
            ],
            "best_before": None,
        },
        "fatal": [],
        "strengths": [
            {
                "id": "quick_first_reply",
                "dimension": "response_time",
                "wording": "The first reply came within a minute and a half.",
                "why": "The first answer tells the caller that somebody is there.",
                "better": "",
                "weight": 1,
                "fatal": False,
                "result": "met",
                "result_label": "Met",
                "points": 1.0,
                "reason": "Your first message came 20 seconds after you took the ticket; the "
                "aim was 90 seconds.",
                "quotes": [
                    {
                        "kind": "message",
                        "anchor": "said-2-0-34",
                        "text": "Can I take your full name, please?",
                        "where": "at 20 s",
                        "seq": 2,
                        "at": 20.0,
                    }
                ],
                "assessor": "Engine",
            }
        ],
        "changes": [
            {
                "criterion": {
                    "id": "solved",
                    "dimension": "technical",
                    "wording": "The wall shows the picture.",
                    "why": "That is what the caller called for.",
                    "better": "",
                    "weight": 4,
                    "fatal": False,
                    "result": "missed",
                    "result_label": "Missed",
                    "points": 0.0,
                    "reason": "At the end the wall was still dark.",
                    "quotes": [],
                    "assessor": "Engine",
                },
                "said": None,
            }
        ],
        "truth": {
            "root_cause": "The projector was looking at an input that nothing is plugged into.",
            "lesson": "Read what the device itself says before changing anything.",
            "impostor": False,
            "caller": "Lena Fischer",
            "background": "",
            "let_in": None,
        },
        "ending": {
            "chosen": "Escalated to Meeting Rooms",
            "right": "Resolved",
            "as_it_should": False,
            "in_vain": False,
            "team": "Meeting Rooms",
            "reason": "The lamp needs somebody on site.",
            "words": "The right ending was: Resolved.",
        },
        "untold": [
            {
                "topic": "What the corner of the wall says",
                "question": "Does the wall say anything at all?",
                "answer": "There is a small HDMI 2 in the corner.",
                "after": "",
            }
        ],
        "told": 1,
        "satisfaction": {
            "value": 3,
            "words": "So-so",
            "whose": "Lena Fischer",
            "parts": [{"words": "Their mood at the end", "points": 2.0}],
            "limit": "",
        },
        "mood": {
            "points": [
                {
                    "seq": 0,
                    "seconds": 0.0,
                    "warmth": 50.0,
                    "patience": 50.0,
                    "trust": 50.0,
                    "confusion": 0.0,
                    "change": 0.0,
                    "cause": "",
                }
            ],
            "warmed": [],
            "cooled": [],
            "summary": "Lena Fischer ended the call in much the same mood as it began.",
        },
        "times": {
            "targets": [{"label": "First answer", "taken": 11.2, "limit": 300.0, "kept": True}],
            "replies": [{"seq": 2, "seconds": 11.2, "began": "Can I take your full name, please?"}],
            "median": 17.6,
            "slowest": 19.3,
            "silences": 0,
        },
        "research": {
            "searches": [],
            "read": [],
            "missed": [
                {
                    "title": "No signal: which input is the projector looking at?",
                    "source": "Service Desk handbook",
                    "credibility": "Official",
                    "relevance": "solves",
                    "relevance_label": "Solves it",
                    "opened": False,
                    "seconds": 0.0,
                    "cited": False,
                }
            ],
        },
        "note": {
            "pieces": [
                {
                    "text": "Lena Fischer, wall dark in 2.14.",
                    "start": 0,
                    "end": 32,
                    "marked": True,
                    "anchors": ["note-0-32"],
                }
            ],
            "questions": [
                {
                    "question": "Who called, and how was it made sure that it was them?",
                    "answered": False,
                    "quote": "",
                    "anchor": "",
                }
            ],
            "answered": 3,
            "example": "Lena Fischer (l.fischer), identified. Projector in 2.14 was on HDMI 2, "
            "set to HDMI 1. She sees the picture.",
        },
        "xp": {
            "earned": 69,
            "rows": [{"rule": "session", "words": "100 × (0.5 + 38.84 / 200) = 69", "points": 69}],
            "level_before": 1,
            "level": 1,
            "now": 1,
            "name": "Newcomer",
            "into": 69,
            "span": 100,
            "achievements": [],
        },
        "judged_by": "Judged by the built-in rules, version 1.",
    },
    "next": [
        {
            "slug": "the-projector-that-stays-dark",
            "title": "The projector that stays dark",
            "difficulty": "Starter",
            "minutes": 15,
            "xp": 100,
            "reason": "You know now what was behind it. Take it again while it is fresh.",
            "retry": True,
        }
    ],
}
