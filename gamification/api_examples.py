"""What the documentation shows of what people earn."""

ACHIEVEMENTS = {
    "results": [
        {
            "slug": "first-call",
            "title": "First call",
            "description": "Finish a session.",
            "icon": "headset",
            "tier": "bronze",
            "progress": 1.0,
            "earned_at": "2026-03-02T09:12:30Z",
        }
    ],
    "next": None,
}
LEADERBOARD = {
    "results": [
        {
            "rank": 1,
            "id": "0198c1f0-5c1e-7b8a-9d53-3f3b1a4c2d10",
            "display_name": "sam",
            "level": 3,
            "xp": 245,
            "runs": 4,
            "is_me": True,
        }
    ],
    "next": None,
}
