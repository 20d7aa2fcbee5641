"""The pages of practice, one module for each."""
