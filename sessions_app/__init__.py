"""Practice itself: sessions, tickets, messages, events, the live socket and what a finished session was
worth."""
