"""How much one person may ask for. Sign-in has limits of its own, by address and by account."""

from rest_framework.throttling import UserRateThrottle


class PersonThrottle(UserRateThrottle):
    """Requests of one person, or of one address for those who have not signed in."""

    scope = "person"
    rate = "600/min"


class MessageThrottle(UserRateThrottle):
    """Messages of one person: nobody types faster than this."""

    scope = "messages"
    rate = "120/min"
