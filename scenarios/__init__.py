"""What can be practised: scenarios, their versions, and the knowledge base."""
