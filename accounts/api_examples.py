"""What the documentation shows of signing in and of people."""

PERSON = {
    "id": "0198c1f0-5c1e-7b8a-9d53-3f3b1a4c2d10",
    "email": "trainee@firstline.example",
    "username": "sam",
    "first_name": "Sam",
    "last_name": "Okafor",
    "display_name": "sam",
    "role": "individual",
    "timezone": "Europe/Paris",
    "level": 3,
    "xp": 245,
    "subscription_tier": "free",
    "onboarding_complete": False,
    "email_verified_at": "2026-03-01T17:20:11Z",
    "created_at": "2026-03-01T17:18:40Z",
    "preferences": {
        "notifications": {"email": True, "push": False, "sms": False},
        "assistant": {"personality": "friendly", "proactive": False, "suggestions": True},
        "integrations": {"auto_connect": False, "default_calendar": "", "default_mail": ""},
        "interface": {
            "theme": "auto",
            "contrast": "auto",
            "motion": "auto",
            "text_size": 100,
            "typing_pace": "human",
        },
        "privacy": {"leaderboard": True, "peers": True},
    },
}
SIGN_IN = {"email": "trainee@firstline.example", "password": "Practice-Makes-1"}
REFRESH = {"refresh": "eyJhbGciOiJIUzI1NiIs…"}
SIGNED_IN = {
    "access": "eyJhbGciOiJIUzI1NiIs…",
    "refresh": "eyJhbGciOiJIUzI1NiIs…",
    "token_type": "Bearer",
    "expires_at": "2026-03-02T09:15:00Z",
    "user": PERSON,
}
