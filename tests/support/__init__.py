"""What several kinds of tests drive: processes, programs, databases."""
